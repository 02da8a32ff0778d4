"""The words of a rhythm, one by one: "every 2 weeks", "tue", "10am", “每周二上午十点”. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import time

from bot.domain.days.week import Week
from bot.domain.nudges.cadence import WORKDAYS, Cadence
from bot.domain.nudges.typed_clock import TypedClock
from bot.domain.typed_phrases import pattern_of
from bot.domain.typed_words import TypedWords
from bot.values import dataclass

SLACK_ZONE = "slack"
"""Stands for "the zone of my Slack profile"."""

_ZONE = re.compile(r"[a-z][a-z_+\-0-9]*(?:/[a-z][a-z_+\-0-9]*)+|utc|gmt")
_DASH = r"\s*-\s*"


@dataclass(slots=True)
class Rhythm:
    """What was named so far."""

    cadences: set[Cadence] = field(default_factory=set)
    weekdays: set[int] = field(default_factory=set)
    times: set[time] = field(default_factory=set)
    zones: set[str] = field(default_factory=set)
    corrected: list[tuple[str, str]] = field(default_factory=list)


class RhythmReader:
    """Reads a rhythm piece by piece. `slips` are words that are told apart when misspelt."""

    def __init__(self, typed: TypedWords) -> None:
        words = typed.rhythm
        self.slips = typed.slips.get("rhythm", ())
        self._week, self._clock = Week(typed), TypedClock(typed)
        day = self._week.name
        places = {"weekday": rf"(?=\s*{day})"}
        self._cadences = tuple(
            (re.compile(pattern_of(words.get(each.value, ()), places)), each) for each in Cadence
        )
        self._working = re.compile(pattern_of(words.get("working_days", ())))
        self._slacks = re.compile(pattern_of(words.get("slack_zone", ())))
        self._filler = re.compile(pattern_of(words.get("filler", ())))
        to = pattern_of(words.get("range", ()))
        self._range = re.compile(rf"(?P<first>{day})(?:{_DASH}|\s*{to}\s*)(?P<last>{day})")
        between = pattern_of(typed.day_signs.get("between", ()))
        counted = pattern_of((*typed.day_signs.get("not_before", ()), *typed.clock.get("hour", ())))
        # What counts something, or is an hour, is no day; and a digit is none after "to": "to 5pm".
        sign = rf"(?P<sign>{self._week.sign})(?!\s*{counted}|[:.\d])"
        self._sign = re.compile(sign)
        self._next_sign = re.compile(rf"{between}?{sign}")
        self._sign_range = re.compile(rf"(?:{_DASH}|\s*{to}\s*)(?!\d){sign}")

    def take(self, rest: str, found: Rhythm, zones: Mapping[str, str]) -> int:
        """Read what `rest` begins with into `found`; return how long it is, 0 where it is unknown.

        Args:
            rest: evened out, no space in front.
            found: what is filled.
            zones: IANA names by their lower-case spelling.

        Raises:
            NoSuchTime: it is written like a time, but no day has it.
        """
        readers: tuple[Callable[[], int], ...] = (
            lambda: self._cadence(rest, found),
            lambda: self._days(rest, found),
            lambda: self._zone(rest, found, zones),
            lambda: self._time(rest, found),
        )
        for each in readers:
            if length := each():
                return length
        filler = self._filler.match(rest)
        return filler.end() if filler else 0

    def _cadence(self, rest: str, found: Rhythm) -> int:
        """Take the longest cadence: "every 2 weeks" is more than "every" before a day."""
        matches = [(m.end(), each) for names, each in self._cadences if (m := names.match(rest))]
        if not matches:
            return 0
        end, cadence = max(matches, key=lambda each: each[0])
        found.cadences.add(cadence)
        return end + self._signs(rest[end:], found)

    def _signs(self, rest: str, found: Rhythm) -> int:
        """Take the days that follow “每周” without saying “周” again: “每周二”, “每周一、三”."""
        match = self._sign.match(rest)
        if not match:
            return 0
        end, first = match.end(), self._week.number(match["sign"])
        found.weekdays.add(first)
        if last := self._sign_range.match(rest, end):
            found.weekdays |= _from_to(first, self._week.number(last["sign"]))
            return last.end()
        while match := self._next_sign.match(rest, end):
            found.weekdays.add(self._week.number(match["sign"]))
            end = match.end()
        return end

    def _days(self, rest: str, found: Rhythm) -> int:
        if match := self._range.match(rest):
            first, last = self._week.number(match["first"]), self._week.number(match["last"])
            found.weekdays |= _from_to(first, last)
            return match.end()
        if match := self._working.match(rest):
            found.weekdays |= WORKDAYS
            return match.end()
        match = re.match(self._week.name, rest)
        if not match:
            return 0
        day = self._week.number(match.group())
        found.weekdays.add(day)
        if to := self._sign_range.match(rest, match.end()):
            found.weekdays |= _from_to(day, self._week.number(to["sign"]))
            return to.end()
        return match.end()

    def _zone(self, rest: str, found: Rhythm, zones: Mapping[str, str]) -> int:
        if match := self._slacks.match(rest):
            found.zones.add(SLACK_ZONE)
            return match.end()
        match = _ZONE.match(rest)
        if match and match.group() in zones:
            found.zones.add(zones[match.group()])
            return match.end()
        return 0

    def _time(self, rest: str, found: Rhythm) -> int:
        taken = self._clock.take(rest)
        if taken is None:
            return 0
        found.times.add(taken[0])
        return taken[1]


def _from_to(first: int, last: int) -> set[int]:
    return {(first + ahead) % 7 for ahead in range((last - first) % 7 + 1)}
