"""Which misspelling is a slip of the fingers, and may be put right aloud: see decision 0018."""

from bot.domain.lookup.names.near_names import Names, Nearest

SWAPPED = 5
DOUBLED = 6
MISSING = 8
REPLACED = 10
"""From so many letters on, in the shorter of the two words, such a slip is no other word."""
MISSING_BESIDE = 6
"""From so many on a letter may be missing where the words beside it are of the same name."""


def is_slip(typed: str, meant: str, *, replaced: bool = True, missing: int = MISSING) -> bool:
    """Tell whether `typed` is `meant` with one slip in it, and hardly a word of its own.

    The first letter is always right, and words with a digit, a sign or Chinese in them are exact
    or nothing. `replaced` False: a wrong letter is no slip here; `missing`: from how many letters
    on one that is missing or too much is.
    """
    size = min(len(typed), len(meant))
    if size < SWAPPED or typed[0] != meant[0] or not (_latin(typed) and _latin(meant)):
        return False
    if len(typed) == len(meant):
        places = [at for at in range(size) if typed[at] != meant[at]]
        if len(places) == 1:
            return replaced and size >= REPLACED
        return _swapped(typed, meant, places)
    shorter, longer = sorted((typed, meant), key=len)
    return _surplus(shorter, longer, missing)


def _latin(word: str) -> bool:
    return word.isalpha() and max(word) < "\u2e80"


def _swapped(typed: str, meant: str, places: list[int]) -> bool:
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    first, second = places
    return typed[first] == meant[second] and typed[second] == meant[first]


def _surplus(shorter: str, longer: str, missing: int) -> bool:
    """Tell whether one letter is missing or too much: sooner where it is half of a double."""
    at = next((at for at, each in enumerate(shorter) if each != longer[at]), len(shorter))
    if longer[:at] + longer[at + 1 :] != shorter:
        return False
    return len(shorter) >= (DOUBLED if longer[at] == longer[at - 1] else missing)


def one_off(typed: str, names: Names, nearest: Nearest) -> list[str]:
    """Return the names that `typed` may be a slip of: of the same first letter, and an edit off."""
    if len(typed) < SWAPPED:
        return []
    return [name for name, _ in nearest(typed, names.resembling(typed, 1), 1)]


def put_right(typed: str, names: Names, nearest: Nearest, *, replaced: bool = True) -> list[str]:
    """Return the names that `typed` is one slip away from."""
    found = one_off(typed, names, nearest)
    return [each for each in found if is_slip(typed, each, replaced=replaced)]


def spelt_nearly(typed: str, names: Names, nearest: Nearest, *, two: int) -> list[str]:
    """Return names to offer, never to show: of the same first letter, and a letter off.

    From `two` letters on two letters may be wrong.
    """
    most = 0 if len(typed) < 4 else 1 if len(typed) < two else 2
    return [name for name, _ in nearest(typed, names.resembling(typed, most), most)] if most else []
