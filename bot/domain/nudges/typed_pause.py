"""How long a pause is: "2w", "until 7 December", “到下周一”, as the day on which it ends. Pure."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from bot.domain.nudges.typed_week import DAY_NAME, weekday_named

LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)


class PauseProblem(Enum):
    """Why no day can be told."""

    NO_LENGTH = "no_length"
    UNCLEAR = "unclear"
    NOT_AHEAD = "not_ahead"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class NoPause:
    """A text that names no day; `words` is what it was."""

    problem: PauseProblem
    words: str = ""


_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8,
    "ten": 10, "twelve": 12, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6,
    "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_COUNT = r"(?P<count>\d+|[a-z]+|[一二两三四五六七八九十])"
_DURATION = re.compile(
    rf"{_COUNT}\s*个?\s*(?P<unit>days?|d|天|日|weeks?|wks?|w|周|星期|礼拜|months?|mo|m|月)"
)
_UNITS = {"d": 1, "天": 1, "日": 1, "w": 7, "周": 7, "星": 7, "礼": 7}
_LEAD = re.compile(
    r"(?:(?:for|about|the|until|till|til|to|through|up to|on)(?![a-z])|直到|到|至)\s*"
)
_SOON: dict[str, Callable[[date], date]] = {
    "tomorrow": lambda today: today + _DAY,
    "明天": lambda today: today + _DAY,
    "next week": lambda today: today + (7 - today.weekday()) * _DAY,
    "下周": lambda today: today + (7 - today.weekday()) * _DAY,
    "下星期": lambda today: today + (7 - today.weekday()) * _DAY,
    "next month": lambda today: _months_later(today.replace(day=1), 1),
    "下个月": lambda today: _months_later(today.replace(day=1), 1),
    "下月": lambda today: _months_later(today.replace(day=1), 1),
}
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})\.\s*(?P<number>\d{1,2})(?:\.\s*(?P<year>\d{4})?)?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?",
        r"(?:(?P<year>\d{4})\s*年\s*)?(?P<number>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]?",
    )
)


def pause_end(text: str, today: date) -> date | NoPause:
    """Return the day on which nudges come again, after today and within `LONGEST`.

    Args:
        text: what was typed after *pause*, case and width evened out; may be empty.
        today: the member's local day.
    """
    typed = text.strip(" .!。！,，")
    words = typed
    while lead := _LEAD.match(words):
        words = words[lead.end() :]
    if not words:
        return NoPause(PauseProblem.NO_LENGTH)
    try:
        day = _soon(words, today) or _after(words, today) or _dated(words, today)
    except (OverflowError, ValueError):
        return NoPause(
            PauseProblem.TOO_LONG if _DURATION.match(words) else PauseProblem.UNCLEAR, typed
        )
    if day is None:
        return NoPause(PauseProblem.UNCLEAR, typed)
    if day <= today:
        return NoPause(PauseProblem.NOT_AHEAD, typed)
    return day if day - today <= LONGEST else NoPause(PauseProblem.TOO_LONG, typed)


def _soon(words: str, today: date) -> date | None:
    if words in _SOON:
        return _SOON[words](today)
    found = re.fullmatch(rf"(?:next\s+|this\s+|下|本)?(?P<name>{DAY_NAME})", words)
    if not found:
        return None
    ahead = (weekday_named(found["name"]) - today.weekday()) % 7 or 7
    if words.startswith("下"):  # the one of the week after this, as it is said in Chinese
        return today + (7 - today.weekday() + weekday_named(found["name"])) * _DAY
    return today + ahead * _DAY


def _after(words: str, today: date) -> date | None:
    found = _DURATION.fullmatch(words)
    if not found:
        return None
    typed = found["count"]
    if typed.isdecimal():
        count = int(typed)
    elif typed in _NUMBERS:
        count = _NUMBERS[typed]
    else:
        return None
    days = _UNITS.get(found["unit"][0])
    return today + count * days * _DAY if days else _months_later(today, count)


def _dated(words: str, today: date) -> date | None:
    """Read a date; without a year it is the next such day."""
    found = next((match for each in _DATES if (match := each.fullmatch(words))), None)
    if found is None:
        return None
    parts = found.groupdict()
    month = int(parts["number"]) if parts.get("number") else _month(parts["month"])
    if month is None:
        return None
    year, day = parts.get("year"), int(parts["day"])
    if year:
        return date(int(year), month, day)
    for candidate in range(today.year, today.year + 9):  # 29 February needs a leap year
        if month == 2 and day == 29 and monthrange(candidate, 2)[1] < day:
            continue
        if (found_day := date(candidate, month, day)) > today:
            return found_day
    return None


def _month(word: str) -> int | None:
    numbers = [n for n, name in enumerate(_MONTHS, 1) if name.startswith(word) or word == "sept"]
    return (9 if word == "sept" else numbers[0]) if numbers else None


def _months_later(day: date, count: int) -> date:
    """Return the same day so many months later, or the last of a month that has no such day."""
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    if year > date.max.year:
        raise OverflowError
    return date(year, month, min(day.day, monthrange(year, month)[1]))
