"""How long a pause is: "2w", "until 7 December", “到下周一”, as the day on which it ends. Pure."""

import re
from datetime import date, timedelta
from enum import Enum

from bot.domain.days.typed import DayReader
from bot.domain.typed_phrases import pattern_of
from bot.domain.typed_words import TypedWords
from bot.values import dataclass

LONGEST = timedelta(days=366)


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


class PauseReader:
    """Reads how long a pause is."""

    def __init__(self, typed: TypedWords) -> None:
        self._lead = re.compile(rf"{pattern_of(typed.pause.get('lead', ()))}\s*")
        self._days = DayReader(typed)

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
            day = self._days.read(words, today)
        except (OverflowError, ValueError):
            too_long = self._days.begins_with_length(words)
            return NoPause(PauseProblem.TOO_LONG if too_long else PauseProblem.UNCLEAR, typed)
        if day is None:
            return NoPause(PauseProblem.UNCLEAR, typed)
        if day <= today:
            return NoPause(PauseProblem.NOT_AHEAD, typed)
        return day if day - today <= LONGEST else NoPause(PauseProblem.TOO_LONG, typed)
