"""How a member sees an answer: with where they stand, worked out once as long as it holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from bot.cards.card import Card
from bot.cards.render import render
from bot.cards.standing_lines import without_own_state
from bot.domain.answers import Answer, Body, GapReport, Receipt
from bot.domain.framework import Expectation
from bot.domain.growth.holdings import Growth
from bot.domain.growth.marked_words import MarkedWords
from bot.domain.growth.own_profile import OwnProfile
from bot.domain.growth.standing import OwnCell, Standings
from bot.domain.lookup.profiles import SkillProfile
from bot.domain.lookup.requests import ShowGap
from bot.domain.revision import Catalogue
from bot.log import get_logger
from bot.services.growth.cache import HeldGrowth
from bot.services.growth.own_state import with_own_state
from bot.slack.context import Here
from bot.store.errors import StoreUnavailable
from bot.values import dataclass

Key = tuple[object, ...]
V = TypeVar("V")

log = get_logger()


@dataclass(frozen=True, slots=True)
class OwnView:
    """A member's view of the answers. `held` is None where the store did not tell it.

    `helpers` is how many members offer help with the skill that is shown; None where it shows none,
    or the member is a guest.
    """

    here: Here
    held: HeldGrowth | None
    today: date
    words: MarkedWords | None = None
    helpers: int | None = None

    def finished(self, key: Key, make: Callable[[], V]) -> V:
        """Return what was made under this key while everything it depends on was the same.

        Members who hold nothing share what is remembered with the revision. The day is part of
        what others remember, for a *met* ages.
        """
        shelf, held = self.here.shelf, self.held
        found: V
        if held is None:
            found = make()
        elif held.growth.version == 0:
            found = shelf.memo.get(key, make)
        else:
            found = shelf.own(held).get((*key, self.today), make)
        return found

    def written(self, answer: Answer) -> bytes:
        """Build the card as JSON. That of a gap is remembered by what it shows.

        Who holds something, and asks for it in other words, gets the same.
        """
        body, request = answer.body, answer.request
        if self.held is None or self.held.growth.version == 0 or not isinstance(body, GapReport):
            return self.render(answer).json
        page = (request.page, request.check) if isinstance(request, ShowGap) else ()
        told = (answer.viewer, answer.corrections, answer.former, answer.ignored)
        key = ("gap card", *_way(body), page, *told, self.here.tr.locale)
        return self.finished(key, lambda: self.render(answer).json)

    def render(self, answer: Answer, receipt: Receipt | None = None) -> Card:
        """Build the card with the member's own state, or say that it is missing.

        `receipt` is what a press has just done to an item of it.
        """
        if self.held is None:
            card = render(answer, self.here.tr)
            has_place = isinstance(answer.body, GapReport | SkillProfile)
            return without_own_state(card, self.here.tr) if has_place else card
        body = self._own_body(answer, self.held.growth)
        if receipt is not None and isinstance(body, GapReport):
            body = replace(body, receipt=receipt)
        return render(answer.with_body(body), self.here.tr)

    def _own_body(self, answer: Answer, growth: Growth) -> Body:
        """Return the answer's body with the member's state; all pages of a gap share theirs.

        Not where nothing is held: that is worked out quickly, and remembered for many gaps it would
        be hundreds of thousands of values, through which the garbage collector walks in 0.1 s.
        """
        standings = self._standings(growth)

        def make() -> Body:
            body = with_own_state(answer.body, standings, growth.active_goal, answer.viewer)
            if isinstance(body, OwnProfile):
                return OwnProfile(body.profile, body.standings, self.helpers)
            return body

        if growth.version == 0 or not isinstance(answer.body, GapReport):
            return make()
        return self.finished(("own gap", *_way(answer.body), answer.viewer), make)

    async def own_cell(self, catalogue: Catalogue, expectation: Expectation) -> OwnCell | None:
        """Return what the member holds about an expectation; None where that is not known."""
        if self.held is None:
            return None
        here, growth = self.here, self.held.growth
        if catalogue is here.shelf.catalogue:
            return self._standings(growth).own_cell(expectation)
        standings = await here.services.measuring.standings(growth, catalogue, here.shelf)
        return standings.own_cell(expectation)

    def _standings(self, growth: Growth) -> Standings:
        words = self.words or MarkedWords(self.here.shelf.catalogue)
        return self.finished(
            ("standings",), lambda: self.here.services.measuring.standings_by(words, growth)
        )


def _way(body: GapReport) -> Key:
    """Return what tells one gap from another in the same revision."""
    gap = body.gap
    rungs = [each and (each.role.key, each.level.key) for each in (gap.origin, gap.target)]
    return (*rungs, body.start, body.recorded)


async def _words(here: Here, held: HeldGrowth) -> MarkedWords:
    """Return what the marks were made on; asked for once while marks and revision are the same."""
    shelf = here.shelf
    if not held.growth.marks:
        shared: MarkedWords = shelf.memo.get(("words",), lambda: MarkedWords(shelf.catalogue))
        return shared
    own = shelf.own(held)
    known: MarkedWords | None = own.known("words")
    if known is None:
        known = await here.services.measuring.words(held.growth, shelf.catalogue, shelf)
        own.put("words", known)
    return known


async def own_view(here: Here, *, skill: str | None = None) -> OwnView:
    """Return the member's view; the catalogue is shown also while the store is away.

    `skill` is the key of the skill whose profile is shown, if one is.
    """
    try:
        held = await here.held()
        words = await _words(here, held)
    except StoreUnavailable as error:
        log.warning("shown_without_own_state", team=here.member.tenant.team_id, reason=str(error))
        held, words = None, None
    helpers = None
    if skill is not None and held is not None:
        helpers = await here.services.help_offers.count(here.member, here.shelf.catalogue, skill)
    return OwnView(here, held, here.services.clock.now().date(), words, helpers)
