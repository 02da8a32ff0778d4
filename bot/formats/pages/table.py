"""A page as rows: one for each text, with the columns that a mapping names.

| column | is |
|---|---|
| ``heading 1`` … ``heading 6`` | the heading of this depth above the text |
| ``heading 1 text`` … | what stands directly below that heading, above the next one |
| ``label`` | the words in bold before the text, or the item over its items |
| ``item`` | one item of a list, a row each |
| ``text`` | the text, with what headings deeper than all named ones add to it |
| ``file``, ``folder``, ``upper folder``, ``title`` | where the page is, and what it is called |
| any other | what stands before the page (front matter, properties) under this name |
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from pathlib import PurePosixPath

from bot.domain.text import remembered
from bot.formats.pages.page import DASH, HEADINGS, Entry, Page, shown
from bot.formats.pages.titles import file_title
from bot.formats.tables.cells import clean_cell, is_clean
from bot.formats.tables.model import TableRow
from bot.formats.tables.reading import Reading
from bot.values import dataclass

TEXT, LABEL, ITEM, FILE, FOLDER, UPPER, TITLE = (
    *("text", "label", "item", "file", "folder", "upper folder", "title"),
)
_LABEL = Entry._fields.index("label")
_HEADING = re.compile(r"heading ([1-6])( text)?")
Unread = Callable[[int, str], None]
"""Told the line of a text that is no row, and what stands above it."""


def heading_column(depth: int) -> str:
    """Return the column of a heading's titles."""
    return f"heading {depth}"


def text_column(depth: int) -> str:
    """Return the column of what stands directly below a heading."""
    return f"heading {depth} text"


class PageColumns:
    """The columns of a mapping's part, looked at once for all its pages.

    A text whose `needed` columns are not all filled is no row. `introduced` are columns such as
    ``heading 1 text`` that are read for something else.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        needed: frozenset[str] = frozenset(),
        introduced: frozenset[str] = frozenset(),
    ) -> None:
        self.names = names
        self.introduced = introduced
        found = [each for each in map(_HEADING.fullmatch, names) if each]
        self.belongs_to = _row_of([int(each[1]) - 1 for each in found], has_label=LABEL in names)
        """Returns what is the same for texts that belong to one row, and to no other beside it."""
        self.headings = [
            (at, int(each[1]) - 1)
            for at, each in enumerate(map(_HEADING.fullmatch, names))
            if each and not each[2]
        ]
        """The columns of headings, each with its heading."""
        self.deepest = max((int(each[1]) for each in found if not each[2]), default=0)
        self._nothing = ("",) * (HEADINGS - self.deepest)
        self.has_label, self.has_item = LABEL in names, ITEM in names
        self.needed = [at for at, name in enumerate(names) if name in needed]
        self.getters = [
            (at, get) for at, name in enumerate(names) if (get := self._getter(name)) is not None
        ]

    def _getter(self, column: str) -> Callable[[list[Entry]], str] | None:
        """Return what gives a column's cell of a row; None where that is a heading, or the same."""
        heading = _HEADING.fullmatch(column)
        if heading:
            return _below(int(heading[1])) if heading[2] else None
        if column == TEXT:
            return self._text
        if column in {LABEL, ITEM}:
            return lambda group: group[0].label
        return None

    def _text(self, group: list[Entry]) -> str:
        if len(group) == 1 and (self.has_label or not group[0].label):
            entry = group[0]
            if entry.headings[self.deepest :] == self._nothing:
                return shown(entry.text)
        return shown("\n".join(_joined(group, self.deepest, has_label=self.has_label)))


