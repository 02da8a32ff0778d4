"""Where in a row each field stands: worked out once per table, so that a row costs little."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from operator import itemgetter
from types import MappingProxyType
from typing import TypeVar

from bot.formats.imports.header import Columns, column_title
from bot.formats.mapping.fields import LISTS, TEXTS, Field, FieldSlot
from bot.formats.mapping.model import DepthColumn, LevelColumn, TableSpec, TitleSpec
from bot.formats.mapping.words import normal
from bot.formats.names.titles import title_of
from bot.formats.pages.titles import without_wiki_id
from bot.values import dataclass

Cells = Sequence[str]
C = TypeVar("C", LevelColumn, DepthColumn)
Titles = ReadOnly[str, TitleSpec]
"""What titles stand for, by their normal form."""

_SECOND = re.compile(r"(?<=\S) \(\d{1,3}\)$")
_NO_TITLES: Titles = MappingProxyType({})
_TITLE = FieldSlot(Field.TITLE)


@dataclass(frozen=True, slots=True)
class ImportPart:
    """Some fields of a row. `raw` takes their cells out of it, as one value to compare rows by."""

    slots: tuple[FieldSlot, ...]
    indexes: tuple[int, ...]
    raw: Callable[[Cells], tuple[str, ...]]

    @classmethod
    def of(cls, places: Iterable[tuple[FieldSlot, int]]) -> "ImportPart":
        """Return the part of these fields at these indexes."""
        pairs = tuple(places)
        indexes = tuple(index for _, index in pairs)
        return cls(tuple(slot for slot, _ in pairs), indexes, _getter(indexes))


def _getter(indexes: tuple[int, ...]) -> Callable[[Cells], tuple[str, ...]]:
    if not indexes:
        return lambda _cells: ()
    if len(indexes) == 1:
        only = indexes[0]
        return lambda cells: (cells[only],)
    return itemgetter(*indexes)


@dataclass(frozen=True, slots=True)
class _Join:
    indexes: tuple[int, ...]
    between: str


@dataclass(frozen=True, slots=True)
class _Cut:
    index: int
    by: str
    parts: int


class ImportPlan:
    """The layout of one table.

    A row is *extended* before it is read: filled up to the table's width, empty cells filled down,
    and behind its own cells those that are joined, cut out of others, or the same in every row.
    """

    def __init__(
        self,
        spec: TableSpec,
        columns: Columns,
        file: str,
        table: str,
        titles: Titles = _NO_TITLES,
    ) -> None:
        """Find the columns of `spec`; `titles` are those whose words do not say what they mean."""
        self.columns = columns
        self._titles = titles
        self.places: dict[FieldSlot, int] = {}
        self.level_columns: list[tuple[LevelColumn, int]]
        self.depth_columns: list[tuple[DepthColumn, int]]
        self._joins: list[_Join] = []
        self._cuts: list[_Cut] = []
        self._title: int | None = None
        self._made: list[str] = []
        self._read: set[int] = set()
        self._locate(spec)
        self.width = max((len(columns.names), *(at + 1 for at in self._read)))
        self.continued = False
        """Whether the row last extended goes on with the expectation of the row above."""
        self._fill = sorted(
            self.places[slot]
            for slot in self.places
            if slot.field in spec.fill_down and self.places[slot] >= 0
        )
        skill = self.places.get(FieldSlot(Field.SKILL), -1)
        named = [self.places[slot] for slot in _NAMED if slot in self.places]
        self._identity = [at for at in named if at >= 0] if skill in self._fill else []
        self._last: dict[int, str] = {}
        self._parts: dict[str, tuple[str, str]] = {}
        self._append(spec, file, table)

    def _locate(self, spec: TableSpec) -> None:
        for slot, names in spec.columns.items():
            needed = slot.field in _NEEDED
            found = [at for name in names if (at := self._column(name, needed=needed)) is not None]
            if len(found) == 1:
                self.places[slot] = found[0]
            elif found:
                self._joins.append(_Join(tuple(found), _between(slot.field)))
                self._make(slot)
        self.level_columns = list(self._placed(spec.level_columns))
        self.depth_columns = list(self._placed(spec.depth_columns))
        for split in spec.split:
            if (at := self._column(split.column, needed=True)) is not None:
                self._cuts.append(_Cut(at, split.by, len(split.into)))
                for part in split.into:
                    self._make(part)
        self._title = self.places.pop(_TITLE, None)
        if self._title is not None:
            self._make(FieldSlot(Field.ROLE))
            self._make(FieldSlot(Field.LEVEL))

    def _placed(self, columns: Iterable[C]) -> Iterator[tuple[C, int]]:
        for column in columns:
            if (at := self._column(column.column, needed=False)) is not None:
                yield column, at

    def _column(self, name: str, *, needed: bool) -> int | None:
        at = self.columns.find(name, needed=needed)
        if at is not None:
            self._read.add(at)
        return at

    def _make(self, slot: FieldSlot | None) -> None:
        """Note a cell that is made from others; `_append` gives it its place."""
        if slot is not None:
            self.places[slot] = -len(self._made) - 1
        self._made.append("")

    def _append(self, spec: TableSpec, file: str, table: str) -> None:
        """Move what is made behind the row's own cells, and add what every row has."""
        for slot, at in self.places.items():
            if at < 0:
                self.places[slot] = self.width - at - 1
        self._values: list[str] = []
        # A second table under one heading is about the same as the first.
        sheet, file = _SECOND.sub("", table), without_wiki_id(file)
        for slot, value in spec.values.items():
            filled = value.replace("{sheet}", sheet).replace("{file}", file)
            if slot == _TITLE:
                role, level = self._parted(filled)
                self._same(FieldSlot(Field.ROLE), role)
                self._same(FieldSlot(Field.LEVEL), level)
            else:
                self._same(slot, filled)
        if self._title is not None and self._title < 0:
            self._title = self.width - self._title - 1
        for field in spec.heading_rows:
            self._same(FieldSlot(field), "")

    def _same(self, slot: FieldSlot, value: str) -> None:
        """Let every row have this value of a field that no column gives."""
        if slot not in self.places:
            self.places[slot] = self.width + len(self._made) + len(self._values)
            self._values.append(value)

    def head(self, field: Field, text: str) -> None:
        """Let all rows from here on have this value, which stood above them as a heading."""
        at = self.places[FieldSlot(field)] - self.width - len(self._made)
        if at >= 0:
            self._values[at] = text

    def part(self, fields: frozenset[Field]) -> ImportPart:
        """Return the part of a row that holds these fields."""
        return ImportPart.of((slot, at) for slot, at in self.places.items() if slot.field in fields)

    def extended(self, cells: tuple[str, ...]) -> list[str]:
        """Return the row's cells, filled up, filled down, and with what is made from them."""
        row = list(cells)
        if len(row) < self.width:
            row += [""] * (self.width - len(row))
        else:
            del row[self.width :]
        if self._fill:
            self._fill_down(row)
        if self._made:
            for join in self._joins:
                row.append(join.between.join(filter(None, (row[at] for at in join.indexes))))
            for cut in self._cuts:
                row += _cut(row[cut.index], cut)
            if self._title is not None:
                row += self._parted(row[self._title])
        row += self._values
        return row

    def _fill_down(self, row: list[str]) -> None:
        self.continued = bool(self._identity) and not any(row[at] for at in self._identity)
        for at in self._fill:
            if not row[at]:
                row[at] = self._last.get(at, "")
            elif row[at] != self._last.get(at):
                self._last[at] = row[at]
                # What stood to the right belonged to the value above.
                for other in self._fill:
                    if other > at:
                        self._last.pop(other, None)

    def _parted(self, cell: str) -> tuple[str, str]:
        """Return the role and the level of a title; no level where its words say none."""
        found = self._parts.get(cell)
        if found is None:
            known = self._titles.get(normal(cell))
            title = known or title_of(cell)
            found = self._parts[cell] = (title.role, title.level)
        return found

    def filled_by_hand(self, cells: tuple[str, ...]) -> int:
        """Return how many of the columns that are read have a cell in this row."""
        return sum(1 for at in self._read if at < len(cells) and cells[at])

    def unread(self) -> list[str]:
        """Return the headers of columns that nothing is read from."""
        return self.columns.unread(self._read)

    def title(self, slots: Iterable[FieldSlot]) -> str:
        """Return the header of the first of these fields that has a column, else ""."""
        for slot in slots:
            at = self.places.get(slot)
            if at is not None:
                return self.title_at(at)
        return ""

    def title_at(self, index: int) -> str:
        """Return what a column is called, "" for a cell that is made from others."""
        return column_title(self.columns.names, index) if index < self.width else ""


def _cut(cell: str, cut: _Cut) -> list[str]:
    parts = cell.split(cut.by, cut.parts - 1) if cell else []
    return parts + [""] * (cut.parts - len(parts))


def _between(field: Field) -> str:
    if field in TEXTS:
        return "\n\n"
    return "\n" if field in LISTS else " "


_NAMED = (FieldSlot(Field.ROLE), FieldSlot(Field.LEVEL), FieldSlot(Field.SKILL))
_NEEDED = frozenset(
    {Field.TITLE, Field.ROLE, Field.ROLE_KEY, Field.LEVEL, Field.SKILL, Field.SKILL_KEY}
)


def wanted_headers(spec: TableSpec) -> Iterator[str]:
    """Yield the headers that a part of a mapping names."""
    for names in spec.columns.values():
        yield from names
    yield from (column.column for column in spec.level_columns)
    yield from (column.column for column in spec.depth_columns)
