"""Rows of a file that something is wrong with, as they stand there: for who looks for them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from bot.formats.imports.header import split_header
from bot.formats.imports.report import ImportPlace, ImportProblem, ImportProblems, RowAt, ShownRow
from bot.formats.imports.sources import ALL_SHEETS, Sources
from bot.formats.mapping.words import normal
from bot.formats.tables.letters import index_to_letters
from bot.formats.tables.source import TableFileError, TableRow
from bot.values import dataclass

MOST_ROWS = 60
"""Rows that are looked for."""
FURTHEST = 20_000
"""The line up to which they are: a large file is not read a second time to its end."""
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_EACH = 10
_LONGEST = 200
NO_ROWS: Mapping[RowAt, ShownRow] = MappingProxyType({})


@dataclass(slots=True)
class _Wanted:
    """The lines of one table that are looked for, and the columns that were named there."""

    lines: set[int]
    columns: set[str]


def shown_rows(path: Path, problems: Iterable[ImportProblem]) -> Mapping[RowAt, ShownRow]:
    """Return the rows that these problems name, by their places; what is not found is left out.

    The file is read once more, as far as the last of them that is not too far down.
    """
    wanted = _wanted(problems)
    if not wanted:
        return NO_ROWS
    found: dict[RowAt, ShownRow] = {}
    with Sources(path, ImportProblems(), shown=ALL_SHEETS) as sources:
        files = [name for name in sources.files if any(file == name for file, _ in wanted)]
        for source in sources.tables(files):
            here = wanted.get((source.file, source.table.name))
            if here is None:
                continue
            is_sheet = source.path.suffix.lower() in _WORKBOOKS
            try:
                for row in _rows(source.table.rows(), here, is_sheet=is_sheet):
                    found[source.file, source.table.name, row.line] = row
            except TableFileError:
                continue  # what is wrong there has been told
    return found


def _wanted(problems: Iterable[ImportProblem]) -> Mapping[tuple[str, str], _Wanted]:
    wanted: dict[tuple[str, str], _Wanted] = defaultdict(lambda: _Wanted(set(), set()))
    left = MOST_ROWS
    for place in _places(problems):
        if place.line is None or place.line > FURTHEST or left <= 0:
            continue
        left -= 1
        here = wanted[str(place.file), place.table]
        here.lines.add(place.line)
        if place.column:
            here.columns.add(place.column)
    return wanted


def _places(problems: Iterable[ImportProblem]) -> Iterator[ImportPlace]:
    for problem in problems:
        yield from problem.places[:_EACH]


def _rows(rows: Iterator[TableRow], here: _Wanted, *, is_sheet: bool) -> Iterator[ShownRow]:
    exact = True
    header, rest = split_header(rows, here.columns, None)
    if header is None:
        return
    last = max(here.lines)
    if header.line in here.lines:
        yield _shown(header, (), exact=exact)
    for row in rest:
        if row.line > last:
            return
        if row.line in here.lines:
            yield _shown(row, header.cells, exact=exact)
        # The lines of a text file are a spreadsheet's rows only as far as no cell has several.
        exact = exact and (is_sheet or not any("\n" in cell for cell in row.cells))


def _shown(row: TableRow, names: tuple[str, ...], *, exact: bool) -> ShownRow:
    cells = tuple(
        (names[at] if at < len(names) else "", cell[:_LONGEST]) for at, cell in enumerate(row.cells)
    )
    width = max(len(names), len(cells))
    letters = {normal(name): index_to_letters(at) for at, name in enumerate(names) if name}
    by_letter = {
        normal(f"column {index_to_letters(at)}"): index_to_letters(at) for at in range(width)
    }
    return ShownRow(row.line, cells, by_letter | letters, exact=exact)