@dataclass(frozen=True, slots=True)
class PageTable:
    """One page as a table."""

    page: Page
    columns: PageColumns
    reading: Reading
    unread: Unread | None = None
    name: str = ""
    hidden: bool = False

    def rows(self) -> Iterator[TableRow]:
        same = [about(self.page, name) for name in self.columns.names]
        clean = str.strip if self._is_clean(same) else _cleaned
        return self.reading.rows("", self._lines(same), guards=False, clean=clean)

    def _is_clean(self, same: Sequence[str]) -> bool:
        """Whether no cell needs more than a trim: they are made of these, and have no other signs.

        All of a page is looked at in less time than each of its cells.
        """
        entries = self.page.entries
        titles = chain.from_iterable(entry.headings for entry in entries)
        texts = [entry.text for entry in entries]
        labels = [entry.label for entry in entries]
        return is_clean("\n".join([*self.columns.names, *same, *texts, *labels, *set(titles), ""]))

    def _lines(self, same: list[str]) -> Iterator[tuple[int, Sequence[str]]]:
        columns = self.columns
        headings, getters, needed = columns.headings, columns.getters, columns.needed
        yield 1, columns.names
        for group in self._groups():
            cells, titles = same.copy(), group[0].headings
            for at, depth in headings:
                cells[at] = titles[depth]
            for at, get in getters:
                cells[at] = get(group)
            if all(map(cells.__getitem__, needed)):
                yield group[0].line, cells
            elif self.unread is not None:
                self._tell(group[0], self.unread)

    def _tell(self, entry: Entry, unread: Unread) -> None:
        depth = max((at for at, title in enumerate(entry.headings, 1) if title), default=0)
        if text_column(depth) not in self.columns.introduced:
            above = [title for title in entry.headings if title]
            unread(entry.line, " > ".join(above[-2:]) or entry.label)

    def _groups(self) -> Iterator[list[Entry]]:
        """Yield the texts that belong to one row."""
        if self.columns.has_item:
            yield from ([item] for entry in self.page.entries for item in _items(entry))
            return
        for _, group in groupby(self.page.entries, self.columns.belongs_to):
            yield list(group)


def _row_of(depths: list[int], *, has_label: bool) -> Callable[[Entry], object]:
    """Return what tells the row of a text, by its headings (the first one is 0) and its label."""
    if not depths:
        return itemgetter(_LABEL) if has_label else lambda _entry: None
    titles = itemgetter(*depths)
    if has_label:
        return lambda entry: (titles(entry.headings), entry.label)
    return lambda entry: titles(entry.headings)


def about(page: Page, column: str) -> str:
    """Return what is the same for all texts of a page."""
    if column == FILE:
        return file_title(PurePosixPath(page.file).stem)
    if column == FOLDER:
        return page.folders[-1] if page.folders else ""
    if column == UPPER:
        return page.folders[-2] if len(page.folders) > 1 else ""
    return page.title if column == TITLE else page.front.get(column.lower(), "")


# A page's headings come again with each row, and those of one page on the others.
_cleaned = remembered(4_096)(clean_cell)


def _below(depth: int) -> Callable[[list[Entry]], str]:
    """Return what gives the text of an entry that stands directly below a heading of this depth."""

    def text(group: list[Entry]) -> str:
        direct = [
            each for each in group if each.headings[depth - 1] and not any(each.headings[depth:])
        ]
        return shown("\n".join(_joined(direct, depth, has_label=False)))

    return text


def _joined(group: list[Entry], deepest: int, *, has_label: bool) -> Iterator[str]:
    """Yield the lines of several entries, with the headings and labels that no column has."""
    above: tuple[str, ...] = ()
    for entry in group:
        deeper = tuple(title for title in entry.headings[deepest:] if title)
        for at, title in enumerate(deeper):
            if deeper[: at + 1] != above[: at + 1]:
                yield f"{title}:"
        above = deeper
        if has_label or not entry.label:
            yield entry.text
            continue
        first, _, rest = entry.text.partition("\n")
        mark = DASH if entry.is_item else ""
        if first and not first.startswith(DASH):
            yield f"{mark}{entry.label}: {first}"
            yield from [_under(rest, entry)] if rest else []
        else:
            yield f"{mark}{entry.label}"
            yield from [_under(entry.text, entry)] if entry.text else []


def _under(text: str, entry: Entry) -> str:
    """Return lines as they stand under an item that is their label."""
    return re.sub(r"^(?= *- )", "  ", text, flags=re.MULTILINE) if entry.is_item else text


def _items(entry: Entry) -> Iterator[Entry]:
    """Yield each item of an entry's lists as an entry that is labelled by it."""
    if entry.label:
        yield entry
        return
    for line in entry.text.split("\n"):
        yield Entry(entry.line, entry.headings, line.strip().removeprefix(DASH), "", is_item=True)
