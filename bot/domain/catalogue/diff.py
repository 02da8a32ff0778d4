"""Compares two contents of a catalogue by stable keys. Pure, and linear in their size."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from bot.domain.catalogue.differences import (
    Aspect,
    CatalogueDiff,
    Difference,
    Edit,
    Part,
    Path,
    Thing,
    Value,
)
from bot.domain.framework import (
    CatalogueContent,
    Domain,
    Expectation,
    Ladder,
    Level,
    Proficiency,
    Role,
    RoleFamily,
    Skill,
    SkillGroup,
    is_deeper,
)
from bot.domain.guidance import NO_GUIDE, Band, Resource
from bot.domain.text import LocalText
from bot.values import dataclass

T = TypeVar("T", bound=Thing)
_Named = Proficiency | Ladder | Domain | RoleFamily


@dataclass(frozen=True, slots=True)
class _Change:
    """A difference that does not know its thing yet."""

    edit: Edit
    aspect: Aspect
    before: Value | None
    after: Value | None
    detail: str = ""


def diff(old: CatalogueContent, new: CatalogueContent) -> CatalogueDiff:
    """Return what differs from `old` to `new`; nothing for two equal contents.

    An expectation without a text of its own is compared by the skill's text for its proficiency:
    what a member reads counts, not where it is written.
    """
    return CatalogueDiff(old, new, tuple(_differences(old, new)))


def _differences(old: CatalogueContent, new: CatalogueContent) -> Iterator[Difference]:
    for change in _catalogue_changes(old, new):
        yield _told(Part.CATALOGUE, (), (), change)
    yield from _listed(Part.PROFICIENCY, old.proficiencies, new.proficiencies, _depth)
    yield from _listed(Part.LADDER, old.ladders, new.ladders, _name_only)
    yield from _levels(old, new)
    yield from _listed(Part.DOMAIN, old.domains, new.domains, _name_only)
    yield from _listed(Part.GROUP, old.groups, new.groups, _group, lambda each: each.domain.key)
    yield from _listed(Part.FAMILY, old.families, new.families, _name_only)
    yield from _listed(Part.ROLE, old.roles, new.roles, _role)
    yield from _listed(Part.SKILL, old.skills, new.skills, _skill, lambda each: each.group.key)
    cells = _Cells(new.proficiencies, old.proficiencies)
    yield from _compared(Part.EXPECTATION, _by_cell(old), _by_cell(new), _cell_names, cells.changes)


def _told(part: Part, path: Path, names: tuple[LocalText, ...], change: _Change) -> Difference:
    return Difference(
        part,
        path,
        names,
        change.edit,
        change.aspect,
        change.before,
        change.after,
        change.detail,
    )


def _compared(
    part: Part,
    before: Mapping[Path, T],
    after: Mapping[Path, T],
    names: Callable[[T], tuple[LocalText, ...]],
    changes: Callable[[T, T], Iterator[_Change]],
) -> Iterator[Difference]:
    """Yield what went, then what came or differs in the order of `after`."""
    for path, thing in before.items():
        if path not in after:
            yield Difference(part, path, names(thing), Edit.REMOVED, before=thing)
    for path, thing in after.items():
        held = before.get(path)
        if held is None:
            yield Difference(part, path, names(thing), Edit.ADDED, after=thing)
        elif held is not thing:
            for change in changes(held, thing):
                yield _told(part, path, names(thing), change)


_N = TypeVar("_N", Proficiency, Ladder, Domain, SkillGroup, RoleFamily, Role, Skill)


def _listed(
    part: Part,
    before: Sequence[_N],
    after: Sequence[_N],
    changes: Callable[[_N, _N], Iterator[_Change]],
    parent: Callable[[_N], str] = lambda _: "",
) -> Iterator[Difference]:
    """Compare a list whose order means something; order counts within one parent only."""
    old: dict[Path, _N] = {(each.key,): each for each in before}
    new: dict[Path, _N] = {(each.key,): each for each in after}
    yield from _compared(part, old, new, lambda each: (each.name,), changes)
    places: dict[str, tuple[list[str], list[str]]] = {}
    for side, things in enumerate((before, after)):
        for each in things:
            places.setdefault(parent(each), ([], []))[side].append(each.key)
    displaced = {key for lists in places.values() for key in _displaced(*lists)}
    for each in after:
        if each.key in displaced:
            change = _Change(Edit.MOVED, Aspect.ORDER, None, None)
            yield _told(part, (each.key,), (each.name,), change)


def _displaced(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Return the fewest keys that must change place to bring one order into the other.

    Those outside a longest run that both have in common, found by patience sorting.
    """
    place = {key: at for at, key in enumerate(before)}
    common = [key for key in after if key in place]
    tails: list[int] = []
    ends: list[str] = []
    previous: dict[str, str | None] = {}
    for key in common:
        at = bisect_left(tails, place[key])
        previous[key] = ends[at - 1] if at else None
        tails[at : at + 1] = [place[key]]
        ends[at : at + 1] = [key]
    kept: set[str] = set()
    step = ends[-1] if ends else None
    while step is not None:
        kept.add(step)
        step = previous[step]
    return set(common) - kept


