"""Indexing every name of a revision: shown names, aliases, and what both are shortened to."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import chain

from bot.domain.framework import Level
from bot.domain.lookup.names.lexicon import (
    Kind,
    Lexicon,
    Ref,
    Word,
    letters_of,
    spelling_of,
    squeeze,
    words_of,
)
from bot.domain.lookup.names.near_names import Names
from bot.domain.lookup.names.other_forms import initials_of
from bot.domain.lookup.short_titles import ShortTitles
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.domain.typed_words import TypedWords
from bot.pauses import Pause, in_turns, no_pause

# Names that are indexed in a fraction of a millisecond.
_TURN = 40
_SHORT = 3
_NARROW = frozenset({Kind.SKILL, Kind.ROLE})


def build_lexicon(catalogue: Catalogue, typed: TypedWords, pause: Pause = no_pause) -> Lexicon:
    """Index every name of the catalogue once per revision."""
    gathered = _Gathered()
    spellings = chain(_names(catalogue), _short_titles(catalogue), _former_names(catalogue))
    for ref, name, naming in in_turns(spellings, pause, every=_TURN):
        gathered.add(ref, words_of(name, typed), letters_of(name), naming)
    lexicon = gathered.lexicon(typed)
    for names in in_turns(
        (lexicon.words, lexicon.subjects, *lexicon.names.values()), pause, every=1
    ):
        names.warm()
    return lexicon


class _Naming(Enum):
    """How a spelling names something."""

    OWN = "own"
    ALIAS = "alias"
    FORMER = "former"


class _Gathered:
    """What is known of the names so far; the fields are those of `Lexicon`, as they grow."""

    def __init__(self) -> None:
        self.exact: dict[str, dict[Ref, None]] = {}
        self.having: dict[str, dict[Ref, tuple[bool, bool, int]]] = {}
        self.words: dict[str, None] = {}
        self.own: set[str] = set()
        self.own_levels: set[tuple[str, Ref]] = set()
        self.former: set[str] = set()
        self.shown: set[str] = set()
        self.initials: dict[str, dict[Ref, None]] = {}
        self.most_words = 1

    def add(
        self, ref: Ref, words: tuple[Word, ...], letters: tuple[str, ...], naming: _Naming
    ) -> None:
        # Also with its filler and plural endings, for a name written in one word.
        keys = {squeeze(words), "".join(letters)} if words else set()
        if naming is _Naming.FORMER:
            # What is there now is never meant by what has gone.
            keys = {key for key in keys if key in self.former or key not in self.exact}
            self.former |= keys
        if not keys:
            return
        self.most_words = max(self.most_words, len(words))
        for key in keys:
            self.exact.setdefault(key, {})[ref] = None
        told = naming is _Naming.OWN
        if told:
            self._add_shown(ref, words, letters)
        for word in words:
            self.words[word.key] = None
            if ref.kind is not Kind.LEVEL:
                nearest = self.having.setdefault(word.key, {})
                rank = (not told, ref.kind in _NARROW, len(words))
                nearest[ref] = min(nearest.get(ref, rank), rank)

    def _add_shown(self, ref: Ref, words: tuple[Word, ...], letters: tuple[str, ...]) -> None:
        own = squeeze(words)
        self.own.add(own)
        self.shown.update(word.key for word in words if len(word.key) < _SHORT)
        if ref.kind is not Kind.LEVEL:
            # "IaC" and "SLO" have the letters of small words too.
            keys = tuple(word.key for word in words)
            for short in chain(initials_of(keys), initials_of(letters) if letters != keys else ()):
                self.initials.setdefault(short, {})[ref] = None
        else:
            self.own_levels.add((own, ref))

    def _in_order(self, key: str, refs: Iterable[Ref]) -> tuple[Ref, ...]:
        """Return what a name stands for; a level of this name goes before one with the alias.

        "Staff" is the Staff of a ladder that has both, and the Lead of one that calls it so.
        """
        ordered = sorted(refs)
        if len(ordered) > 1 and ordered[-1].kind is Kind.LEVEL:
            ordered.sort(key=lambda ref: (ref.kind, (key, ref) not in self.own_levels))
        return tuple(ordered)

    def lexicon(self, typed: TypedWords) -> Lexicon:
        """Return what was gathered, ready to look up."""
        for key, levels in _levels_in_other_languages(self.exact, typed).items():
            self.exact.setdefault(key, levels)
        found = {key: self._in_order(key, refs) for key, refs in self.exact.items()}
        return Lexicon(
            typed=typed,
            exact=found,
            own=frozenset(self.own),
            former=frozenset(self.former),
            names={kind: _names_of(found, kind) for kind in Kind},
            subjects=Names(name for name, refs in found.items() if refs[0].kind is not Kind.LEVEL),
            words=Names(self.words),
            having={
                word: tuple(sorted(refs, key=refs.__getitem__))
                for word, refs in self.having.items()
            },
            shown=frozenset(self.shown),
            initials={short: tuple(refs) for short, refs in self.initials.items()},
            stems=spelling_of(typed).stems(self.words),
            most_words=self.most_words,
        )


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


def _short_titles(catalogue: Catalogue) -> Iterator[_Named]:
    """Yield what levels are called for short, each once for all roles: "senior"."""
    for key in catalogue.lasting(ShortTitles):
        yield Ref(Kind.LEVEL, key), key, _Naming.ALIAS


def _distinct_levels(catalogue: Catalogue) -> Iterable[Level]:
    return (level for ladder in catalogue.content.ladders for level in ladder.levels)


def _spellings(ref: Ref, name: LocalText, aliases: Iterable[str]) -> Iterator[_Named]:
    for spelling in (ref.key, *name.all_languages()):
        yield ref, spelling, _Naming.OWN
    for alias in aliases:
        yield ref, alias, _Naming.ALIAS
