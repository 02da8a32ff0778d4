"""Reads a mapping file: YAML, checked against its schema and against itself."""

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnly
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.domain.framework import Requirement
from bot.domain.said import said
from bot.formats.mapping.checks import mapping_problems
from bot.formats.mapping.fields import Field, FieldSlot, depth_key_of, slot_of
from bot.formats.mapping.model import (
    SEPARATORS,
    BadRows,
    ColumnMapping,
    DateOrder,
    Defaults,
    DepthColumn,
    DepthSpec,
    Duplicates,
    Hidden,
    Holds,
    LevelColumn,
    LevelOrder,
    LevelSpec,
    Orientation,
    RoleSpec,
    Shape,
    Split,
    TableSpec,
    TitleSpec,
)
from bot.formats.mapping.vocabulary import NOTHING_WORDS
from bot.formats.native_schema import schema_problems
from bot.formats.problems import CatalogueFileErrors, FileProblem
from bot.formats.yaml_file import parse_yaml

MOST_BYTES = 1024 * 1024
Row = ReadOnly[str, Any]


def read_mapping(path: Path) -> ColumnMapping:
    """Read a mapping file.

    Raises:
        CatalogueFileErrors: anything is wrong with it. It carries every problem at once.
        OSError: the file cannot be read from the disk.
    """
    if path.stat().st_size > MOST_BYTES:
        message = said("the file is larger than 1 MiB; give a mapping file, not the table itself")
        raise CatalogueFileErrors([FileProblem(path.name, None, "", message)])
    return parse_mapping(path.name, path.read_bytes())


def parse_mapping(name: str, data: bytes) -> ColumnMapping:
    """Read a mapping file's bytes; `name` is what its problems call it.

    Raises:
        CatalogueFileErrors: anything is wrong with it. It carries every problem at once.
    """
    file, problems = parse_yaml(name, data)
    if file is not None:
        problems += schema_problems(file, "mapping", None)
        problems += mapping_problems(file)
    if problems or file is None:
        raise CatalogueFileErrors(problems)
    value = file.value
    if not isinstance(value, dict):
        raise TypeError("the schema lets only mappings through")
    return _mapping(value)


def _mapping(row: Row) -> ColumnMapping:
    return ColumnMapping(
        tables=tuple(_table(each) for each in row["tables"]),
        name=row.get("name"),
        base_locale=row.get("base_locale", "en"),
        levels=_levels(row),
        roles=tuple(_role(name, each) for name, each in row.get("roles", {}).items()),
        proficiencies=tuple(_depth(each) for each in row.get("proficiencies", ())),
        ignore=_words(row, "ignore"),
        empty_words=_words(row, "empty_words") if "empty_words" in row else NOTHING_WORDS,
        separators=_separators(row),
        required_words=_words(row, "required_words"),
        optional_words=_words(row, "optional_words"),
        defaults=_defaults(row.get("defaults", {})),
        duplicates=Duplicates(row.get("duplicates", Duplicates.STOP)),
        level_order=LevelOrder(row.get("level_order", LevelOrder.NAMES)),
        bad_rows=BadRows(row.get("bad_rows", BadRows.STOP)),
        titles=tuple(_titles(row)),
        dates=DateOrder(row.get("dates", DateOrder.DAY_FIRST)),
        hidden=Hidden(row.get("hidden", Hidden.SKIP)),
        fold_texts=row.get("fold_texts") == "yes",
    )


def _words(row: Row, name: str) -> tuple[str, ...]:
    return tuple(str(word).strip() for word in row.get(name, ()))


def _separators(row: Row) -> tuple[str, ...]:
    return tuple(row["separators"]) if "separators" in row else SEPARATORS


def _names(row: Row) -> ReadOnly[str, str]:
    names: dict[str, str] = row.get("names", {})
    return MappingProxyType({locale: name.strip() for locale, name in names.items()})


def _defaults(row: Row) -> Defaults:
    given: dict[str, Any] = {name: value.strip() for name, value in row.items()}
    if "requirement" in given:
        given["requirement"] = Requirement(given["requirement"])
    return Defaults(**given)


