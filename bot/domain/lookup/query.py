"""What a member meant: from typed text to references into the catalogue.

The text is cut into neighbouring spans, and each span is matched to a name: exactly where
possible, else approximately. Nothing is guessed silently: every approximate match is reported as
a `Correction`, several equally good ones as `Choices`, and words without a meaning as `ignored`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.errors import QueryTooLong
from bot.domain.lookup.lexicon import Kind, Lexicon, Ref, Word, is_chinese, squeeze, words_of
from bot.domain.lookup.likeness import like, named, names_of, refs_of
from bot.domain.lookup.name_list import Nearest, misspelt

MAX_TEXT = 300
MAX_CHOICES = 25
MAX_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Correction:
    """An approximate match: the person typed `typed` and gets `ref`."""

    typed: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Query:
    """A resolved text. `level_keys` has several where ladders give one name different keys."""

    subject: Ref | None = None
    role_key: str | None = None
    level_keys: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """`typed` may mean any of `options`; `query` holds what else was understood."""

    typed: str
    options: tuple[Ref, ...]
    query: Query = field(default_factory=Query)


@dataclass(frozen=True, slots=True)
class NotFound:
    """`typed` means nothing here; `suggestions` are the nearest names, perhaps none."""

    typed: str
    suggestions: tuple[Ref, ...]
    query: Query = field(default_factory=Query)


Resolution = Query | Choices | NotFound


@dataclass(frozen=True, slots=True)
class Grammar:
    """Which kinds a command's subject may have, and whether a role may narrow it down."""

    subjects: frozenset[Kind]
    narrowing_role: bool


SKILL_GRAMMAR = Grammar(frozenset({Kind.SKILL, Kind.GROUP, Kind.ROLE, Kind.DOMAIN}), True)
ROLE_GRAMMAR = Grammar(frozenset({Kind.ROLE}), False)


@dataclass(frozen=True, slots=True)
class _Span:
    words: tuple[Word, ...]
    refs: tuple[Ref, ...]

    @property
    def typed(self) -> str:
        return raw_text(self.words)


def raw_text(words: Sequence[Word]) -> str:
    """Join words as the person wrote them; Chinese characters stand without spaces."""
    text = ""
    for word in words:
        together = not text or (is_chinese(text[-1]) and is_chinese(word.raw[0]))
        text += word.raw if together else f" {word.raw}"
    return text


def resolve(text: str, lexicon: Lexicon, grammar: Grammar, nearest: Nearest) -> Resolution:
    """Resolve what was typed after a command.

    Empty text gives an empty `Query`. The same text always gives the same answer, whatever its
    case, spacing, punctuation and quotes.

    Raises:
        QueryTooLong: more than `MAX_TEXT` characters.
    """
    if len(text) > MAX_TEXT:
        raise QueryTooLong(limit=MAX_TEXT)
    words = words_of(text, lexicon.typed)
    if not words:
        return Query() if not text.strip() else NotFound(text.strip(), ())
    return (
        _exactly(words, lexicon, grammar)
        or _nearly(words, lexicon, grammar, nearest)
        or _partly(words, lexicon, grammar)
        or _leaving_out(words, lexicon, grammar, nearest)
        or _not_found(words, lexicon, grammar, nearest)
    )


def _exactly(words: tuple[Word, ...], lexicon: Lexicon, grammar: Grammar) -> Resolution | None:
    for parts in range(1, 4):
        for spans in _cuts(words, parts, lexicon):
            found = _assign(spans, grammar)
            if found is not None:
                return found
    return None


def _cuts(words: tuple[Word, ...], parts: int, lexicon: Lexicon) -> Iterator[tuple[_Span, ...]]:
    """Yield the ways to cut `words` into `parts` known names, longest first name first."""
    if parts == 1:
        refs = lexicon.find(words)
        if refs:
            yield (_Span(words, refs),)
        return
    for size in range(min(len(words) - parts + 1, lexicon.most_words), 0, -1):
        refs = lexicon.find(words[:size])
        if refs:
            for rest in _cuts(words[size:], parts - 1, lexicon):
                yield (_Span(words[:size], refs), *rest)


