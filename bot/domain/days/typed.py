"""Days as they are typed: "2w", "7 December", "2027-03-31", “下周一”, “3月底”. Pure."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from bot.domain.days.week import Week
from bot.domain.typed_phrases import LETTERS, pattern_of
from bot.domain.typed_words import TypedWords, Words

_DAY = timedelta(days=1)
_MOST_YEARS = 100  # above it a number before “年” names the year itself
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
"""What may stand in a phrase that says how a day or a month is written."""

# As machines write them, in every language.
_NUMERIC = (
    r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})\.\s*(?P<number>\d{1,2})(?:\.\s*(?P<year>\d{4})?)?",
)
_NUMERIC_MONTH = (r"(?P<year>\d{4})-(?P<number>\d{1,2})",)


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
        "year": lambda today, count: _months_later(today, 12 * count),
    }
)


class DayReader:
    """Reads a day. All texts are evened out; `today` is the member's local day.

    `written` are the patterns of a day or a month as it is written, the fullest first.
    """

    def __init__(self, typed: TypedWords) -> None:
        words = typed.pause
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
        days = (*_NUMERIC, *_written(typed, "written"))
        months = (*_NUMERIC_MONTH, *_written(typed, "month"))
        self.written = (*days, *months)
        self._dates, self._month_ends = (tuple(map(re.compile, each)) for each in (days, months))
        self._months = {name: int(key) for key, names in typed.months.items() for name in names}

    def read(self, words: str, today: date) -> date | None:
        """Return the day that `words` name; None where they name none.

        Raises:
            ValueError, OverflowError: they read like a day, but there is none such.
        """
        return self._near(words, today) or self._after(words, today) or self.on(words, today)

    def begins_with_length(self, words: str) -> bool:
        """Tell whether a text begins with a length, such as "2w"."""
        return self._length.match(words) is not None

    def on(self, words: str, today: date) -> date | None:
        """Read a date; without a year it is the next such day.

        Raises:
            ValueError: there is no such date.
        """
        found = next((match for each in self._dates if (match := each.fullmatch(words))), None)
        if found is None:
            return None
        parts = found.groupdict()
        month = self._month_of(parts)
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

    def month_end(self, words: str, today: date) -> date | None:
        """Return the last day of the month that `words` name; without a year, of the next such.

        Raises:
            ValueError: there is no such month.
        """
        matches = (match for each in self._month_ends if (match := each.fullmatch(words)))
        for parts in (match.groupdict() for match in matches):
            month = self._month_of(parts)
            if month is None:
                continue
            year = int(parts.get("year") or today.year)
            end = _last_of(year, month)
            passed = end < today and not parts.get("year")
            return _last_of(year + 1, month) if passed else end
        return None

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
        if unit == "year" and count > _MOST_YEARS:
            return None
        return _LATER[unit](today, count)

    def _month_of(self, parts: Mapping[str, str | None]) -> int | None:
        """Return the month of a number, a name, or the beginning of one that no other has."""
        if number := parts.get("number"):
            return int(number)
        word = parts.get("month") or ""
        if word in self._months:
            return self._months[word]
        long = len(word) >= _LEAST_LETTERS
        found = {month for name, month in self._months.items() if long and name.startswith(word)}
        return found.pop() if len(found) == 1 else None


def _last_of(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])


def _written(typed: TypedWords, key: str) -> tuple[str, ...]:
    return tuple(pattern_of((each,), _PLACES) for each in typed.dates.get(key, ()))


def _meanings(words: Words, keys: Iterable[str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((key, re.compile(pattern_of(words.get(key, ())))) for key in keys)
