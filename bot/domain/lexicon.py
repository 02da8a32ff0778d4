"""Names as people type them: normalisation, and the index from a typed name to catalogue values."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from bot.domain.catalogue import Catalogue, Level
from bot.domain.text import LocalText

_WORD = re.compile(r"[㐀-鿿豈-﫿]|[^\W_㐀-鿿豈-﫿]+")
# Symbols that carry a name's meaning ("C++", "C#", ".NET") and must survive normalisation.
_MEANINGFUL = str.maketrans({"+": "plus", "#": "sharp"})
_FILLER = frozenset({"a", "an", "and", "as", "at", "for", "in", "level", "of", "the", "&"})
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


@lru_cache(maxsize=65536)
def _word(word: str) -> str:
    word = _SPELLINGS.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ops")):
        return word[:-1]
    return word


def words_of(text: str) -> tuple[str, ...]:
    """Split text into comparable words: folded case and width, no punctuation, singular.

    Each Chinese character is a word of its own, so that names need no spaces around them.
    Filler such as "for" and "the" is dropped unless nothing else is left.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("\u2019", "")
    words = [_word(word) for word in _WORD.findall(folded.translate(_MEANINGFUL))]
    return tuple(word for word in words if word not in _FILLER) or tuple(words)


def squeeze(words: Iterable[str]) -> str:
    """Join words to a lookup key, so that "ML Ops", "ml-ops" and "MLOps" are one."""
    return "".join(words)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every name, slug, translation and alias of one catalogue revision, ready to look up.

    `exact` maps a squeezed name to what it may stand for. `names` holds the squeezed names per
    group of kinds, for the approximate search.
    """

    exact: Mapping[str, tuple[Ref, ...]]
    subjects: tuple[str, ...]
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    longest: int

    def find(self, words: tuple[str, ...]) -> tuple[Ref, ...]:
        """Return what exactly these words stand for; empty where nothing does."""
        return self.exact.get(squeeze(words), ()) if words else ()


def build_lexicon(catalogue: Catalogue) -> Lexicon:
    """Index every name of the catalogue once per revision."""
    exact: dict[str, dict[Ref, None]] = {}
    longest = 1
    for ref, name in _names(catalogue):
        words = words_of(name)
        if words:
            longest = max(longest, len(words))
            exact.setdefault(squeeze(words), {})[ref] = None
    found = {key: tuple(sorted(refs)) for key, refs in exact.items()}
    return Lexicon(
        exact=found,
        subjects=_names_of(found, {Kind.SKILL, Kind.GROUP, Kind.ROLE, Kind.DOMAIN}),
        roles=_names_of(found, {Kind.ROLE}),
        levels=_names_of(found, {Kind.LEVEL}),
        longest=longest,
    )


def _names_of(exact: Mapping[str, tuple[Ref, ...]], kinds: set[Kind]) -> tuple[str, ...]:
    return tuple(key for key, refs in exact.items() if any(ref.kind in kinds for ref in refs))


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
