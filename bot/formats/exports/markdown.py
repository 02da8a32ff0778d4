"""Writes Markdown: a matrix for each role to read, then the tables that an import reads."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.domain.framework import CatalogueContent
from bot.domain.markdown import cell, inline
from bot.formats.exports.language import Language
from bot.formats.exports.matrix import LEGEND, Matrix, cell_of, matrices
from bot.formats.exports.sheets import book_sheets
from bot.formats.tables.cells import as_cell


def write_markdown(content: CatalogueContent, language: Language, path: Path) -> None:
    """Write one Markdown file."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _lines(content, language))


def _lines(content: CatalogueContent, language: Language) -> Iterator[str]:
    yield f"# {inline(language.say(content.name))}"
    yield from ("", LEGEND)
    for matrix in matrices(content):
        yield from _role(matrix, language)
    yield from ("", "# Tables", "", "These hold everything. An import reads them, and only them.")
    for sheet in book_sheets(content, language):
        yield from ("", f"## {sheet.name}", "")
        yield from _table(sheet.header, sheet.rows())


def _role(matrix: Matrix, language: Language) -> Iterator[str]:
    role = matrix.role
    yield from ("", f"## Role: {inline(language.say(role.name))}", "")
    if role.summary:
        yield from (inline(language.say(role.summary)), "")
    focus = [level for level in matrix.levels if level.key in role.focus]
    for level in focus:
        text = inline(language.say(role.focus[level.key]))
        yield f"- **{inline(language.say(level.name))}**: {text}"
    yield from ("",) if focus else ()
    header = ("Skill", *(language.say(level.name) for level in matrix.levels))
    rows = (
        (language.say(skill.name), *(cell_of(each, language) for each in cells))
        for skill, cells in matrix.rows
    )
    yield from _table(header, rows)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _row(header)
    yield _row_of("---" for _ in header)
    for row in rows:
        yield _row(row)


def _row(texts: Iterable[str]) -> str:
    return _row_of(cell(as_cell(text)) for text in texts)


def _row_of(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
