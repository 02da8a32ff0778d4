"""Places of a nested document that may be its expectations: what stands above, what is a text."""

from collections.abc import Iterator
from dataclasses import replace

from bot.formats.mapping.fields import Field
from bot.formats.mapping.words import normal
from bot.formats.nested.paths import in_path, steps_of
from bot.formats.nested.structure import Node, field_of, id_field, name_field
from bot.formats.outlines.names import MOSTLY, level_share
from bot.values import dataclass

_TEXTS = frozenset({Field.TEXT, Field.SKILL_SUMMARY})
_THINGS = frozenset({Field.ROLE, Field.LEVEL, Field.SKILL, Field.GROUP, Field.DOMAIN, Field.FAMILY})
_FIRST = frozenset({Field.ROLE, Field.LEVEL, Field.SKILL})
_EXTRAS = (
    *(Field.PROFICIENCY, Field.REQUIREMENT, Field.PROMPTS, Field.LEVEL_RANK, Field.SKILL_ORDER),
    *(Field.RESOURCES, Field.PROFICIENCY_KEY),
)
_GRADES = frozenset({Field.PROFICIENCY, Field.REQUIREMENT})
_SUMMARIES = {
    Field.ROLE: Field.ROLE_SUMMARY,
    Field.LEVEL: Field.LEVEL_SUMMARY,
    Field.SKILL: Field.SKILL_SUMMARY,
    Field.GROUP: Field.GROUP_SUMMARY,
}
_NO_TEXT = frozenset(
    {"tags", "links", "url", "urls", "link", "order", "weight", "type", "icon", "color", "version"}
)
_LONG = 25
MOST = 400
"""Places that are looked at."""


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a record, or the record itself: its step in the path, and what it is."""

    step: str
    told: Field | None
    node: Node
    is_star: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place: `path` leads to its records, `texts` are the columns that are its text."""

    path: tuple[str, ...]
    above: tuple[Above, ...]
    texts: tuple[str, ...]
    skill: str = ""
    """The column of the skill, where the records are words that name skills."""

    @property
    def records(self) -> str:
        """The path as a mapping writes it."""
        return ".".join(self.path)

    @property
    def is_called_text(self) -> bool:
        """Whether its text is called one; where it is but wordy, it may be about anything."""
        return not self.texts or any(field_of(steps_of(each)[-1]) in _TEXTS for each in self.texts)

    def dimensions(self) -> Iterator[tuple[str, Field | None]]:
        """Yield the columns of its place with the field that each names, outermost first."""
        for each in self.above:
            yield from _columns(each)
        if self.skill:
            yield self.skill, Field.SKILL

    def unknown(self) -> Iterator[str]:
        """Yield the columns of the record whose words may stand for things of a list."""
        last = self.above[-1]
        named = {name_field(last.node), id_field(last.node)}
        for name, held in last.node.fields.items():
            if field_of(name) is None and name not in named and held.item is None and held.is_words:
                yield f"{last.step}.{in_path(name)}"

    def extras(self) -> dict[Field, str]:
        """Return the columns of what else the record tells, and what things above it are about."""
        found: dict[Field, str] = {}
        last = self.above[-1]
        for name, node in last.node.fields.items():
            told = field_of(name)
            if told is not None and told in _EXTRAS and node.is_words:
                found.setdefault(told, f"{last.step}.{in_path(name)}")
        for each in self.above[:-1]:
            owner = _SUMMARIES.get(each.told) if each.told else None
            column = summary_column(each)
            if owner and column:
                found.setdefault(owner, column)
        return found


def candidates(root: Node) -> list[Candidate]:
    """Return the places of a document that may hold expectations, those at many depths once."""
    start = Above("$", None, root)
    if root.item is not None and root.item.objects:
        item = Above("", None, root.item)
        found = list(_walk(root.item, ("[]",), (item,), 0))
    else:
        found = list(_walk(root, (), (start,), 0))
    return _folded(found[:MOST])


def _walk(
    node: Node, path: tuple[str, ...], above: tuple[Above, ...], stars: int
) -> Iterator[Candidate]:
    if node.star is not None:
        yield from _in_table(node.star, path, above, stars)
        return
    texts = tuple(_texts(above[-1].step, node))
    if path and (texts or _is_graded(node)):
        yield Candidate(path, above, texts)
    for name, held in node.fields.items():
        told, step = field_of(name), in_path(name)
        if held.star is not None:
            yield from _walk(held, (*path, step), above, stars)
        elif held.item is not None and held.item.objects:
            if is_entity(name, held.item):
                entity = Above(step, told if told in _THINGS else None, held.item)
                yield from _walk(held.item, (*path, f"{step}[]"), (*above, entity), stars)
        elif held.fields:
            entity = Above(step, told if name_field(held) else None, held)
            yield from _walk(held, (*path, step), (*above, entity), stars)
        elif held.item is not None and Field.SKILL in {told, _holder(path)}:
            yield Candidate((*path, f"{step}[]"), (*above, Above(step, None, held.item)), (), ".")


def _holder(path: tuple[str, ...]) -> Field | None:
    """Return the field that the key of an object names, None for a list's item."""
    return field_of(path[-1]) if path and path[-1][-1] not in "]*" else None