def _levels(old: CatalogueContent, new: CatalogueContent) -> Iterator[Difference]:
    yield from _compared(
        Part.LEVEL, _by_ladder(old), _by_ladder(new), lambda each: (each.name,), _level
    )
    held = {ladder.key: ladder for ladder in old.ladders}
    for ladder in new.ladders:
        if ladder.key in held:
            for level, change in _rank_changes(held[ladder.key], ladder):
                yield _told(Part.LEVEL, (ladder.key, level.key), (level.name,), change)


def _rank_changes(before: Ladder, after: Ladder) -> Iterator[tuple[Level, _Change]]:
    """Yield levels in another place. A level put in between raises ranks but moves nothing."""
    ranks = {each.key: each.rank for each in before.levels}
    same_rungs = ranks.keys() == {each.key for each in after.levels}
    displaced = _displaced([*ranks], [each.key for each in after.levels])
    for level in after.levels:
        rank = ranks.get(level.key, level.rank)
        if level.key in displaced or (same_rungs and rank != level.rank):
            aspect = Aspect.ORDER if rank == level.rank else Aspect.RANK
            yield level, _Change(Edit.MOVED, aspect, rank, level.rank)


def _catalogue_changes(old: CatalogueContent, new: CatalogueContent) -> Iterator[_Change]:
    yield from _text(Aspect.NAME, old.name, new.name)
    if old.base_locale != new.base_locale:
        yield _Change(Edit.AMENDED, Aspect.BASE_LOCALE, old.base_locale, new.base_locale)


def _name_only(before: _Named, after: _Named) -> Iterator[_Change]:
    return _text(Aspect.NAME, before.name, after.name)


def _depth(before: Proficiency, after: Proficiency) -> Iterator[_Change]:
    yield from _text(Aspect.NAME, before.name, after.name)
    yield from _text(Aspect.SUMMARY, before.summary, after.summary)


def _level(before: Level, after: Level) -> Iterator[_Change]:
    yield from _text(Aspect.NAME, before.name, after.name)
    yield from _aliases(before.aliases, after.aliases)
    if before.track != after.track:
        yield _Change(Edit.MOVED, Aspect.TRACK, before.track, after.track)
    if before.scope is not after.scope:
        yield _Change(Edit.AMENDED, Aspect.SCOPE, before.scope, after.scope)


def _group(before: SkillGroup, after: SkillGroup) -> Iterator[_Change]:
    yield from _described(before, after)
    if before.domain.key != after.domain.key:
        yield _Change(Edit.MOVED, Aspect.DOMAIN, before.domain, after.domain)


def _role(before: Role, after: Role) -> Iterator[_Change]:
    yield from _described(before, after)
    if before.family.key != after.family.key:
        yield _Change(Edit.MOVED, Aspect.FAMILY, before.family, after.family)
    if before.ladder.key != after.ladder.key:
        yield _Change(Edit.MOVED, Aspect.LADDER, before.ladder, after.ladder)
    yield from _texts(Aspect.FOCUS, before.focus, after.focus)


