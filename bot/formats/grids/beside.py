"""Tables that stand beside each other on one sheet, each with a header of its own."""

from collections.abc import Sequence
from dataclasses import replace

from bot.formats.grids.columns import Headed
from bot.formats.mapping.words import normal, plain_name
from bot.formats.tables.source import TableRow


def beside_each_other(table: Headed, rows: Sequence[TableRow]) -> tuple[Headed, ...]:
    """Return the parts of a table whose first header comes again further to the right.

    `rows` are those of the sheet: the cell above a part names it.
    """
    cells = table.header.cells
    first = next((at for at, cell in enumerate(cells) if cell), None)
    if first is None or table.above or table.turned:
        return (table,)
    starts = [at for at, cell in enumerate(cells) if normal(cell) == normal(cells[first])]
    if len(starts) == 1:
        return (table,)
    ends = [*starts[1:], len(cells)]
    return tuple(_part(table, rows, start, end) for start, end in zip(starts, ends, strict=True))


def _part(table: Headed, rows: Sequence[TableRow], start: int, end: int) -> Headed:
    """Return a table with nothing outside of its columns."""

    def within(row: TableRow) -> TableRow:
        kept = tuple(cell if start <= at < end else "" for at, cell in enumerate(row.cells))
        return TableRow(row.line, kept)

    first = next(at for at, cell in enumerate(table.header.cells) if cell)
    shift = start - first
    slots = tuple(
        table.slots[at - shift] if start <= at < end and at - shift < len(table.slots) else None
        for at in range(len(table.slots))
    )
    body = tuple(row for row in map(within, table.body) if any(row.cells))
    above = [row for row in rows if row.line < table.header.line][-3:]
    title = next(
        (
            plain_name(cells[0])
            for row in reversed(above)
            if (cells := [cell for cell in within(row).cells if cell]) and len(cells) == 1
        ),
        "",
    )
    return replace(
        table, header=within(table.header), slots=slots, body=body, title=title, several=True
    )
