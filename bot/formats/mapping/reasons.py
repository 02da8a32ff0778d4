"""Why a drafted mapping has each of its lines, as the comments above them."""

from collections.abc import Iterator

from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import Holds, Shape, TableSpec

_SHAPES = {
    Shape.LONG: "Each row has a role, a level and a skill.",
    Shape.SKILLS: "Each row is about a skill, whatever the role.",
    Shape.ROLES: "Each row is about a role.",
}
_HOLDS = {
    Holds.PROFICIENCY: "all of these cells hold figures or depths, so they are proficiencies",
    Holds.REQUIREMENT: "all of these cells are marks such as x or yes, so they are requirements",
    Holds.TEXT: "these cells hold sentences, so they are texts",
    Holds.PROMPTS: "these cells hold growth prompts",
}


def reason(spec: TableSpec, key: str) -> str | None:
    """Return why a table of a draft has this key; None where the key speaks for itself."""
    return dict(_reasons(spec)).get(key)


def _reasons(spec: TableSpec) -> Iterator[tuple[str, str]]:
    yield "shape", _SHAPES.get(spec.shape) or _wide(spec)
    yield "records", "The path of what is a row; a star stands for keys that are values."
    yield "pages", "The files are pages: each text below a heading is a row."
    yield "orientation", "The headers stand in the first column, so the table is turned."
    yield "skip_rows", "The headers stand below these rows."
    yield "last_row", "Below it stands another table, or a legend."
    yield "heading_rows", "Rows with one cell alone: it holds for the rows below."
    yield "columns", _columns(spec)
    held = [each for each in Holds if any(each is column.holds for column in spec.level_columns)]
    yield "level_columns", "; ".join(map(_HOLDS.__getitem__, held)).capitalize() + "."
    yield "fill_down", _filled(spec)
    yield "values", "No column says this, so every row has it; {sheet} and {file} are their names."
    yield "empty_words", "These cells ask for nothing."


def _wide(spec: TableSpec) -> str:
    columns = spec.level_columns
    belongs = [
        noun
        for noun, told in (
            ("a level", any(column.name for column in columns)),
            ("a role", any(column.role for column in columns)),
            ("a skill", any(column.skill for column in columns)),
        )
        if told
    ]
    rows = "a role or a level" if any(column.skill for column in columns) else "a skill"
    return f"Each row is {rows}; the columns below belong to {' and '.join(belongs) or 'a level'}."


def _columns(spec: TableSpec) -> str:
    skill = spec.columns.get(FieldSlot(Field.SKILL))
    if spec.pages:
        return "By what the headings, and the names of files and folders, read like."
    if spec.records is not None:
        return "By the keys of the document, and what their values read like."
    if spec.shape is Shape.WIDE and skill:
        return "The skill is the column that belongs to no level."
    return "By what the headers are called."


def _filled(spec: TableSpec) -> str:
    if Field.SKILL in spec.fill_down and spec.shape is Shape.WIDE:
        return "Empty cells repeat the one above; a row without a skill adds lines to it."
    return "Empty cells repeat the one above, as merged cells do."
