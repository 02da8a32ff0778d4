"""The words that members type, of every language at once, as one frozen value.

They are data: `bot/text/typed/<tag>.yaml` has those of a language. Parsers are handed the value and
know meanings only ("weekly", "monday"), never a word of a language.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bot.values import dataclass

Words = Mapping[str, tuple[str, ...]]
"""A meaning, and the phrases that stand for it, in the notation of `typed_phrases`."""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, eq=False)
class TypedWords:
    """What words mean. Each field is a section of a language's list.

    Compared and hashed by identity: parsers keep what they compiled from it.

    Attributes:
        lookup: around names: `help`, `from` and `to` in a gap, `filler` that names do not need,
            `courtesies` of a question, which say nothing about its subject, what asks for the
            `next` level, `jobs` that are called one as well as the other, `endings` of words,
            `ranks` of ladders that others have, and what stands before a `numbered` one.
        spellings: a word, and short or foreign spellings of it ("senior": "sr").
        levels: a level, and how it is said in a language that a framework does not speak.
        plurals: an ending that is left out in comparing, and longer endings that keep it.
        topics: what `/growth` can do.
        orders: what `/growth nudges` can do besides changing settings.
        rhythm: how often, and the words around it.
        weekdays: names of days.
        day_signs: what stands for a day right after a cadence or another day ("每周二").
        clock: what makes a number an hour, and parts of one.
        day_parts: which half or part of the day an hour is of.
        moments: times of day with a name.
        numbers: numbers in words.
        months: names of months, by number.
        pause: lengths, and days with a name.
        dates: how a day or a month is written.
        target_day: what stands around the day of a goal: `before` and `after` it; `beside` tells
            nothing by itself; `none` for none.
        slips: words of the rhythm that are told apart when they are misspelt.
    """

    lookup: Words
    spellings: Words
    levels: Words
    plurals: Words
    topics: Words
    orders: Words
    rhythm: Words
    weekdays: Words
    day_signs: Words
    clock: Words
    day_parts: Words
    moments: Words
    numbers: Words
    months: Words
    pause: Words
    dates: Words
    target_day: Words
    slips: Words


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NUMBERS = frozenset(map(str, range(1, 100)))
SECTIONS: Mapping[str, frozenset[str] | None] = MappingProxyType(
    {
        "lookup": _keys("help from to between next filler courtesies jobs endings ranks numbered"),
        "spellings": None,
        "levels": None,
        "plurals": None,
        "topics": _keys(
            "role goal status share team nudges pause resume stop language offer learn export "
            "forget-me help"
        ),
        "orders": _keys("pause resume stop show"),
        "rhythm": _keys("daily weekly two_weeks monthly working_days range slack_zone filler"),
        "weekdays": frozenset(_DAYS),
        "day_signs": frozenset({*_DAYS, "between", "not_before"}),
        "clock": _keys("hour minute quarter half three_quarters"),
        "day_parts": _keys("am pm night morning noon afternoon evening"),
        "moments": _keys("noon midnight"),
        "numbers": _NUMBERS,
        "months": frozenset(map(str, range(1, 13))),
        "pause": _keys(
            "lead counter day week month year tomorrow next_week next_month coming of_next_week"
        ),
        "dates": _keys("written month"),
        "target_day": _keys("before beside after none"),
        "slips": _keys("rhythm"),
    }
)
"""The sections of a list, with the meanings that each may have; None where any word may be one."""


def united(lists: Iterable[TypedWords]) -> TypedWords:
    """Return the words of all lists in one: a member may type in any language."""
    found: dict[str, dict[str, dict[str, None]]] = {name: {} for name in SECTIONS}
    for each in lists:
        for name, meanings in found.items():
            for meaning, phrases in getattr(each, name).items():
                meanings.setdefault(meaning, {}).update(dict.fromkeys(phrases))
    return TypedWords(
        **{
            name: MappingProxyType({key: tuple(phrases) for key, phrases in meanings.items()})
            for name, meanings in found.items()
        }
    )


def day_number(name: str) -> int:
    """Return the number of a weekday's meaning, Monday = 0."""
    return _DAYS.index(name)
