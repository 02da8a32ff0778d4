"""Nudges in Slack: their messages redrawn in place, their settings read from a form and told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.blocks import View
from bot.cards.card import Card
from bot.cards.nudges.settings_view import (
    CADENCE,
    DAYS,
    STATE,
    STOPPED,
    TIME,
    UNTIL,
    ZONE,
    nudge_settings_view,
    nudges_card,
)
from bot.domain.errors import OutdatedCard
from bot.domain.local_time import day_start, local_day
from bot.domain.nudges.cadence import Cadence, NudgeSettings
from bot.domain.nudges.outlook import NudgeOutlook
from bot.domain.nudges.typed_pause import LONGEST
from bot.domain.nudges.typed_rhythm import SLACK_ZONE
from bot.services.members.zones import zone_names
from bot.slack.context import Here
from bot.slack.reply.answering import message
from bot.slack.reply.replies import is_own, reply
from bot.slack.reply.return_path import return_url, with_return

Payload = Mapping[str, Any]

# Where the form was opened: from a card of settings that only the member sees, or elsewhere.
_OWN, _BELOW = "nudges?o=own", "nudges?o=below"

log = structlog.get_logger()


async def settings_form(here: Here, origin: str) -> View:
    """Build the form as everything stands now; `origin` tells where it was opened."""
    outlook = await here.services.nudge_settings.of(here.member)
    now = here.services.clock.now()
    return nudge_settings_view(outlook, here.tr, now=now, metadata=origin)


def outlook_card(here: Here, outlook: NudgeOutlook, note: str = "") -> Card:
    """Build the card that says what is set."""
    paused = outlook.paused(here.services.clock.now())
    return nudges_card(outlook, here.tr, paused=paused, note=note)


def today_of(here: Here, outlook: NudgeOutlook) -> date:
    """Return the member's local day."""
    return local_day(here.services.clock.now(), outlook.zone)


def start_of(day: date, outlook: NudgeOutlook) -> datetime:
    """Return the moment (UTC) at which a day begins where the member is."""
    return day_start(day, outlook.zone)


def form_origin(body: Payload) -> str:
    """Return what the form carries, so that what it sets can be told where it was opened."""
    origin = _OWN if is_own(body) else _BELOW
    return with_return(origin, body.get("response_url"))


async def tell_settings(client: AsyncWebClient, origin: str, card: Card) -> None:
    """Show what a form has set: in place of the card that did so before, else below a nudge."""
    url = return_url(origin, client)
    if url:
        own = origin.startswith(_OWN)
        await reply(url, **message(card), response_type="ephemeral", replace_original=own)


def read_form(here: Here, view: Payload, outlook: NudgeOutlook) -> NudgeSettings | dict[str, str]:
    """Return the settings that a form was filled with, or what is wrong by block.

    Raises:
        OutdatedCard: it holds what the form does not offer.
    """
    tr, held = here.tr, outlook.settings
    try:
        cadence = Cadence(_option(view, CADENCE))
        at = time.fromisoformat(str(_input(view, TIME).get("selected_time") or ""))
        days = frozenset(int(each["value"]) for each in _options(view, DAYS))
        until = _input(view, UNTIL).get("selected_date")
        resumes = date.fromisoformat(str(until)) if until else None
        zone = _option(view, ZONE)
        if not (zone == SLACK_ZONE or zone in zone_names()):
            raise OutdatedCard
        settings = NudgeSettings(
            cadence=cadence,
            weekdays=days or held.weekdays,
            at=at,
            zone=None if zone == SLACK_ZONE else zone,
            stopped=_option(view, STATE) == STOPPED,
        )
    except (KeyError, ValueError):
        raise OutdatedCard from None
    if not days and cadence is not Cadence.DAILY:
        return {DAYS: tr("Choose at least one day.")}
    return _paused(here, settings, outlook, resumes)


def _paused(
    here: Here, settings: NudgeSettings, outlook: NudgeOutlook, resumes: date | None
) -> NudgeSettings | dict[str, str]:
    if resumes is None:
        return settings
    there = replace(outlook, settings=settings)
    today = today_of(here, there)
    if resumes <= today:
        return {UNTIL: here.tr("Choose a day after today, or none.")}
    if resumes - today > LONGEST:
        return {UNTIL: here.tr("A pause lasts a year at most. To end nudges, choose Stopped.")}
    return replace(settings, paused_until=start_of(resumes, there))


def _option(view: Payload, block_id: str) -> str:
    return str((_input(view, block_id).get("selected_option") or {})["value"])


def _options(view: Payload, block_id: str) -> list[Payload]:
    return list(_input(view, block_id).get("selected_options") or [])


def _input(view: Payload, block_id: str) -> Payload:
    fields = ((view.get("state") or {}).get("values") or {}).get(block_id) or {}
    return next(iter(fields.values()), None) or {}
