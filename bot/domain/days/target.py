"""The day by which something is to be reached: typed after a goal, or chosen in a form. Pure."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.days.typed import DayReader
from bot.domain.errors import UnusableDay
from bot.domain.typed_phrases import evened, pattern_of
from bot.domain.typed_words import TypedWords
from bot.values import dataclass

FARTHEST = timedelta(days=5 * 366)
"""A day further ahead is more likely a slip than a plan."""
_EDGE = " \t,，;；:：.。"
# A phrase of these begins where a word does.
_BEGINS = r"(?<![^\W\d_])"


def usable_day(day: date, today: date) -> date:
    """Return a day that something can be planned for: from today on, within `FARTHEST`.

    Raises:
        UnusableDay: it has passed, or is too far away.
    """
    if day < today:
        raise UnusableDay(why="past", day=day.isoformat())
    if day - today > FARTHEST:
        raise UnusableDay(why="far", day=day.isoformat())
    return day


@dataclass(frozen=True, slots=True)
class Dated:
    """A text without the day that was in it. `day` is None where none was; `dropped` tells that
    it asks for none at all."""

    text: str
    day: date | None = None
    dropped: bool = False


class TargetDayReader:
    """Takes "by 31 March 2027" or “2027年3月底前” out of a text, in all languages at once."""

    def __init__(self, typed: TypedWords) -> None:
        self._days = DayReader(typed)
        words = typed.target_day
        before, beside, after = (
            pattern_of(words.get(key, ())) for key in ("before", "beside", "after")
        )
        self._none = re.compile(_BEGINS + pattern_of(words.get("none", ())), re.IGNORECASE)
        self._before = re.compile(rf"{_BEGINS}{before}\s*", re.IGNORECASE)
        self._after = re.compile(rf"\s*{after}[\s,，]*$", re.IGNORECASE)
        self._written = tuple(
            re.compile(
                rf"(?:(?P<before>{_BEGINS}{before})\s*|{beside}\s*)?(?<!\d)(?P<written>{each})(?!\d)"
                rf"(?P<after>\s*{after})?",
                re.IGNORECASE,
            )
            for each in self._days.written
        )

    def take(self, text: str, today: date) -> Dated:
        """Return the text, and the day in it.

        Args:
            text: what was typed, in one width of letters and one kind of dash.
            today: the member's local day.

        Raises:
            UnusableDay: a day was named that there is not, or cannot be planned for.
        """
        if found := self._none.search(text):
            return Dated(_without(text, found.start(), found.end()), dropped=True)
        for match, day in self._found(text, today):
            # A day within a name would be taken for one: only a word beside it, or a year, tells.
            if match["before"] or match["after"] or match.groupdict().get("year"):
                rest = _without(text, match.start(), match.end())
                return Dated(rest, usable_day(day, today))
        return self._in_words(text, today) or Dated(text)

    def _found(self, text: str, today: date) -> Iterator[tuple[re.Match[str], date]]:
        for pattern in self._written:
            for match in pattern.finditer(text):
                words = evened(match["written"]).strip()
                day = self._day(words, today, match["written"])
                if day is not None:
                    yield match, day

    def _in_words(self, text: str, today: date) -> Dated | None:
        """Read all that follows "by": "next month", “周五”. Without such a word there is no day."""
        lead = next(reversed([*self._before.finditer(text)]), None)
        ends = self._after.search(text)
        if lead is None:
            return None
        typed = text[lead.end() : ends.start() if ends else None].strip(_EDGE)
        day = self._day(evened(typed), today, typed)
        if day is None:
            raise UnusableDay(why="unclear", day=typed or lead.group().strip())
        return Dated(text[: lead.start()].strip(_EDGE), usable_day(day, today))

    def _day(self, words: str, today: date, typed: str) -> date | None:
        try:
            return self._days.read(words, today) or self._days.month_end(words, today)
        except (ValueError, OverflowError):
            raise UnusableDay(why="unclear", day=typed.strip()) from None


def _without(text: str, start: int, end: int) -> str:
    parts = (text[:start].strip(_EDGE), text[end:].strip(_EDGE))
    return " ".join(each for each in parts if each)


@lru_cache(maxsize=8)
def target_day_reader(typed: TypedWords) -> TargetDayReader:
    """Return the reader for these words, made once."""
    return TargetDayReader(typed)
