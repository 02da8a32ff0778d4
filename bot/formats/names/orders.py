"""In which order levels stand, and whether that is known for sure.

Words such as Junior and Senior are ranked alike by everyone. Others are not: a vice president
stands above a director in a factory, and below one in a bank. Where they decide, the order in which
a file lists its levels is taken if something sure says that it rises (or falls); else nobody knows.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.formats.mapping.words import normal, words_of
from bot.formats.names.known_ladders import known_heights
from bot.formats.names.seniority import (
    BOARD,
    HEAD,
    MAKERS,
    MANAGERS,
    PLAIN,
    ROMAN,
    SENIORITY,
    Rank,
    level_order,
    manages,
    parts_of,
    seniority,
)
from bot.values import dataclass

_SPANS: Mapping[int, tuple[int, int]] = {
    **dict.fromkeys((2, 5, 8, 10), (1, 1)),
    18: (1, 3),
    20: (2, 2),
    PLAIN: (3, 3),
    50: (3, 3),
    60: (4, 4),
    66: (4, 6),
    70: (5, 5),
    71: (3, 7),
    75: (5, 5),
    80: (6, 7),
    85: (7, 11),
    88: (7, 11),
    HEAD: (8, 10),
    BOARD: (8, 10),
    95: (8, 11),
    97: (12, 13),
    98: (12, 13),
}
"""Between which heights a word stands, whatever the company: words that overlap are contested."""
_MANAGES = (4, 7)
# Entry and plain level of these trades, above senior in others.
_PLAIN_STAFF = words_of("nurse accountant auditor accounting attorney physician pharmacist")
# What these add, or where they stand, differs from company to company.
_CONTESTED = words_of("主管 executive group")
_NEUTRAL = MAKERS | words_of(
    "software engineering technical tech product people line level of and the semi"
)
_SOFT = words_of("grade g band class tier category group stage 等级 级")
# A depth, too, so that the word alone makes no ladder of a table.
_EXPERT = frozenset({"expert"})
_SILENT = _NEUTRAL | _EXPERT
_CODED = re.compile(r"[a-z]{1,2} ?\d{1,2}")
_FIRST = re.compile(r"([^\W\d]*) ?(\d{1,2})(?= |$)")
_NUMBERED = re.compile(r"([^\W\d]*)(\d{1,3})([a-z]?)")


@dataclass(frozen=True, slots=True)
class Order:
    """Positions of names from the lowest level to the highest; `sure` where nobody need be asked.

    Else they are the likeliest order.
    """

    positions: tuple[int, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class _Name:
    rank: Rank
    span: tuple[int, int] | None
    rest: frozenset[str]
    """Words that say nothing about height: two names are comparable where they are the same."""
    manages: bool
    suffix: str
    known: bool
    """Whether a word tells the height; else the name is taken for the plain level of its rest."""


def order_of(names: Sequence[str], role: str = "", *, rows: bool = False) -> Order:
    """Return in which order levels stand; `names` are as the file lists them.

    `rows` is whether they stand in rows, in the order of which a name that nobody knows may come
    anywhere.

    Words of `role` count as no seniority: ``Data scientist`` is the plain level of its role.
    """
    words = frozenset(normal(role).split())
    named = {word for name in names for word in normal(name).split()} if words else set()
    return _order(tuple(names), words & named, rows=rows)


@lru_cache(maxsize=4096)
def _order(names: tuple[str, ...], role: frozenset[str], *, rows: bool) -> Order:
    """Return the order of names; hundreds of roles have the same ones."""
    listed = tuple(range(len(names)))
    firm = _firm(names, role)
    below = [sum(firm(other, at) for other in listed if other != at) for at in listed]
    ranked = tuple(sorted(listed, key=lambda at: below[at]))
    if all(firm(low, high) for low, high in pairwise(ranked)):
        return Order(ranked, sure=True)
    pairs = [(low, high) for low in listed for high in listed if low < high]
    rises = any(firm(low, high) for low, high in pairs)
    falls = any(firm(high, low) for low, high in pairs)
    plain = [normal(name) for name in names]
    coded = all(map(_CODED.fullmatch, plain))
    placed = not (coded or rows) or all(
        _has_place(at, firm, listed, between=not coded) for at in listed
    )
    if coded and not placed:
        # C1 beside B3 and B4 may stand anywhere; likeliest above them.
        likely = sorted(listed, key=lambda at: (plain[at].rstrip("0123456789"), names[at]))
        return Order(tuple(likely), sure=False)
    rises, falls = rises and placed, falls and placed
    if rises and not falls and (len(names) < 3 or plain != sorted(plain)):
        return Order(listed, sure=True)
    if falls and not rises and (len(names) < 3 or plain != sorted(plain, reverse=True)):
        return Order(listed[::-1], sure=True)
    told = level_order(names, " ".join(role))
    return Order(tuple(told) if told is not None else listed, sure=False)


def _has_place(
    at: int, firm: Callable[[int, int], bool], listed: Sequence[int], *, between: bool
) -> bool:
    """Whether a name is known to be above or below another, or is listed `between` two such."""
    low, high = listed[:at], listed[at + 1 :]
    if any(firm(at, each) or firm(each, at) for each in (*low, *high)):
        return True
    return between and any(firm(a, b) or firm(b, a) for a in low for b in high)


class _firm:  # noqa: N801 - called like a function
    """Tells of two positions whether the first is below the second, in every company."""

    def __init__(self, names: Sequence[str], role: frozenset[str]) -> None:
        self._role = role
        self._names = [self._parsed(name) for name in names]
        self._steps = _steps(names)
        self._ladders = known_heights(names, self._role | MAKERS)
        self._ladders += _numbered(names)
        numbers = [each.rank[2] for each in self._names]
        self._counts = numbers == sorted(numbers)

    def __call__(self, low: int, high: int) -> bool:
        if self._steps:
            return self._steps[low] < self._steps[high]
        found = [_sign(heights[high] - heights[low]) for heights in self._ladders]
        found.append(self._by_words(self._names[low], self._names[high]))
        told = {sign for sign in found if sign}
        return told == {1}

    def _by_words(self, one: _Name, other: _Name) -> int:
        if one.span is None or other.span is None:
            return 0
        alike = one.rest == other.rest
        if one.manages == other.manages and (one.manages or one.rank[0] == other.rank[0]):
            if not alike:
                return 0
            if one.rank[:2] == other.rank[:2] and one.rest & _SOFT and not self._counts:
                return 0
            first, second = (*one.rank, one.suffix), (*other.rank, other.suffix)
            return (first < second) - (first > second)
        known = one.known and other.known
        absolute = known and max(one.span[0], other.span[0]) >= _SPANS[HEAD][0]
        if not (alike or absolute):
            return 0
        if one.span[1] < other.span[0]:
            return 1
        return -1 if other.span[1] < one.span[0] else 0

    def _parsed(self, name: str) -> _Name:
        words = parts_of(name)
        own = [word for word in words if word not in self._role]
        rank = seniority(name, set(self._role))
        if rank is None and _EXPERT & set(own):
            rank = (SENIORITY["staff"], 0, 0)
        known = rank is not None
        rank = rank or (PLAIN, 0, 0)
        rest: set[str] = set()
        suffix = ""
        for word in own:
            code = _NUMBERED.fullmatch(word)
            if code:
                rest |= {code[1]} - {""}
                suffix = code[3]
            elif word not in SENIORITY and word not in ROMAN and word not in _SILENT:
                rest.add(word)
        leads = manages(words)
        span = None if set(own) & _CONTESTED else _span(rank, own, leads=leads)
        return _Name(rank, span, frozenset(rest) - MANAGERS, leads, suffix, known)


def _span(rank: Rank, words: Sequence[str], *, leads: bool) -> tuple[int, int] | None:
    if leads and rank[0] < HEAD:
        return _MANAGES
    if "staff" in words and _PLAIN_STAFF & set(words):
        return None
    if "chief" in words and not {"officer", "of"} & set(words):
        return None
    return _SPANS.get(rank[0])


def _steps(names: Sequence[str]) -> list[tuple[int, ...]]:
    """Return the numbers of names that differ by several of them alone: T2-1, L3.1; else none.

    Grades may count down, unless they are listed as they count up.
    """
    parts = [re.split(r"(\d{1,2})", normal(name)) for name in names]
    steps = [tuple(map(int, each[1::2])) for each in parts]
    alike = len({tuple(each[::2]) for each in parts}) == 1
    if not alike or len(steps) < 2 or len(steps[0]) < 2 or len(set(steps)) < len(steps):
        return []
    soft = not _SOFT.isdisjoint(normal(names[0]).split())
    return steps if not soft or steps == sorted(steps) else []


def _numbered(names: Sequence[str]) -> list[list[int]]:
    """Return the numbers of names such as ``Level 2 - Doing``, if each has one, and they count up.

    Where they count down, it may be that the first is the highest.
    """
    found = [_FIRST.match(normal(name)) for name in names]
    heads = {match[1] for match in found if match}
    numbers = [int(match[2]) for match in found if match]
    whole = len(numbers) == len(names) == len(set(numbers)) and len(heads) == 1
    return [numbers] if whole and numbers == sorted(numbers) else []


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
