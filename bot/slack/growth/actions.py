"""Dated actions: planned, carried forward, done and dropped. All of it is the member's own."""

from datetime import date

from bot.cards.blocks import section
from bot.cards.card import Card
from bot.cards.errors.card import card_of
from bot.cards.growth.action_view import DAY, TEXT
from bot.cards.ids import Action, Callback
from bot.cards.links import Request, decode
from bot.cards.lookup.details.actions import ended_card, planned_text
from bot.domain.errors import NextrungError, OutdatedCard, UnusableDay
from bot.domain.growth.planned.action import ActionState, DatedAction
from bot.domain.growth.requests import AddEvidence, HandleAction, PlanAction, ShowActions
from bot.slack.context import Here
from bot.slack.growth.action_forms import actions_modal, named, open_move, open_plan
from bot.slack.growth.evidence_forms import form_to_add, redraw_below, show_action
from bot.slack.press import Form, Press, Wrong
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.in_place import InPlace, about_one_thing
from bot.slack.reply.opened_from import below_of
from bot.slack.reply.replies import redraw, reply_later
from bot.slack.reply.return_path import return_url
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register what the controls of dated actions do."""
    on.press(Action.ACTION_PLAN, PlanAction, open_plan)
    on.press(Action.ACTION_DID, HandleAction, open_evidence)
    on.press(Action.ACTION_MOVE, HandleAction, open_to_move)
    on.press(Action.ACTION_DONE, HandleAction, done)
    on.press(Action.ACTION_DROP, HandleAction, drop)
    on.press(Action.ACTION_LIST, ShowActions, show_list)
    on.presses(Action.ACTION_LIST, ShowActions, show_list)
    on.form(Callback.ACTION, decode, save)


async def open_evidence(press: Press[HandleAction], here: Here) -> None:
    """Open the form for evidence, bound to the action: saving it ends the action."""
    action = await _open_one(press, here)
    adding = press.carrying(AddEvidence(action.cell, action=action.id))
    await open_modal(here, press, await form_to_add(here, adding))


async def open_to_move(press: Press[HandleAction], here: Here) -> None:
    """Open the action with the question for another day."""
    action = await _open_one(press, here)
    await open_move(press, action, here)


async def done(press: Press[HandleAction], here: Here) -> None:
    """End the action as done, with nothing that shows it."""
    await _end(press, here, ActionState.DONE)


async def drop(press: Press[HandleAction], here: Here) -> None:
    """End the action as dropped."""
    await _end(press, here, ActionState.DROPPED)


async def show_list(press: Press[ShowActions], here: Here) -> None:
    """Open the list of all open actions, or turn the open one to another page."""
    shown = await actions_modal(here, press.request.page)
    if press.view and press.view.callback_id == Callback.ACTION_LIST:
        await turn(here, press.view, shown)
    else:
        await open_modal(here, press, shown)


async def save(form: Form[Request], here: Here) -> FormAnswer:
    """Keep what was filled in; what is wrong is told at its field, and nothing typed is lost."""
    try:
        action = await _keep(form, here)
    except NextrungError as error:
        field = DAY if isinstance(error, UnusableDay) else TEXT
        return Wrong({field: card_of(error, here.tr).text})
    _show(form, here, action)
    return None


async def _keep(form: Form[Request], here: Here) -> DatedAction:
    text, actions = form.view.at(TEXT).text, here.services.actions
    try:
        day = date.fromisoformat(form.view.at(DAY).text)
    except ValueError:
        raise OutdatedCard from None
    match form.request:
        case PlanAction(cell):
            held = await actions.plan(here.member, cell, text=text, due=day, token=form.view.id)
            return max(held.growth.actions, key=lambda each: each.id)
        case HandleAction(action_id):
            await actions.move(here.member, action_id, text=text, due=day)
            return await actions.find(here.member, action_id)
        case _:
            raise OutdatedCard


def _show(form: Form[Request], here: Here, action: DatedAction) -> None:
    """Redraw, beside the answer, what the form was opened from; else say what is planned."""
    refresh_home(here)
    metadata = form.view.metadata
    if below := below_of(metadata):
        if form.view.below:
            here.later(redraw_below(here, form.view.below, below))
        return
    if isinstance(form.request, HandleAction):
        show_action(here, metadata, action)
        return

    async def told() -> Card:
        text = planned_text(action, here.tr)
        return Card(text.replace("*", ""), [section(text)])

    reply_later(here, return_url(here, metadata), told, replace_original=False)


async def _open_one(press: Press[HandleAction], here: Here) -> DatedAction:
    """Return the action of a control; of one that has ended, Home is brought up to date."""
    try:
        with about_one_thing(press):
            return await here.services.actions.find(here.member, press.request.action_id)
    except (OutdatedCard, InPlace):
        refresh_home(here)
        raise


async def _end(press: Press[HandleAction], here: Here, state: ActionState) -> None:
    """End an action, and show that where it was pressed."""
    action = await _open_one(press, here)
    with about_one_thing(press):
        ended = await here.services.actions.end(here.member, action.id, state)
    refresh_home(here)
    view = press.view
    if view is None:
        await redraw(here, press, ended_card(await named(here, ended), here.tr))
    elif view.kind == "modal":
        await redraw_below(here, view.id, view.metadata)
