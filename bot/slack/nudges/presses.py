"""Nudges: every way to answer one, and when they come."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.ids import Action, Callback
from bot.cards.links import decode
from bot.cards.nudges.card import nudge_card
from bot.cards.nudges.settings_view import STOPPED, zone_options
from bot.domain.errors import OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.growth.requests import AddEvidence
from bot.domain.lookup.requests import ShowGap
from bot.domain.nudges.command import PauseNudges, nudge_reader
from bot.domain.nudges.message import NudgeAnswer, NudgeMessage, PutOff
from bot.domain.nudges.outlook import NudgeOutlook
from bot.domain.nudges.requests import AnswerNudge
from bot.services.members.zones import suggest_zones
from bot.slack.context import Here, here_of
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
from bot.slack.reply.answering import as_json, message
from bot.slack.reply.forms import is_message, open_modal
from bot.slack.reply.home import refresh_home
from bot.slack.reply.replies import is_own, reply

Payload = dict[str, Any]

_ANSWERS = {
    Action.NUDGE_MET: NudgeAnswer.MET,
    Action.NUDGE_WORKING: NudgeAnswer.WORKING,
    Action.NUDGE_NOT_RELEVANT: NudgeAnswer.NOT_RELEVANT,
}
_RATES = {
    Action.NUDGE_LESS_OFTEN: NudgeAnswer.LESS_OFTEN,
    Action.NUDGE_AS_IT_IS: NudgeAnswer.AS_IT_IS,
    Action.NUDGE_STOP: NudgeAnswer.STOPPED,
}


def register(app: AsyncApp) -> None:
    """Register what the controls of nudges do."""
    app.action(Action.NUDGE_DID_IT)(did_it)
    for answered in _ANSWERS:
        app.action(answered)(answer)
    app.action(Action.NUDGE_ANOTHER)(another)
    app.action(Action.NUDGE_LATER)(later)
    app.action(re.compile(rf"^{Action.NUDGE_BEGIN}\.\d+$"))(begin)
    for rate in _RATES:
        app.action(rate)(less)
    app.action(re.compile(rf"^{Action.NUDGE_GOAL}\.\d+$"))(next_goal)
    app.action(Action.NUDGE_SETTINGS)(open_settings)
    app.options(Action.NUDGE_ZONE)(suggest)
    app.view(Callback.NUDGE_SETTINGS)(save)
    app.action(Action.NUDGE_PAUSE)(pause)
    app.action(Action.NUDGE_RESUME)(resume)


async def did_it(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Ask for what shows it; a nudge that is answered by now is redrawn as it stands."""
    here, request = here_of(context), decode(action.get("value", ""))
    if not isinstance(request, AddEvidence) or request.nudge is None:
        raise OutdatedCard
    shown = await here.services.nudges.shown(here.member, here.shelf, request.nudge)
    if shown.answer is None and shown.cell == request.cell:
        await open_modal(client, body, as_json(await form_to_add(here, request, body)))
        await ack()
    else:
        await _redraw(ack, body, client, here, shown)


