"""Names in another form: shortened to initials ("SRE", "ML engineer"), or with another ending.

They are near things, offered and never shown: initials and stems are shared by many words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

_STEM = 4
"""An ending is taken off where so many letters are left."""
_STEM_OF_STEM = 5


def initials_of(words: Sequence[str]) -> Iterator[str]:
    """Yield how a name of several words is shortened: all of it first, then its beginning.

    "Machine Learning Engineer" is "mle", "ml" and "mlengineer". What has other than Latin letters
    has no initials.
    """
    if len(words) < 2 or not all(word.isascii() and word[0].isalpha() for word in words):
        return
    for size in range(len(words), 1, -1):
        first = "".join(word[0] for word in words[:size])
        yield first
        if size < len(words):
            yield first + "".join(words[size:])


def stem_of(word: str, endings: Iterable[str]) -> str:
    """Return a word without its ending, and without the one before it: "mentorship" is "mentor".

    `endings` stand in the order in which they are tried.
    """
    for least in (_STEM, _STEM_OF_STEM):
        for ending in endings:
            if len(word) - len(ending) >= least and word.endswith(ending):
                word = word[: -len(ending)]
                break
    return word


def by_stem(words: Iterable[str], endings: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the words of Latin letters among them, by their stem."""
    found: dict[str, list[str]] = {}
    for word in words:
        if word.isascii() and word.isalpha():
            found.setdefault(stem_of(word, endings), []).append(word)
    return {stem: tuple(each) for stem, each in found.items()}
