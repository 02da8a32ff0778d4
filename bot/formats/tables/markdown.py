"""Pipe tables of a Markdown file, each named after the heading above it."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.domain.said import said
from bot.formats.tables.cells import clean_cell
from bot.formats.tables.encodings import TextEncoding
from bot.formats.tables.kinds import megabytes
from bot.formats.tables.model import TableFault, TableRow
from bot.formats.tables.reading import Reading, told_apart
from bot.values import dataclass

_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_HEADING = re.compile(r" {0,3}#{1,6}(?=[ \t]|$)")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAKS = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class MarkdownTable:
    """One pipe table: `lines` are its rows with the header, without the rule below that."""

    name: str
    lines: tuple[tuple[int, str], ...]
    reading: Reading
    hidden: bool = False

    def rows(self) -> Iterator[TableRow]:
        split = ((number, split_row(line)) for number, line in self.lines)
        return self.reading.rows(self.name, split, guards=False)


def open_markdown(
    path: Path, reading: Reading, encoding: TextEncoding
) -> tuple[MarkdownTable, ...]:
    """Find the tables of a Markdown file. A heading's second table is called "Heading (2)".

    Raises:
        TableFileError: there is no table, or the file or the number of tables passes a limit.
        OSError: the file cannot be read from the disk.
    """
    size, limit = path.stat().st_size, reading.limits.whole_bytes
    if size > limit:
        message = said(
            "the file has {size} MB, and {limit} MB of Markdown are read; save the table"
            " as CSV (UTF-8)",
            size=megabytes(size),
            limit=megabytes(limit),
        )
        reading.fail(TableFault.TOO_LARGE, message)
    lines = _BREAKS.split(path.read_bytes().decode(encoding.name))
    tables = tuple(
        MarkdownTable(name, tuple(rows), reading) for name, rows in told_apart(_tables(lines))
    )
    if not tables:
        message = said(
            "no table was found; a Markdown table has a header line, below it a line such"
            " as | --- | --- |, and then its rows"
        )
        reading.fail(TableFault.NO_TABLE, message)
    reading.check_tables(tables)
    return tables


def _tables(lines: list[str]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    heading, at = "", 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence:
            at = _after_fence(lines, at, fence[1])
        elif _HEADING.match(lines[at]):
            heading, at = _title(lines[at]), at + 1
        elif _begins_table(lines, at):
            end = _table_end(lines, at + 2)
            rows = [(at + 1, lines[at])]
            yield heading, rows + [(each + 1, lines[each]) for each in range(at + 2, end)]
            at = end
        else:
            if _is_underline(lines, at):
                heading = clean_cell(_unescaped(lines[at - 1]))
            at += 1


def _title(line: str) -> str:
    text = line.strip().lstrip("#").strip()
    closing = text.rstrip("#")
    return clean_cell(_unescaped(closing if closing[-1:] in {"", " ", "\t"} else text))


def _after_fence(lines: list[str], at: int, mark: str) -> int:
    """Return the line after a block of code, which shows tables but holds none."""
    for number in range(at + 1, len(lines)):
        if lines[number].strip().startswith(mark) and not lines[number].strip().strip(mark[0]):
            return number + 1
    return len(lines)


def _begins_table(lines: list[str], at: int) -> bool:
    if "|" not in lines[at] or at + 1 == len(lines) or not _RULE.fullmatch(lines[at + 1]):
        return False
    return len(split_row(lines[at])) == len(split_row(lines[at + 1]))


def _table_end(lines: list[str], at: int) -> int:
    """Return the first line below a table: one that is blank, or begins something else."""
    while at < len(lines) and lines[at].strip() and not _HEADING.match(lines[at]):
        if _FENCE.match(lines[at]):
            break
        at += 1
    return at


def _is_underline(lines: list[str], at: int) -> bool:
    underline = lines[at].strip()
    marked = bool(underline) and not underline.strip("=" if underline[0] == "=" else "-")
    return marked and at > 0 and bool(lines[at - 1].strip())


def split_row(line: str) -> list[str]:
    r"""Return the cells of a table's line. ``\|`` is a bar; marks of Markdown are kept apart.

    A mark after a backslash is meant as it is: it becomes a reference, as `as_cell` writes it.
    """
    text = line.strip().removeprefix("|")
    if "\\" not in text:
        cells = text.split("|")
        return [cell.strip() for cell in (cells if cells[-1].strip() else cells[:-1])]
    cells, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == "|":
            cells.append(text[start:at])
            start = at + 1
        at += 1
    if text[start:].strip():
        cells.append(text[start:])
    return [_unescaped(cell.strip()) for cell in cells]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: f"&#x{ord(match[1]):x};", text) if "\\" in text else text
