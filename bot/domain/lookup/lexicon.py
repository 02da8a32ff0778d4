"""Names as people type them: normalisation, and the index from a typed name to catalogue values."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from bot.domain.framework import Catalogue, Level
from bot.domain.lookup.name_list import Names
from bot.domain.text import LocalText

# One Chinese character, or a run of other letters and digits with the signs of "C++" and "C#".
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+[+#]*")
_SIGNS = str.maketrans({"+": "plus", "#": "sharp"})
_APOSTROPHES = str.maketrans("", "", "'\u2018\u2019\u02bc")
_FILLER = frozenset({"a", "an", "and", "as", "at", "for", "in", "level", "of", "the", "to"})
_SPELLINGS = {
    "sr": "senior",
    "snr": "senior",
    "jr": "junior",
    "jnr": "junior",
    "mid": "middle",
    "midlevel": "middle",
    "princ": "principal",
    "eng": "engineer",
    "dev": "developer",
}


class Kind(IntEnum):
    """What a name may stand for; the smaller wins where one name stands for several."""

    SKILL = 0
    GROUP = 1
    ROLE = 2
    DOMAIN = 3
    LEVEL = 4


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A reference into the catalogue. For a level, `key` is the level's key on any ladder."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word: `raw` as the person wrote it, `key` as it is compared.

    `slip` is True where `key` is what a slip in `raw` was put right to; `beside` True where that
    is sure only beside other words of one name.
    """

    raw: str
    key: str
    slip: bool = False
    beside: bool = False


@lru_cache(maxsize=65536)
def _compare_key(raw: str) -> str:
    folded = _composed(raw.casefold()).translate(_SIGNS)
    word = _SPELLINGS.get(folded, folded)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "ops")):
        return word[:-1]
    return word


def _composed(text: str) -> str:
    """Return `text` in one form, however wide or accented letters were typed.

    A mark that no letter takes up is dropped: it would cut the word in two.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", text)
    return "".join(each for each in composed if unicodedata.category(each)[0] != "M")


def words_of(text: str) -> tuple[Word, ...]:
    """Split text into comparable words: folded case and width, no punctuation, singular.

    Each Chinese character is a word of its own, so that names need no spaces around them.
    Filler such as "for" and "the" is dropped unless nothing else is left.
    """
    found = _WORD.findall(_composed(text).translate(_APOSTROPHES))
    words = tuple(Word(raw, _compare_key(raw)) for raw in found)
    return tuple(word for word in words if word.key not in _FILLER) or words


def _spelled_out(name: str) -> str:
    """Return all letters and digits of a name in one word."""
    found = _WORD.findall(_composed(name).translate(_APOSTROPHES))
    return "".join(_composed(raw.casefold()).translate(_SIGNS) for raw in found)


def is_chinese(character: str) -> bool:
    """Tell whether a character is written without spaces around it."""
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def squeeze(words: Iterable[Word]) -> str:
    """Join words to a lookup key, so that "ML Ops", "ml-ops" and "MLOps" are one."""
    return "".join(word.key for word in words)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every name, slug, translation and alias of one catalogue revision, ready to look up.

    `exact` maps a squeezed name to what it may stand for. `names` maps a kind to its squeezed
    names, `subjects` has those that name more than a level, and `words` the words that names are
    made of; `having` maps such a word to the subjects with it in a name, those first that have it
    in the shortest name of theirs. `most_words` is the word count of the longest name.
    """

    exact: Mapping[str, tuple[Ref, ...]]
    names: Mapping[Kind, Names]
    subjects: Names
    words: Names
    having: Mapping[str, tuple[Ref, ...]]
    most_words: int

    def find(self, words: tuple[Word, ...]) -> tuple[Ref, ...]:
        """Return what exactly these words stand for; empty where nothing does."""
        return self.exact.get(squeeze(words), ()) if words else ()


def build_lexicon(catalogue: Catalogue) -> Lexicon:
    """Index every name of the catalogue once per revision."""
    exact: dict[str, dict[Ref, None]] = {}
    having: dict[str, dict[Ref, int]] = {}
    words_in: dict[str, None] = {}
    most_words = 1
    for ref, name in _names(catalogue):
        words = words_of(name)
        if words:
            most_words = max(most_words, len(words))
            # Also with its filler and plural endings, for a name written in one word.
            for key in (squeeze(words), _spelled_out(name)):
                exact.setdefault(key, {})[ref] = None
            for word in words:
                words_in[word.key] = None
                if ref.kind is not Kind.LEVEL:
                    shortest = having.setdefault(word.key, {})
                    shortest[ref] = min(shortest.get(ref, len(words)), len(words))
    found = {key: tuple(sorted(refs)) for key, refs in exact.items()}
    lexicon = Lexicon(
        exact=found,
        names={kind: _names_of(found, kind) for kind in Kind},
        subjects=Names(name for name, refs in found.items() if refs[0].kind is not Kind.LEVEL),
        words=Names(words_in),
        having={word: tuple(sorted(refs, key=refs.__getitem__)) for word, refs in having.items()},
        most_words=most_words,
    )
    for names in (lexicon.words, lexicon.subjects, *lexicon.names.values()):
        names.warm()
    return lexicon


def _names_of(exact: Mapping[str, tuple[Ref, ...]], kind: Kind) -> Names:
    return Names(key for key, refs in exact.items() if any(ref.kind is kind for ref in refs))


def _names(catalogue: Catalogue) -> Iterable[tuple[Ref, str]]:
    content = catalogue.content
    for skill in content.skills:
        yield from _spellings(Ref(Kind.SKILL, skill.key), skill.name, skill.aliases)
    for group in content.groups:
        yield from _spellings(Ref(Kind.GROUP, group.key), group.name, group.aliases)
    for role in content.roles:
        yield from _spellings(Ref(Kind.ROLE, role.key), role.name, role.aliases)
    for domain in content.domains:
        yield from _spellings(Ref(Kind.DOMAIN, domain.key), domain.name, ())
    for level in _distinct_levels(catalogue):
        yield from _spellings(Ref(Kind.LEVEL, level.key), level.name, level.aliases)


def _distinct_levels(catalogue: Catalogue) -> Iterable[Level]:
    return (level for ladder in catalogue.content.ladders for level in ladder.levels)


def _spellings(ref: Ref, name: LocalText, aliases: Iterable[str]) -> Iterable[tuple[Ref, str]]:
    for spelling in (ref.key, *name.all_languages(), *aliases):
        yield ref, spelling
