"""Texts as lint compares them: words, sentences and phrases of a word list, in any language."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

# Scripts written without spaces: two neighbouring characters serve as a word.
_UNSPACED = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"))
_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "_"}
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|[。！？；\n\r\u2028\u2029]+")

ALIKE = 0.65
"""From this share of common words on, two texts are nearly the same."""
_REPEATED = 0.9
_FEW = 4
_ENOUGH = 8


def is_unspaced(character: str) -> bool:
    """Tell whether a character is of a script that is written without spaces."""
    return any(first <= character <= last for first, last in _UNSPACED)


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a word, which takes a start 2 ms to compile for its wide ranges."""
    unspaced = "".join(f"{first}-{last}" for first, last in _UNSPACED)
    return re.compile(rf"[{unspaced}]+|[^\W{unspaced}]+")


def _words(text: str) -> list[str]:
    # Most texts are plain ASCII, and for those this is five times as fast as the pattern.
    if text.isascii():
        return text.lower().translate(_SEPARATORS).split()
    return _pattern().findall(unicodedata.normalize("NFKC", text).casefold())


def normal(text: str) -> str:
    """Return words alone, in one case and width, with single spaces."""
    return " ".join(_words(text))


def word_set(text: str) -> frozenset[str]:
    """Return the distinct words of a text; of Chinese or Japanese all pairs of characters."""
    if text.isascii():
        return frozenset(_words(text))
    words: set[str] = set()
    for word in _words(text):
        if word.isascii() or not is_unspaced(word[:1]) or len(word) == 1:
            words.add(word)
        else:
            words.update(word[at : at + 2] for at in range(len(word) - 1))
    return frozenset(words)


def alike(lower: frozenset[str], upper: frozenset[str]) -> bool:
    """Tell whether two texts share nearly all their words, or `upper` repeats all of `lower`.

    Of very short texts only equal ones are alike: two of three words may well be the subject.
    """
    smaller = min(len(lower), len(upper))
    if smaller < _FEW:
        return bool(lower) and lower == upper
    common = len(lower & upper)
    if 2 * common >= ALIKE * (len(lower) + len(upper)):
        return True
    return len(lower) >= _ENOUGH and common >= _REPEATED * len(lower)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text as they are written; a line break ends one too."""
    for sentence in _SENTENCE.split(text):
        if sentence and not sentence.isspace():
            yield sentence.strip()


def size(normalised: str) -> int:
    """Return the number of words of a normalised text; two Chinese characters count as one."""
    words = normalised.split(" ") if normalised else []
    if normalised.isascii():
        return len(words)
    return sum(-(-len(word) // 2) if is_unspaced(word[:1]) else 1 for word in words)


def opening(normalised: str, words: int) -> str | None:
    """Return the first `words` words of a normalised text, or None where it is no longer."""
    if size(normalised) <= words:
        return None
    kept: list[str] = []
    room = words
    for word in normalised.split(" "):
        if room <= 0:
            break
        unspaced = is_unspaced(word[:1])
        kept.append(word[: 2 * room] if unspaced else word)
        room -= -(-len(word) // 2) if unspaced else 1
    return " ".join(kept)


Needle = tuple[str, str]
"""A phrase as it is written, and as it stands in a padded text."""


def padded(text: str) -> str:
    """Return a text as `found` wants it: its normalised words, with a space on either side."""
    return f" {normal(text)} "


@lru_cache(maxsize=1024)
def needles(phrases: tuple[str, ...]) -> tuple[Needle, ...]:
    """Return the phrases as they stand in a padded text.

    A star at the end stands for any ending. Where a phrase begins or ends with a script without
    spaces, it may stand inside of what looks like a word there.
    """
    return tuple((each, _needle(each)) for each in phrases if normal(each))


def _needle(phrase: str) -> str:
    plain = normal(phrase)
    before = "" if is_unspaced(plain[0]) else " "
    after = "" if is_unspaced(plain[-1]) or phrase.endswith("*") else " "
    return f"{before}{plain}{after}"


def found(phrases: Iterable[Needle], text: str) -> list[str]:
    """Return the phrases that stand in a padded text, without their stars."""
    return [phrase.rstrip("*") for phrase, needle in phrases if needle in text]


def any_found(phrases: Iterable[Needle], text: str) -> bool:
    """Tell whether one of the phrases stands in a padded text."""
    return any(needle in text for _, needle in phrases)
