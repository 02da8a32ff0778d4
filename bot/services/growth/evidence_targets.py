"""Which expectations a piece of evidence may support: suggested while a member types."""

from collections.abc import Iterable, Iterator

from bot.domain.framework import CellKey, Expectation, Skill, key_of
from bot.domain.growth.holdings import Growth
from bot.domain.lookup.names.query import SKILL_GRAMMAR, Query
from bot.domain.lookup.requests import Viewer, viewer_of
from bot.domain.lookup.rung import Rung, rung_of
from bot.domain.named_in import NamedIn
from bot.domain.revision import Catalogue, expectation_at
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache
from bot.services.growth.measuring import Measuring
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.showing import find_level
from bot.services.lookup.typeahead import skills_for, skills_meant
from bot.values import dataclass

MAX_CELLS = 100
_TYPED = 200


@dataclass(frozen=True, slots=True)
class Supporting:
    """What a member's evidence can be attached to.

    `catalogues` are those that name an expectation, the newest revision first; `rungs` those whose
    expectations concern the member most, the goal first.
    """

    shelf: Shelf
    catalogues: tuple[Catalogue, ...]
    rungs: tuple[Rung, ...]

    def find(self, cell: CellKey) -> Expectation | None:
        """Return the expectation that a cell names; None where no catalogue has it any more."""
        names = NamedIn(self.shelf.catalogue, self.shelf.catalogue.moves)
        cells = (
            (self.shelf.catalogue, names.cell(cell)),
            *((each, cell) for each in self.catalogues),
        )
        found = (expectation_at(*each) for each in cells)
        return next((each for each in found if each), None)

    def named(self, cells: Iterable[CellKey]) -> tuple[tuple[CellKey, Expectation | None], ...]:
        """Pair cells with their expectations, in a stable order."""
        return tuple((cell, self.find(cell)) for cell in sorted(cells))

    def known_cells(self) -> Iterator[CellKey]:
        """Yield every cell that a catalogue has."""
        for catalogue in self.catalogues:
            yield from map(key_of, catalogue.content.expectations)

    def suggest(self, typed: str) -> tuple[Expectation, ...]:
        """Return expectations for a typed text, at most `MAX_CELLS`.

        Those of the member's own rungs come first. A level or role that is typed beside the skill
        narrows them down: "mlops senior".
        """
        near = [each for rung in self.rungs for each in self._asked_at(rung)]
        if not typed.strip():
            return _first(near or self.shelf.catalogue.content.expectations)
        skills, asked = self._meant(typed[:_TYPED])
        wanted = {each.key: number for number, each in enumerate(skills)}
        near = sorted(
            (each for each in near if each.skill.key in wanted),
            key=lambda each: wanted[each.skill.key],
        )
        rest = (each for skill in skills for each in self.shelf.catalogue.expectations_of(skill))
        return _first(each for each in (*near, *rest) if self._fits(each, asked))

    def _asked_at(self, rung: Rung) -> list[Expectation]:
        asked = self.shelf.catalogue.expectations_at(rung.role, rung.level)
        return sorted(asked, key=lambda each: not each.required)

    def _meant(self, typed: str) -> tuple[tuple[Skill, ...], Query]:
        """Return the skills that are meant, and what was typed beside them."""
        found = self.shelf.resolve(typed, SKILL_GRAMMAR)
        if isinstance(found, Query) and found.subject and not (found.corrections or found.ignored):
            skills = skills_meant(self.shelf.catalogue, found.subject)
            if skills and (found.level_keys or found.role_key):
                return skills, found
        return skills_for(self.shelf, typed), Query()

    def _fits(self, expectation: Expectation, asked: Query) -> bool:
        role, levels = expectation.role, asked.level_keys
        if levels and find_level(self.shelf.catalogue, levels, role) != expectation.level:
            return False
        return asked.role_key in (None, role.key)


def _first(expectations: Iterable[Expectation]) -> tuple[Expectation, ...]:
    found: dict[CellKey, Expectation] = {}
    for each in expectations:
        found.setdefault(key_of(each), each)
        if len(found) == MAX_CELLS:
            break
    return tuple(found.values())


class EvidenceTargets:
    """Finds what members' evidence can be attached to."""

    def __init__(self, growth: GrowthCache, measuring: Measuring) -> None:
        self._growth = growth
        self._measuring = measuring

    async def of(self, member: Member, shelf: Shelf) -> Supporting:
        """Return what the member's evidence can be attached to.

        Raises:
            StoreUnavailable: what the member holds is not at hand, and the store does not answer.
        """
        growth = (await self._growth.of(member)).growth
        pinned = await self._measuring.pinned_catalogue(member, shelf)
        older = (pinned,) if pinned and pinned is not shelf.catalogue else ()
        rungs = tuple(_rungs(shelf.catalogue, growth, member))
        return Supporting(shelf, (shelf.catalogue, *older), rungs)


def _rungs(catalogue: Catalogue, growth: Growth, member: Member) -> Iterator[Rung]:
    """Yield the goal, the levels above the recorded one, and that, as far as they exist."""
    goal = growth.active_goal
    target = rung_of(catalogue, Viewer(goal.role, goal.level)) if goal else None
    if target:
        yield target
    own = rung_of(catalogue, viewer_of(member))
    if own:
        for level in (*own.role.ladder.above(own.level), own.level):
            yield Rung(own.role, level)
