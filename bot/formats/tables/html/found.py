"""The tables of a web page, each named after the heading above it."""

from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborNode

from bot.domain.said import said
from bot.formats.tables.books.unseen import MergedCells, Unseen
from bot.formats.tables.cells import clean_cell
from bot.formats.tables.encodings import TextEncoding
from bot.formats.tables.html.tree import Part, Turn, is_too_deep, parsed, parts, words_below
from bot.formats.tables.kinds import megabytes
from bot.formats.tables.model import TableFault, TableRow
from bot.formats.tables.reading import Reading, told_apart
from bot.values import dataclass

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption"})
_BREAKING = frozenset(
    {"p", "div", "blockquote", "pre", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_MOST_SPANNED = 1_000
_MOST_ROWS_SPANNED = 5_000


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """One table: its rows as they are seen, a cell over several rows or columns in each of them."""

    name: str
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    reading: Reading
    merged: Unseen
    hidden: bool = False

    def rows(self) -> Iterator[TableRow]:
        return self.reading.rows(self.name, self._looked_at(), guards=False)

    def _looked_at(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        merged = MergedCells(self.name, self.merged, self.reading)
        for line, cells in self.lines:
            merged.look(line, cells)
            yield line, cells


def open_html(path: Path, reading: Reading, encoding: TextEncoding) -> tuple[HtmlTable, ...]:
    """Find the tables of a web page. A heading's second table is called "Heading (2)".

    Raises:
        TableFileError: there is no table, or the file or the number of tables passes a limit.
        OSError: the file cannot be read from the disk.
    """
    size, limit = path.stat().st_size, reading.limits.whole_bytes
    if size > limit:
        message = said(
            "the file has {size} MB, and {limit} MB of web pages are read; save the table"
            " as CSV (UTF-8)",
            size=megabytes(size),
            limit=megabytes(limit),
        )
        reading.fail(TableFault.TOO_LARGE, message)
    text = path.read_bytes().decode(encoding.name)
    if is_too_deep(text):
        message = said("the page is nested too deeply; export it again, or save it as Markdown")
        reading.fail(TableFault.UNSAFE, message)
    root = parsed(text).root
    nodes = _tables(root) if root is not None else ()
    filled = ((heading, read) for heading, node in nodes if (read := _read(node))[0])
    found = tuple(
        HtmlTable(name, rows, reading, merged) for name, (rows, merged) in told_apart(filled)
    )
    if not found:
        message = said(
            "the web page has no table, and no headings with texts below them; save the table as"
            " XLSX or CSV (UTF-8)"
        )
        reading.fail(TableFault.NO_TABLE, message)
    reading.check_tables(found)
    return found


def _tables(root: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """Yield the tables that hold no other one, with the heading above each."""
    heading, node = "", None
    for part in parts(root):
        if part.turn is Turn.OPEN and part.node is not None:
            if part.tag in _HEADINGS:
                heading = _title(part.node) or heading
            elif part.tag == "table":
                node = part.node
        elif part.turn is Turn.CLOSE and part.tag == "table" and node is not None:
            yield heading, node
            node = None


def _title(node: LexborNode) -> str:
    title = clean_cell(words_below(node).strip("¶# "))
    # Confluence writes the name of the space before that of the page.
    return title.rpartition(" : ")[2] if node.attributes.get("id") == "title-heading" else title


def _read(table: LexborNode) -> tuple[tuple[tuple[int, tuple[str, ...]], ...], Unseen]:
    merged = Unseen()
    return tuple(_rows(table, merged)), merged


def _rows(table: LexborNode, merged: Unseen) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of a table with their numbers; cells over several rows are filled in.

    Those over several columns of one row alone are noted in `merged`.
    """
    down: dict[int, tuple[int, str]] = {}
    line = 0
    cells: list[_Cell] = []
    cell: _Cell | None = None
    for part in parts(table):
        if part.tag == "tr":
            if part.turn is Turn.OPEN:
                cells = []
            elif part.turn is Turn.CLOSE:
                line += 1
                yield line, tuple(_spread(cells, down, line, merged))
        elif part.tag in {"td", "th"}:
            cell = _Cell(part) if part.turn is Turn.OPEN else None
            cells += [cell] if cell else []
        elif cell is not None:
            cell.take(part)


def _spread(
    cells: list["_Cell"], down: dict[int, tuple[int, str]], line: int, merged: Unseen
) -> Iterator[str]:
    """Yield the texts of a row: those of cells that reach down from rows above among its own."""
    at = 0
    waiting = iter(cells)
    while True:
        if at in down:
            left, text = down.pop(at)
            if left > 1:
                down[at] = (left - 1, text)
            yield text
            at += 1
            continue
        cell = next(waiting, None)
        if cell is None:
            if not any(each > at for each in down):
                return
            yield ""
            at += 1
            continue
        text = cell.text()
        if cell.columns > 1 and cell.rows == 1:
            merged.merge(line, at + 1, line, at + cell.columns)
        for offset in range(cell.columns):
            if cell.rows > 1:
                down[at] = (cell.rows - 1, text)
            # A heading over several columns stands in the first; a cell of several rows in each.
            yield text if offset == 0 or cell.rows > 1 else ""
            at += 1


class _Cell:
    """One cell, as its parts come: a text with lines and lists."""

    def __init__(self, part: Part) -> None:
        attributes = part.node.attributes if part.node is not None else {}
        self.columns = _span(attributes.get("colspan"), _MOST_SPANNED)
        self.rows = _span(attributes.get("rowspan"), _MOST_ROWS_SPANNED)
        self._words: list[str] = []
        self._lists: list[int | None] = []

    def take(self, part: Part) -> None:
        """Add a part that stands in the cell."""
        if part.turn is Turn.WORDS:
            self._words.append(" ".join(part.words.split()) if part.words.strip() else " ")
            if part.words[:1].isspace():
                self._words.insert(-1, " ")
            if part.words[-1:].isspace():
                self._words.append(" ")
        elif part.tag in {"ul", "ol"}:
            if part.turn is Turn.OPEN:
                self._lists.append(0 if part.tag == "ol" else None)
            elif self._lists:
                self._lists.pop()
            self._words.append("\n")
        elif part.tag == "li":
            self._words.append(f"\n{self._mark()}" if part.turn is Turn.OPEN else "\n")
        elif self._breaks(part):
            self._words.append("\n")

    def _breaks(self, part: Part) -> bool:
        """Whether a part ends a line."""
        if part.tag == "br":
            return part.turn is Turn.OPEN
        return part.tag in _BREAKING and not self._at_item()

    def _at_item(self) -> bool:
        """Whether an item has just begun: a paragraph in it does not end its line."""
        return bool(self._words) and self._words[-1].startswith("\n") and len(self._words[-1]) > 1

    def _mark(self) -> str:
        number = self._lists[-1] if self._lists else None
        indent = "  " * max(0, len(self._lists) - 1)
        if number is None:
            return f"{indent}- "
        self._lists[-1] = number + 1
        return f"{indent}{number + 1}. "

    def text(self) -> str:
        """Return the text, a line each for what stood on one."""
        lines = (line.rstrip() for line in "".join(self._words).split("\n"))
        kept = [line for line in lines if line.strip(" -")]
        return "\n".join(line if line.lstrip().startswith("- ") else _spaced(line) for line in kept)


def _spaced(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())] if re_list(line) else ""
    return indent + " ".join(line.split())


def re_list(line: str) -> bool:
    """Whether a line is a numbered item."""
    head, _, _ = line.strip().partition(". ")
    return head.isdecimal()


def _span(value: str | None, most: int) -> int:
    text = (value or "").strip()
    return (
        min(max(1, int(text)), most) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    )