def _in_table(
    held: Node, path: tuple[str, ...], above: tuple[Above, ...], stars: int
) -> Iterator[Candidate]:
    """Yield the places among the values of a table of contents."""
    told = _holder(path)
    entity = Above(f"*{stars + 1}", told if told in _THINGS else None, held, is_star=True)
    if held.is_words:
        yield Candidate((*path, "*"), (*above, entity), (".",))
        if held.item is not None and told in {Field.LEVEL, None}:
            listed = replace(entity, node=held.item)
            yield Candidate((*path, "*[]"), (*above, listed), (), ".")
    elif held.item is not None and held.item.objects:
        listed = replace(entity, node=held.item)
        yield from _walk(held.item, (*path, "*[]"), (*above, listed), stars + 1)
    else:
        yield from _walk(held, (*path, "*"), (*above, entity), stars + 1)


def is_entity(name: str, item: Node) -> bool:
    """Whether objects of a list are things of their own; else they are parts of a text."""
    if field_of(name) in _THINGS:
        return True
    named = bool(name_field(item) or id_field(item))
    return named or any(field_of(each) in _THINGS for each in item.fields)


def _columns(each: Above) -> Iterator[tuple[str, Field | None]]:
    """Yield the columns that name one thing, and those of what it refers to."""
    node, prefix = each.node, each.step
    named = name_field(node)
    if each.is_star:
        # What a word of a table of contents is called in full stands below it.
        full = node.always_says(named)
        yield (f"{prefix}.{in_path(named)}" if full else prefix), each.told
    numbered = each.told in {None, Field.LEVEL} and _names_numbered_levels(node, named)
    if named and node.fields[named].is_words and not each.is_star:
        yield f"{prefix}.{in_path(named)}", Field.LEVEL if numbered else each.told
    for name, held in node.fields.items():
        told = field_of(name)
        if told is Field.LEVEL and numbered:
            continue
        if told in _THINGS and held.is_words and held.item is None and name != named:
            yield f"{prefix}.{in_path(name)}", told
    if each.told is Field.LEVEL and not named and not each.is_star:
        if not any(field_of(name) is Field.LEVEL for name in node.fields):
            marked = id_field(node)
            yield (f"{prefix}.{in_path(marked)}" if marked else f"{prefix}#"), Field.LEVEL
    elif each.told in _THINGS and not named and not each.is_star and id_field(node):
        yield f"{prefix}.{in_path(id_field(node))}", each.told


def _names_numbered_levels(node: Node, named: str) -> bool:
    """Whether what is called a level is its number, and the name beside it the level's."""
    levels = [held for name, held in node.fields.items() if field_of(name) is Field.LEVEL]
    figures = [word for held in levels for word in held.words]
    if not named or not figures or not all(map(str.isdigit, figures)):
        return False
    return level_share(node.fields[named].words) >= MOSTLY


def _texts(step: str, node: Node) -> Iterator[str]:
    """Yield the columns of a record that are its text."""
    named, marked = name_field(node), id_field(node)
    for name, held in node.fields.items():
        if name in {named, marked} or normal(name) in _NO_TEXT or held.star is not None:
            continue
        told = field_of(name)
        if held.is_words:
            wordy = held.item is not None or _are_long(held.words)
            if told in _TEXTS or (told is None and wordy):
                yield f"{step}.{in_path(name)}"
        elif held.item is not None and held.item.objects and not is_entity(name, held.item):
            yield f"{step}.{in_path(name)}"


def _is_graded(node: Node) -> bool:
    """Whether a record says without a text what is expected: how deep, or whether at all."""
    return any(held.is_words and field_of(name) in _GRADES for name, held in node.fields.items())


def summary_column(above: Above) -> str:
    """Return the column of what a thing is about, "" where nothing says it."""
    for name, held in above.node.fields.items():
        if field_of(name) in _TEXTS and held.is_words and held.item is None:
            return f"{above.step}.{in_path(name)}"
    return ""


def _are_long(words: list[str]) -> bool:
    spaced = [word for word in words if " " in word or not word.isascii()]
    return (
        bool(words)
        and len(spaced) * 2 > len(words)
        and sum(map(len, words)) >= _LONG * len(words) / 2
    )


def _folded(found: list[Candidate]) -> list[Candidate]:
    """Return the candidates, those that lie at several depths as one, by ``**``."""
    by_tail: dict[tuple[str, ...], list[Candidate]] = {}
    for each in found:
        by_tail.setdefault(_tail(each), []).append(each)
    kept: list[Candidate] = []
    for tail, group in by_tail.items():
        paths = {each.path for each in group}
        if len(paths) == 1 or not tail or any("*" in step for each in group for step in each.path):
            kept += group
            continue
        steps = {step.removesuffix("[]") for step in tail}
        above = (group[0].above[0], *(each for each in group[0].above[1:] if each.step in steps))
        kept.append(replace(group[0], path=("**", *tail), above=above))
    return kept


def _tail(candidate: Candidate) -> tuple[str, ...]:
    """Return the path from the first step on that names a kind of thing."""
    for at, step in enumerate(candidate.path):
        if field_of(step.removesuffix("[]")) in _FIRST:
            return candidate.path[at:]
    return ()
