"""The settings of nudges: the form, and the card that says what is set."""

from collections.abc import Sequence
from datetime import datetime

from bot.cards import limits
from bot.cards.blocks import Actions, Block, View, actions, context, section
from bot.cards.card import Card, try_next
from bot.cards.elements import (
    Button,
    Element,
    ExternalSelect,
    Option,
    button,
    option,
    select,
    typeahead,
)
from bot.cards.forms import date_picker, input_block, multi_select, radio, time_picker
from bot.cards.ids import Action, Callback
from bot.cards.modals import form_view
from bot.cards.mrkdwn import clip
from bot.cards.nudges.cadence_words import (
    bounds_text,
    cadence_name,
    clock,
    outlook_text,
    weekdays_text,
    zone_text,
)
from bot.domain.local_time import known_zone, local_day, zone_named
from bot.domain.nudges.cadence import Cadence
from bot.domain.nudges.outlook import NudgeOutlook
from bot.domain.nudges.typed_rhythm import SLACK_ZONE
from bot.text.translator import Translator

# The ids of the inputs, which errors are told at.
CADENCE, DAYS, TIME = "nudges.cadence", "nudges.days", "nudges.time"
ZONE, UNTIL, STATE = "nudges.zone", "nudges.until", "nudges.state"
ON, STOPPED = "on", "stopped"
# What the menu *Pause* offers, as `/growth pause` takes it.
PAUSES = ("1 week", "2 weeks", "1 month")
EXAMPLES = ("/growth nudges weekly tue 10:00", "/growth pause 2w", "/growth stop")


def nudge_settings_view(
    outlook: NudgeOutlook, tr: Translator, *, now: datetime, metadata: str
) -> View:
    """Build the form; `metadata` comes back with it."""
    return form_view(
        Callback.NUDGE_SETTINGS,
        tr,
        title=tr("Nudges"),
        submit=tr("Save"),
        blocks=[*_rhythm_inputs(outlook, tr, now), *_rest_inputs(outlook, tr, now)],
        metadata=metadata,
    )


def _rhythm_inputs(outlook: NudgeOutlook, tr: Translator, now: datetime) -> list[Block]:
    settings, working = outlook.settings, outlook.working
    cadences = [option(cadence_name(each, tr), each) for each in Cadence]
    days = [option(tr.weekday(each), str(each)) for each in range(7)]
    chosen = {str(each) for each in settings.weekdays}
    hours = tr(
        "Your workspace works on {days}, from {start} to {end}.",
        days=weekdays_text(working.weekdays, tr),
        start=clock(working.start),
        end=clock(working.end),
    )
    first = tr("Every month means the first of these days in a month.")
    return [
        input_block(
            CADENCE,
            tr("How often"),
            select(Action.NUDGE_CADENCE, tr("Choose"), cadences, settings.cadence),
        ),
        input_block(
            DAYS,
            tr("Days"),
            multi_select(Action.NUDGE_DAYS, tr("Choose days"), days, chosen),
            hint=first,
            optional=True,
        ),
        input_block(TIME, tr("Time"), time_picker(Action.NUDGE_TIME, settings.at), hint=hours),
        input_block(
            ZONE,
            tr("Time zone"),
            _zone_finder(outlook, tr, now),
            hint=tr("Type a city. “As in Slack” follows you when you travel."),
        ),
    ]


def _rest_inputs(outlook: NudgeOutlook, tr: Translator, now: datetime) -> list[Block]:
    settings = outlook.settings
    until = settings.paused_until if outlook.paused(now) else None
    day = local_day(until, outlook.zone) if until else None
    states = [option(tr("On"), ON), option(tr("Stopped"), STOPPED)]
    return [
        input_block(
            UNTIL,
            tr("Pause until"),
            date_picker(Action.NUDGE_UNTIL, day),
            hint=tr("Nudges come again from this day on. Leave it empty for no pause."),
            optional=True,
        ),
        input_block(
            STATE,
            tr("Nudges"),
            radio(Action.NUDGE_STATE, states, STOPPED if settings.stopped else ON),
        ),
    ]


