"""Proposes how a folder of pages, or one page, is read: what its headings and names stand for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.domain.said import Said
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import Shape, TableSpec
from bot.formats.mapping.words import normal
from bot.formats.nested.structure import field_of
from bot.formats.outlines.dimensions import Dimension
from bot.formats.outlines.questions import columns_of, question
from bot.formats.outlines.understand import Understanding, understand
from bot.formats.pages.page import HEADINGS, Entry, Page
from bot.formats.pages.table import (
    FILE,
    FOLDER,
    ITEM,
    LABEL,
    TEXT,
    UPPER,
    about,
    heading_column,
    text_column,
)
from bot.formats.proposing.questions import Question
from bot.values import dataclass

MOST_SAMPLED = 3_000
"""Texts that are looked at, from pages all over the folder."""

_FEWEST_OF_PAGE = 20

_PLACED = (UPPER, FOLDER, FILE, *map(heading_column, range(1, HEADINGS + 1)), LABEL)
_ORDER_WORDS = ("order", "weight", "position", "sidebar_position", "nav_order")
_ORDERED = (
    (Field.LEVEL, Field.LEVEL_RANK),
    (Field.SKILL, Field.SKILL_ORDER),
    (Field.ROLE, Field.ROLE_ORDER),
)
_MOST_RANK = 99
_TOLD = (Field.ROLE, Field.LEVEL, Field.SKILL, Field.GROUP, Field.DOMAIN, Field.FAMILY)
_Text = tuple[Page, Entry]


@dataclass(frozen=True, slots=True)
class PagesProposal:
    """How pages are read. `specs` is empty where that cannot be told: `asked` then says why."""

    specs: tuple[TableSpec, ...]
    remarks: tuple[Said, ...]
    asked: tuple[Question | Said, ...] = ()
    has_choice: bool = True
    """Whether there is more than one part of which something could be asked."""


def propose_pages(
    pages: Sequence[Page], *, name: str, answers: Mapping[str, str]
) -> PagesProposal | None:
    """Return how these pages are read, None where none of them has a text.

    `name` is what the folder or the file is called, `answers` are those to earlier questions.
    """
    texts = list(_sampled(pages))
    if not texts:
        return None
    dimensions = list(_dimensions(texts))
    if answers.get(Field.SKILL) == ITEM:
        dimensions.append(Dimension(ITEM, [entry.text for _, entry in texts], Field.SKILL))
    told = columns_of(answers, [each.column for each in dimensions])
    found = understand(dimensions, name=name, answers=told)
    if found.asks is not None:
        asked = question(found, item=ITEM)
        several = isinstance(asked, Question) and len(asked.choices) > 1
        return PagesProposal((), found.remarks, (asked,), has_choice=several)
    has_texts = found.parts[Field.SKILL].column != ITEM
    main = _spec(found, {Field.TEXT: TEXT} if has_texts else {}, Shape.LONG)
    main = _with_order(main, texts, found)
    return PagesProposal((main, *_introductions(found, texts)), found.remarks)


def _sampled(pages: Sequence[Page]) -> Iterator[_Text]:
    """Yield texts with their pages, at most so many of each that all pages have their say."""
    each = max(_FEWEST_OF_PAGE, MOST_SAMPLED // max(1, len(pages)))
    step = max(1, len(pages) * each // MOST_SAMPLED)
    for page in pages[::step]:
        yield from ((page, entry) for entry in page.entries[:each])


def _dimensions(texts: Sequence[_Text]) -> Iterator[Dimension]:
    """Yield the parts of the texts' places, outermost first."""
    names = dict.fromkeys(name for page, _ in texts for name in page.front)
    for name in names:
        told = field_of(name)
        if told in _TOLD:
            yield Dimension(name, [page.front.get(name, "") for page, _ in texts], told)
    for column in _PLACED:
        values = _column(texts, column)
        if any(values):
            yield Dimension(column, values, is_label=column == LABEL, is_file=column == FILE)


