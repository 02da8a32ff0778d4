"""The tables that stand on one sheet below each other, and the legend beside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.formats.grids.beside import beside_each_other
from bot.formats.grids.cells import with_slots_by_cells
from bot.formats.grids.columns import Headed, headed, headed_at, header_score, stands_above
from bot.formats.grids.legends import without_legend
from bot.formats.grids.turned import on_its_side
from bot.formats.mapping.headers import FIELD_BY_HEADER
from bot.formats.mapping.words import normal
from bot.formats.names.footers import is_footer, is_page_number, is_total
from bot.formats.names.seniority import is_level_name
from bot.formats.names.titles import looks_like_role
from bot.formats.tables.source import TableRow

_FEWEST_CELLS = 2
_NAME = 60
_NUMBER = re.compile(r"\d")


def tables_of(rows: Sequence[TableRow], *, more: bool = False) -> tuple[Headed, ...]:
    """Return the tables of a sheet, top to bottom; one that lies on its side is turned."""
    side = on_its_side(rows)
    found = (side,) if side is not None else tables_in(rows, more=more)
    parts = [part for table in found for part in beside_each_other(table, rows)]
    things = (replace(table, body=tuple(_things(table.body))) for table in parts)
    return tuple(map(with_slots_by_cells, things))


def _things(body: Sequence[TableRow]) -> Iterator[TableRow]:
    """Yield the rows of a table without totals and remarks, which say nothing about its columns."""
    names: set[str] = set()
    for row in body:
        first, *others = [cell for cell in row.cells if cell]
        if not is_footer(first, others) and not is_total(first, others, names):
            names.update(cell for cell in (first, *others[:1]) if len(cell) <= _NAME)
            yield row


def tables_in(rows: Sequence[TableRow], *, more: bool = False) -> tuple[Headed, ...]:
    """Return the tables of a sheet, top to bottom: a header that is there again begins one.

    `more` as in `headed`. A legend below a table is not part of it.
    """
    first = headed(rows, more=more)
    if first is None:
        return ()
    starts = list(_starts(rows, first))
    if not starts:
        return (without_legend(first),)
    tables: list[Headed] = []
    current, at = first, _index(rows, first.header.line)
    for start in [*starts, len(rows)]:
        end = start if start == len(rows) else _above(rows, start)
        last = rows[end - 1].line if end < len(rows) or start < len(rows) else None
        body = rows[at + 1 : end]
        tables.append(replace(current, body=tuple(body), last_row=last, several=True))
        if start < len(rows):
            current, at = headed_at(rows, start), start
            at = _index(rows, current.header.line)
    tables[-1] = without_legend(tables[-1])
    return tuple(table for table in tables if table.body)


def _starts(rows: Sequence[TableRow], first: Headed) -> Iterator[int]:
    """Yield where the header of another table stands."""
    top = _index(rows, first.header.line) - len(first.above)
    head = rows[top]
    corner = normal(head.cells[0]) if head.cells else ""
    for at in range(top + 1 + len(first.above), len(rows)):
        row, before = rows[at], rows[at - 1]
        if sum(map(bool, row.cells)) < _FEWEST_CELLS:
            continue
        if is_page_number(next(filter(None, before.cells), "")):
            continue
        apart = before.line + 1 < row.line or stands_above(before)
        roles = looks_like_role(row.cells[0]) and looks_like_role(corner)
        again = _same(row, head, start=1) and (
            roles or _names_another(row, head) or (apart and _same(row, head, start=0))
        )
        if again or (apart and _is_header(row, corner)):
            yield at


def _same(row: TableRow, head: TableRow, *, start: int) -> bool:
    """Whether a row has the headers of another, its first cells apart."""
    cells = [*map(normal, row.cells[start:])]
    return len(cells) > 1 and cells == [*map(normal, head.cells[start:])]


def _names_another(row: TableRow, head: TableRow) -> bool:
    """Whether a row with the levels of the headers begins with a name that is no header's."""
    corners = [normal(cells[0]) for cells in (row.cells, head.cells)]
    named = all(corners) and len(set(corners)) > 1 and FIELD_BY_HEADER.keys().isdisjoint(corners)
    return named and all(is_level_name(cell) for cell in row.cells[1:] if cell)


def _is_header(row: TableRow, corner: str) -> bool:
    """Whether a row that stands apart is a header: it begins as the first one, and names levels."""
    cells = [cell for cell in row.cells[1:] if cell]
    begins = row.cells[0]
    roles = looks_like_role(begins) and looks_like_role(corner)
    known = normal(begins) == corner or normal(begins) in FIELD_BY_HEADER or roles
    named = [cell for cell in cells if is_level_name(cell) or normal(cell) in FIELD_BY_HEADER]
    numbers = all(_NUMBER.fullmatch(cell) for cell in cells)
    return known and not numbers and len(named) == len(cells) and header_score(row.cells) > 1


def _above(rows: Sequence[TableRow], start: int) -> int:
    """Return where the title of a table begins, else its header: what is above it alone."""
    at = start
    while at > 0 and stands_above(rows[at - 1]) and rows[at - 1].line >= rows[at].line - 2:
        at -= 1
        if at > 0 and rows[at - 1].line < rows[at].line - 1:
            break
    return at


def _index(rows: Sequence[TableRow], line: int) -> int:
    return next(at for at, row in enumerate(rows) if row.line == line)