def _assign(spans: tuple[_Span, ...], grammar: Grammar) -> Resolution | None:
    """Give each span a part to play: subject, narrowing role, level. None where they clash."""
    for subject in (*range(len(spans)), None):
        for level in (None, *range(len(spans) - 1, -1, -1)):
            rest = [place for place in range(len(spans)) if place not in (subject, level)]
            if level is not None and level == subject:
                continue
            found = _play(spans, subject, level, rest, grammar)
            if found is not None:
                return found
    return None


def _play(
    spans: tuple[_Span, ...],
    subject: int | None,
    level: int | None,
    rest: list[int],
    grammar: Grammar,
) -> Resolution | None:
    if len(rest) > (1 if grammar.narrowing_role and subject is not None else 0):
        return None
    query = Query()
    if level is not None:
        keys = tuple(ref.key for ref in spans[level].refs if ref.kind is Kind.LEVEL)
        if not keys:
            return None
        query = replace(query, level_keys=keys)
    if rest:
        span = spans[rest[0]]
        roles = [ref for ref in span.refs if ref.kind is Kind.ROLE]
        if not roles:
            return None
        query = _with(query, roles, span.words)
    if subject is None:
        return query
    return _subject(spans[subject], query, grammar)


def _subject(span: _Span, query: Query, grammar: Grammar) -> Resolution | None:
    refs = tuple(ref for ref in span.refs if ref.kind in grammar.subjects)
    if query.role_key is not None:
        refs = tuple(ref for ref in refs if ref.kind is not Kind.ROLE)
    if not refs:
        return None
    if len(refs) > 1:
        return Choices(span.typed, refs[:MAX_CHOICES], query)
    return replace(query, subject=refs[0])


def _nearly(
    words: tuple[Word, ...], lexicon: Lexicon, grammar: Grammar, nearest: Nearest
) -> Resolution | None:
    """Match approximately: a partial or misspelt subject beside a known or misspelt level."""
    slip = _slip(words, lexicon, grammar, nearest)
    if slip:
        return slip
    strange: set[tuple[Word, ...]] = set()
    for frame, typed in _frames(words, lexicon, grammar, nearest):
        if not typed:
            return frame
        found = named(typed, lexicon, grammar.subjects)
        if len(found) == 1:
            return replace(frame, subject=found[0])
        if not found and typed not in strange:
            found = like(typed, lexicon, grammar.subjects, nearest)
        if len(found) == 1:
            correction = Correction(raw_text(typed), found[0])
            return replace(frame, subject=found[0], corrections=(correction, *frame.corrections))
        if found:
            return Choices(raw_text(typed), found[:MAX_CHOICES], frame)
        strange.add(typed)
    return _level_alone(words, lexicon, nearest)


def _slip(
    words: tuple[Word, ...], lexicon: Lexicon, grammar: Grammar, nearest: Nearest
) -> Query | None:
    """Match a name of several words with one slip, before a shorter name that is a part of it."""
    names = names_of(lexicon, grammar.subjects)
    for frame, typed in _peeled(Query(), words, Kind.LEVEL, lexicon, nearest):
        if len(typed) < 2 or lexicon.find(typed):
            continue
        whole = squeeze(typed)
        near = nearest(whole, names.about(len(whole), 1), 1)
        refs = refs_of((name for name, _ in near), lexicon, grammar.subjects)
        if len(refs) == 1:
            correction = Correction(raw_text(typed), refs[0])
            return replace(frame, subject=refs[0], corrections=(correction, *frame.corrections))
    return None


def _level_alone(words: tuple[Word, ...], lexicon: Lexicon, nearest: Nearest) -> Query | None:
    names = misspelt(squeeze(words), lexicon.names[Kind.LEVEL], nearest)[:1]
    keys = [ref for name in names for ref in lexicon.exact[name] if ref.kind is Kind.LEVEL]
    return _with(Query(), keys, words, corrected=True) if keys else None


def _frames(
    words: tuple[Word, ...], lexicon: Lexicon, grammar: Grammar, nearest: Nearest
) -> Iterator[tuple[Query, tuple[Word, ...]]]:
    """Yield (level and role understood at the ends, in any order, words left for the subject)."""
    if not grammar.narrowing_role:
        yield from _peeled(Query(), words, Kind.LEVEL, lexicon, nearest)
        return
    for outer, inner in ((Kind.LEVEL, Kind.ROLE), (Kind.ROLE, Kind.LEVEL)):
        for query, rest in _peeled(Query(), words, outer, lexicon, nearest):
            yield from _peeled(query, rest, inner, lexicon, nearest)