def _zone_finder(outlook: NudgeOutlook, tr: Translator, now: datetime) -> ExternalSelect:
    finder = typeahead(Action.NUDGE_ZONE, tr("Choose a time zone"), min_query_length=0)
    own = outlook.settings.zone
    finder["initial_option"] = (
        zone_option(own, tr, now) if own else slack_zone_option(outlook, tr, now)
    )
    return finder


def zone_options(
    typed: str, zones: Sequence[str], outlook: NudgeOutlook, tr: Translator, now: datetime
) -> list[Option]:
    """Return the zones found for `typed`; for nothing typed, what is set and Slack's."""
    own = outlook.settings.zone
    slacks = slack_zone_option(outlook, tr, now)
    named = typed.strip().casefold() in slacks["text"]["text"].casefold()
    found = list(zones) if typed.strip() else [each for each in (own,) if each]
    return [*([slacks] if named else []), *(zone_option(each, tr, now) for each in found)]


def zone_option(zone: str, tr: Translator, now: datetime) -> Option:
    """Return a zone as an option, with what time it is there."""
    return option(clip(zone_text(zone, tr), limits.OPTION), zone, _now_there(zone, tr, now))


def slack_zone_option(outlook: NudgeOutlook, tr: Translator, now: datetime) -> Option:
    """Return the option that follows Slack's profile."""
    slack_zone = outlook.slack_zone if known_zone(outlook.slack_zone) else "UTC"
    label = tr("As in Slack: {zone}", zone=slack_zone)
    return option(clip(label, limits.OPTION), SLACK_ZONE, _now_there(outlook.slack_zone, tr, now))


def _now_there(zone: str, tr: Translator, now: datetime) -> str:
    return tr("It is {time} there now", time=f"{now.astimezone(zone_named(zone)):%H:%M}")


def nudges_card(outlook: NudgeOutlook, tr: Translator, *, paused: bool, note: str = "") -> Card:
    """Say what is set and when the next nudge comes; `note` is safe mrkdwn on what was done."""
    told = outlook_text(outlook, tr, paused=paused)
    blocks: list[Block] = [section(f"{note}\n{told}" if note else f"{tr('*Nudges*')}\n{told}")]
    if outlook.guest:
        return Card(text=told, blocks=[*blocks, try_next(["/growth status", "/growth help"], tr)])
    bounds = "" if outlook.settings.stopped else bounds_text(outlook.settings, outlook.working, tr)
    if bounds:
        blocks.append(context(bounds))
    controls = nudge_controls(outlook, tr, paused=paused, primary=True)
    blocks += [controls, try_next(EXAMPLES, tr)]
    text = (note or told).replace("*", "").split("\n", 1)[0]
    return Card(text=text, blocks=blocks)


def nudge_controls(
    outlook: NudgeOutlook, tr: Translator, *, paused: bool, primary: bool = False
) -> Actions:
    """Build *Nudge Settings* beside *Pause* or *Resume*, the latter `primary` where nothing is."""
    rest: Element
    if outlook.settings.stopped or paused:
        rest = button(Action.NUDGE_RESUME, tr("Resume"), "resume", primary=primary)
    else:
        labels = (tr("For 1 Week"), tr("For 2 Weeks"), tr("For 1 Month"))
        options = [option(label, each) for label, each in zip(labels, PAUSES, strict=True)]
        options.append(option(tr("Until I Resume"), STOPPED))
        rest = select(Action.NUDGE_PAUSE, tr("Pause"), options)
    return actions([settings_button(tr), rest])


def settings_button(tr: Translator) -> Button:
    """Build the button that opens the form, where other settings are near."""
    return button(Action.NUDGE_SETTINGS, tr("Nudge Settings"), "nudges")
