"""What of a table may be meant otherwise than it is read: its owner is told, and looks at it."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from bot.domain.said import said
from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.headers import FIELD_BY_HEADER
from bot.formats.mapping.model import Shape, TableSpec
from bot.formats.mapping.vocabulary import is_depth_name
from bot.formats.mapping.words import normal, words_of
from bot.formats.names.figures import is_number
from bot.formats.names.footers import subtotal_of
from bot.formats.names.seniority import is_level_name
from bot.formats.problems import shortened
from bot.formats.proposing.axes import free_columns
from bot.formats.proposing.questions import Deciding
from bot.formats.proposing.shape import SAYS
from bot.formats.tables.source import TableRow

_LEVEL, _SKILL = FieldSlot(Field.LEVEL), FieldSlot(Field.SKILL)
_OTHERS = words_of("next previous prior promotion manager following nächste suivant siguiente")
_HEADERS = words_of(
    "name owner team mail email contact phone who what when where why date status version term"
    " meaning glossary abbreviation definition link url person author responsible count number id"
    " begriff bedeutung ansprechpartner verantwortlich terme signification término significado"
    " 术语 含义 负责人 联系人 用語 意味"
)
_FEWEST, _LONGEST = 2, 30


def tell_doubts(
    where: str, table: Headed, places: Mapping[FieldSlot, int], deciding: Deciding
) -> None:
    """Tell of what `places` (the columns that are read) leave out, and of rows that may be none."""
    _tell_more_levels(where, table, places, deciding)
    _tell_totals(where, table, places, deciding)
    _tell_recommended(where, table, places, deciding)
    for row in _other_headers(table):
        deciding.remark(
            said(
                "{where}: line {line} stands below a blank one and reads like the headers of"
                " another table, yet it and the rows below it are read as rows of this one; where"
                " they are none, move them to a sheet or file of their own",
                where=where,
                line=row.line,
            )
        )


def _tell_more_levels(
    where: str, table: Headed, places: Mapping[FieldSlot, int], deciding: Deciding
) -> None:
    """Tell of columns that name a level in each row, too: it may hold from one to the other."""
    if _LEVEL not in places:
        return
    for at in free_columns(table):
        if at in places.values() or not _OTHERS.isdisjoint(normal(table.header.cells[at]).split()):
            continue
        cells = {cell for cell in table.column(at) if cell}
        levels = all(is_level_name(cell) and not is_number(cell) for cell in cells)
        if cells and levels and not all(map(is_depth_name, cells)):
            deciding.remark(
                said(
                    "{where}: the level of a row is in '{level}'; '{column}' names levels, too,"
                    " and is not read: where a row holds from one to the other, give each level a"
                    " row of its own",
                    where=where,
                    level=shortened(table.names[places[_LEVEL]]),
                    column=shortened(table.names[at]),
                )
            )


def _tell_recommended(
    where: str, table: Headed, places: Mapping[FieldSlot, int], deciding: Deciding
) -> None:
    """Tell of R beside M, which may be recommended beside mandatory."""
    at = places.get(FieldSlot(Field.REQUIREMENT))
    if at is not None and {"m", "r"} <= {normal(cell) for cell in table.column(at)}:
        deciding.remark(
            said(
                "{where}: 'R' in '{column}' is read as required, as 'M' is; where it means"
                " recommended, write it out",
                where=where,
                column=shortened(table.names[at]),
            )
        )


def _tell_totals(
    where: str, table: Headed, places: Mapping[FieldSlot, int], deciding: Deciding
) -> None:
    """Tell of skills that read like the sums of those above them."""
    at = places.get(_SKILL)
    if at is None:
        return
    for row in table.body:
        name = row.cells[at] if at < len(row.cells) else ""
        others = [cell for cell in row.cells if cell and cell != name]
        if name and others and subtotal_of(name) and all(map(is_number, others)):
            deciding.remark(
                said(
                    "{where}: line {line} ('{name}') reads like a total, yet is read as a skill;"
                    " where it is a total, delete the row",
                    where=where,
                    line=row.line,
                    name=shortened(name),
                )
            )


def tell_nothing_expected(where: str, table: Headed, spec: TableSpec, deciding: Deciding) -> None:
    """Tell of rows that name a skill at a level and say no more, where a column is not read."""
    told = {slot.field for slot in spec.columns}
    read = {name for names in spec.columns.values() for name in names}
    unread = [
        table.names[at]
        for at in free_columns(table)
        if table.names[at] not in read and any(map(is_number, table.column(at)))
    ]
    if spec.shape is Shape.LONG and not told & SAYS and unread:
        deciding.remark(
            said(
                "{where}: no column says what is expected, so each row is a required skill;"
                " {columns} are not read",
                where=where,
                columns=", ".join(f"'{shortened(name)}'" for name in unread),
            )
        )


def _other_headers(table: Headed) -> Iterator[TableRow]:
    """Yield the rows below a blank one that read like headers of something else."""
    for before, row in pairwise(table.body):
        cells = [cell for cell in row.cells if cell]
        if before.line + 1 == row.line or len(cells) < _FEWEST:
            continue
        known = [normal(cell) for cell in cells if len(cell) <= _LONGEST]
        named = [name for name in known if name in _HEADERS or name in FIELD_BY_HEADER]
        if len(known) == len(cells) and len(named) >= _FEWEST and row is not table.body[-1]:
            yield row
