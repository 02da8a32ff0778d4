"""Names of weekdays as they are typed; Monday = 0."""

import re

from bot.domain.typed_phrases import pattern_of
from bot.domain.typed_words import TypedWords, day_number


class Week:
    """The days by all their names.

    `name` is a pattern for one day; `sign` for what stands for a day right after a cadence or
    another day, as “二” in “每周二”.
    """

    def __init__(self, typed: TypedWords) -> None:
        signs = {day: each for day, each in typed.day_signs.items() if day in typed.weekdays}
        self._days = tuple(
            (re.compile(pattern_of((*phrases, *signs.get(day, ())))), day_number(day))
            for day, phrases in typed.weekdays.items()
        )
        self.name = pattern_of(each for phrases in typed.weekdays.values() for each in phrases)
        self.sign = pattern_of(each for phrases in signs.values() for each in phrases)

    def number(self, name: str) -> int:
        """Return the weekday of a text that `name` or `sign` matches."""
        return next(number for pattern, number in self._days if pattern.fullmatch(name))
