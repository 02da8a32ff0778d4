"""Lists of a document that say what short words stand for: ``{id: junior, name: Junior}``."""

import re
from collections.abc import Iterator, Sequence

from bot.formats.mapping.fields import Field
from bot.formats.mapping.words import normal
from bot.formats.nested.paths import in_path
from bot.formats.nested.structure import Node, field_of, id_field, name_field
from bot.values import dataclass

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Lookup:
    """A list of things: `records` leads to them; `marked` and `named` are columns.

    `pairs` are the words that others use with the names that they stand for, in the order of the
    list. A list of names alone has no `marked`.
    """

    records: str
    marked: str
    named: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def has_keys(self) -> bool:
        """Whether its words may be the keys of a catalogue."""
        return all(_KEY.fullmatch(mark) for mark, _ in self.pairs)


def lookups(root: Node) -> list[tuple[Field | None, Lookup]]:
    """Return the lists at the top of a document, each with the field that its key names."""
    return [
        (field_of(name), found)
        for name, node in root.fields.items()
        for found in _lookups(name, node)
    ]


def _lookups(name: str, node: Node) -> Iterator[Lookup]:
    item, step = node.item, in_path(name)
    if item is not None and item.objects and not item.lists:
        marked, named = id_field(item), name_field(item)
        if named and item.fields[named].is_words:
            names = item.fields[named].words
            marks = item.fields[marked].words if marked else names
            if len(names) == len(marks) == item.objects:
                pairs = tuple(zip(marks, names, strict=True))
                keys = f"{step}.{in_path(marked)}" if marked else ""
                yield Lookup(f"{step}[]", keys, f"{step}.{in_path(named)}", pairs)
    elif item is not None and item.is_words and not item.lists and item.words:
        yield Lookup(f"{step}[]", "", ".", tuple((word, word) for word in item.words))


def stands_for(lookup: Lookup, values: Sequence[str]) -> bool:
    """Whether values are words of the list."""
    marks = {normal(mark) for mark, _ in lookup.pairs}
    return bool(values) and all(normal(value) in marks for value in values)


def names_of(lookup: Lookup, values: Sequence[str]) -> list[str]:
    """Return the names that words stand for; what is no word of the list stays."""
    names = {normal(mark): name for mark, name in lookup.pairs}
    return [names.get(normal(value), value) for value in values]