def _skill(before: Skill, after: Skill) -> Iterator[_Change]:
    yield from _described(before, after)
    if before.group.key != after.group.key:
        yield _Change(Edit.MOVED, Aspect.GROUP, before.group, after.group)
    yield from _texts(Aspect.DEPTH, before.depths, after.depths)
    yield from _prompts(before.prompts, after.prompts)
    for band in Band:
        one, other = before.guides.get(band, NO_GUIDE), after.guides.get(band, NO_GUIDE)
        yield from _prompts(one.prompts, other.prompts, band)
        yield from _prompts(one.evidence, other.evidence, band, Aspect.EVIDENCE)
    yield from _resources(before.resources, after.resources)
    if before.updated_on != after.updated_on:
        yield _Change(Edit.AMENDED, Aspect.UPDATED, before.updated_on, after.updated_on)


class _Cells:
    """Compares expectations; proficiencies by their ranks in the first scale that has both."""

    def __init__(self, *scales: Sequence[Proficiency]) -> None:
        self._scales = scales

    def changes(self, before: Expectation, after: Expectation) -> Iterator[_Change]:
        if before.requirement is not after.requirement:
            edit = Edit.RAISED if after.required else Edit.LOWERED
            yield _Change(edit, Aspect.REQUIREMENT, before.requirement, after.requirement)
        one, other = before.proficiency, after.proficiency
        if (one and one.key) != (other and other.key):
            yield _Change(self._step(one, other), Aspect.PROFICIENCY, one, other)
        yield from _text(Aspect.TEXT, before.wording, after.wording)
        yield from _prompts(before.prompts, after.prompts)
        yield from _resources(before.resources, after.resources)

    def _step(self, one: Proficiency | None, other: Proficiency | None) -> Edit:
        deeper = is_deeper(one, other, *self._scales)
        if deeper is None:
            return Edit.REWORDED
        return Edit.RAISED if deeper else Edit.LOWERED


def _described(
    before: SkillGroup | Role | Skill, after: SkillGroup | Role | Skill
) -> Iterator[_Change]:
    yield from _text(Aspect.NAME, before.name, after.name)
    yield from _text(Aspect.SUMMARY, before.summary, after.summary)
    yield from _aliases(before.aliases, after.aliases)


def _aliases(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[_Change]:
    if before != after:
        yield _Change(Edit.AMENDED, Aspect.ALIASES, before, after)


def _text(
    aspect: Aspect, before: LocalText | None, after: LocalText | None, detail: str = ""
) -> Iterator[_Change]:
    if before != after:
        if before and after and before.base == after.base:
            edit = Edit.TRANSLATED
        else:
            edit = Edit.RENAMED if aspect is Aspect.NAME else Edit.REWORDED
        yield _Change(edit, aspect, before, after, detail)


def _texts(
    aspect: Aspect, before: Mapping[str, LocalText], after: Mapping[str, LocalText]
) -> Iterator[_Change]:
    for key in dict.fromkeys((*before, *after)):
        yield from _text(aspect, before.get(key), after.get(key), key)


def _prompts(
    before: tuple[LocalText, ...],
    after: tuple[LocalText, ...],
    detail: str = "",
    aspect: Aspect = Aspect.PROMPTS,
) -> Iterator[_Change]:
    if before != after:
        same = [each.base for each in before] == [each.base for each in after]
        edit = Edit.TRANSLATED if same else Edit.REWORDED
        yield _Change(edit, aspect, before, after, detail)


def _resources(before: tuple[Resource, ...], after: tuple[Resource, ...]) -> Iterator[_Change]:
    if before != after:
        yield _Change(Edit.AMENDED, Aspect.RESOURCES, before, after)


def _by_ladder(content: CatalogueContent) -> dict[Path, Level]:
    return {(ladder.key, each.key): each for ladder in content.ladders for each in ladder.levels}


def _by_cell(content: CatalogueContent) -> dict[Path, Expectation]:
    return {(each.role.key, each.level.key, each.skill.key): each for each in content.expectations}


def _cell_names(each: Expectation) -> tuple[LocalText, ...]:
    return (each.role.name, each.level.name, each.skill.name)
