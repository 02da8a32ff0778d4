"""What a migration changes for the version of the program before it, which runs on meanwhile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import Inspector

from bot.store.copies.shapes import OF_THE_SCHEMA

_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


@dataclass(frozen=True)
class Schema:
    """Columns and rules by table, and the triggers."""

    columns: Mapping[str, Mapping[str, Mapping[str, Any]]]
    rules: Mapping[str, frozenset[str]]
    triggers: frozenset[str]


def schema_of(connection: Connection) -> Schema:
    """Return what a database has."""
    inspector = inspect(connection)
    triggers = connection.execute(text(_TRIGGERS[connection.dialect.name])).scalars()
    columns = {
        name: {each["name"]: dict(each) for each in found}
        for (_, name), found in inspector.get_multi_columns().items()
        if name not in OF_THE_SCHEMA
    }
    rules: dict[str, set[str]] = {name: set() for name in columns}
    for name, rule in _rules(inspector):
        rules.get(name, set()).add(rule)
    kept = {name: frozenset(each) for name, each in rules.items()}
    return Schema(columns, kept, frozenset(triggers))


def _rules(inspector: Inspector) -> Iterator[tuple[str, str]]:
    """Yield what rows must fulfil, by their table."""
    for table, each in _each(inspector.get_multi_check_constraints()):
        yield table, f"check {each['name']}: {each['sqltext']}"
    for table, each in _each(inspector.get_multi_unique_constraints()):
        yield table, f"unique {each['column_names']}"
    for table, each in _each(inspector.get_multi_foreign_keys()):
        yield table, f"reference {each['constrained_columns']} to {each['referred_table']}"
    for table, each in _each(inspector.get_multi_indexes()):
        # PostgreSQL shows unique constraints as indexes too.
        if each["unique"] and not each.get("duplicates_constraint"):
            yield table, f"unique {each['name']}: {each['column_names']}"


def _each(found: Mapping[Any, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for (_, table), items in found.items():
        for each in items:
            yield table, each


def taken_away(before: Schema, after: Schema) -> list[str]:
    """Return what the version before would miss, or could no longer write; empty where nothing."""
    found = [f"{name} is gone" for name in before.columns if name not in after.columns]
    for name in before.columns.keys() & after.columns.keys():
        found += _columns_taken(name, before.columns[name], after.columns[name])
        found += [f"{name}: {each}, new" for each in after.rules[name] - before.rules[name]]
    found += [f"trigger {each} is gone" for each in before.triggers - after.triggers]
    return sorted(found)


def _columns_taken(
    table: str, before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    for name, column in before.items():
        now = after.get(name)
        if now is None:
            yield f"{table}.{name} is gone"
        elif str(now["type"]) != str(column["type"]):
            yield f"{table}.{name} has another type"
        elif column["nullable"] and not now["nullable"]:
            yield f"{table}.{name} must have a value"
    for name, column in after.items():
        if name not in before and not column["nullable"] and column.get("default") is None:
            yield f"{table}.{name} is new and must have a value"
