"""The notation of typed phrases, and patterns made of it.

A blank stands for any blanks, hyphens or none; ``[again]`` may be left out; ``(a|b)`` is one of
both; ``{day}`` is a place that the reader of the phrase knows. Other signs stand for themselves.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

# Small classes only: one with a range of Chinese takes two milliseconds to compile, every time.
_LETTER = r"[^\W\d_]"
_BLANK = r"[\s_-]*"
_WORD_ENDS = rf"(?:(?<!{_LETTER})|(?!{_LETTER}))"
_JOINED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_PARTED = re.compile(rf"(?<=[^\W\d_])(?<!{_JOINED.pattern})(?={_JOINED.pattern})")
_DASHES = re.compile("[\u2010-\u2015]")
_PARTS = re.compile(r"\{(\w+)\}|([()\[\]|])|(\s+)|([^{}()\[\]|\s]+)")
_SIGNS = {"(": "(?:", "[": "(?:", ")": ")", "]": ")?", "|": "|"}
_NO_PLACES: Mapping[str, str] = {}

LETTERS = rf"{_LETTER}+"
"""A run of letters."""


class BadPhrase(ValueError):
    """A phrase is not written in the notation; the text says why."""


def evened(text: str) -> str:
    """Return text with width, case, apostrophes and kinds of dashes evened out.

    Words of scripts without blanks are parted from others: "weekly周二" has two.
    """
    folded = re.sub("[\u2018\u2019\u02bc]", "'", dashed(unicodedata.normalize("NFKC", text)))
    return _PARTED.sub(" ", folded.casefold())


def dashed(text: str) -> str:
    """Return text of the same length with one kind of dash."""
    return _DASHES.sub("-", text)


def is_joined(text: str) -> bool:
    """Tell whether there are words of a script without blanks between them: Chinese, Japanese."""
    return _JOINED.search(text) is not None


def is_plain(phrase: str) -> bool:
    """Tell whether a phrase is words alone, of a script in which slips of the fingers are seen."""
    words = re.fullmatch(rf"{LETTERS}(?: {LETTERS})*", phrase)
    return words is not None and not is_joined(phrase)


def pattern_of(phrases: Iterable[str], places: Mapping[str, str] = _NO_PLACES) -> str:
    """Return a pattern that matches any of the phrases, the longest first, up to a word's end.

    Of no phrases, it matches nothing. `places` has the pattern of each ``{place}``.

    Raises:
        BadPhrase: a phrase is empty, has an unknown place, or a bracket without its other half.
    """
    spaced: list[str] = []
    joined: list[str] = []
    for each in phrases:
        (joined if is_joined(each) else spaced).append(_compiled(each, places))
    ways = [_any_of(spaced) + _WORD_ENDS] if spaced else []
    ways += [_any_of(joined)] if joined else []
    return f"(?:{'|'.join(ways)})" if ways else r"(?!)"


def _any_of(patterns: list[str]) -> str:
    return f"(?:{'|'.join(sorted(patterns, key=len, reverse=True))})"


def _compiled(phrase: str, places: Mapping[str, str]) -> str:
    found, end = "", 0
    for part in _PARTS.finditer(phrase):
        if part.start() != end:
            break
        end = part.end()
        place, sign, blank, text = part.groups()
        if place and place not in places:
            known = ", ".join(f"{{{each}}}" for each in places) or "none"
            raise BadPhrase(f"has the place {{{place}}}; here may stand: {known}")
        found += places[place] if place else _SIGNS[sign] if sign else _text(blank, text)
    if end != len(phrase) or not found:
        raise BadPhrase("is empty" if not phrase else "has a bracket without its other half")
    try:
        nothing = re.compile(found).fullmatch("")
    except re.error:
        raise BadPhrase("has a bracket without its other half") from None
    if nothing and "{" not in phrase:
        raise BadPhrase("stands for nothing at all")
    return found


def _text(blank: str | None, text: str) -> str:
    return _BLANK if blank else re.escape(text)


@lru_cache(maxsize=4096)
def matching(phrase: str) -> re.Pattern[str]:
    """Return the compiled pattern of one phrase without places; case does not matter."""
    return re.compile(pattern_of((phrase,)), re.IGNORECASE)
