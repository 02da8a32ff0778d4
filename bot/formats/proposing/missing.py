"""What to say of tables that cannot be understood: which column is missing, among which headers."""

from collections.abc import Sequence

from bot.domain.said import Said, said
from bot.formats.grids.columns import Headed
from bot.formats.problems import shortened
from bot.formats.proposing.slots import SKILL
from bot.formats.tables.source import TableRow

_SHOWN = 8


def left_out(where: str, table: Headed) -> Said:
    """Return why a table is left out."""
    return said(
        "{where}: no column for the {thing} was found among {headers}, so it is left out",
        where=where,
        thing=_missing(table),
        headers=_headers(table),
    )


def nothing(samples: Sequence[Sequence[TableRow]], tables: Sequence[Headed]) -> Said:
    """Return what to say where no table could be understood; `tables` have a header."""
    if len(tables) == 1:
        return said(
            "no column for the {thing} was found among {headers}. Name the column so, or describe"
            " the file in a mapping",
            thing=_missing(tables[0]),
            headers=_headers(tables[0]),
        )
    headers = next((rows[0].cells for rows in samples if rows), ())
    seen = ", ".join(f"'{shortened(cell)}'" for cell in headers[:_SHOWN] if cell)
    if not seen:
        return said("the file is empty: no table in it has a cell; fill it, or give another")
    return said(
        "no table has columns for role, level and skill; the first row holds {seen}. Name the"
        " columns so, or describe the file in a mapping",
        seen=seen,
    )


def skills_alone(tables: Sequence[Headed]) -> Said:
    """Return what to say of tables of skills that expect nothing of anybody."""
    return said(
        "this is a list of skills, and nothing in it says at which level they are expected: it has"
        " {headers}. Add a column Level (and a column Role, where there are several), or put a file"
        " for each level into a folder that is called as the role",
        headers=_headers(tables[0]),
    )


def order_alone(where: str, unread: Sequence[str]) -> Said:
    """Return what to say of a list of levels that tells more of them than their order."""
    return said(
        "{where}: this list of levels is read for their order alone, without {columns}",
        where=where,
        columns=", ".join(f"'{shortened(name)}'" for name in unread[:_SHOWN]),
    )


def _missing(table: Headed) -> Said:
    """Return what no column is about."""
    return said("level") if SKILL in table.slots else said("skill")


def _headers(table: Headed) -> str:
    labels = [label for at in range(table.width) if (label := table.label(at))]
    shown = ", ".join(f"'{shortened(label)}'" for label in labels[:_SHOWN])
    return shown + (" …" if len(labels) > _SHOWN else "")
