"""The words of a rhythm, one by one: "every 2 weeks", "tue", "10am", “每周二上午十点”. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from bot.domain.nudges.cadence import WORKDAYS, Cadence
from bot.domain.nudges.typed_week import CHINESE_DAY, DAY_NAME, DAY_WORDS, weekday_named

SLACK_ZONE = "slack"
"""Stands for "the zone of my Slack profile"."""


class NoSuchTime(ValueError):
    """What reads like a time of day is none."""


@dataclass(slots=True)
class Rhythm:
    """What was named so far."""

    cadences: set[Cadence] = field(default_factory=set)
    weekdays: set[int] = field(default_factory=set)
    times: set[time] = field(default_factory=set)
    zones: set[str] = field(default_factory=set)
    corrected: list[tuple[str, str]] = field(default_factory=list)


SLIPS = (
    *DAY_WORDS,
    "daily",
    "weekly",
    "fortnightly",
    "biweekly",
    "monthly",
    "weekdays",
)
"""Words long enough to be told apart when they are misspelt."""

_DAILY = r"daily|every\s*(?:working\s*|work|week)?\s*day(?!\w)|each day|每个?工作日|每天|每日"
_TWO = (
    r"(?:every\s*|each\s*)?(?:2|two|second|other)[\s-]*weeks?|bi-?weekly|fortnightly|"
    r"every\s*fortnight|(?:每|隔)(?:两|2|二)(?:个)?(?:周|星期|礼拜)|隔周|双周"
)
_TWO_BEFORE_DAY = rf"every\s*(?:2nd|second|other)(?=\s+{DAY_NAME})"
_MONTHLY = (
    rf"monthly|(?:once\s*)?(?:every|each|a|per)\s*month|of (?:the|every|each) month|每个?月"
    rf"|(?:the\s*)?(?:first|1st)(?=\s+{DAY_NAME})"
)
_WEEKLY = (
    rf"weekly|(?:once\s*)?(?:every|each|a|per)\s*week(?![a-z])|(?:every|each)(?=\s+{DAY_NAME})"
    rf"|每个?(?:周|星期|礼拜)"
)
_FILLER = re.compile(
    r"(?:at|on|in|every|each|and|or|the|my|time|zone|timezone|um|o'clock|first|once|please|"
    r"nudges?|remind(?:ers)?|me|um)(?![^\W_])|第?一(?:个|次)|次|在|于|的|和|及|到|提醒|时间"
)
_RANGE = re.compile(rf"(?P<first>{DAY_NAME})\s*(?:-|to|through|bis|到|至)\s*(?P<last>{DAY_NAME})")
_HOURS = {
    "十二": 12, "十一": 11, "十": 10, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5,
    "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_HALF = r"(?:\s*(?P<half>am|pm|a\.m\.?|p\.m\.?)(?![a-z]))"
_TIMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<hour>\d{{1,2}})[:.h](?P<minute>\d{{2}})(?!\d){_HALF}?",
        rf"(?P<hour>\d{{1,2}}){_HALF}",
        r"(?P<hour>\d{1,2})\s*(?:h|uhr|o'?clock)(?![a-z])",
        r"(?P<hour>\d{2})(?P<minute>\d{2})(?!\d)",
        r"(?P<part>凌晨|上午|早上|早晨|中午|下午|晚上)?\s*(?P<hour>\d{1,2}|"
        + "|".join(_HOURS)
        + r")\s*[点點时時](?:\s*(?P<quarter>半|一刻|三刻)|\s*(?P<minute>\d{1,2})\s*分?)?",
        r"(?P<part>上午|早上|中午|下午|晚上)?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?!\d)",
        r"(?P<hour>\d{1,2})(?!\d)",
    )
)
_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}
_LATE = ("下午", "晚上")
_NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0), "正午": time(12)}
_ZONE = re.compile(r"[a-z][a-z_+\-0-9]*(?:/[a-z][a-z_+\-0-9]*)+|utc|gmt")
_SLACKS = re.compile(r"(?:as in\s*)?slack(?:'s)?(?![a-z])")


def take(rest: str, found: Rhythm, zones: Mapping[str, str]) -> int:
    """Read what `rest` begins with into `found`; return how long it is, 0 where it is unknown.

    Args:
        rest: lower case, no space in front.
        found: what is filled.
        zones: IANA names by their lower-case spelling.

    Raises:
        NoSuchTime: it is written like a time, but no day has it.
    """
    for each in (_cadence, _days, _zone, _time):
        if length := each(rest, found, zones):
            return length
    filler = _FILLER.match(rest)
    return filler.end() if filler else 0


_CADENCES = tuple(
    (re.compile(pattern), cadence)
    for pattern, cadence in (
        (_TWO, Cadence.TWO_WEEKS),
        (_TWO_BEFORE_DAY, Cadence.TWO_WEEKS),
        (_DAILY, Cadence.DAILY),
        (_MONTHLY, Cadence.MONTHLY),
        (_WEEKLY, Cadence.WEEKLY),
    )
)


def _cadence(rest: str, found: Rhythm, _zones: Mapping[str, str]) -> int:
    for pattern, cadence in _CADENCES:
        if match := pattern.match(rest):
            found.cadences.add(cadence)
            return match.end() + _day_sign(rest[match.end() :], found)
    return 0


def _day_sign(rest: str, found: Rhythm) -> int:
    """Take the days that follow “每周” without saying “周” again: “每周二”, “每周一、三”."""
    match = re.match(rf"({CHINESE_DAY})(?!次|个|点|时)(?:[、和,]?({CHINESE_DAY})(?![点时]))*", rest)
    if not match or rest[match.end() : match.end() + 1] in ("点", "时"):
        return 0
    found.weekdays |= {weekday_named(sign) for sign in match.group() if sign not in "、和,"}
    return match.end()


def _days(rest: str, found: Rhythm, _zones: Mapping[str, str]) -> int:
    if match := _RANGE.match(rest):
        first, last = weekday_named(match["first"]), weekday_named(match["last"])
        found.weekdays |= {(first + ahead) % 7 for ahead in range((last - first) % 7 + 1)}
        return match.end()
    if match := re.match(r"(?:week|work|working )days?(?![a-z])|工作日", rest):
        found.weekdays |= WORKDAYS
        return match.end()
    if match := re.match(DAY_NAME, rest):
        found.weekdays.add(weekday_named(match.group()))
        return match.end()
    return 0


def _zone(rest: str, found: Rhythm, zones: Mapping[str, str]) -> int:
    if match := _SLACKS.match(rest):
        found.zones.add(SLACK_ZONE)
        return match.end()
    match = _ZONE.match(rest)
    if match and match.group() in zones:
        found.zones.add(zones[match.group()])
        return match.end()
    return 0


def _time(rest: str, found: Rhythm, _zones: Mapping[str, str]) -> int:
    for name, moment in _NAMED_TIMES.items():
        if rest.startswith(name):
            found.times.add(moment)
            return len(name)
    match = next((m for each in _TIMES if (m := each.match(rest))), None)
    if match is None:
        return 0
    found.times.add(_clock(match.groupdict(), match.group()))
    return match.end()


def _clock(parts: Mapping[str, str | None], typed: str) -> time:
    word = parts["hour"] or ""
    hour = _HOURS.get(word) or int(word)
    minute = _QUARTERS.get(parts.get("quarter") or "") or int(parts.get("minute") or 0)
    half, part = parts.get("half"), parts.get("part")
    if half and not 1 <= hour <= 12:
        raise NoSuchTime(typed)
    if (half and half[0] == "p") or (part in _LATE and hour < 12):
        hour = hour % 12 + 12
    elif half and hour == 12:
        hour = 0
    try:
        return time(hour, minute)
    except ValueError:
        raise NoSuchTime(typed) from None
