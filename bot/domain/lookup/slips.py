"""Which misspelling is a slip of the fingers, and may be put right aloud: see decision 0018."""

from collections.abc import Iterable, Iterator

from bot.domain.lookup.name_list import Names, Nearest

SWAPPED = 5
DOUBLED = 6
MISSING = 8
REPLACED = 10
"""From so many letters on, in the shorter of the two words, such a slip is no other word."""


def is_slip(typed: str, meant: str, *, replaced: bool = True) -> bool:
    """Tell whether `typed` is `meant` with one slip in it, and hardly a word of its own.

    The first letter is always right, and words with a digit, a sign or Chinese in them are exact
    or nothing. `replaced` False: a wrong letter is no slip here.
    """
    size = min(len(typed), len(meant))
    if size < SWAPPED or typed[0] != meant[0] or not (_latin(typed) and _latin(meant)):
        return False
    if len(typed) == len(meant):
        places = [at for at in range(size) if typed[at] != meant[at]]
        if len(places) == 1:
            return replaced and size >= REPLACED
        return _swapped(typed, meant, places)
    return _surplus(*sorted((typed, meant), key=len))


def _latin(word: str) -> bool:
    return word.isalpha() and word < "\u2e80"


def _swapped(typed: str, meant: str, places: list[int]) -> bool:
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    first, second = places
    return typed[first] == meant[second] and typed[second] == meant[first]


def _surplus(shorter: str, longer: str) -> bool:
    """Tell whether one letter is missing or too much: sooner where it is half of a double."""
    at = next((at for at, each in enumerate(shorter) if each != longer[at]), len(shorter))
    if longer[:at] + longer[at + 1 :] != shorter:
        return False
    return len(shorter) >= (DOUBLED if longer[at] == longer[at - 1] else MISSING)


def put_right(typed: str, names: Names, nearest: Nearest, *, replaced: bool = True) -> list[str]:
    """Return the names that `typed` is one slip away from."""
    if len(typed) < SWAPPED:
        return []
    near = nearest(typed, names.resembling(typed, 1), 1)
    return [name for name, _ in near if is_slip(typed, name, replaced=replaced)]


def spelt_nearly(typed: str, names: Names, nearest: Nearest) -> Iterable[str]:
    """Return names to offer, never to show: of the same first letter, one or two letters off."""
    most = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    return _names(typed, names, nearest, most) if most else ()


def _names(typed: str, names: Names, nearest: Nearest, most: int) -> Iterator[str]:
    for name, _ in nearest(typed, names.resembling(typed, most), most):
        yield name
