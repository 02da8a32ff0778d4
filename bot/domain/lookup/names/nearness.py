"""What is nearest to words that name nothing here: offered as choices, never shown for them."""

from collections.abc import Iterable, Iterator

from bot.domain.lookup.names.index import Index
from bot.domain.lookup.names.lexicon import Kind, Ref, Word, is_chinese, squeeze
from bot.domain.lookup.names.query import MAX_SUGGESTIONS
from bot.domain.lookup.names.slips import one_off, spelt_nearly
from bot.domain.lookup.names.spans import Span, raw_text

Kinds = frozenset[Kind]

_TELLING = 3
"""A word in the names of more subjects than this says too little to offer them by."""
_TELLING_LETTERS = 5
_TWO_OFF, _TWO_OFF_OF_SEVERAL = 8, 14
_PLAIN = 3
"""Fewer letters than this ("go", "r") are a word of many things, unless a name is shown with it."""
_START = 4
_MOST_WORDS = 20


def parts_of_names(words: tuple[Word, ...], index: Index, kinds: Kinds) -> list[Ref]:
    """Return the subjects that have each of the words in their names, the shortest name first.

    The last word may be the beginning of one ("kube"), where no name has it as a word.
    """
    key = squeeze(words)
    if all(is_chinese(word.key[0]) for word in words):
        return _containing(key, index, kinds) if len(key) > 1 else []
    *others, last = words
    whole = _having_all([[word.key] for word in words], index, kinds)
    if len(key) < _PLAIN:
        few = len(whole) <= _TELLING and not key.isdigit()
        return whole if few or key in index.lexicon.shown else []
    if others and whole:
        # Together in one name says more than here and there in several.
        # So does a name that begins with them: "content design", a content designer's.
        beginning = index.lexicon.subjects.beginning(key, _MOST_WORDS)
        wanted = {*whole, *refs_of(beginning, index, kinds)}
        together = [ref for ref in _containing(key, index, kinds) if ref in wanted]
        return together or whole
    if whole or len(last.key) < _START:
        return whole
    begun = index.lexicon.words.beginning(last.key, _MOST_WORDS)
    return _having_all([*([word.key] for word in others), begun], index, kinds)


def _having_all(keys: list[list[str]], index: Index, kinds: Kinds) -> list[Ref]:
    """Return the subjects with one of each list's words in a name."""
    having = index.lexicon.having
    found = [[ref for key in each for ref in having.get(key, ())] for each in keys]
    found.sort(key=len)
    fewest, *others = found
    wanted = [set(each) for each in others]
    refs = (ref for ref in fewest if ref.kind in kinds and all(ref in each for each in wanted))
    return list(dict.fromkeys(refs))


def _containing(key: str, index: Index, kinds: Kinds) -> list[Ref]:
    own, found = index.lexicon.own, index.lexicon.subjects.containing(key)
    # What is shown with it goes before what has it in an alias.
    names = sorted(found, key=lambda name: (name not in own, len(name)))
    return list(refs_of(names, index, kinds))


def refs_of(names: Iterable[str], index: Index, kinds: Kinds) -> Iterator[Ref]:
    """Yield what of these kinds the names stand for, each once."""
    exact = index.lexicon.exact
    found = (ref for name in names for ref in exact.get(name, ()) if ref.kind in kinds)
    return iter(dict.fromkeys(found))


def nearly_named(words: tuple[Word, ...], index: Index, kinds: Kinds) -> Iterator[Ref]:
    """Yield the subjects whose name is spelt nearly like all the words together."""
    lexicon = index.lexicon
    names = lexicon.subjects if Kind.SKILL in kinds else lexicon.names[Kind.ROLE]
    two = _TWO_OFF if len(words) == 1 else _TWO_OFF_OF_SEVERAL
    yield from refs_of(spelt_nearly(squeeze(words), names, index.nearest, two=two), index, kinds)


def nearest_to(
    spans: tuple[Span, ...], parts: Iterable[Ref], index: Index, kinds: Kinds
) -> tuple[Ref, ...]:
    """Return at most `MAX_SUGGESTIONS` subjects that the words, known and unknown, are near to.

    `parts` are those that the words are parts of the names of: where there are any, they are it.
    """
    found: dict[Ref, None] = {}
    for ref in parts or _near(spans, index, kinds):
        found[ref] = None
        if len(found) == MAX_SUGGESTIONS:
            break
    return tuple(found)


def _in_singular(words: tuple[Word, ...]) -> str:
    """Return words as typed, the last one in the singular: texts are searched for both."""
    *others, last = words
    is_plural = last.raw.lower() == f"{last.key}s"
    return raw_text((*others, last._replace(raw=last.raw[:-1]) if is_plural else last))


def _nearly_worded(words: tuple[Word, ...], index: Index, kinds: Kinds) -> Iterator[Ref]:
    """Yield what has the words in its names, where one of them is spelt nearly so: "pipline"."""
    lexicon = index.lexicon
    having, known = lexicon.having, lexicon.words
    keys = [
        [word.key] if word.key in having else one_off(word.key, known, index.nearest)
        for word in words
    ]
    if all(keys):
        yield from _having_all(keys, index, kinds)


def _in_other_forms(words: tuple[Word, ...], index: Index, kinds: Kinds) -> Iterator[Ref]:
    """Yield what has the words in its names with other endings, or a name that begins with them."""
    lexicon = index.lexicon
    stems = [lexicon.spelling.stem(word.key) for word in words]
    if all(len(word.key) >= _TELLING_LETTERS for word in words):
        yield from _having_all([list(lexicon.stems.get(stem, ())) for stem in stems], index, kinds)
    key = squeeze(words)
    if len(key) >= _TELLING_LETTERS:
        # "Front End" in one word.
        yield from refs_of(lexicon.subjects.beginning(key, _MOST_WORDS), index, kinds)


def _with_another_job(words: tuple[Word, ...], index: Index, kinds: Kinds) -> Iterator[Ref]:
    """Yield the roles, then all else, near to what is left of a job: "frontend" of a developer."""
    jobs = index.lexicon.spelling.jobs
    rest = tuple(word for word in words if word.key not in jobs)
    if rest and len(rest) < len(words):
        for some in (kinds & {Kind.ROLE}, kinds):
            yield from parts_of_names(rest, index, some)
            yield from _in_other_forms(rest, index, some)


def _near(spans: tuple[Span, ...], index: Index, kinds: Kinds) -> Iterator[Ref]:
    """Yield the likeliest first: the cheap and sure ways to be near before the others."""
    words = tuple(word for span in spans for word in span.words)
    yield from (ref for ref in index.lexicon.initials.get(squeeze(words), ()) if ref.kind in kinds)
    yield from nearly_named(words, index, kinds)
    yield from _nearly_worded(words, index, kinds)
    yield from _in_other_forms(words, index, kinds)
    yield from _with_another_job(words, index, kinds)
    yield from index.wordings.speaking_of(_in_singular(words), kinds)
    for span in spans:
        yield from span.of(kinds)
    having = index.lexicon.having
    for word in (word for span in spans if not span.refs for word in span.words):
        refs = having.get(word.key, ())
        if len(refs) <= _TELLING and len(word.key) >= _TELLING_LETTERS:
            yield from (ref for ref in refs if ref.kind in kinds)
