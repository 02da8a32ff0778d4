"""Names as people type them: normalisation, and the index from a typed name to catalogue values."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, IntEnum
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from bot.domain.framework import Level
from bot.domain.lookup.names.near_names import Names
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText, remembered
from bot.domain.typed_words import TypedWords
from bot.pauses import Pause, in_turns, no_pause
from bot.values import dataclass

_CHINESE = "\u3400-\u9fff\uf900-\ufaff"
# One Chinese character, or a run of other letters and digits with the signs of "C++" and "C#".
_WORD = rf"[{_CHINESE}]|[^\W_{_CHINESE}]+[+#]*"
_WORDS = re.compile(_WORD)
# Names that are indexed in a fraction of a millisecond.
_TURN = 40
_SHORT = 3
_SIGNS = str.maketrans({"+": "plus", "#": "sharp"})
_APOSTROPHES = str.maketrans("", "", "'\u2018\u2019\u02bc")


class Kind(IntEnum):
    """What a name may stand for; the smaller wins where one name stands for several."""

    SKILL = 0
    GROUP = 1
    ROLE = 2
    DOMAIN = 3
    LEVEL = 4


_NARROW = frozenset({Kind.SKILL, Kind.ROLE})


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

    def _key(self, raw: str) -> str:
        folded = _folded(raw)
        word = self._meant.get(folded, folded)
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


def _spelled_out(name: str) -> str:
    """Return all letters and digits of a name in one word."""
    return "".join(map(_folded, _WORDS.findall(_composed(name).translate(_APOSTROPHES))))


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
    is in them, then by the shortest such name. `shown` has the short words of shown names ("AI").
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
    most_words: int

    @property
    def spelling(self) -> Spelling:
        """How typed words are compared."""
        return spelling_of(self.typed)

    def find(self, words: tuple[Word, ...]) -> tuple[Ref, ...]:
        """Return what exactly these words stand for; empty where nothing does."""
        return self.exact.get(squeeze(words), ()) if words else ()


def build_lexicon(catalogue: Catalogue, typed: TypedWords, pause: Pause = no_pause) -> Lexicon:
    """Index every name of the catalogue once per revision."""
    exact: dict[str, dict[Ref, None]] = {}
    having: dict[str, dict[Ref, tuple[bool, bool, int]]] = {}
    words_in: dict[str, None] = {}
    own: set[str] = set()
    former: set[str] = set()
    shown: set[str] = set()
    most_words = 1
    spellings = chain(_names(catalogue), _former_names(catalogue))
    for ref, name, kind in in_turns(spellings, pause, every=_TURN):
        words = words_of(name, typed)
        # Also with its filler and plural endings, for a name written in one word.
        keys = {squeeze(words), _spelled_out(name)} if words else set()
        if kind is _Naming.FORMER:
            # What is there now is never meant by what has gone.
            keys = {key for key in keys if key in former or key not in exact}
            former |= keys
        if keys:
            most_words = max(most_words, len(words))
            for key in keys:
                exact.setdefault(key, {})[ref] = None
            told = kind is _Naming.OWN
            if told:
                own.add(squeeze(words))
                shown.update(word.key for word in words if len(word.key) < _SHORT)
            for word in words:
                words_in[word.key] = None
                if ref.kind is not Kind.LEVEL:
                    nearest = having.setdefault(word.key, {})
                    rank = (not told, ref.kind in _NARROW, len(words))
                    nearest[ref] = min(nearest.get(ref, rank), rank)
    for key, refs in _levels_in_other_languages(exact, typed).items():
        exact.setdefault(key, refs)
    found = {key: tuple(sorted(refs)) for key, refs in exact.items()}
    lexicon = Lexicon(
        typed=typed,
        exact=found,
        own=frozenset(own),
        former=frozenset(former),
        names={kind: _names_of(found, kind) for kind in Kind},
        subjects=Names(name for name, refs in found.items() if refs[0].kind is not Kind.LEVEL),
        words=Names(words_in),
        having={word: tuple(sorted(refs, key=refs.__getitem__)) for word, refs in having.items()},
        shown=frozenset(shown),
        most_words=most_words,
    )
    for names in in_turns(
        (lexicon.words, lexicon.subjects, *lexicon.names.values()), pause, every=1
    ):
        names.warm()
    return lexicon


def _levels_in_other_languages(
    exact: Mapping[str, Mapping[Ref, None]], typed: TypedWords
) -> dict[str, dict[Ref, None]]:
    """Return how levels are said in a language that the framework does not speak: “高级”."""
    found: dict[str, dict[Ref, None]] = {}
    for meaning, spellings in typed.levels.items():
        named = exact.get(squeeze(words_of(meaning, typed)), {})
        levels = {ref: None for ref in named if ref.kind is Kind.LEVEL}
        if levels:
            found |= {squeeze(words_of(each, typed)): levels for each in spellings}
    return found


def _names_of(exact: Mapping[str, tuple[Ref, ...]], kind: Kind) -> Names:
    return Names(key for key, refs in exact.items() if any(ref.kind is kind for ref in refs))


class _Naming(Enum):
    """How a spelling names something."""

    OWN = "own"
    ALIAS = "alias"
    FORMER = "former"


_Named = tuple[Ref, str, _Naming]


def _former_names(catalogue: Catalogue) -> Iterator[_Named]:
    """Yield how things were called that took others' places, with what stands there now."""
    moves = catalogue.moves
    led = (
        *((("role", old), Ref(Kind.ROLE, new)) for old, new in moves.roles.items()),
        *((("rung", *old), Ref(Kind.LEVEL, new[1])) for old, new in moves.rungs.items()),
        *((("skill", old), Ref(Kind.SKILL, new)) for old, new in moves.skills.items()),
    )
    there = {level.key for level in _distinct_levels(catalogue)}
    for place, ref in led:
        known = {
            Kind.ROLE: catalogue.role(ref.key) is not None,
            Kind.SKILL: catalogue.skill(ref.key) is not None,
            Kind.LEVEL: ref.key in there,
        }
        if known[ref.kind]:
            for spelling in (place[-1], *moves.names.get(place, ())):
                yield ref, spelling, _Naming.FORMER


def _names(catalogue: Catalogue) -> Iterator[_Named]:
    """Yield each spelling with what it stands for, and how it names that."""
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


def _spellings(ref: Ref, name: LocalText, aliases: Iterable[str]) -> Iterator[_Named]:
    for spelling in (ref.key, *name.all_languages()):
        yield ref, spelling, _Naming.OWN
    for alias in aliases:
        yield ref, alias, _Naming.ALIAS
