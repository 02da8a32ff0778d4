"""Finds the header of a table that nobody has described, and what its headers name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.formats.mapping.fields import FIELD_BY_HEADER, Field, FieldSlot, depth_key_of, slot_of
from bot.formats.mapping.letters import index_to_letters
from bot.formats.mapping.seniority import is_level_name
from bot.formats.mapping.vocabulary import is_depth_name
from bot.formats.mapping.words import normal
from bot.formats.tables.source import TableRow

LOOKED_AT = 30
_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Headed:
    """A table with its header found.

    `slots` holds for each column the field that its header names, None where it names none.
    `names` are the headers as a mapping writes them: one that is repeated or blank goes by letters.
    """

    header: TableRow
    slots: tuple[FieldSlot | None, ...]
    names: tuple[str, ...]
    body: tuple[TableRow, ...]

    @property
    def fields(self) -> frozenset[Field]:
        """The fields that have a column in the base language."""
        return frozenset(slot.field for slot in self.slots if slot and not slot.locale)

    def column(self, at: int) -> list[str]:
        """Return the cells of a column below the header, "" for blank ones."""
        return [row.cells[at] if at < len(row.cells) else "" for row in self.body]


def headed(rows: Sequence[TableRow]) -> Headed | None:
    """Return the table below its most likely header; None where no row reads like one."""
    first = rows[:LOOKED_AT]
    scores = [_score(row.cells) for row in first]
    if not scores or max(scores) == 0:
        return None
    at = scores.index(max(scores))
    header = first[at]
    return Headed(header, _slots(header.cells), _names(header.cells), tuple(rows[at + 1 :]))


def _score(cells: Sequence[str]) -> int:
    """Return how much a row reads like a header: fields count more than names of levels."""
    score = 0
    for cell in {normal(cell) for cell in cells if cell and len(cell) <= 60}:
        if cell in FIELD_BY_HEADER:
            score += _WEIGHT
        elif is_level_name(cell) or is_depth_name(cell):
            score += 1
    return score


def _slots(cells: Sequence[str]) -> tuple[FieldSlot | None, ...]:
    """Return the field of each header; of two that name the same one, the first has it."""
    taken: set[FieldSlot] = set()
    slots: list[FieldSlot | None] = []
    for cell in cells:
        slot = _by_name(cell.strip()) or _by_words(cell)
        if slot in taken or depth_key_of(cell):
            slot = None
        if slot is not None:
            taken.add(slot)
        slots.append(slot)
    return tuple(slots)


def _by_name(cell: str) -> FieldSlot | None:
    """Return the slot of a header that is a field's own name, as exports have it."""
    field, dot, locale = cell.partition(".")
    return slot_of(f"{field.casefold()}{dot}{locale}")


def _by_words(cell: str) -> FieldSlot | None:
    field = FIELD_BY_HEADER.get(normal(cell))
    return FieldSlot(field) if field else None


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    counts = Counter(normal(cell) for cell in cells)
    return tuple(
        cell if cell and counts[normal(cell)] == 1 else f"column {index_to_letters(at)}"
        for at, cell in enumerate(cells)
    )
