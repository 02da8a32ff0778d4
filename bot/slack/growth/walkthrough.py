"""The assessment walk-through: one press a step."""

from bot.cards.blocks import Block
from bot.cards.growth.walkthrough_view import changed_meanwhile
from bot.cards.ids import Action, Callback
from bot.domain.errors import LeftCatalogue, NextrungError
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import Assess
from bot.slack.context import Here
from bot.slack.growth.walkthrough_view import assessment_modal, next_modal, step_cell
from bot.slack.press import Form, Press, Turned, requested
from bot.slack.reply.answering import told_at
from bot.slack.reply.celebration import celebration
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.return_path import redraw_behind, return_url
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register the walk-through."""
    on.press(Action.ASSESS, Assess, start)
    on.presses(Action.ASSESS_TO, Assess, move)
    on.form(Callback.ASSESSMENT, Assess, answer)
    on.closed(Callback.ASSESSMENT, Assess, stop)


async def start(press: Press[Assess], here: Here) -> None:
    """Open the walk-through at the first expectation that was never assessed."""
    first = Assess(press.request.target)
    await open_modal(here, press, await assessment_modal(here, first, url=press.own_url))


async def move(press: Press[Assess], here: Here) -> None:
    """Go back, skip, or take up what is left."""
    url = return_url(here, press.surface.metadata)
    await turn(here, press.surface, await assessment_modal(here, press.request, url=url))


async def answer(form: Form[Assess], here: Here) -> FormAnswer:
    """Keep the answer and show the next step in its place."""
    metadata, field = form.view.metadata, form.view.of(Action.ASSESS_STATUS)
    url = return_url(here, metadata)
    try:
        known = field.choice in set(Status)
        lead = await _mark(here, form.request, Status(field.choice)) if known else []
        shown = await next_modal(here, form.request, url=url, lead=lead)
    except NextrungError as error:
        return told_at(field.block_id, error, here.tr)
    refresh_home(here)
    if requested(Assess, shown["private_metadata"]).ended:
        redraw_behind(here, metadata, form.request.target)
    return Turned(shown)


async def stop(form: Form[Assess], here: Here) -> None:
    """Show on the card below what was answered before the member stopped."""
    redraw_behind(here, form.view.metadata, form.request.target)


async def _mark(here: Here, request: Assess, status: Status) -> list[Block]:
    """Mark the step's expectation and return what to say about it above the next one."""
    try:
        cell = await step_cell(here, request)
        goal, target = (await here.held()).growth.active_goal, request.target
        on_goal = goal is not None and (goal.role, (goal.level,)) == (
            target.role,
            target.levels[:1],
        )
        marked = await here.services.assessing.mark(
            here.member, here.shelf, cell, status, on_goal=on_goal
        )
    except LeftCatalogue:
        return [changed_meanwhile(here.tr)]
    return celebration(here, marked)
