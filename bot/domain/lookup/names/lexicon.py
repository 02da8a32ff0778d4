"""Names as people type them: how words are compared, and what a typed name stands for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from bot.domain.lookup.names.near_names import Names
from bot.domain.lookup.names.other_forms import by_stem, stem_of
from bot.domain.text import remembered
from bot.domain.typed_words import TypedWords
from bot.values import dataclass

_CHINESE = "\u3400-\u9fff\uf900-\ufaff"
# One Chinese character, or a run of other letters and digits with the signs of "C++" and "C#".
_WORD = rf"[{_CHINESE}]|[^\W_{_CHINESE}]+[+#]*"
_WORDS = re.compile(_WORD)
_SIGNS = str.maketrans({"+": "plus", "#": "sharp"})
_APOSTROPHES = str.maketrans("", "", "'\u2018\u2019\u02bc")


class Kind(IntEnum):
    """What a name may stand for; the smaller wins where one name stands for several."""

    SKILL = 0
    GROUP = 1
    ROLE = 2
    DOMAIN = 3
    LEVEL = 4


class Ref(NamedTuple):
    """A reference into the catalogue. For a level, `key` is the level's key on any ladder.

    A named tuple, for reading a text compares and gathers dozens of them.
    """

    kind: Kind
    key: str


class Word(NamedTuple):
    """One typed word: `raw` as the person wrote it, `key` as it is compared.

    `slip` is True where `key` is what a slip in `raw` was put right to; `beside` True where that
    is sure only beside other words of one name.
    """

    raw: str
    key: str
    slip: bool = False
    beside: bool = False


class Spelling:
    """How typed words are cut and compared, by the words of all languages."""

    def __init__(self, typed: TypedWords) -> None:
        self.filler = frozenset(typed.lookup.get("filler", ()))
        self._meant = {short: word for word, each in typed.spellings.items() for short in each}
        self._plurals = tuple(typed.plurals.items())
        # Signs that spell a word together are cut out as one.
        joined = sorted((each for each in self._meant if is_chinese(each[0])), key=len)
        self.word = re.compile("|".join((*map(re.escape, reversed(joined)), _WORD)))
        self.key = remembered(65_536)(self._key)
        self.courtesies = frozenset(map(self.key, typed.lookup.get("courtesies", ())))
        self.jobs = frozenset(map(self.key, typed.lookup.get("jobs", ())))
        self._endings = tuple(sorted(typed.lookup.get("endings", ()), key=len, reverse=True))

    def stem(self, word: str) -> str:
        """Return a compared word without its endings."""
        return stem_of(word, self._endings)

    def stems(self, words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Return compared words by their stem."""
        return by_stem(words, self._endings)

    def as_written(self, words: tuple["Word", ...]) -> tuple["Word", ...] | None:
        """Return words as they are without what short ones stand for; None where none is short.

        "Dev sec ops" has no developer in it.
        """
        if self._meant.keys().isdisjoint([word.raw.lower() for word in words]):
            return None
        return tuple(Word(word.raw, self._singular(_folded(word.raw))) for word in words)

    def _key(self, raw: str) -> str:
        folded = _folded(raw)
        return self._singular(self._meant.get(folded, folded))

    def _singular(self, word: str) -> str:
        for ending, kept in self._plurals:
            if len(word) > 3 and word.endswith(ending) and not word.endswith(kept):
                return word[: -len(ending)]
        return word


@lru_cache(maxsize=8)
def spelling_of(typed: TypedWords) -> Spelling:
    """Return how these words are compared, made once."""
    return Spelling(typed)


def _composed(text: str) -> str:
    """Return `text` in one form, however wide letters are, without marks of no letter."""
    return text if text.isascii() else _normal(text)


@remembered(1_024)  # each name is read twice in a row
def _normal(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    return "".join(each for each in composed if unicodedata.category(each)[0] != "M")


def words_of(text: str, typed: TypedWords) -> tuple[Word, ...]:
    """Split text into comparable words: folded case and width, no punctuation, singular.

    Each Chinese character is a word of its own, so that names need no spaces around them.
    Filler such as "for" and "the" is dropped unless nothing else is left.
    """
    spelling = spelling_of(typed)
    found = spelling.word.findall(_composed(text).translate(_APOSTROPHES))
    words = [Word(raw, spelling.key(raw)) for raw in found]
    return tuple([word for word in words if word.key not in spelling.filler] or words)


def letters_of(name: str) -> tuple[str, ...]:
    """Return all words of a name in small letters, filler and plurals as they are written."""
    return tuple(map(_folded, _WORDS.findall(_composed(name).translate(_APOSTROPHES))))


@remembered(65_536)
def _folded(raw: str) -> str:
    """Return a word or sign in lower case, its signs spelled out."""
    return _composed(raw.casefold()).translate(_SIGNS)


def is_chinese(character: str) -> bool:
    """Tell whether a character is written without spaces around it."""
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def squeeze(words: Iterable[Word]) -> str:
    """Join words to a lookup key, so that "ML Ops", "ml-ops" and "MLOps" are one."""
    return "".join([word.key for word in words])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every name, slug, translation and alias of one catalogue revision, ready to look up.

    `exact` maps a squeezed name to what it may stand for, `own` has those names that are shown and
    no aliases; `former` those that name what something was before it moved, and nothing that is
    there now. `names` maps a kind to its squeezed names, `subjects` has those that name more than
    a level, and `words` the words that names are made of; `having` maps such a word to the subjects
    with it in a name: those shown with it before those that have it in an alias, groups before what
    is in them, then by the shortest such name. `shown` has the short words of shown names ("AI"),
    `initials` what shown names are shortened to, and `stems` the words of names by their stem.
    `most_words` is the word count of the longest name; texts are compared by the words of `typed`.
    """

    typed: TypedWords
    exact: Mapping[str, tuple[Ref, ...]]
    own: frozenset[str]
    former: frozenset[str]
    names: Mapping[Kind, Names]
    subjects: Names
    words: Names
    having: Mapping[str, tuple[Ref, ...]]
    shown: frozenset[str]
    initials: Mapping[str, tuple[Ref, ...]]
    stems: Mapping[str, tuple[str, ...]]
    most_words: int

    @property
    def spelling(self) -> Spelling:
        """How typed words are compared."""
        return spelling_of(self.typed)

    def find(self, words: tuple[Word, ...]) -> tuple[Ref, ...]:
        """Return what exactly these words stand for; empty where nothing does."""
        return self.exact.get(squeeze(words), ()) if words else ()
