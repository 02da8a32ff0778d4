"""What a check of a catalogue found, to read a page at a time, each with the way to its place."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule
from bot.domain.catalogue.unclear import UnclearText
from bot.domain.framework import CellKey, Expectation, key_of
from bot.domain.revision import Catalogue
from bot.values import dataclass

UNCLEAR = "unclear"
"""Stands for what members said, where a rule of lint is chosen from."""


@dataclass(frozen=True)
class Checked:
    """`findings` are gravest first; `unclear` are texts that members find so, most often first."""

    catalogue: Catalogue
    findings: tuple[LintFinding, ...]
    unclear: tuple[UnclearText, ...]

    @cached_property
    def choices(self) -> tuple[tuple[str, int], ...]:
        """What there is to look at, with how much of it: what members say, then rule by rule."""
        rules = Counter(each.rule.value for each in self.findings)
        said = {UNCLEAR: len(self.unclear)} if self.unclear else {}
        return (*said.items(), *rules.items())


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """A finding, or what members said about a text. `cell` is what Details shows of its place."""

    place: LintPlace
    finding: LintFinding | None = None
    unclear: UnclearText | None = None
    cell: CellKey | None = None


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """A page of what was chosen; `chosen` is empty where there is nothing. `number` is from 1."""

    checked: Checked
    chosen: str
    number: int
    pages: int
    items: tuple[CheckedItem, ...]

    @property
    def rule(self) -> LintRule | None:
        """The rule that was chosen; None for what members said, and for nothing."""
        return None if self.chosen in ("", UNCLEAR) else LintRule(self.chosen)


def checked_page(checked: Checked, chosen: str, number: int, size: int) -> CheckedPage:
    """Return a page of `size` items; what there is no more is the first that there is."""
    names = [name for name, _ in checked.choices]
    if chosen not in names:
        chosen, number = next(iter(names), ""), 1
    items = [*_items(checked, chosen)]
    pages = max(1, -(-len(items) // size))
    at = min(max(number, 1), pages)
    shown = items[(at - 1) * size : at * size]
    return CheckedPage(checked, chosen, at, pages, tuple(shown))


def _items(checked: Checked, chosen: str) -> Iterable[CheckedItem]:
    if chosen == UNCLEAR:
        for text in checked.unclear:
            cell = text.cell
            place = LintPlace(role=cell.role, level=cell.level, skill=cell.skill)
            yield CheckedItem(place, unclear=text, cell=cell)
        return
    for each in checked.findings:
        if each.rule.value == chosen:
            yield CheckedItem(
                each.place, finding=each, cell=shown_at(checked.catalogue, each.place)
            )


def shown_at(catalogue: Catalogue, place: LintPlace) -> CellKey | None:
    """Return the expectation whose Details show a place best; None where none can.

    Of a skill or a role alone, that is the first which has it.
    """
    skill = catalogue.skill(place.skill) if place.skill else None
    role = catalogue.role(place.role) if place.role else None
    cells: Iterable[Expectation] = ()
    if skill is not None:
        cells = catalogue.expectations_of(skill)
    elif role is not None:
        levels = role.ladder.levels
        cells = (each for level in levels for each in catalogue.expectations_at(role, level))
    fitting = [
        each
        for each in cells
        if place.role in (None, each.role.key) and place.level in (None, each.level.key)
    ]
    if not fitting and place.role and skill is not None:
        # A cell that is missing: the nearest one of the same role.
        fitting = [each for each in cells if each.role.key == place.role]
    return key_of(fitting[0]) if fitting else None