def _column(texts: Sequence[_Text], column: str) -> list[str]:
    if column == LABEL:
        return [entry.label for _, entry in texts]
    if column.startswith("heading "):
        at = int(column[-1]) - 1
        return [entry.headings[at] for _, entry in texts]
    known: dict[str, str] = {}
    for page, _ in texts:
        if page.file not in known:
            known[page.file] = about(page, column)
    return [known[page.file] for page, _ in texts]


def _spec(found: Understanding, more: dict[Field, str], shape: Shape) -> TableSpec:
    columns = {
        FieldSlot(field): (part.column,)
        for field, part in sorted(found.parts.items(), key=lambda item: list(Field).index(item[0]))
    }
    columns |= {FieldSlot(field): (column,) for field, column in more.items()}
    return TableSpec(
        shape=shape,
        columns=MappingProxyType(columns),
        values=MappingProxyType({FieldSlot(field): value for field, value in found.values.items()}),
        ignore_rows=MappingProxyType(dict(found.left_out)),
        pages=True,
    )


def _with_order(spec: TableSpec, texts: Sequence[_Text], found: Understanding) -> TableSpec:
    """Add the number before each page, to what it numbers: levels, skills or roles."""
    for word in _ORDER_WORDS:
        numbers = [page.front.get(word, "") for page, _ in texts]
        if not all(each.isdecimal() and int(each) <= _MOST_RANK for each in numbers):
            continue
        for field, order in _ORDERED:
            part = found.parts.get(field)
            if part is None:
                continue
            pairs = {
                (normal(value), number) for value, number in zip(part.values, numbers, strict=True)
            }
            different = (
                len({number for _, number in pairs})
                == len({value for value, _ in pairs})
                == len(pairs)
            )
            if different and len(pairs) > 1 and "0" not in numbers:
                columns = {**spec.columns, FieldSlot(order): (word,)}
                return replace(spec, columns=MappingProxyType(columns))
    return spec


def _introductions(found: Understanding, texts: Sequence[_Text]) -> Iterator[TableSpec]:
    """Yield how the texts are read that stand above what is expected: about a level or a skill."""
    depth_of = {
        part.column: int(part.column[-1])
        for part in found.parts.values()
        if part.column.startswith("heading ") and part.column[-1].isdigit()
    }
    wanted: dict[Field, int] = {}
    for at, (_, entry) in enumerate(texts):
        filled = {field for field, part in found.parts.items() if part.values[at]}
        depth = max((n for n, title in enumerate(entry.headings, 1) if title), default=0)
        if not depth or {Field.LEVEL, Field.SKILL} <= filled or entry.label:
            continue
        if heading_column(depth) not in depth_of:
            continue
        owner = _owner(filled, found)
        if owner is not None:
            wanted.setdefault(owner, depth)
    for owner, depth in wanted.items():
        kept = {field: part for field, part in found.parts.items() if field in _IDENTITIES[owner]}
        values = {
            field: value for field, value in found.values.items() if field in _IDENTITIES[owner]
        }
        about = Understanding(kept, values, (), found.left_out if Field.LEVEL in kept else {})
        shape = Shape.SKILLS if owner is Field.SKILL_SUMMARY else Shape.ROLES
        yield _spec(about, {owner: text_column(depth)}, shape)


def _owner(filled: set[Field], found: Understanding) -> Field | None:
    """Return the summary that a text is which has not all that an expectation needs."""
    role = Field.ROLE in filled or Field.ROLE in found.values
    if Field.SKILL in filled:
        return Field.SKILL_SUMMARY
    if Field.LEVEL in filled and role:
        return Field.LEVEL_SUMMARY
    return Field.ROLE_SUMMARY if Field.ROLE in filled else None


_IDENTITIES = {
    Field.SKILL_SUMMARY: frozenset({Field.SKILL, Field.GROUP, Field.DOMAIN}),
    Field.LEVEL_SUMMARY: frozenset({Field.ROLE, Field.LEVEL}),
    Field.ROLE_SUMMARY: frozenset({Field.ROLE}),
}
