"""The assessment walk-through as the member sees it: opened, and turned step by step."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.cards.blocks import Block, View
from bot.cards.elements import button
from bot.cards.growth.walkthrough_view import assessment_view, changed_meanwhile, marked_receipt
from bot.cards.ids import Action
from bot.cards.links import encode
from bot.domain.framework import key_of
from bot.domain.growth.requests import Assess, UndoMark
from bot.domain.growth.walkthrough import Walk
from bot.domain.lookup.requests import ShowGap
from bot.services.growth.assessing import Marked
from bot.slack.context import Here
from bot.slack.reply.celebration import celebration
from bot.slack.reply.return_path import return_url, with_return
from bot.values import dataclass

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """What a step says besides its question: first, and of the answer before it."""

    lead: Sequence[Block] = ()
    receipt: Sequence[Block] = ()


def begun(here: Here, target: ShowGap) -> Assess:
    """Return the request for a walk that begins now."""
    since = (here.services.clock.now() - _EPOCH) // timedelta(microseconds=1)
    return Assess(target, since=since)


def told_of(here: Here, marked: Marked) -> Told:
    """Return what to say of an answer at the next step."""
    mark, tr = marked.mark, here.tr
    if mark is None:
        return Told(celebration(here, marked))
    cell = key_of(marked.expectation)
    undo = button(Action.ASSESS_UNDO, tr("Undo"), encode(UndoMark(cell, mark.stamp)))
    name = tr.of(marked.expectation.skill.name)
    receipt = marked_receipt(name, mark.status, undo, tr, wants_reason=marked.wants_reason)
    return Told(celebration(here, marked), [receipt])


async def walked(here: Here, request: Assess) -> Walk:
    """Return the walk that a request is about.

    Raises:
        LeftCatalogue: the catalogue has no such target any more, or asks for nothing there.
        StoreUnavailable: what the member holds is not at hand, and the store does not answer.
    """
    return await here.services.walkthroughs.of(here.member, here.shelf, request.target)


async def assessment_modal(here: Here, request: Assess, *, url: str = "") -> View:
    """Build the step that a request names; where that is gone, the first one that is open.

    Args:
        here: who asks.
        request: the way to walk, and the step; a level without a gap is walked whole.
        url: the response URL of a card that shows this way, to be redrawn.

    Raises:
        LeftCatalogue, StoreUnavailable: see `walked`.
    """
    return await _modal(here, request, url, 0, Told())


async def turned_modal(
    here: Here, request: Assess, metadata: str, *, by: int = 0, told: Told | None = None
) -> View:
    """Build what takes the place of an open step: the one that is `by` further than the request's.

    `metadata` is the open view's: from there it goes back to where it was opened.
    """
    return await _modal(here, request, return_url(here, metadata), by, told or Told())


async def _modal(here: Here, request: Assess, url: str, by: int, told: Told) -> View:
    walks, lead = here.services.walkthroughs, told.lead
    walk = await walks.of(here.member, here.shelf, request.target)
    at = walk.position(request.skill)
    if request.ended:
        at = len(walk.steps)
    elif at is not None:
        at += by
    else:
        at = walk.first_open()
        gone = changed_meanwhile(here.tr)
        lead = [*lead, gone] if request.skill and gone not in lead else lead
    if at >= len(walk.steps) and request.since:
        # Only the result tells what has changed.
        walk = await walks.of(here.member, here.shelf, request.target, since=request.since)
    view = assessment_view(walk, request, at, here.tr, lead, told.receipt)
    view["private_metadata"] = with_return(view["private_metadata"], url)
    return view
