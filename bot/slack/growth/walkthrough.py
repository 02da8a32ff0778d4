"""The assessment walk-through: an answer is one press, kept at once, and the next step follows."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards.blocks import Block, section
from bot.cards.growth.walkthrough_view import changed_meanwhile, note_alone
from bot.cards.ids import Action, Callback
from bot.cards.standing_lines import reopened_block
from bot.domain.errors import LeftCatalogue, NextrungError, OutdatedCard
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import Assess, UndoMark
from bot.domain.lookup.requests import ShowGap
from bot.slack.context import Here
from bot.slack.growth.hub import goal_note, set_goal
from bot.slack.growth.walkthrough_view import (
    Told,
    assessment_modal,
    begun,
    told_of,
    turned_modal,
    walked,
)
from bot.slack.press import Form, Press, Turned, Wrong, as_it_is, requested
from bot.slack.reply.answering import card_for, told_at
from bot.slack.reply.celebration import celebration
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.return_path import redraw_behind, return_url
from bot.slack.reply.telling import show_directly
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register the walk-through."""
    on.press(Action.ASSESS, Assess, start)
    on.presses(Action.ASSESS_ANSWER, Assess, answer)
    on.presses(Action.ASSESS_TO, Assess, move)
    on.press(Action.ASSESS_SECTION, as_it_is, choose_section)
    on.press(Action.ASSESS_UNDO, UndoMark, undo)
    on.press(Action.ASSESS_GAP, ShowGap, see_gap)
    on.press(Action.ASSESS_GOAL, ShowGap, make_goal)
    on.form(Callback.ASSESSMENT, Assess, go_on)
    on.closed(Callback.ASSESSMENT, Assess, stop)


async def start(press: Press[Assess], here: Here) -> None:
    """Open the walk-through at the first expectation that was never assessed."""
    first = begun(here, press.request.target)
    await open_modal(here, press, await assessment_modal(here, first, url=press.own_url))


async def answer(press: Press[Assess], here: Here) -> None:
    """Keep an answer with the note beside it, and show the next step in place of this one."""
    view, request = press.surface, press.request
    if request.status is None:
        raise OutdatedCard
    told = await _mark(here, request, request.status, view.of(Action.ASSESS_NOTE).text)
    shown = await turned_modal(here, request, view.metadata, by=1, told=told)
    refresh_home(here)
    _redraw_at_end(here, request, shown["private_metadata"])
    await turn(here, view, shown)


async def move(press: Press[Assess], here: Here) -> None:
    """Go back, or take up what is left."""
    view, request = press.surface, press.request
    await turn(here, view, await turned_modal(here, request, view.metadata))


async def choose_section(press: Press[str], here: Here) -> None:
    """Go to the first step of another skill group."""
    view = press.surface
    request = replace(requested(Assess, view.metadata), skill=press.chosen, status=None)
    await turn(here, view, await turned_modal(here, request, view.metadata))


async def undo(press: Press[UndoMark], here: Here) -> None:
    """Take back the answer before, and ask for it again."""
    view, taken = press.surface, press.request
    undone = await here.services.assessing.undo(here.member, here.shelf, taken.cell, taken.stamp)
    request = replace(requested(Assess, view.metadata), skill=taken.cell.skill, ended=False)
    lead = [reopened_block(here.tr)] if undone.reopened else celebration(here, undone)
    refresh_home(here)
    told = Told(lead)
    await turn(here, view, await turned_modal(here, request, view.metadata, told=told))


async def see_gap(press: Press[ShowGap], here: Here) -> None:
    """Show the gap on the card where the walk began, else in a direct message."""
    view, tr = press.surface, here.tr
    if return_url(here, view.metadata):
        redraw_behind(here, view.metadata, press.request)
        told = tr("The card where you began shows the gap as it is now. Close this to see it.")
    else:
        told = await show_directly(here, await card_for(here, press.request))
    await _tell_at_end(press, here, told)


async def make_goal(press: Press[ShowGap], here: Here) -> None:
    """Make what was walked for the goal."""
    told = await goal_note(here, await set_goal(here, press.request))
    refresh_home(here)
    redraw_behind(here, press.surface.metadata, press.request)
    await _tell_at_end(press, here, told)


async def go_on(form: Form[Assess], here: Here) -> FormAnswer:
    """Go on without a new answer; a note that was typed goes along with the one that is there."""
    request, field = form.request, form.view.of(Action.ASSESS_NOTE)
    told = Told()
    try:
        if field.text.strip():
            if not await _answered(here, request):
                return Wrong({field.block_id: note_alone(here.tr)})
            told = await _mark(here, request, None, field.text)
            refresh_home(here)
        shown = await turned_modal(here, request, form.view.metadata, by=1, told=told)
    except LeftCatalogue:
        raise  # it is told at the form's first field, with the name of what has gone
    except NextrungError as error:
        return told_at(field.block_id or form.view.first_input, error, here.tr)
    _redraw_at_end(here, request, shown["private_metadata"])
    return Turned(shown)


async def stop(form: Form[Assess], here: Here) -> None:
    """Show on the card below what was answered before the member stopped."""
    redraw_behind(here, form.view.metadata, form.request.target)


async def _mark(here: Here, request: Assess, status: Status | None, note: str) -> Told:
    """Mark the step's expectation, and return what to say of it at the next one.

    Without a status, the note is kept with the one that there is.
    """
    try:
        walk = await walked(here, request)
        marked = await here.services.assessing.mark(
            here.member,
            here.shelf,
            walk.cell_of(request.skill),
            status,
            note=note.strip(),
            on_goal=walk.is_goal,
        )
    except OutdatedCard:
        return Told([changed_meanwhile(here.tr)])
    return told_of(here, marked)


async def _answered(here: Here, request: Assess) -> bool:
    """Tell whether the step has an answer that a note can stand by."""
    walk = await walked(here, request)
    at = walk.position(request.skill)
    return at is not None and walk.steps[at][1].mark is not None


async def _tell_at_end(press: Press[ShowGap], here: Here, told: str) -> None:
    """Say something above the result."""
    view = press.surface
    request = replace(requested(Assess, view.metadata), ended=True)
    lead: Sequence[Block] = [section(told)] if told else []
    shown = await turned_modal(here, request, view.metadata, told=Told(lead))
    await turn(here, view, shown)


def _redraw_at_end(here: Here, request: Assess, metadata: str) -> None:
    """Bring the card below up to date once the result is shown."""
    if requested(Assess, metadata).ended:
        redraw_behind(here, metadata, request.target)
