"""Nudges: every way to answer one, and when they come."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards.elements import Option
from bot.cards.ids import Action, Callback
from bot.cards.nudges.card import nudge_card
from bot.cards.nudges.settings_view import STOPPED, zone_options
from bot.cards.nudges.words import prompt_text
from bot.domain.errors import OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.growth.requests import AddEvidence
from bot.domain.lookup.requests import ShowGap
from bot.domain.nudges.command import PauseNudges, nudge_reader
from bot.domain.nudges.message import NudgeAnswer, NudgeMessage, OneNudge, PutOff
from bot.domain.nudges.outlook import NudgeOutlook
from bot.domain.nudges.requests import AnswerNudge
from bot.services.members.zones import suggest_zones
from bot.slack.context import Here
from bot.slack.growth.evidence_forms import form_to_add
from bot.slack.growth.hub import goal_note, set_goal
from bot.slack.nudges.settings_form import (
    form_origin,
    outlook_card,
    read_form,
    settings_form,
    start_of,
    tell_settings,
    today_of,
)
from bot.slack.press import Asked, Form, Press, Suggestion, Wrong, as_it_is
from bot.slack.reply.answering import message
from bot.slack.reply.forms import open_modal
from bot.slack.reply.home import refresh_home
from bot.slack.reply.in_place import about_one_thing
from bot.slack.reply.replies import redraw, show
from bot.slack.routes import FormAnswer, Routes

_ANSWERS = {
    Action.NUDGE_MET: NudgeAnswer.MET,
    Action.NUDGE_WORKING: NudgeAnswer.WORKING,
    Action.NUDGE_NOT_RELEVANT: NudgeAnswer.NOT_RELEVANT,
    Action.NUDGE_NOT_YET: NudgeAnswer.NOT_YET,
}
_RATES = {
    Action.NUDGE_LESS_OFTEN: NudgeAnswer.LESS_OFTEN,
    Action.NUDGE_AS_IT_IS: NudgeAnswer.AS_IT_IS,
    Action.NUDGE_STOP: NudgeAnswer.STOPPED,
}


def register(on: Routes) -> None:
    """Register what the controls of nudges do."""
    on.press(Action.NUDGE_DID_IT, AddEvidence, did_it)
    for answered in _ANSWERS:
        on.press(answered, AnswerNudge, answer)
    on.press(Action.NUDGE_ANOTHER, AnswerNudge, another)
    on.choice(Action.NUDGE_LATER, AnswerNudge, later)
    on.presses(Action.NUDGE_BEGIN, AnswerNudge, begin)
    for rate in _RATES:
        on.press(rate, AnswerNudge, less)
    on.presses(Action.NUDGE_GOAL, ShowGap, next_goal)
    on.press(Action.NUDGE_SETTINGS, as_it_is, open_settings)
    on.suggestion(Action.NUDGE_ZONE, suggest)
    on.form(Callback.NUDGE_SETTINGS, as_it_is, save)
    on.press(Action.NUDGE_PAUSE, as_it_is, pause)
    on.press(Action.NUDGE_RESUME, as_it_is, resume)


async def did_it(press: Press[AddEvidence], here: Here) -> None:
    """Ask for what shows it; a nudge that is answered by now is redrawn as it stands."""
    request = press.request
    if request.nudge is None:
        raise OutdatedCard
    with about_one_thing(press):
        shown = await here.services.nudges.shown(here.member, here.shelf, request.nudge)
    if isinstance(shown.body, OneNudge) and shown.answer is None and shown.cell == request.cell:
        question = prompt_text(shown.body.choice, here.tr)
        await open_modal(here, press, await form_to_add(here, press, question))
    else:
        await _redraw(here, press, replace(shown, late=shown.answer is not None))


async def answer(press: Press[AnswerNudge], here: Here) -> None:
    """Keep a plain answer."""
    nudge_id, cell = _about(press)
    given, instead = _ANSWERS[Action(press.action)], press.request.instead
    with about_one_thing(press):
        shown = await here.services.nudges.answer(
            here.member, here.shelf, nudge_id, cell, given, instead=instead
        )
    await _redraw(here, press, shown)


async def another(press: Press[AnswerNudge], here: Here) -> None:
    """Ask about something else in the same message."""
    nudge_id, cell = _about(press)
    with about_one_thing(press):
        shown = await here.services.nudges.another(here.member, here.shelf, nudge_id, cell)
    await _redraw(here, press, shown)


async def later(press: Press[AnswerNudge], here: Here) -> None:
    """Put off what the nudge asks about; the menu's block names the nudge."""
    nudges, request = here.services.nudges, press.request
    if press.chosen not in set(PutOff):
        raise OutdatedCard
    member, shelf, nudge_id = here.member, here.shelf, request.nudge_id
    with about_one_thing(press):
        cell = request.cell or (await nudges.shown(member, shelf, nudge_id)).cell
        if cell is None:
            raise OutdatedCard
        shown = await nudges.later(member, shelf, nudge_id, cell, PutOff(press.chosen))
    await _redraw(here, press, shown)


