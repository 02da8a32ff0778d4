"""What a member typed after `/growth nudges`: settings, a pause, an end. Nothing is guessed."""

import re
from collections.abc import Collection, Mapping
from datetime import date, time
from enum import Enum
from functools import lru_cache

from bot.domain.lookup.names.near_names import Nearest
from bot.domain.nudges.cadence import WORKDAYS, Cadence, NudgeSettings
from bot.domain.nudges.typed_clock import NoSuchTime
from bot.domain.nudges.typed_pause import NoPause, PauseReader
from bot.domain.nudges.typed_rhythm import SLACK_ZONE, Rhythm, RhythmReader
from bot.domain.typed_phrases import LETTERS, evened, is_plain, matching
from bot.domain.typed_words import TypedWords
from bot.values import dataclass

# How many letters a word needs before it may be a slip of another.
_TELLING, _LONG, _LONGER = 4, 5, 6


@dataclass(frozen=True, slots=True)
class ShowNudges:
    """Nothing was asked for: show what is set."""


@dataclass(frozen=True, slots=True)
class ChangeNudges:
    """Settings that were named; None is left as it is. `zone` may be `SLACK_ZONE`.

    `corrected` pairs what was typed with the word that it was taken for.
    """

    cadence: Cadence | None = None
    weekdays: frozenset[int] | None = None
    at: time | None = None
    zone: str | None = None
    corrected: tuple[tuple[str, str], ...] = ()

    def applied(self, settings: NudgeSettings) -> NudgeSettings:
        """Return the settings with what was named; who names any wants nudges from now on.

        Several days without a cadence are days of each week, whatever it was. One day moves a
        longer rhythm to that day.
        """
        cadence = self.cadence or settings.cadence
        if self.cadence is None and self.weekdays:
            several = len(self.weekdays) > 1
            cadence = Cadence.WEEKLY if several or cadence is Cadence.DAILY else cadence
        zone = settings.zone if self.zone is None else self.zone
        return NudgeSettings(
            cadence=cadence,
            weekdays=self.weekdays or settings.weekdays,
            at=self.at or settings.at,
            zone=None if zone == SLACK_ZONE else zone,
        )


@dataclass(frozen=True, slots=True)
class PauseNudges:
    """Send nothing before a local day."""

    until: date


class Simple(Enum):
    """Orders that need no more words."""

    RESUME = "resume"
    STOP = "stop"


class Problem(Enum):
    """Why an order cannot be carried out."""

    UNKNOWN = "unknown"
    TWICE = "twice"  # two times, two rhythms or two zones
    NO_SUCH_TIME = "no_such_time"
    DAILY_HAS_NO_DAYS = "daily_has_no_days"


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was not understood, as typed."""

    problem: Problem
    words: str


NudgeOrder = ShowNudges | ChangeNudges | PauseNudges | Simple | Unclear | NoPause


_EDGE = " \t\r\n:：,，.。!！?？;；、\"'“”‘’`()"
_BETWEEN = _EDGE + "-&+/"


class NudgeReader:
    """Reads what follows `/growth nudges` and `/growth pause`, in every language of its words."""

    def __init__(self, typed: TypedWords) -> None:
        names = sorted(
            ((name, order) for order, names in typed.orders.items() for name in names),
            key=lambda each: len(each[0]),
            reverse=True,
        )
        self._orders = tuple((matching(name), order) for name, order in names)
        self._long = {name: order for name, order in names if is_plain(name) and len(name) >= _LONG}
        self._rhythm, self._pause = RhythmReader(typed), PauseReader(typed)

    def nudges(
        self, text: str, nearest: Nearest, *, today: date, zones: Collection[str]
    ) -> NudgeOrder:
        """Read what follows `/growth nudges`.

        Args:
            text: as typed, at most what a command may hold.
            nearest: finds words at a small edit distance.
            today: the member's local day, which a pause counts from.
            zones: the IANA names of time zones.
        """
        typed = evened(text).strip(_EDGE)
        if not typed:
            return ShowNudges()
        order, rest = self._order(typed, nearest)
        if order == "pause":
            return self.pause(rest, today)
        if order and rest:
            return Unclear(Problem.UNKNOWN, rest)
        match order:
            case "resume":
                return Simple.RESUME
            case "stop":
                return Simple.STOP
            case "show":
                return ShowNudges()
        return self._settings(typed, nearest, {each.casefold(): each for each in zones})

    def pause(self, text: str, today: date) -> PauseNudges | NoPause:
        """Read what follows `/growth pause`."""
        until = self._pause.end(evened(text).strip(_EDGE), today)
        return until if isinstance(until, NoPause) else PauseNudges(until)

    def _order(self, typed: str, nearest: Nearest) -> tuple[str | None, str]:
        for pattern, order in self._orders:
            if found := pattern.match(typed):
                return order, typed[found.end() :].strip(_EDGE)
        word = re.match(LETTERS, typed)
        if word and len(word.group()) >= _LONG:
            near = nearest(word.group(), tuple(self._long), 1)
            if near:
                return self._long[near[0][0]], typed[word.end() :].strip(_EDGE)
        return None, typed

    def _settings(self, typed: str, nearest: Nearest, zones: Mapping[str, str]) -> NudgeOrder:
        found, unknown, rest = Rhythm(), [], typed.lstrip(_BETWEEN)
        while rest:
            try:
                taken = self._rhythm.take(rest, found, zones)
            except NoSuchTime as error:
                return Unclear(Problem.NO_SUCH_TIME, str(error))
            if not taken:
                word = re.match(r"\S+", rest)
                shown = word.group().strip(_EDGE) if word else rest
                meant = self._corrected(shown, nearest)
                if meant:
                    self._rhythm.take(meant, found, zones)
                    found.corrected.append((shown, meant))
                else:
                    unknown.append(shown)
                taken = len(shown) or 1
            rest = rest[taken:].lstrip(_BETWEEN)
        return Unclear(Problem.UNKNOWN, " ".join(unknown)) if unknown else _change(found, typed)

    def _corrected(self, word: str, nearest: Nearest) -> str | None:
        """Return the one word that this is a slip of; None where none or several are as near."""
        if not re.fullmatch(LETTERS, word) or len(word) < _TELLING:
            return None
        near = nearest(word, self._rhythm.slips, 1 if len(word) < _LONGER else 2)
        best = [name for name, distance in near if distance == near[0][1]]
        return best[0] if len(best) == 1 else None


@lru_cache(maxsize=8)
def nudge_reader(typed: TypedWords) -> NudgeReader:
    """Return the reader for these words, made once."""
    return NudgeReader(typed)


def _change(found: Rhythm, typed: str) -> NudgeOrder:
    if any(len(named) > 1 for named in (found.cadences, found.times, found.zones)):
        return Unclear(Problem.TWICE, typed)
    cadence = next(iter(found.cadences), None)
    days = frozenset(found.weekdays) or None
    if cadence is Cadence.DAILY and days:
        if days != WORKDAYS:
            return Unclear(Problem.DAILY_HAS_NO_DAYS, typed)
        days = None
    at, zone = next(iter(found.times), None), next(iter(found.zones), None)
    if (cadence, days, at, zone) == (None,) * 4:
        return ShowNudges()
    return ChangeNudges(cadence, days, at, zone, tuple(found.corrected))