async def answer(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Keep a plain answer."""
    here = here_of(context)
    nudge_id, cell = _about(action.get("value", ""))
    given = _ANSWERS[Action(action["action_id"])]
    shown = await here.services.nudges.answer(here.member, here.shelf, nudge_id, cell, given)
    await _redraw(ack, body, client, here, shown)


async def another(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Ask about something else in the same message."""
    here = here_of(context)
    nudge_id, cell = _about(action.get("value", ""))
    shown = await here.services.nudges.another(here.member, here.shelf, nudge_id, cell)
    await _redraw(ack, body, client, here, shown)


async def later(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Put off what the nudge asks about; the menu's block names the nudge."""
    here, nudges = here_of(context), here_of(context).services.nudges
    press = _press(action.get("block_id", ""))
    chosen = (action.get("selected_option") or {}).get("value")
    if chosen not in set(PutOff):
        raise OutdatedCard
    cell = press.cell or (await nudges.shown(here.member, here.shelf, press.nudge_id)).cell
    if cell is None:
        raise OutdatedCard
    shown = await nudges.later(here.member, here.shelf, press.nudge_id, cell, PutOff(chosen))
    await _redraw(ack, body, client, here, shown)


async def begin(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Begin with one of a digest."""
    here = here_of(context)
    nudge_id, cell = _about(action.get("value", ""))
    shown = await here.services.nudges.pick(here.member, here.shelf, nudge_id, cell)
    await _redraw(ack, body, client, here, shown)


async def less(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Answer whether nudges should come less often."""
    here, press = here_of(context), _press(action.get("value", ""))
    given = _RATES[Action(action["action_id"])]
    shown = await here.services.nudges.less(here.member, press.nudge_id, given)
    await _redraw(ack, body, client, here, shown)


async def next_goal(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Make the level above the goal, and say so in place of the offer."""
    here, request = here_of(context), decode(action.get("value", ""))
    if not isinstance(request, ShowGap):
        raise OutdatedCard
    told = await set_goal(here, request)
    outlook = await here.services.nudge_settings.of(here.member)
    await ack()
    refresh_home(here, client)
    card = outlook_card(here, outlook, await goal_note(here, told))
    await reply(body.get("response_url"), **message(card), replace_original=True)


async def open_settings(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open the form; what it sets is told below the message where it was opened."""
    here = here_of(context)
    await open_modal(client, body, as_json(await settings_form(here, form_origin(body))))
    await ack()


async def suggest(ack: AsyncAck, payload: Payload, context: AsyncBoltContext) -> None:
    """Suggest time zones for what was typed so far."""
    here = here_of(context)
    outlook = await here.services.nudge_settings.of(here.member)
    typed = str(payload.get("value") or "")
    zones = suggest_zones(typed, here.tr)
    options = zone_options(typed, zones, outlook, here.tr, here.services.clock.now())
    await ack(options=[as_json(each) for each in options])


async def save(
    ack: AsyncAck, view: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Keep the settings of a form; what is wrong is told at its field."""
    here = here_of(context)
    settings = here.services.nudge_settings
    wanted = read_form(here, view, await settings.of(here.member))
    if isinstance(wanted, dict):
        await ack(response_action="errors", errors=wanted)
        return
    outlook = await settings.change(here.member, wanted)
    await ack()
    refresh_home(here, client)
    card = outlook_card(here, outlook, here.tr("*Saved.*"))
    here.later(tell_settings(client, view.get("private_metadata", ""), card))


async def pause(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Pause for as long as was chosen."""
    here = here_of(context)
    settings = here.services.nudge_settings
    chosen = str((action.get("selected_option") or {}).get("value") or "")
    outlook = await settings.of(here.member)
    order = nudge_reader(here.services.typed_words).pause(chosen, today_of(here, outlook))
    if chosen == STOPPED:
        outlook = await settings.stop(here.member)
    elif isinstance(order, PauseNudges):
        outlook = await settings.pause(here.member, start_of(order.until, outlook))
    else:
        raise OutdatedCard
    await _told(ack, body, client, here, outlook)


async def resume(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Let nudges come again."""
    here = here_of(context)
    await _told(ack, body, client, here, await here.services.nudge_settings.resume(here.member))


async def _told(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, here: Here, outlook: NudgeOutlook
) -> None:
    """Show what is set now where it was changed: on Home, and in the message."""
    await ack()
    refresh_home(here, client)
    if is_message(body):
        card = outlook_card(here, outlook)
        await reply(body.get("response_url"), **message(card), replace_original=is_own(body))


async def _redraw(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, here: Here, shown: NudgeMessage
) -> None:
    """Show the nudge as it stands in place of what was pressed."""
    await ack()
    refresh_home(here, client)
    card = nudge_card(shown, here.tr)
    await reply(body.get("response_url"), **message(card), replace_original=True)


def _about(value: str) -> tuple[int, CellKey]:
    press = _press(value)
    if press.cell is None:
        raise OutdatedCard
    return press.nudge_id, press.cell


def _press(value: str) -> AnswerNudge:
    press = decode(value)
    if not isinstance(press, AnswerNudge):
        raise OutdatedCard
    return press