def _peeled(
    query: Query, words: tuple[Word, ...], kind: Kind, lexicon: Lexicon, nearest: Nearest
) -> Iterator[tuple[Query, tuple[Word, ...]]]:
    """Take a name of `kind` off the end or start: known names first, then none, then misspelt."""
    # One word more than any name has, for a name that a slip cut in two.
    sizes = range(min(lexicon.longest[kind] + 1, len(words) - 1), 0, -1)
    ends = [(words[-size:], words[:-size]) for size in sizes]
    ends += [(words[:size], words[size:]) for size in sizes]
    for span, rest in ends:
        keys = [ref for ref in lexicon.find(span) if ref.kind is kind]
        if keys:
            yield _with(query, keys, span), rest
    yield query, words
    for span, rest in ends:
        names = misspelt(squeeze(span), lexicon.names[kind], nearest)[:1]
        keys = [ref for name in names for ref in lexicon.exact[name] if ref.kind is kind]
        if keys and not lexicon.find(span):
            yield _with(query, keys, span, corrected=True), rest


def _with(
    query: Query, refs: Sequence[Ref], span: tuple[Word, ...], *, corrected: bool = False
) -> Query:
    """Add a level or a role to what was understood; a choice among several roles is reported."""
    levels = refs[0].kind is Kind.LEVEL
    if corrected or (len(refs) > 1 and not levels):
        corrections = (*query.corrections, Correction(raw_text(span), refs[0]))
        query = replace(query, corrections=corrections)
    if levels:
        return replace(query, level_keys=tuple(ref.key for ref in refs))
    return replace(query, role_key=refs[0].key)


def _partly(words: tuple[Word, ...], lexicon: Lexicon, grammar: Grammar) -> Resolution | None:
    """Understand the longest known names and report the other words as ignored."""
    spans: list[_Span] = []
    ignored: list[str] = []
    start = 0
    while start < len(words):
        sizes = range(min(lexicon.most_words, len(words) - start), 0, -1)
        size = next((size for size in sizes if lexicon.find(words[start : start + size])), 0)
        if size:
            span = words[start : start + size]
            spans.append(_Span(span, lexicon.find(span)))
        else:
            ignored.append(words[start].raw)
        start += size or 1
    if not 1 <= len(spans) <= 3 or len(ignored) > len(words) // 2:
        return None
    return _ignoring(ignored, _assign(tuple(spans), grammar))


def _leaving_out(
    words: tuple[Word, ...], lexicon: Lexicon, grammar: Grammar, nearest: Nearest
) -> Resolution | None:
    """Match approximately without the words that are like no word of any name."""
    vocabulary = frozenset(lexicon.words)
    known = tuple(
        word
        for word in words
        if word.key in vocabulary
        or lexicon.find((word,))
        or misspelt(word.key, lexicon.words, nearest)
    )
    ignored = [word.raw for word in words if word not in known]
    if not ignored or len(ignored) > len(words) // 2:
        return None
    return _ignoring(ignored, _nearly(known, lexicon, grammar, nearest))


def _ignoring(ignored: list[str], found: Resolution | None) -> Resolution | None:
    """Report the words left out; without them a subject must have been found."""
    if isinstance(found, Choices):
        return replace(found, query=replace(found.query, ignored=tuple(ignored)))
    if isinstance(found, Query) and found.subject is not None:
        return replace(found, ignored=tuple(ignored))
    return None


def _not_found(
    words: tuple[Word, ...], lexicon: Lexicon, grammar: Grammar, nearest: Nearest
) -> NotFound:
    """Keep a level that was understood, and offer the nearest names to what was not."""
    frame, rest = next(_frames(words, lexicon, grammar, nearest))
    typed = squeeze(rest)
    near = nearest(typed, names_of(lexicon, grammar.subjects), len(typed) // 2)
    refs = refs_of((name for name, _ in near), lexicon, grammar.subjects)
    return NotFound(raw_text(rest), refs[:MAX_SUGGESTIONS], frame)
