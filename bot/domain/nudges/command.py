"""What a member typed after `/growth nudges`: settings, a pause, an end. Nothing is guessed."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from types import MappingProxyType

from bot.domain.lookup.name_list import Nearest
from bot.domain.nudges.cadence import WORKDAYS, Cadence, NudgeSettings
from bot.domain.nudges.typed_pause import NoPause, pause_end
from bot.domain.nudges.typed_rhythm import SLACK_ZONE, SLIPS, NoSuchTime, Rhythm, take


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
        """Return the settings with what was named; who names any wants nudges from now on."""
        cadence = self.cadence or settings.cadence
        if self.cadence is None and self.weekdays and cadence is Cadence.DAILY:
            cadence = Cadence.WEEKLY
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


_ORDERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pause": ("pause", "snooze", "暂停"),
        "resume": (
            "resume",
            "unpause",
            "continue",
            "restart",
            "start",
            "on",
            "恢复",
            "继续",
            "开启",
        ),
        "stop": ("stop", "off", "end", "none", "never", "停止", "停用", "关闭", "关掉"),
        "show": ("settings", "setting", "show", "设置"),
    }
)
_NAMED = {name: order for order, names in _ORDERS.items() for name in names}
_LONG = tuple(each for each in _NAMED if each.isascii() and len(each) > 4)
_EDGE = " \t\r\n:：,，.。!！?？;；、\"'“”‘’`()"
_BETWEEN = _EDGE + "-&+/"


def evened(text: str) -> str:
    """Return typed text with width, case and kinds of dashes evened out."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\u2010-\u2015]", "-", text).strip(_EDGE)


def parse_nudges(text: str, nearest: Nearest, *, today: date, zones: Collection[str]) -> NudgeOrder:
    """Read what follows `/growth nudges`.

    Args:
        text: as typed, at most what a command may hold.
        nearest: finds words at a small edit distance.
        today: the member's local day, which a pause counts from.
        zones: the IANA names of time zones.
    """
    typed = evened(text)
    if not typed:
        return ShowNudges()
    order, rest = _order(typed, nearest)
    if order == "pause":
        return pause_of(rest, today)
    if order and rest:
        return Unclear(Problem.UNKNOWN, rest)
    match order:
        case "resume":
            return Simple.RESUME
        case "stop":
            return Simple.STOP
        case "show":
            return ShowNudges()
    return _settings(typed, nearest, {each.casefold(): each for each in zones})


def pause_of(text: str, today: date) -> PauseNudges | NoPause:
    """Read what follows `/growth pause`."""
    until = pause_end(evened(text), today)
    return until if isinstance(until, NoPause) else PauseNudges(until)


def _order(typed: str, nearest: Nearest) -> tuple[str | None, str]:
    for name, order in _NAMED.items():
        ends = r"(?![^\W_])" if name.isascii() else ""
        if found := re.match(re.escape(name) + ends, typed):
            return order, typed[found.end() :].strip(_EDGE)
    word = re.match(r"[a-z]{5,}", typed)
    near = nearest(word.group(), _LONG, 1) if word else ()
    if word and near:
        return _NAMED[near[0][0]], typed[word.end() :].strip(_EDGE)
    return None, typed


def _settings(typed: str, nearest: Nearest, zones: Mapping[str, str]) -> NudgeOrder:
    found, unknown, rest = Rhythm(), [], typed.lstrip(_BETWEEN)
    while rest:
        try:
            taken = take(rest, found, zones)
        except NoSuchTime as error:
            return Unclear(Problem.NO_SUCH_TIME, str(error))
        if not taken:
            word = re.match(r"\S+", rest)
            shown = word.group().strip(_EDGE) if word else rest
            meant = _corrected(shown, nearest)
            if meant:
                take(meant, found, zones)
                found.corrected.append((shown, meant))
            else:
                unknown.append(shown)
            taken = len(shown) or 1
        rest = rest[taken:].lstrip(_BETWEEN)
    return Unclear(Problem.UNKNOWN, " ".join(unknown)) if unknown else _change(found, typed)


def _corrected(word: str, nearest: Nearest) -> str | None:
    """Return the one word that this is a slip of; None where none or several are as near."""
    if not re.fullmatch(r"[a-z]{4,}", word):
        return None
    near = nearest(word, SLIPS, 1 if len(word) < 6 else 2)
    best = [name for name, distance in near if distance == near[0][1]]
    return best[0] if len(best) == 1 else None


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
