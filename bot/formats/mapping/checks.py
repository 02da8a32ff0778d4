"""What no schema sees in a mapping: fields that do not exist, parts that contradict each other.

These checks also run on a file that breaks its schema, so that its owner sees every problem at
once. They look only at parts of the right shape and leave the rest to the schema.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.domain.said import Said, said
from bot.formats.mapping.fields import TRANSLATED, Field, depth_key_of, slot_of
from bot.formats.mapping.model import Shape
from bot.formats.mapping.words import normal
from bot.formats.native_schema import did_you_mean
from bot.formats.problems import FileProblem, NodePath, shortened
from bot.formats.yaml_file import YamlFile

MOST_LEVELS = 12

_TOLD = {Field.TITLE: {Field.ROLE, Field.LEVEL}}

_NEEDED: dict[str, tuple[tuple[Field, Field], ...]] = {
    Shape.LONG: (
        (Field.ROLE, Field.ROLE_KEY),
        (Field.LEVEL, Field.LEVEL_KEY),
        (Field.SKILL, Field.SKILL_KEY),
    ),
    Shape.WIDE: (
        (Field.ROLE, Field.ROLE_KEY),
        (Field.LEVEL, Field.LEVEL_KEY),
        (Field.SKILL, Field.SKILL_KEY),
    ),
    Shape.SKILLS: ((Field.SKILL, Field.SKILL_KEY),),
    Shape.ROLES: ((Field.ROLE, Field.ROLE_KEY),),
}


def mapping_problems(file: YamlFile) -> Iterator[FileProblem]:
    """Yield every fault of a mapping file that its schema cannot express."""
    root = file.value
    if not isinstance(root, dict):
        return
    defaults = root.get("defaults")
    default_level = isinstance(defaults, dict) and "level" in defaults
    for at, table in _items(root, "tables"):
        yield from _table_problems(file, ("tables", at), table, default_level=default_level)
    yield from _ladder_problems(file, ("levels",), root.get("levels"), most=None)
    roles = root.get("roles")
    for name, role in roles.items() if isinstance(roles, dict) else ():
        if isinstance(role, dict):
            path = ("roles", name, "levels")
            yield from _ladder_problems(file, path, role.get("levels"), most=MOST_LEVELS)
    yield from _depth_problems(file, root.get("proficiencies"))


def _items(row: dict[str, object], name: str) -> Iterator[tuple[int, dict[str, object]]]:
    values = row.get(name)
    for at, value in enumerate(values if isinstance(values, list) else ()):
        if isinstance(value, dict):
            yield at, value


def _table_problems(
    file: YamlFile, path: NodePath, table: dict[str, object], *, default_level: bool
) -> Iterator[FileProblem]:
    slots = set(_told_elsewhere(table))
    for where, name in _named_fields(table):
        slot = slot_of(name)
        slots |= _TOLD.get(slot.field, {slot.field}) if slot else set()
        depth = where[0] == "columns" and depth_key_of(name) is not None
        if slot is None and not depth:
            yield file.problem((*path, *where), _no_field(name))
    yield from _column_problems(file, path, table)
    for part in ("fill_down", "ignore_rows"):
        yield from _plain_fields(file, (*path, part), table.get(part))
    if default_level:
        slots.add(Field.LEVEL)
    shape = str(table.get("shape"))
    for name, key in _NEEDED.get(shape, ()):
        if shape == Shape.WIDE and name is Field.LEVEL and not table.get("level_columns"):
            continue  # told below
        if not {name, key} & slots:
            message = said(
                "a {shape} table needs '{name}'; add the header of its column",
                shape=shape,
                name=name,
            )
            yield file.problem((*path, "columns"), message)
    if shape == Shape.WIDE and not table.get("level_columns"):
        message = said("a wide table needs 'level_columns'; list the columns with their levels")
        yield file.problem(path, message)


def _column_problems(
    file: YamlFile, path: NodePath, table: dict[str, object]
) -> Iterator[FileProblem]:
    for at, column in _items(table, "level_columns"):
        if not {"level", "role", "skill"} & column.keys():
            message = said(
                "the column belongs to nothing; add its 'level', or its 'role' or 'skill'"
            )
            yield file.problem((*path, "level_columns", at), message)


def _told_elsewhere(table: dict[str, object]) -> Iterator[Field]:
    """Yield the fields that columns of a wide table, or rows of headings, tell."""
    columns = [column for _, column in _items(table, "level_columns")]
    for field in (Field.ROLE, Field.LEVEL, Field.SKILL):
        if columns and all(field.value in column for column in columns):
            yield field
    headings = table.get("heading_rows")
    for name in headings if isinstance(headings, list) else [headings]:
        if name in Field.__members__.values():
            yield Field(str(name))


def _named_fields(table: dict[str, object]) -> Iterator[tuple[NodePath, str]]:
    """Yield the fields that a table fills, each with the place that names it."""
    for part in ("columns", "values"):
        fields = table.get(part)
        for name in fields if isinstance(fields, dict) else ():
            yield (part, name), name
    for at, split in _items(table, "split"):
        into = split.get("into")
        for place, name in enumerate(into if isinstance(into, list) else ()):
            if name != "-":
                yield ("split", at, "into", place), str(name)


def _plain_fields(file: YamlFile, path: NodePath, names: object) -> Iterator[FileProblem]:
    listed: Iterable[Any] = names if isinstance(names, dict | list) else ()
    for at, name in enumerate(listed):
        if name not in Field.__members__.values():
            step = name if isinstance(names, dict) else at
            yield file.problem((*path, step), _no_field(str(name)))


def _no_field(name: str) -> Said:
    field, _, locale = name.partition(".")
    known = [str(each) for each in Field]
    if locale and field in known:
        shown = ", ".join(sorted(str(each) for each in TRANSLATED))
        return said(
            "'{field}' has no languages; only these have: {shown}", field=field, shown=shown
        )
    return said(
        "no such field '{name}'{hint}", name=shortened(name), hint=did_you_mean(name, known)
    )


def _ladder_problems(
    file: YamlFile, path: NodePath, items: object, *, most: int | None
) -> Iterator[FileProblem]:
    seen: dict[str, str] = {}
    count = 0
    for at, item in enumerate(items if isinstance(items, list) else ()):
        tracks: set[object] = set()
        for place, level in enumerate(item if isinstance(item, list) else [item]):
            where = (*path, at, place) if isinstance(item, list) else (*path, at)
            count += 1
            name = level.get("name") if isinstance(level, dict) else level
            if normal(str(name)) in seen:
                yield file.problem(
                    where, said("the level '{name}' is listed twice", name=shortened(str(name)))
                )
            seen[normal(str(name))] = str(name)
            if isinstance(item, list) and isinstance(level, dict):
                if level.get("track") in tracks:
                    message = said("levels side by side need a track each; give this one another")
                    yield file.problem(where, message)
                tracks.add(level.get("track"))
    if most is not None and count > most:
        yield file.problem(
            path, said("has {count} levels; a ladder has at most {most}", count=count, most=most)
        )


def _depth_problems(file: YamlFile, items: object) -> Iterator[FileProblem]:
    seen: set[str] = set()
    for at, item in enumerate(items if isinstance(items, list) else ()):
        row = item if isinstance(item, dict) else {"name": item}
        words = row.get("words")
        for word in {normal(str(row.get("name"))): 0} | dict.fromkeys(
            normal(str(each)) for each in (words if isinstance(words, list) else ())
        ):
            if word in seen:
                message = said(
                    "'{word}' stands for two proficiencies; keep it at one", word=shortened(word)
                )
                yield file.problem(("proficiencies", at), message)
            seen.add(word)
