"""The assessment walk-through: opened from cards and Home, moved step by step."""

from collections.abc import Sequence

from bot.cards.blocks import Block, View
from bot.cards.growth.walkthrough_view import assessment_view, changed_meanwhile
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.requests import Assess
from bot.domain.growth.walkthrough import Walk
from bot.domain.lookup.gone import gone
from bot.slack.context import Here
from bot.slack.reply.return_path import with_return


async def assessment_modal(here: Here, request: Assess, *, url: str = "") -> View:
    """Build the step that a request names; where that is gone, the first one that is open.

    Args:
        here: who asks.
        request: the way to walk, and the step; a level without a gap is walked whole.
        url: the response URL of a card that shows this way, to be redrawn.

    Raises:
        LeftCatalogue: the catalogue has no such target any more, or asks for nothing there.
    """
    walk = await _walk(here, request)
    if request.ended:
        return _modal(here, walk, request, len(walk.steps), url, ())
    at = walk.position(request.skill)
    lead = [changed_meanwhile(here.tr)] if at is None and request.skill else []
    return _modal(here, walk, request, walk.first_open() if at is None else at, url, lead)


async def next_modal(
    here: Here, request: Assess, *, url: str = "", lead: Sequence[Block] = ()
) -> View:
    """Build the step after the one that a request names."""
    walk = await _walk(here, request)
    at = walk.position(request.skill)
    following = walk.first_open() if at is None else at + 1
    return _modal(here, walk, request, following, url, lead)


async def step_cell(here: Here, request: Assess) -> CellKey:
    """Return the expectation that a step is about.

    Raises:
        LeftCatalogue: it is no longer asked for.
    """
    walk = await _walk(here, request)
    at = walk.position(request.skill)
    if at is None:
        raise gone("skill", request.skill or "")
    return key_of(walk.steps[at][0].target)


async def _walk(here: Here, request: Assess) -> Walk:
    return await here.services.walkthroughs.of(here.member, here.shelf, request.target)


def _modal(
    here: Here, walk: Walk, request: Assess, at: int, url: str, lead: Sequence[Block]
) -> View:
    view = assessment_view(walk, request.target, at, here.tr, lead)
    view["private_metadata"] = with_return(view["private_metadata"], url)
    return view