async def begin(press: Press[AnswerNudge], here: Here) -> None:
    """Begin with one of a digest."""
    nudge_id, cell = _about(press)
    with about_one_thing(press):
        shown = await here.services.nudges.pick(here.member, here.shelf, nudge_id, cell)
    await _redraw(here, press, shown)


async def less(press: Press[AnswerNudge], here: Here) -> None:
    """Answer whether nudges should come less often."""
    given = _RATES[Action(press.action)]
    with about_one_thing(press):
        shown = await here.services.nudges.less(here.member, press.request.nudge_id, given)
    await _redraw(here, press, shown)


async def next_goal(press: Press[ShowGap], here: Here) -> None:
    """Make the level above the goal, and say so in place of the offer."""
    told = await set_goal(here, press.request)
    outlook = await here.services.nudge_settings.of(here.member)
    refresh_home(here)
    card = outlook_card(here, outlook, await goal_note(here, told))
    await show(here, press.url, **message(card), replace_original=True)


async def open_settings(press: Press[str], here: Here) -> None:
    """Open the form; what it sets is told below the message where it was opened."""
    await open_modal(here, press, await settings_form(here, form_origin(press)))


async def suggest(suggestion: Suggestion, here: Here) -> Sequence[Option]:
    """Suggest time zones for what was typed so far."""
    outlook, typed = await here.services.nudge_settings.of(here.member), suggestion.typed
    zones = suggest_zones(typed, here.tr)
    return zone_options(typed, zones, outlook, here.tr, here.services.clock.now())


async def save(form: Form[str], here: Here) -> FormAnswer:
    """Keep the settings of a form; what is wrong is told at its field."""
    settings = here.services.nudge_settings
    wanted = read_form(here, form.view, await settings.of(here.member))
    if isinstance(wanted, Wrong):
        return wanted
    outlook = await settings.change(here.member, wanted)
    refresh_home(here)
    tell_settings(here, form.view.metadata, outlook_card(here, outlook, here.tr("*Saved.*")))
    return None


async def pause(press: Press[str], here: Here) -> None:
    """Pause for as long as was chosen."""
    settings = here.services.nudge_settings
    outlook = await settings.of(here.member)
    order = nudge_reader(here.services.typed_words).pause(press.chosen, today_of(here, outlook))
    if press.chosen == STOPPED:
        outlook = await settings.stop(here.member)
    elif isinstance(order, PauseNudges):
        outlook = await settings.pause(here.member, start_of(order.until, outlook))
    else:
        raise OutdatedCard
    await _told(here, press, outlook)


async def resume(press: Press[str], here: Here) -> None:
    """Let nudges come again."""
    await _told(here, press, await here.services.nudge_settings.resume(here.member))


async def _told(here: Here, press: Asked, outlook: NudgeOutlook) -> None:
    """Show what is set now where it was changed: on Home, and in the message."""
    refresh_home(here)
    if press.is_message:
        await redraw(here, press, outlook_card(here, outlook))


async def _redraw(here: Here, press: Asked, shown: NudgeMessage) -> None:
    """Show the nudge as it stands in place of what was pressed."""
    refresh_home(here)
    await show(here, press.url, **message(nudge_card(shown, here.tr)), replace_original=True)


def _about(press: Press[AnswerNudge]) -> tuple[int, CellKey]:
    if press.request.cell is None:
        raise OutdatedCard
    return press.request.nudge_id, press.request.cell