def _levels(row: Row) -> tuple[LevelSpec, ...]:
    return tuple(_ranked_levels(row.get("levels", ())))


def _ranked_levels(items: Any) -> Iterator[LevelSpec]:
    for rank, item in enumerate(items, 1):
        for level in item if isinstance(item, list) else [item]:
            fields: Row = level if isinstance(level, dict) else {"name": str(level)}
            yield LevelSpec(
                name=fields["name"].strip(),
                rank=rank,
                key=fields.get("key"),
                track=fields.get("track"),
                aliases=_words(fields, "aliases"),
                words=_words(fields, "words"),
                names=_names(fields),
            )


def _depth(item: Any) -> DepthSpec:
    fields: Row = item if isinstance(item, dict) else {"name": str(item)}
    return DepthSpec(
        name=fields["name"].strip(),
        key=fields.get("key"),
        words=_words(fields, "words"),
        names=_names(fields),
    )


def _role(name: str, row: Row) -> RoleSpec:
    return RoleSpec(
        name=name.strip(),
        key=row.get("key"),
        family=row.get("family"),
        aliases=_words(row, "aliases"),
        levels=_levels(row),
    )


def _table(row: Row) -> TableSpec:
    shape = Shape(row["shape"])
    columns = {
        _slot(name): _columns(value)
        for name, value in row["columns"].items()
        if depth_key_of(name) is None
    }
    values = {_slot(name): str(value).strip() for name, value in row.get("values", {}).items()}
    ignored = {Field(name): tuple(map(str, words)) for name, words in _ignored(row)}
    return TableSpec(
        shape=shape,
        columns=MappingProxyType(columns),
        files=_words(row, "files"),
        sheets=_words(row, "sheets"),
        skip_rows=row.get("skip_rows"),
        level_columns=tuple(_level_columns(row)),
        depth_columns=tuple(_depth_columns(row)),
        fill_down=frozenset(Field(name) for name in row.get("fill_down", ())),
        values=MappingProxyType(values),
        ignore_rows=MappingProxyType(ignored),
        records=row.get("records"),
        pages=row.get("pages") == "yes",
        split=tuple(_split(each) for each in row.get("split", ())),
        orientation=Orientation(row.get("orientation", Orientation.ROWS)),
        last_row=row.get("last_row"),
        heading_rows=_headings(row.get("heading_rows", ())),
        empty_words=_words(row, "empty_words"),
    )


def _headings(value: Any) -> tuple[Field, ...]:
    return tuple(Field(name) for name in ([value] if isinstance(value, str) else value))


def _titles(row: Row) -> Iterator[TitleSpec]:
    for title, means in row.get("titles", {}).items():
        yield TitleSpec(str(title).strip(), means["role"].strip(), means["level"].strip())


def _ignored(row: Row) -> Iterator[tuple[str, list[Any]]]:
    yield from row.get("ignore_rows", {}).items()


def _slot(name: str) -> FieldSlot:
    slot = slot_of(name)
    if slot is None:
        raise ValueError(f"the checks let no unknown field through: {name}")
    return slot


def _columns(value: Any) -> tuple[str, ...]:
    return tuple(str(each).strip() for each in (value if isinstance(value, list) else [value]))


def _level_columns(row: Row) -> Iterator[LevelColumn]:
    for each in row.get("level_columns", ()):
        holds = Holds(each.get("holds", Holds.TEXT))
        for column in _columns(each["column"]):
            yield LevelColumn(
                column,
                each.get("level", "").strip(),
                holds,
                each.get("language", ""),
                each.get("key", ""),
                each.get("role", "").strip(),
                each.get("skill", "").strip(),
            )


def _depth_columns(row: Row) -> Iterator[DepthColumn]:
    for name, value in row.get("proficiency_columns", {}).items():
        for column in _columns(value):
            yield DepthColumn(column, name=name.strip())
    for name, value in row["columns"].items():
        depth = depth_key_of(name)
        if depth is not None:
            for column in _columns(value):
                yield DepthColumn(column, "", *depth)


def _split(row: Row) -> Split:
    into = tuple(None if name == "-" else _slot(name) for name in row["into"])
    return Split(str(row["column"]).strip(), row["by"], into)
