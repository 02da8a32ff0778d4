"""How long a pause is: "2w", "until 7 December", “到下周一”, as the day on which it ends. Pure."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from types import MappingProxyType

from bot.domain.nudges.typed_week import Week
from bot.domain.typed_phrases import LETTERS, pattern_of
from bot.domain.typed_words import TypedWords, Words

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


_LEAST_LETTERS = 3  # of a month's name that is cut short
_PLACES: Mapping[str, str] = MappingProxyType(
    {
        "day": r"(?P<day>\d{1,2})",
        "month": rf"(?P<month>{LETTERS})\.?",
        "month_number": r"(?P<number>\d{1,2})",
        "year": r"(?P<year>\d{4})",
    }
)
DATE_PLACES = frozenset(_PLACES)
"""What may stand in a phrase that says how a day is written."""

# As machines write them, in every language.
_NUMERIC = (
    r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})\.\s*(?P<number>\d{1,2})(?:\.\s*(?P<year>\d{4})?)?",
)


def _months_later(day: date, count: int) -> date:
    """Return the same day so many months later, or the last of a month that has no such day."""
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    if year > date.max.year:
        raise OverflowError
    return date(year, month, min(day.day, monthrange(year, month)[1]))


_SOON: Mapping[str, Callable[[date], date]] = MappingProxyType(
    {
        "tomorrow": lambda today: today + _DAY,
        "next_week": lambda today: today + (7 - today.weekday()) * _DAY,
        "next_month": lambda today: _months_later(today.replace(day=1), 1),
    }
)
_LATER: Mapping[str, Callable[[date, int], date]] = MappingProxyType(
    {
        "day": lambda today, count: today + count * _DAY,
        "week": lambda today, count: today + 7 * count * _DAY,
        "month": _months_later,
    }
)


class PauseReader:
    """Reads how long a pause is."""

    def __init__(self, typed: TypedWords) -> None:
        words = typed.pause
        self._lead = re.compile(rf"{pattern_of(words.get('lead', ()))}\s*")
        self._soon = _meanings(words, _SOON)
        self._units = _meanings(words, _LATER)
        self._numbers = {word: int(key) for key, each in typed.numbers.items() for word in each}
        counter = pattern_of(words.get("counter", ()))
        unit = pattern_of(each for key in _LATER for each in words.get(key, ()))
        count = rf"\d+|{pattern_of(self._numbers)}"
        self._length = re.compile(rf"(?P<count>{count})\s*{counter}?\s*(?P<unit>{unit})")
        self._week = Week(typed)
        coming, after = (pattern_of(words.get(key, ())) for key in ("coming", "of_next_week"))
        self._day = re.compile(
            rf"(?:{coming}\s*|(?P<after>{after})\s*)?(?P<name>{self._week.name})"
        )
        written = (pattern_of((each,), _PLACES) for each in typed.dates.get("written", ()))
        self._dates = tuple(re.compile(each) for each in (*_NUMERIC, *written))
        self._months = {name: int(key) for key, names in typed.months.items() for name in names}

    def end(self, text: str, today: date) -> date | NoPause:
        """Return the day on which nudges come again, after today and within `LONGEST`.

        Args:
            text: what was typed after *pause*, evened out; may be empty.
            today: the member's local day.
        """
        typed = text.strip(" .!。！,，")
        words = typed
        while lead := self._lead.match(words):
            words = words[lead.end() :]
        if not words:
            return NoPause(PauseProblem.NO_LENGTH)
        try:
            day = self._near(words, today) or self._after(words, today) or self._on(words, today)
        except (OverflowError, ValueError):
            too_long = self._length.match(words)
            return NoPause(PauseProblem.TOO_LONG if too_long else PauseProblem.UNCLEAR, typed)
        if day is None:
            return NoPause(PauseProblem.UNCLEAR, typed)
        if day <= today:
            return NoPause(PauseProblem.NOT_AHEAD, typed)
        return day if day - today <= LONGEST else NoPause(PauseProblem.TOO_LONG, typed)

    def _near(self, words: str, today: date) -> date | None:
        for meaning, pattern in self._soon:
            if pattern.fullmatch(words):
                return _SOON[meaning](today)
        found = self._day.fullmatch(words)
        if not found:
            return None
        weekday = self._week.number(found["name"])
        if found["after"]:  # the one of the week after this, as it is said in Chinese
            return today + (7 - today.weekday() + weekday) * _DAY
        return today + ((weekday - today.weekday()) % 7 or 7) * _DAY

    def _after(self, words: str, today: date) -> date | None:
        found = self._length.fullmatch(words)
        if not found:
            return None
        typed = found["count"]
        count = int(typed) if typed.isdecimal() else self._numbers[typed]
        unit = next(key for key, pattern in self._units if pattern.fullmatch(found["unit"]))
        return _LATER[unit](today, count)

    def _on(self, words: str, today: date) -> date | None:
        """Read a date; without a year it is the next such day."""
        found = next((match for each in self._dates if (match := each.fullmatch(words))), None)
        if found is None:
            return None
        parts = found.groupdict()
        month = int(parts["number"]) if parts.get("number") else self._month(parts["month"])
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

    def _month(self, word: str) -> int | None:
        """Return the month of a name, or of the beginning of one that no other month has."""
        if word in self._months:
            return self._months[word]
        long = len(word) >= _LEAST_LETTERS
        found = {month for name, month in self._months.items() if long and name.startswith(word)}
        return found.pop() if len(found) == 1 else None


def _meanings(words: Words, keys: Iterable[str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((key, re.compile(pattern_of(words.get(key, ())))) for key in keys)
