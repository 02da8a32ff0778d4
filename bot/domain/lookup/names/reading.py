"""Reading what a member typed: exactly, or with slips put right aloud; else it is asked.

Only a name opens a card. A part of a name, words beside a name that may change its meaning, and
words that name nothing are answered with what is nearest: see decision 0018.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice, product

from bot.domain.errors import QueryTooLong
from bot.domain.lookup.names.index import Index
from bot.domain.lookup.names.lexicon import Kind, Word, squeeze, words_of
from bot.domain.lookup.names.nearness import nearest_to, nearly_named, parts_of_names
from bot.domain.lookup.names.query import (
    MAX_SUGGESTIONS,
    MAX_TEXT,
    Choices,
    Correction,
    Grammar,
    NotFound,
    Query,
    Resolution,
)
from bot.domain.lookup.names.ranks import is_code, is_step, rank_taken_off
from bot.domain.lookup.names.slips import MISSING_BESIDE, is_slip, one_off, put_right
from bot.domain.lookup.names.spans import (
    Span,
    assign,
    known_spans,
    raw_text,
    understood,
    with_part,
    within_name,
)

_MOST_READINGS = 8
_SHORT = 2
_LEVELS = frozenset({Kind.LEVEL})
_ROLES = frozenset({Kind.ROLE})
Words = tuple[Word, ...]
Meanings = Mapping[Word, Words]
"""What a word may be: itself where it is known, else what it may be a slip of, else itself."""


def resolve(text: str, index: Index, grammar: Grammar) -> Resolution:
    """Resolve what was typed after a command.

    Empty text gives an empty `Query`. The same text always gives the same answer, whatever its
    case, spacing, punctuation and quotes.

    Raises:
        QueryTooLong: more than `MAX_TEXT` characters.
    """
    if len(text) > MAX_TEXT:
        raise QueryTooLong(limit=MAX_TEXT)
    words = words_of(text, index.lexicon.typed)
    if not words:
        return Query() if not text.strip() else NotFound(text.strip(), ())
    written = index.lexicon.spelling.as_written(words)
    if written and index.lexicon.find(written):
        words = written
    found = understood(words, index.lexicon, grammar) or within_name(words, index.lexicon, grammar)
    if found is not None:
        return found

    meanings = {word: _meanings(word, index) for word in words}
    sure = _with_slips(words, meanings, index, grammar) or _without_courtesies(
        words, meanings, index, grammar
    )
    if sure is not None:
        return sure
    ranked = _with_strange_rank(text, index, grammar)
    if ranked is not None:
        return ranked
    kept = _kept(words, index)
    if not kept and grammar.narrowing_role:
        # "What can you do?" asks for everything.
        return Query(ignored=(raw_text(words),))
    asked = _asked(kept or words, meanings, index, grammar)
    return _as_typed(asked, text, index)


def _as_typed(asked: Resolution, text: str, index: Index) -> Resolution:
    """Call what is asked about as it was typed: 能 is a part of 人工智能, and 技 of 技术管理."""
    if isinstance(asked, Query):
        return asked
    typed = asked.typed
    begins, courtesies = text.find(typed), index.lexicon.spelling.courtesies
    if begins < 0 or not typed or typed[-1].isascii():
        return asked
    end = begins + len(typed)
    if begins == 1 and text[0] in courtesies and not typed[0].isascii():
        begins = 0
    while end < len(text) and not text[end].isascii() and text[end] in courtesies:
        end += 1
    return replace(asked, typed=text[begins:end])


def _with_slips(
    words: Words, meanings: Meanings, index: Index, grammar: Grammar
) -> Resolution | None:
    """Understand words after putting slips right; what may be a slip of several names is asked."""
    # Each unknown word as the known ones that it may be a slip of.
    readings = islice(product(*[meanings[word] for word in words]), _MOST_READINGS)
    found = [understood(each, index.lexicon, grammar) for each in readings if each != words]
    queries = list(dict.fromkeys(each for each in found if isinstance(each, Query)))
    if len({(each.subject, each.role_key, each.level_keys) for each in queries}) > 1:
        subjects = tuple(dict.fromkeys(each.subject for each in queries if each.subject))
        if len(subjects) > 1:
            return Choices(raw_text(words), subjects[:MAX_SUGGESTIONS])
        return None
    return next(iter(queries), None) or next((each for each in found if each), None)


def _meanings(word: Word, index: Index) -> tuple[Word, ...]:
    lexicon = index.lexicon
    if word.key in lexicon.having or word.key in lexicon.exact:
        return (word,)
    near = one_off(word.key, lexicon.words, index.nearest)
    right = [each for each in near if is_slip(word.key, each)]
    if not right:
        beside = [each for each in near if is_slip(word.key, each, missing=MISSING_BESIDE)]
        if beside:
            return tuple(Word(word.raw, key, slip=True, beside=True) for key in beside)
    # A name of several words, written in one: a wrong letter may be another name's.
    for names in (lexicon.subjects, lexicon.names[Kind.LEVEL]):
        right += put_right(word.key, names, index.nearest, replaced=False)
    meant = dict.fromkeys(right)
    return tuple(Word(word.raw, key, slip=True) for key in meant) or (word,)


def _with_strange_rank(text: str, index: Index, grammar: Grammar) -> Resolution | None:
    """Understand a name beside a level of another company: the level is kept, as it was typed.

    No ladder has such a key, so that whoever shows the name says so and offers its levels.
    """
    lexicon = index.lexicon
    taken = rank_taken_off(text, lexicon.typed)
    if taken is None or lexicon.find(words_of(taken[1], lexicon.typed)):
        return None
    rest, rank = taken
    if not rest:
        alone = is_code(rank) and not grammar.narrowing_role
        return Query(level_keys=(rank,)) if alone else None
    if rank_taken_off(rest, lexicon.typed):
        return None
    found = resolve(rest, index, grammar)
    if isinstance(found, Query):
        sure = found.subject and not (found.level_keys or found.ignored)
        if is_step(rank) and found.subject and found.subject.kind is not Kind.ROLE:
            return None
        return found.at((rank,)) if sure else None
    if found.query.level_keys or found.query.ignored or is_step(rank):
        return None
    if isinstance(found, Choices):
        return _ignoring(found, (rank,))
    only = found.suggestions[:1]
    words = words_of(rest, lexicon.typed)
    if not only or grammar.narrowing_role:
        return None
    if tuple(parts_of_names(words, index, grammar.subjects)) != only:
        return None
    # The one role that has the words in its name: its ladder is offered, and the name is said.
    return Query(only[0], level_keys=(rank,), corrections=(Correction(raw_text(words), only[0]),))


def _surely(word: Word, meanings: Meanings) -> Word:
    """Put right what is a slip of one word alone, whatever stands beside it."""
    first, *others = meanings[word]
    return word if others or first.beside else first


def _without_courtesies(
    words: Words, meanings: Meanings, index: Index, grammar: Grammar
) -> Resolution | None:
    kept = _kept(words, index)
    if not kept or len(kept) == len(words):
        return None
    found = understood(kept, index.lexicon, grammar) or _with_slips(kept, meanings, index, grammar)
    if found is None:
        return None
    left_out = tuple(word for word in words if word.key in index.lexicon.spelling.courtesies)
    return _ignoring(found, (raw_text(left_out),))


def _kept(words: Words, index: Index) -> Words:
    return tuple(word for word in words if word.key not in index.lexicon.spelling.courtesies)


def _ignoring(found: Query | Choices | NotFound, words: tuple[str, ...]) -> Resolution:
    if isinstance(found, Query):
        return replace(found, ignored=(*found.ignored, *words))
    return replace(found, query=replace(found.query, ignored=(*found.query.ignored, *words)))


def _asked(words: Words, meanings: Meanings, index: Index, grammar: Grammar) -> Resolution:
    """Leave out words that stand apart from the subject; else ask, keeping what was understood."""
    words = tuple(_surely(word, meanings) for word in words)
    spans = known_spans(words, index.lexicon)
    apart = _standing_apart(spans, grammar)
    if apart is not None:
        return apart
    compared = _one_level_of(spans, grammar)
    if compared is not None:
        return compared
    frame, rest = _framed(spans, (_LEVELS,), Query())
    unnamed = not any(span.refs for span in rest)
    # "Product manager" is a job of its own, and no level of a product.
    if frame.level_keys and unnamed and index.wordings.mention(_typed(spans)):
        parts = parts_of_names(_words(rest), index, grammar.subjects)
        return NotFound(_typed(spans), tuple(parts[:MAX_SUGGESTIONS]))
    if grammar.narrowing_role and len(rest) > 1:
        # A slip in a role's name may leave another role's: "siet reliability engineer".
        near = tuple(nearly_named(_words(rest), index, grammar.subjects))
        if near:
            return NotFound(_typed(rest), near[:MAX_SUGGESTIONS], frame)
        frame, rest = _framed(rest, (_ROLES, _LEVELS), frame)
    subjects = dict.fromkeys(ref for span in rest for ref in span.of(grammar.subjects)[:1])
    if len(subjects) > 1 and all(span.refs for span in rest):
        return Choices(_typed(rest), tuple(subjects)[:MAX_SUGGESTIONS], frame)
    parts = parts_of_names(_words(rest), index, grammar.subjects)
    if len(parts) > 1:
        many = len(parts) > MAX_SUGGESTIONS
        return Choices(_typed(rest), tuple(parts)[:MAX_SUGGESTIONS], frame, many=many)
    return NotFound(_typed(rest), nearest_to(rest, parts, index, grammar.subjects), frame)


def _words(spans: tuple[Span, ...]) -> Words:
    return tuple(word for span in spans for word in span.words)


def _typed(spans: tuple[Span, ...]) -> str:
    return raw_text(_words(spans))


def _standing_apart(spans: tuple[Span, ...], grammar: Grammar) -> Resolution | None:
    """Understand the known names where no strange word touches the subject's.

    Words beside a name may change its meaning: "stakeholder management" is no management. After a
    role, where nothing but it is asked for, they stand in the level's place.
    """
    known = tuple(span for span in spans if span.refs)
    strange = tuple(span.typed for span in spans if not span.refs)
    if not known or not strange or len(known) > 3:
        return None
    found = assign(known, grammar)
    subject = found.subject if isinstance(found, Query) else None
    if found is None or (isinstance(found, Query) and subject is None):
        return None
    for at, span in enumerate(spans):
        is_subject = subject in span.refs if subject else span.of(grammar.subjects)
        before = at > 0 and not spans[at - 1].refs
        after = at + 1 < len(spans) and not spans[at + 1].refs
        # "Revue de code" has no data engineer in it.
        if (before or after) and len(squeeze(span.words)) <= _SHORT:
            return None
        if is_subject and (before or (after and grammar.narrowing_role)):
            return None
    return _ignoring(found, strange)


def _one_level_of(spans: tuple[Span, ...], grammar: Grammar) -> Resolution | None:
    """Understand a name between or beside two levels: the last one is shown, and the first named.

    A promotion gap has two of its own, and asks which is which.
    """
    levels = [span for span in spans if span.of(_LEVELS) and not span.of(grammar.subjects)]
    if len(levels) != 2 or len(spans) != 3 or not grammar.narrowing_role:
        return None
    found = assign(tuple(span for span in spans if span is not levels[0]), grammar)
    return _ignoring(found, (levels[0].typed,)) if isinstance(found, Query) else None


def _framed(
    spans: tuple[Span, ...], parts: tuple[frozenset[Kind], ...], query: Query
) -> tuple[Query, tuple[Span, ...]]:
    """Take a level off either end, or a role off the end, where a subject is left."""
    rest = spans
    for kinds in parts:
        if kinds is _LEVELS and query.level_keys:
            continue
        for at in (-1, 0) if kinds is _LEVELS else (-1,):
            refs = rest[at].of(kinds)
            if refs and len(rest) > 1 and _leaves_a_subject(rest, at):
                query = with_part(query, refs, rest[at])
                rest = rest[:-1] if at else rest[1:]
                break
    return query, rest


def _leaves_a_subject(spans: tuple[Span, ...], at: int) -> bool:
    left = spans[:-1] if at else spans[1:]
    return any(not span.refs for span in left) or any(
        ref.kind is not Kind.LEVEL for span in left for ref in span.refs
    )
