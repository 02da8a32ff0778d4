"""The changes from one content to another as a list to read: filtered, and a page at a time."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from bot.domain.catalogue.differences import CatalogueDiff, Difference, Edit, Part
from bot.values import dataclass


class ChangeFilter(StrEnum):
    """What to see of the changes."""

    ALL = "all"
    REMOVED = "removed"
    ADDED = "added"
    REWORDED = "reworded"
    RAISED = "raised"
    LOWERED = "lowered"
    MOVED = "moved"
    OTHER = "other"


_FILTERS = {
    Edit.ADDED: ChangeFilter.ADDED,
    Edit.REMOVED: ChangeFilter.REMOVED,
    Edit.RENAMED: ChangeFilter.REWORDED,
    Edit.REWORDED: ChangeFilter.REWORDED,
    Edit.RAISED: ChangeFilter.RAISED,
    Edit.LOWERED: ChangeFilter.LOWERED,
    Edit.MOVED: ChangeFilter.MOVED,
    Edit.TRANSLATED: ChangeFilter.OTHER,
    Edit.AMENDED: ChangeFilter.OTHER,
}
_WHOLE = (Edit.ADDED, Edit.REMOVED)
_FIRST = {Part.ROLE: 0, Part.LEVEL: 1, Part.SKILL: 2}


@dataclass(frozen=True, slots=True)
class Change:
    """One change to read. `cells` counts the expectations that came or went with a whole thing."""

    difference: Difference
    cells: int = 0


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A page of the changes. `number` counts from 1; `counts` is how many each filter lets by."""

    chosen: ChangeFilter
    number: int
    pages: int
    changes: tuple[Change, ...]
    counts: Mapping[ChangeFilter, int]


def change_page(found: CatalogueDiff, chosen: ChangeFilter, number: int, size: int) -> ChangePage:
    """Return the changes of one kind, `size` to a page; what goes comes first, roles before all.

    The expectations of a role, level or skill that comes or goes as a whole are counted with it. A
    page beyond the last is the last.
    """
    every = _listed(found)
    counts = Counter(_FILTERS[each.difference.edit] for each in every)
    counts[ChangeFilter.ALL] = len(every)
    shown = [each for each in every if chosen in (ChangeFilter.ALL, _FILTERS[each.difference.edit])]
    pages = max(1, -(-len(shown) // size))
    at = min(max(number, 1), pages)
    return ChangePage(chosen, at, pages, tuple(shown[(at - 1) * size : at * size]), counts)


def _listed(found: CatalogueDiff) -> list[Change]:
    whole: set[tuple[Part, str, Edit]] = {
        (each.part, each.path[-1], each.edit)
        for each in found.differences
        if each.edit in _WHOLE and each.part in (Part.ROLE, Part.SKILL)
    }
    cells: Counter[tuple[Part, str, Edit]] = Counter()
    kept: list[Difference] = []
    for each in found.differences:
        with_it = _comes_with(each, whole)
        if with_it is None:
            kept.append(each)
        else:
            cells[with_it] += 1
    kept.sort(key=_place)
    return [
        Change(each, cells[each.part, each.path[-1] if each.path else "", each.edit])
        for each in kept
    ]


def _comes_with(
    each: Difference, whole: set[tuple[Part, str, Edit]]
) -> tuple[Part, str, Edit] | None:
    """Return what an expectation came or went with; None where it did by itself."""
    if each.part is not Part.EXPECTATION or each.edit not in _WHOLE:
        return None
    role, _, skill = each.path
    candidates = ((Part.ROLE, role, each.edit), (Part.SKILL, skill, each.edit))
    return next((found for found in candidates if found in whole), None)


def _place(each: Difference) -> tuple[bool, int]:
    """What goes comes first. The rest stays in its order: sorting keeps it."""
    return (each.edit is not Edit.REMOVED, _FIRST.get(each.part, 3))
