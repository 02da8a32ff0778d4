"""Known names in a row of words: where they may be cut, and which part each of them plays."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.lookup.names.lexicon import Kind, Lexicon, Ref, Word, is_chinese, squeeze
from bot.domain.lookup.names.query import MAX_CHOICES, Choices, Correction, Grammar, Query
from bot.values import dataclass

_NOTHING = Query()
_LEVELS, _ROLES = frozenset({Kind.LEVEL}), frozenset({Kind.ROLE})


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring words that name `refs`; with no refs, words that name nothing."""

    words: tuple[Word, ...]
    refs: tuple[Ref, ...]
    former: bool = False
    """Whether they are what something was called before."""

    @property
    def typed(self) -> str:
        return raw_text(self.words)

    @property
    def is_slip(self) -> bool:
        return True in [word.slip for word in self.words]

    def of(self, kinds: frozenset[Kind]) -> tuple[Ref, ...]:
        """Return what of these kinds the words name."""
        return tuple([ref for ref in self.refs if ref.kind in kinds])


def raw_text(words: Sequence[Word]) -> str:
    """Join words as the person wrote them; Chinese characters stand without spaces."""
    text = ""
    for word in words:
        together = not text or (is_chinese(text[-1]) and is_chinese(word.raw[0]))
        text += word.raw if together else f" {word.raw}"
    return text


def understood(
    words: tuple[Word, ...], lexicon: Lexicon, grammar: Grammar
) -> Query | Choices | None:
    """Understand words that are nothing but known names: subject, role and level, in any order."""
    for parts in range(1, 4):
        for spans in _cuts(words, parts, lexicon):
            found = assign(spans, grammar)
            if found is not None:
                return found
    return None


def within_name(
    words: tuple[Word, ...], lexicon: Lexicon, grammar: Grammar
) -> Query | Choices | None:
    """Understand a level within a role's name: "data senior scientist"."""
    for at in range(1, len(words) - 1):
        level, rest = lexicon.find(words[at : at + 1]), words[:at] + words[at + 1 :]
        named = lexicon.find(rest) if any(ref.kind is Kind.LEVEL for ref in level) else ()
        if any(ref.kind is Kind.ROLE for ref in named):
            return assign((_span(rest, named, lexicon), Span((words[at],), level)), grammar)
    return None


def _cuts(words: tuple[Word, ...], parts: int, lexicon: Lexicon) -> Iterator[tuple[Span, ...]]:
    """Yield the ways to cut `words` into `parts` known names, longest first name first."""
    if parts == 1:
        refs = _named(words, lexicon)
        if refs:
            yield (_span(words, refs, lexicon),)
        return
    for size in range(min(len(words) - parts + 1, lexicon.most_words), 0, -1):
        refs = _named(words[:size], lexicon)
        if refs:
            for rest in _cuts(words[size:], parts - 1, lexicon):
                yield (_span(words[:size], refs, lexicon), *rest)


def _span(words: tuple[Word, ...], refs: tuple[Ref, ...], lexicon: Lexicon) -> Span:
    return Span(words, refs, squeeze(words) in lexicon.former)


def _named(words: tuple[Word, ...], lexicon: Lexicon) -> tuple[Ref, ...]:
    if len(words) == 1 and words[0].beside:
        return ()
    return lexicon.exact.get("".join([word.key for word in words]), ())


def known_spans(words: tuple[Word, ...], lexicon: Lexicon) -> tuple[Span, ...]:
    """Cut words into the longest known names from the left, and runs of words between them."""
    spans: list[Span] = []
    start = 0
    while start < len(words):
        sizes = range(min(lexicon.most_words, len(words) - start), 0, -1)
        size = next((size for size in sizes if lexicon.find(words[start : start + size])), 0)
        if size:
            span = words[start : start + size]
            spans.append(_span(span, lexicon.find(span), lexicon))
        elif spans and not spans[-1].refs:
            spans[-1] = Span((*spans[-1].words, words[start]), ())
        else:
            spans.append(Span((words[start],), ()))
        start += size or 1
    return tuple(spans)


def assign(spans: tuple[Span, ...], grammar: Grammar) -> Query | Choices | None:
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
    spans: tuple[Span, ...],
    subject: int | None,
    level: int | None,
    rest: list[int],
    grammar: Grammar,
) -> Query | Choices | None:
    if len(rest) > (1 if grammar.narrowing_role and subject is not None else 0):
        return None
    levels = () if level is None else spans[level].of(_LEVELS)
    if level is not None and not levels:
        return None
    if subject is not None and not spans[subject].of(grammar.subjects):
        return None
    query = _NOTHING if level is None else with_part(_NOTHING, levels, spans[level])
    if rest:
        roles = spans[rest[0]].of(_ROLES)
        if not roles:
            return None
        query = with_part(query, roles, spans[rest[0]])
    if subject is None:
        return query
    return _subject(spans[subject], query, grammar)


def _subject(span: Span, query: Query, grammar: Grammar) -> Query | Choices | None:
    kinds = grammar.subjects - {Kind.ROLE} if query.role_key is not None else grammar.subjects
    refs = span.of(kinds)
    if not refs:
        return None
    if len(refs) > 1:
        return Choices(span.typed, refs[:MAX_CHOICES], query)
    if span.is_slip or span.former:
        query = corrected(query, span, refs[0], first=True)
        return query.about(refs[0])
    return query.about(refs[0], span.words)


def with_part(query: Query, refs: Sequence[Ref], span: Span) -> Query:
    """Add a level or a role to what was understood; a slip, or one of several roles, is told."""
    levels = refs[0].kind is Kind.LEVEL
    if span.is_slip or span.former or (len(refs) > 1 and not levels):
        query = corrected(query, span, refs[0])
    if levels:
        return query.at(tuple([ref.key for ref in refs]))
    return query.of_role(refs[0].key)


def corrected(query: Query, span: Span, ref: Ref, *, first: bool = False) -> Query:
    """Tell that `ref` is shown for what was typed."""
    told = (Correction(span.typed, ref, former=span.former and not span.is_slip),)
    rest = query.corrections
    return replace(query, corrections=(*told, *rest) if first else (*rest, *told))
