"""Tables in the shapes that companies have, and what an import of them comes to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from openpyxl import Workbook

from bot.domain.framework import CatalogueContent, Expectation

Rows = Iterable[Iterable[object]]
_FILES = ("company_shapes.yaml", "further_shapes.yaml", "more_shapes.yaml")
FILES = [Path(__file__).with_name(name) for name in _FILES]


@dataclass(frozen=True)
class Shape:
    """A table as the text of a CSV file, and what is compared of its import; see the file."""

    name: str
    table: str
    cells: int
    roles: str = ""
    skills: str = ""
    depths: str = ""
    says: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


def company_shapes() -> list[Shape]:
    """Return every shape of the files."""
    rows = [row for file in FILES for row in yaml.safe_load(file.read_text(encoding="utf-8"))]
    return [
        Shape(**{**row, **{name: row[name].replace("{each}", each) for name in ("name", "table")}})
        for row in rows
        for each in row.pop("each", [""])
    ]


def compare(shape: Shape, content: CatalogueContent) -> None:
    """Assert that the content is what the shape must come to."""
    assert len(content.expectations) == shape.cells
    if shape.roles:
        assert roles_of(content) == shape.roles.strip()
    if shape.skills:
        assert skills_of(content) == shape.skills.strip()
    if shape.depths:
        assert " ".join(each.name.base for each in content.proficiencies) == shape.depths
    said = {_place(each): _told(each) for each in content.expectations}
    assert {place: said.get(place) for place in shape.says} == dict(shape.says)


def roles_of(content: CatalogueContent) -> str:
    """Return the roles with their levels, a line each."""
    return "\n".join(
        f"{role.name.base}: {' < '.join(level.name.base for level in role.ladder.levels)}"
        for role in content.roles
    )


def skills_of(content: CatalogueContent) -> str:
    """Return the groups with their skills, a line each."""
    return "\n".join(
        f"{group.name.base}: "
        + ", ".join(skill.name.base for skill in content.skills if skill.group == group)
        for group in content.groups
    )


def _place(cell: Expectation) -> str:
    return f"{cell.role.name.base} / {cell.level.name.base} / {cell.skill.name.base}"


def _told(cell: Expectation) -> str:
    if cell.text:
        return cell.text.base
    return cell.proficiency.name.base if cell.proficiency else cell.requirement.value


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a workbook with these sheets, and return its path."""
    book = Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
