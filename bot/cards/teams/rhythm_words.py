"""When two people talk, in words: for either of them where they are."""

from datetime import datetime

from bot.cards.mrkdwn import safe
from bot.cards.nudges.cadence_words import clock, moment, zone_text
from bot.domain.local_time import zone_named
from bot.domain.teams.rhythm import HeldRhythm, Often, Rhythm, RhythmState
from bot.text.translator import Translator

_ZONE = 60


def often_name(often: Often, tr: Translator) -> str:
    """Return "Every week" and the like, as an option says it."""
    match often:
        case Often.WEEKLY:
            return tr("Every week")
        case Often.TWO_WEEKS:
            return tr("Every 2 weeks")
        case Often.MONTHLY:
            return tr("Every month")


def rhythm_text(rhythm: Rhythm, tr: Translator) -> str:
    """Return "every 2 weeks on Thursday at 14:00, Berlin time (Europe/Berlin)" as mrkdwn."""
    at, days = clock(rhythm.at), tr.weekday(rhythm.weekday)
    match rhythm.often:
        case Often.WEEKLY:
            said = tr("every week on {days} at {time}", days=days, time=at)
        case Often.TWO_WEEKS:
            said = tr("every 2 weeks on {days} at {time}", days=days, time=at)
        case Often.MONTHLY:
            said = tr("every month on the first {days} at {time}", days=days, time=at)
    said = tr("{rhythm}, {zone}", rhythm=said, zone=safe(zone_text(rhythm.zone, tr), _ZONE))
    return said[:1].upper() + said[1:]


def both_times(at: datetime, zone: str, their_zone: str, other: str, tr: Translator) -> str:
    """Return when a talk is for the reader, and what the other's clock shows then, as mrkdwn."""
    mine = moment(at, tr, zone=zone)
    here, there = (at.astimezone(zone_named(each)) for each in (zone, their_zone))
    if here.utcoffset() == there.utcoffset():
        return mine
    theirs = tr("{weekday} {time}", weekday=tr.weekday(there.weekday()), time=clock(there.time()))
    return tr("{moment} ({time} for {person})", moment=mine, time=theirs, person=f"<@{other}>")


def next_text(held: HeldRhythm, zone: str, their_zone: str, other: str, tr: Translator) -> str:
    """Say when the next talk is, or that none comes."""
    if held.state is RhythmState.PAUSED:
        return tr("Paused: no briefs come until one of you goes on.")
    if held.state is RhythmState.ENDED or held.next_at is None:
        return tr("Ended: no briefs come.")
    return tr("Next: {moment}", moment=both_times(held.next_at, zone, their_zone, other, tr))
