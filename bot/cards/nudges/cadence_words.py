"""When nudges come, in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from bot.cards.card import sentences
from bot.cards.mrkdwn import safe
from bot.domain.local_time import is_offset, known_zone, local_day
from bot.domain.nudges.cadence import Cadence, NudgeSettings, WorkingTime
from bot.domain.nudges.outlook import NudgeOutlook
from bot.text.translator import Translator

_ZONE = 60
_RUN = 3  # so many days in a row are named as "Monday to Friday"


def cadence_name(cadence: Cadence, tr: Translator) -> str:
    """Return "Every week" and the like, as an option says it."""
    match cadence:
        case Cadence.DAILY:
            return tr("Every working day")
        case Cadence.WEEKLY:
            return tr("Every week")
        case Cadence.TWO_WEEKS:
            return tr("Every 2 weeks")
        case Cadence.MONTHLY:
            return tr("Every month")


def cadence_label(cadence: Cadence, tr: Translator) -> str:
    """Return the cadence as a button says it, in title case."""
    match cadence:
        case Cadence.DAILY:
            return tr("Every Working Day")
        case Cadence.WEEKLY:
            return tr("Every Week")
        case Cadence.TWO_WEEKS:
            return tr("Every 2 Weeks")
        case Cadence.MONTHLY:
            return tr("Every Month")


def rhythm(settings: NudgeSettings, tr: Translator) -> str:
    """Return "every week on Tuesday at 10:00" as plain text."""
    at, days = clock(settings.at), weekdays_text(settings.weekdays, tr)
    match settings.cadence:
        case Cadence.DAILY:
            return tr("every working day at {time}", time=at)
        case Cadence.WEEKLY:
            return tr("every week on {days} at {time}", days=days, time=at)
        case Cadence.TWO_WEEKS:
            return tr("every 2 weeks on {days} at {time}", days=days, time=at)
        case Cadence.MONTHLY:
            names = [tr.weekday(each) for each in sorted(settings.weekdays)]
            first = names[0] if len(names) == 1 else _either(names, tr)
            return tr("every month on the first {days} at {time}", days=first, time=at)


def _either(names: Sequence[str], tr: Translator) -> str:
    return tr("{items} or {last}", items=tr(", ").join(names[:-1]), last=names[-1])


def clock(at: time) -> str:
    """Return a local time as members of every language write it: "10:00"."""
    return f"{at:%H:%M}"


def weekdays_text(weekdays: Iterable[int], tr: Translator) -> str:
    """Return "Tuesday", "Monday, Thursday" or "Monday to Friday"."""
    days = sorted(weekdays)
    if len(days) >= _RUN and days[-1] - days[0] == len(days) - 1:
        return tr("{first} to {last}", first=tr.weekday(days[0]), last=tr.weekday(days[-1]))
    return tr(", ").join(tr.weekday(each) for each in days)


def zone_text(zone: str, tr: Translator) -> str:
    """Return "Berlin time (Europe/Berlin)" as plain text, shorter for UTC; UTC if unknown."""
    if known_zone(zone) is None:
        return "UTC"
    if "/" not in zone:
        return zone
    return tr("{city} time ({zone})", city=tr.city(zone), zone=zone)


def moment(at: datetime, tr: Translator, *, zone: str) -> str:
    """Return mrkdwn that Slack shows as day and time in the reader's own zone and language."""
    fallback = tr.date(local_day(at, zone))
    # What Slack puts the day and the time in place of.
    shown = tr("{day}, {time}", day="{date_short_pretty}", time="{time}")
    return f"<!date^{int(at.timestamp())}^{shown}|{fallback}>"


def outlook_text(outlook: NudgeOutlook, tr: Translator, *, paused: bool, idle: bool = False) -> str:
    """Say how nudges are set and when the next comes: mrkdwn, in one or two lines.

    `idle` tells that there is nothing to ask about.
    """
    settings = outlook.settings
    if outlook.guest:
        return guest_text(tr)
    if settings.stopped:
        return tr("Nudges are stopped.")
    zone = safe(zone_text(outlook.zone, tr), _ZONE)
    said = tr("{rhythm}, {zone}", rhythm=rhythm(settings, tr), zone=zone)
    lines = [said[:1].upper() + said[1:]]
    until = settings.paused_until
    if until is not None and paused:
        lines.insert(0, tr("Paused until {date}.", date=tr.date(local_day(until, outlook.zone))))
    elif idle:
        lines.append(
            tr(
                "Nothing on the way to your goal is left to ask about. Questions come again when "
                "something is open."
            )
        )
    elif outlook.next_at:
        lines.append(tr("Next: {moment}", moment=moment(outlook.next_at, tr, zone=outlook.zone)))
    elif not outlook.has_goal:
        lines.append(tr("They begin when you set a goal."))
    if guessed := _guessed_zone(outlook, tr):
        lines.append(guessed)
    return "\n".join(lines)


def guest_text(tr: Translator) -> str:
    """Say why nothing comes to a guest."""
    return tr("Slack calls your account a guest's, and guests get no nudges.")


def _guessed_zone(outlook: NudgeOutlook, tr: Translator) -> str:
    """Say from what the time is told where Slack has no zone of the member; else nothing."""
    zone = outlook.zone
    if is_offset(zone):
        return tr(
            "Your Slack time zone is unknown; using {zone} as Slack reports. "
            "Choose yours with `/growth nudges`.",
            zone=zone,
        )
    if known_zone(zone) is None:
        return tr("Your Slack time zone is unknown; using UTC. Choose yours with `/growth nudges`.")
    return ""


def opt_in_text(outlook: NudgeOutlook, tr: Translator) -> str:
    """Say what comes of the first goal, and how to end it: one sentence of mrkdwn."""
    if outlook.guest:
        return guest_text(tr)
    if outlook.settings.stopped or outlook.next_at is None:
        return ""
    return tr(
        "From now on you get one question at a time as a direct message, {rhythm}, first on "
        "{date}: `/growth nudges` changes that and `/growth stop` ends it.",
        rhythm=rhythm(outlook.settings, tr),
        date=tr.date(local_day(outlook.next_at, outlook.zone)),
    )


def bounds_text(settings: NudgeSettings, working: WorkingTime, tr: Translator) -> str:
    """Say where the workspace's working time moves what was chosen; nothing where it does not."""
    said = []
    if not working.start <= settings.at < working.end:
        said.append(
            tr(
                "Your workspace works from {start} to {end}, so nudges come as near to that as "
                "these hours allow.",
                start=clock(working.start),
                end=clock(working.end),
            )
        )
    if settings.cadence is not Cadence.DAILY and not settings.weekdays <= working.weekdays:
        said.append(
            tr(
                "It works on {days}, so nudges of other days come on the next of these.",
                days=weekdays_text(working.weekdays, tr),
            )
        )
    return sentences(said, tr)
