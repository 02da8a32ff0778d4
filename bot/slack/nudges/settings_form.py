"""Nudges in Slack: their messages redrawn in place, their settings read from a form and told."""

from dataclasses import replace
from datetime import date, datetime, time

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
from bot.slack.press import Asked, Surface, Wrong
from bot.slack.reply.replies import reply_later
from bot.slack.reply.return_path import return_url, with_return

# Where the form was opened: from a card of settings that only the member sees, from another
# message or a command, or on Home.
_OWN, _BELOW, _VIEW = "nudges?o=own", "nudges?o=below", "nudges?o=view"


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


def form_origin(asked: Asked) -> str:
    """Return what the form carries, so that what it sets can be told where it was opened."""
    if asked.view is not None:
        return _VIEW
    return with_return(_OWN if asked.is_own else _BELOW, asked.url)


def tell_settings(here: Here, origin: str, card: Card) -> None:
    """Show what a form has set: in place of the card that did so before, else below a nudge."""

    async def drawn() -> Card:
        return card

    own, url = origin.startswith(_OWN), return_url(here, origin)
    # Home shows by itself what was set from there.
    otherwise = None if origin.startswith(_VIEW) else drawn
    options = {"response_type": "ephemeral", "replace_original": own}
    reply_later(here, url, drawn, otherwise=otherwise, **options)


def read_form(here: Here, form: Surface, outlook: NudgeOutlook) -> NudgeSettings | Wrong:
    """Return the settings that a form was filled with, or what is wrong.

    Raises:
        OutdatedCard: it holds what the form does not offer.
    """
    zone, until = form.at(ZONE).choice, form.at(UNTIL).text
    try:
        cadence = Cadence(form.at(CADENCE).choice)
        days = frozenset(int(each) for each in form.at(DAYS).chosen)
        resumes = date.fromisoformat(until) if until else None
        settings = NudgeSettings(
            cadence=cadence,
            weekdays=days or outlook.settings.weekdays,
            at=time.fromisoformat(form.at(TIME).text),
            zone=None if zone == SLACK_ZONE else zone,
            stopped=form.at(STATE).choice == STOPPED,
        )
    except ValueError:
        raise OutdatedCard from None
    if not (zone == SLACK_ZONE or zone in zone_names()):
        raise OutdatedCard
    if not days and cadence is not Cadence.DAILY:
        return Wrong({DAYS: here.tr("Choose at least one day.")})
    return _paused(here, settings, outlook, resumes)


def _paused(
    here: Here, settings: NudgeSettings, outlook: NudgeOutlook, resumes: date | None
) -> NudgeSettings | Wrong:
    if resumes is None:
        return settings
    there = replace(outlook, settings=settings)
    today = today_of(here, there)
    if resumes <= today:
        return Wrong({UNTIL: here.tr("Choose a day after today, or none.")})
    if resumes - today > LONGEST:
        text = here.tr("A pause lasts a year at most. To end nudges, choose Stopped.")
        return Wrong({UNTIL: text})
    return replace(settings, paused_until=start_of(resumes, there))
