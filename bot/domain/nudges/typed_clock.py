"""Times of day as they are typed: "10am", "14h", “下午三点半”, “凌晨12点”. Pure."""

import re
from collections.abc import Mapping
from datetime import time

from bot.domain.typed_phrases import pattern_of
from bot.domain.typed_words import TypedWords

_NOON = 12
_MOMENTS = {"noon": time(_NOON), "midnight": time(0)}
_PARTS_OF_HOUR = {"quarter": 15, "half": 30, "three_quarters": 45}
_HALVES = ("am", "pm")
# Hours on a dial of twelve that are of the second half of the day, by part of the day.
_LATE: Mapping[str, frozenset[int]] = {
    "pm": frozenset(range(1, _NOON)),
    "noon": frozenset({1, 2, 3}),
    "afternoon": frozenset(range(1, _NOON)),
    "evening": frozenset(range(5, _NOON)),
}
# Parts of the day in which twelve o'clock is midnight.
_MIDNIGHT = frozenset({"am", "night", "evening"})


class NoSuchTime(ValueError):
    """What reads like a time of day is none."""


class TypedClock:
    """Reads a time of day at the start of a text."""

    def __init__(self, typed: TypedWords) -> None:
        self._moments = _meanings(typed.moments)
        self._parts = _meanings(typed.day_parts)
        self._fractions = _meanings({key: typed.clock.get(key, ()) for key in _PARTS_OF_HOUR})
        self._numbers = {
            word: int(number) for number, words in typed.numbers.items() for word in words
        }
        self._patterns = tuple(re.compile(each) for each in _patterns(typed))

    def take(self, rest: str) -> tuple[time, int] | None:
        """Return the time that `rest` begins with, and how long it is; None where it is none.

        Raises:
            NoSuchTime: it is written like a time, but no day has it.
        """
        for meaning, pattern in self._moments:
            if found := pattern.match(rest):
                return _MOMENTS[meaning], found.end()
        match = next((m for each in self._patterns if (m := each.match(rest))), None)
        return (self._time(match), match.end()) if match else None

    def _time(self, match: re.Match[str]) -> time:
        groups = match.groupdict()
        word = groups["hour"]
        hour = int(word) if word.isdecimal() else self._numbers[word]
        minute = int(groups.get("minute") or 0)
        if fraction := groups.get("fraction"):
            minute = _PARTS_OF_HOUR[_meaning(fraction, self._fractions)]
        for typed in (groups.get("before"), groups.get("after")):
            if typed:
                hour = _of_part(hour, _meaning(typed, self._parts), match.group())
        try:
            return time(hour, minute)
        except ValueError:
            raise NoSuchTime(match.group()) from None


def _patterns(typed: TypedWords) -> tuple[str, ...]:
    words = typed.day_parts.values()
    parts = pattern_of(each for phrases in words for each in phrases)
    before, after = rf"(?:(?P<before>{parts})\s*)?", rf"(?:\s*(?P<after>{parts}))"
    numbers = pattern_of(word for each in typed.numbers.values() for word in each)
    mark = pattern_of(typed.clock.get("hour", ()))
    fraction = pattern_of(each for key in _PARTS_OF_HOUR for each in typed.clock.get(key, ()))
    minute = pattern_of(typed.clock.get("minute", ()))
    past = rf"(?:\s*(?P<fraction>{fraction})|\s*(?P<minute>\d{{1,2}})\s*{minute}?)?"
    return (
        rf"{before}(?P<hour>\d{{1,2}})[:.h](?P<minute>\d{{2}})(?!\d){after}?",
        rf"{before}(?P<hour>\d{{1,2}}|{numbers})\s*{mark}{past}{after}?",
        rf"{before}(?P<hour>\d{{1,2}}){after}",
        r"(?P<hour>\d{2})(?P<minute>\d{2})(?!\d)",
        rf"{before}(?P<hour>\d{{1,2}})(?!\d)",
    )


def _of_part(hour: int, part: str, typed: str) -> int:
    """Return the hour of the day: 1 at noon is 13, 12 in the evening is 0.

    Raises:
        NoSuchTime: a half of the day that has no such hour.
    """
    if part in _HALVES and not 1 <= hour <= _NOON:
        raise NoSuchTime(typed)
    if hour == _NOON and part in _MIDNIGHT:
        return 0
    return hour + _NOON if hour in _LATE.get(part, ()) else hour


_Meanings = tuple[tuple[str, re.Pattern[str]], ...]


def _meanings(words: Mapping[str, tuple[str, ...]]) -> _Meanings:
    return tuple((meaning, re.compile(pattern_of(each))) for meaning, each in words.items())


def _meaning(text: str, among: _Meanings) -> str:
    return next(meaning for meaning, pattern in among if pattern.fullmatch(text))
