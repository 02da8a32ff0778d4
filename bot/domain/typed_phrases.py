"""The notation of typed phrases, and patterns made of it.

A blank stands for any blanks, hyphens or none; ``[again]`` may be left out; ``(a|b)`` is one of
both; ``{day}`` is a place that the reader of the phrase knows. Other signs stand for themselves.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_JOINED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # scripts without spaces between words
_LETTER = rf"[^\W\d_{_JOINED}]"
_BLANK = r"[\s_\-\u2010-\u2015]*"
_WORD_ENDS = rf"(?:(?<!{_LETTER})|(?!{_LETTER}))"
_PARTS = re.compile(r"\{(\w+)\}|([()\[\]|])|(\s+)|([^{}()\[\]|\s]+)")
_SIGNS = {"(": "(?:", "[": "(?:", ")": ")", "]": ")?", "|": "|"}
_NO_PLACES: Mapping[str, str] = {}

LETTERS = rf"{_LETTER}+"
"""A run of letters of scripts that put spaces between words."""


class BadPhrase(ValueError):
    """A phrase is not written in the notation; the text says why."""


def evened(text: str) -> str:
    """Return text with width, case, apostrophes and kinds of dashes evened out."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\u2010-\u2015]", "-", re.sub("[\u2018\u2019\u02bc]", "'", folded))


def is_plain(phrase: str) -> bool:
    """Tell whether a phrase is words alone, of a script in which slips of the fingers are seen."""
    return re.fullmatch(rf"{LETTERS}(?: {LETTERS})*", phrase) is not None


def pattern_of(phrases: Iterable[str], places: Mapping[str, str] = _NO_PLACES) -> str:
    """Return a pattern that matches any of the phrases, the longest first, up to a word's end.

    Of no phrases, it matches nothing. `places` has the pattern of each ``{place}``.

    Raises:
        BadPhrase: a phrase is empty, has an unknown place, or a bracket without its other half.
    """
    patterns = sorted((_compiled(each, places) for each in phrases), key=len, reverse=True)
    return f"(?:{'|'.join(patterns)})" if patterns else r"(?!)"


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
    return found + _WORD_ENDS


def _text(blank: str | None, text: str) -> str:
    return _BLANK if blank else re.escape(text)


@lru_cache(maxsize=4096)
def matching(phrase: str) -> re.Pattern[str]:
    """Return the compiled pattern of one phrase without places; case does not matter."""
    return re.compile(pattern_of((phrase,)), re.IGNORECASE)
