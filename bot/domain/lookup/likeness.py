"""What words may stand for that are no known name: part of one, or one spelt with slips."""

from collections.abc import Iterable, Sequence

from bot.domain.lookup.lexicon import Kind, Lexicon, Ref, Word, is_chinese, squeeze
from bot.domain.lookup.name_list import Names, Nearest, misspelt

Kinds = frozenset[Kind]


def named(words: tuple[Word, ...], lexicon: Lexicon, kinds: Kinds) -> tuple[Ref, ...]:
    """Return what of these kinds the words name exactly."""
    return tuple(ref for ref in lexicon.find(words) if ref.kind in kinds)


def like(
    words: tuple[Word, ...], lexicon: Lexicon, kinds: Kinds, nearest: Nearest
) -> tuple[Ref, ...]:
    """Return the subjects these words may stand for, best first: partial, then misspelt."""
    names = names_of(lexicon, kinds)
    found = _containing([word.key for word in words], names)
    found = found or misspelt(squeeze(words), names, nearest)
    found = found or _containing(_respelt(words, lexicon, nearest), names)
    return refs_of(found, lexicon, kinds)


def names_of(lexicon: Lexicon, kinds: Kinds) -> Names:
    """Return the names to search for a subject of these kinds."""
    return lexicon.subjects if Kind.SKILL in kinds else lexicon.names[Kind.ROLE]


def refs_of(names: Iterable[str], lexicon: Lexicon, kinds: Kinds) -> tuple[Ref, ...]:
    """Return what of these kinds the names stand for, each once."""
    found = (ref for name in names for ref in lexicon.exact[name] if ref.kind in kinds)
    return tuple(dict.fromkeys(found))


def _containing(keys: Sequence[str], names: Names) -> list[str]:
    """Return the names that contain every word, where the words say enough to search by."""
    if sum(3 if is_chinese(key[0]) else len(key) for key in keys) < 3:
        return []
    longest, *others = sorted(keys, key=len, reverse=True)
    return [name for name in names.containing(longest) if all(key in name for key in others)]


def _respelt(words: tuple[Word, ...], lexicon: Lexicon, nearest: Nearest) -> list[str]:
    """Put each word right by the words that names are made of; empty where one is like none."""
    right: list[str] = []
    for word in words:
        known = misspelt(word.key, lexicon.words, nearest) or _containing([word.key], lexicon.words)
        if not known:
            return []
        right.append(word.key if word.key in known else known[0])
    return right
