"""Writes Markdown: a matrix for each role to read, then the tables that an import reads."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.domain.framework import CatalogueContent
from bot.formats.exports.language import Language
from bot.formats.exports.matrix import LEGEND, Matrix, cell_of, matrices
from bot.formats.exports.sheets import book_sheets
from bot.formats.tables.cells import as_cell

_MARKS = re.compile(r"[\\|<>*_`\[\]~]")


def write_markdown(content: CatalogueContent, language: Language, path: Path) -> None:
    """Write one Markdown file."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _lines(content, language))


def _lines(content: CatalogueContent, language: Language) -> Iterator[str]:
    yield f"# {_inline(language.say(content.name))}"
    yield from ("", LEGEND)
    for matrix in matrices(content):
        yield from _role(matrix, language)
    yield from ("", "# Tables", "", "These hold everything. An import reads them, and only them.")
    for sheet in book_sheets(content, language):
        yield from ("", f"## {sheet.name}", "")
        yield from _table(sheet.header, sheet.rows())


def _role(matrix: Matrix, language: Language) -> Iterator[str]:
    role = matrix.role
    yield from ("", f"## Role: {_inline(language.say(role.name))}", "")
    if role.summary:
        yield from (_inline(language.say(role.summary)), "")
    focus = [level for level in matrix.levels if level.key in role.focus]
    for level in focus:
        text = _inline(language.say(role.focus[level.key]))
        yield f"- **{_inline(language.say(level.name))}**: {text}"
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


def _row(cells: Iterable[str]) -> str:
    return _row_of(_cell(cell) for cell in cells)


def _row_of(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Return a text as a cell that shows it as it is, and is read back as it is."""
    marked = _MARKS.sub(_escaped, as_cell(text))
    return marked.replace("\n", "<br>")


def _inline(text: str) -> str:
    return _MARKS.sub(_escaped, " ".join(text.split()))


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"
