"""What `/growth nudges`, `pause`, `resume` and `stop` do."""

from bot.cards.card import Card
from bot.cards.nudges.typed import slip_note, taken_note, unclear_note
from bot.domain.growth.command import GrowthCommand, Topic
from bot.domain.nudges.command import (
    ChangeNudges,
    NudgeOrder,
    PauseNudges,
    ShowNudges,
    Simple,
    Unclear,
    nudge_reader,
)
from bot.domain.nudges.outlook import NudgeOutlook
from bot.domain.nudges.typed_pause import NoPause
from bot.services.lookup.matching import nearest
from bot.services.members.zones import zone_names
from bot.slack.context import Here
from bot.slack.nudges.settings_form import (
    form_origin,
    outlook_card,
    settings_form,
    start_of,
    today_of,
)
from bot.slack.press import Command
from bot.slack.reply.forms import open_modal
from bot.slack.reply.home import refresh_home


async def answer_nudges(here: Here, command: Command, asked: GrowthCommand) -> Card | None:
    """Carry out what was typed, and say what is set now; None where the form is the answer."""
    settings = here.services.nudge_settings
    outlook = await settings.of(here.member)
    order = _order(here, outlook, asked)
    match order:
        case ShowNudges():
            form = await settings_form(here, form_origin(command))
            await open_modal(here, command, form)
            return None
        case Unclear() | NoPause():
            return outlook_card(here, outlook, unclear_note(order, here.tr))
        case ChangeNudges():
            paused = outlook.paused(here.services.clock.now())
            note = taken_note(order, outlook, here.tr, paused=paused)
            outlook = await settings.change(here.member, order.applied(outlook.settings))
        case PauseNudges():
            outlook = await settings.pause(here.member, start_of(order.until, outlook))
            note = here.tr("*Done.*")
        case Simple.RESUME:
            outlook = await settings.resume(here.member)
            note = here.tr("*Nudges come again.*")
        case Simple.STOP:
            outlook = await settings.stop(here.member)
            note = here.tr("*Done.*")
    refresh_home(here)
    slip = slip_note(asked.corrected, asked.taken_for, here.tr) if asked.corrected else ""
    return outlook_card(here, outlook, f"{note} {slip}".rstrip())


def _order(here: Here, outlook: NudgeOutlook, asked: GrowthCommand) -> NudgeOrder:
    today, reader = today_of(here, outlook), nudge_reader(here.services.typed_words)
    if asked.topic is Topic.NUDGES:
        return reader.nudges(asked.rest, nearest, today=today, zones=zone_names())
    if asked.topic is Topic.PAUSE:
        return reader.pause(asked.rest, today)
    return Simple.RESUME if asked.topic is Topic.RESUME else Simple.STOP
