"""Stable keys: readable words made from names of any script, unique and the same every time."""

import re
from collections.abc import Mapping
from itertools import count

from anyascii import anyascii

from bot.formats.mapping.words import normal

MAX_KEY = 60
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_IDEOGRAPH = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff])")
_SIGNS = str.maketrans({"+": " plus ", "#": " sharp ", "&": " and ", "%": " percent ", "'": ""})
_GAPS = re.compile(r"[^a-z0-9]+")
_NAMELESS = "unnamed"


def slug(name: str) -> str:
    """Return a key for a name: ``C++`` is ``c-plus-plus``, ``机器学习`` is ``ji-qi-xue-xi``.

    Emoji beside words are left out; a name of nothing but emoji is spelled (``rocket``).
    """
    plain = "".join(char for char in name if char.isalnum() or char.isascii())
    for source in (plain, name):
        spaced = _IDEOGRAPH.sub(r" \1 ", source).translate(_SIGNS)
        key = _GAPS.sub("-", anyascii(spaced).casefold()).strip("-")
        if key:
            return _cut(key)
    return _NAMELESS


def _cut(key: str, room: int = MAX_KEY) -> str:
    if len(key) <= room:
        return key
    head, _, _ = key[: room + 1].rpartition("-")
    return (head or key[:room]).strip("-")


def assign_keys(
    names: Mapping[int, str], given: Mapping[int, str], known: Mapping[str, str]
) -> tuple[dict[int, str], list[int]]:
    """Return a key for each thing, and the things that another one with the same key was before.

    Args:
        names: name of each thing.
        given: keys that the file itself gives; they win over everything.
        known: keys that names (in normal form) had before; they win over new ones.

    The result does not depend on the order of the things.
    """
    keys: dict[int, str] = {}
    clashes: list[int] = []
    taken: set[str] = set()

    def claim(thing: int, wanted: str) -> None:
        keys[thing] = _free(wanted, taken)
        taken.add(keys[thing])
        if keys[thing] != wanted:
            clashes.append(thing)

    exact = [thing for thing in given if is_key(given[thing])]
    for thing in sorted(exact, key=given.__getitem__):
        claim(thing, given[thing])
    for thing in sorted(given.keys() - keys.keys(), key=given.__getitem__):
        claim(thing, slug(given[thing]))
    rest = sorted(names.keys() - keys.keys(), key=lambda one: (normal(names[one]), names[one]))
    for thing in rest:
        before = known.get(normal(names[thing]))
        if before is not None and before not in taken:
            claim(thing, before)
    for thing in rest:
        if thing not in keys:
            claim(thing, slug(names[thing]))
    return keys, clashes


def is_key(text: str) -> bool:
    """Whether a text may be a key as it is."""
    return len(text) <= MAX_KEY and bool(_KEY.fullmatch(text))


def _free(key: str, taken: set[str]) -> str:
    if key not in taken:
        return key
    for number in count(2):
        tail = f"-{number}"
        candidate = _cut(key, MAX_KEY - len(tail)) + tail
        if candidate not in taken:
            return candidate
    raise AssertionError("count never ends")
