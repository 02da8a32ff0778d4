"""Rows of several tenants in every table there is, and whose each is."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Table

from bot.domain.tenancy import Tenant
from bot.store.isolation.policies import RULES
from bot.store.models import metadata
from tests.integration.store.copies.contents import Row, Rows, Values, rows_of

_VALUES = Values(
    texts=("a", "b", "c", "d", "e"),
    lists=((), ("x",), ("x", "y")),
    numbers=(1, 2, 3, 5, 8),
    moments=tuple(datetime(2026, 1, day, tzinfo=UTC) for day in (5, 6, 7)),
    days=tuple(date(2026, 1, day) for day in (5, 6, 7, 8, 9)),
    bytes_=(b"x", b"y"),
    flags=(True, False),
)


def tenant(number: int) -> Tenant:
    """Return one of the tenants; there are as many as rows of workspaces."""
    return Tenant(f"T{number}")


def rows_of_tenants() -> Rows:
    """Return rows of all tables, those of each tenant among them, all with the same Slack ids."""
    rows = rows_of(_VALUES)
    for name in RULES:
        for number, row in enumerate(rows.get(name, ())):
            if "tenant_key" in row:
                told = {"tenant_key": f"/T{number}", "team_id": f"T{number}", "enterprise_id": None}
                row.update({name: each for name, each in told.items() if name in row})
            if "slack_id" in row:
                row["slack_id"] = "U1"
    workspaces = {row["id"]: row["workspace_id"] for row in rows["member"]}
    for row in rows["skill_pair"]:
        row["learner_id"] = row["helper_id"]
    for name in ("nudge", "nudge_plan"):
        for row in rows[name]:
            row["workspace_id"] = workspaces[row["member_id"]]
    return rows


def owner_of(table: Table, row: Row, rows: Rows) -> str:
    """Return the key of the tenant to whom a row belongs."""
    if "tenant_key" in row:
        return str(row["tenant_key"])
    for key in table.foreign_key_constraints:
        parent = key.referred_table
        if parent.name in RULES:
            ((own, theirs),) = [(each.parent.name, each.column.name) for each in key.elements]
            (found,) = [each for each in rows[parent.name] if each[theirs] == row[own]]
            return owner_of(parent, found, rows)
    raise AssertionError(f"{table.name} belongs to nobody")


def identity(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what names a row."""
    return tuple(row[each.name] for each in table.primary_key.columns)


def locked_tables() -> list[Table]:
    """Return the tables with a rule, but that of changes, which triggers fill."""
    return [each for each in metadata.sorted_tables if each.name in RULES and each.name != "change"]
