"""A comparison as a page shows it: what goes first, then part by part, both texts side by side."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from bot.documents.catalogue.wording_diff import Side, compared
from bot.domain.catalogue.differences import (
    Aspect,
    CatalogueDiff,
    Difference,
    Edit,
    Part,
    Value,
    likely_rekeyed,
)
from bot.domain.framework import Expectation, Requirement
from bot.domain.guidance import Resource, Scope
from bot.domain.text import LocalText
from bot.text.changes import aspect_name, edit_name, part_name
from bot.text.translator import Translator
from bot.text.words import requirement_name, scope_name

_WHOLE = (Edit.ADDED, Edit.REMOVED)


class Pair(NamedTuple):
    """How something read and how it reads; `language` is a tag, empty for what has none."""

    language: str
    before: Side
    after: Side


class CellLine(NamedTuple):
    """An expectation that came or went together with its role or skill."""

    name: str
    text: str


class ChangeView(NamedTuple):
    """One change. `kind` is that of `Edit`, `role` the key of the role that it is about, if any."""

    kind: str
    role: str
    name: str
    said: str
    pairs: tuple[Pair, ...] = ()
    cells: tuple[CellLine, ...] = ()


class GroupView(NamedTuple):
    """Changes of one thing, such as the level of a role."""

    name: str
    changes: list[ChangeView]


class SectionView(NamedTuple):
    name: str
    groups: list[GroupView]


class ComparisonView(NamedTuple):
    """`kinds` and `roles` are what can be chosen, with names; `rekeyed` are warnings."""

    counts: list[str]
    rekeyed: list[str]
    sections: list[SectionView]
    kinds: list[tuple[str, str]]
    roles: list[tuple[str, str]]


def comparison_view(found: CatalogueDiff, tr: Translator) -> ComparisonView:
    """Put a comparison into words, once and in full."""
    return _Reader(found, tr).view()


class _Reader:
    def __init__(self, found: CatalogueDiff, tr: Translator) -> None:
        self._found = found
        self._tr = tr
        self._with: dict[tuple[Part, str, Edit], list[Difference]] = {
            (each.part, each.path[-1], each.edit): []
            for each in found.differences
            if each.edit in _WHOLE and each.part in (Part.ROLE, Part.SKILL)
        }

    def view(self) -> ComparisonView:
        tr, kept = self._tr, [*self._told_alone()]
        going = [each for each in kept if each.edit is Edit.REMOVED]
        rest = [each for each in kept if each.edit is not Edit.REMOVED]
        sections = [SectionView(tr("What goes"), self._groups(going))] if going else []
        for part, group in groupby(rest, key=lambda each: each.part):
            sections.append(SectionView(part_name(part, tr), self._groups(group)))
        kinds = {each.edit for each in kept}
        return ComparisonView(
            counts=self._counts(),
            rekeyed=self._rekeyed(),
            sections=sections,
            kinds=[(each.value, edit_name(each, tr)) for each in Edit if each in kinds],
            roles=self._roles(kept),
        )

    def _told_alone(self) -> Iterator[Difference]:
        """Yield all but the expectations that came or went with a role or a skill."""
        for each in self._found.differences:
            whole = self._whole_of(each)
            if whole is None:
                yield each
            else:
                whole.append(each)

    def _whole_of(self, each: Difference) -> list[Difference] | None:
        if each.part is not Part.EXPECTATION or each.edit not in _WHOLE:
            return None
        role, _, skill = each.path
        keys = ((Part.ROLE, role, each.edit), (Part.SKILL, skill, each.edit))
        return next((self._with[key] for key in keys if key in self._with), None)

    def _counts(self) -> list[str]:
        tr, counts = self._tr, self._found.counts
        lines = []
        for part in Part:
            told = [
                f"{tr.number(count)} {edit_name(edit, tr)}"
                for edit in Edit
                if (count := counts.get((part, edit), 0))
            ]
            if told:
                lines.append(f"{part_name(part, tr)}: {', '.join(told)}")
        return lines

    def _rekeyed(self) -> list[str]:
        tr = self._tr
        return [
            tr(
                "{name}: the key changed from {old} to {new}. Goals and marks refer to keys.",
                name=self._of(added.names[-1]),
                old=removed.path[-1],
                new=added.path[-1],
            )
            for removed, added in likely_rekeyed(self._found)
        ]

    def _roles(self, kept: Iterable[Difference]) -> list[tuple[str, str]]:
        named = {_role_of(each): each.names[0] for each in kept if _role_of(each)}
        return [(key, self._of(name)) for key, name in named.items()]

    def _groups(self, differences: Iterable[Difference]) -> list[GroupView]:
        groups: dict[tuple[object, ...], GroupView] = {}
        for each in differences:
            key = (each.part, *each.path[: 2 if each.part is Part.EXPECTATION else 0])
            if key not in groups:
                groups[key] = GroupView(self._group_name(each), [])
            groups[key].changes.append(self._change(each))
        return [*groups.values()]

    def _group_name(self, each: Difference) -> str:
        if each.part is Part.EXPECTATION:
            return " · ".join(self._of(name) for name in each.names[:2])
        return part_name(each.part, self._tr)

    def _change(self, each: Difference) -> ChangeView:
        tr = self._tr
        said = edit_name(each.edit, tr)
        if each.aspect is not None and each.edit is not Edit.RENAMED:
            said = tr("{change} ({what})", change=said, what=aspect_name(each.aspect, tr))
        name = self._of(each.names[-1]) if each.names else part_name(each.part, tr)
        return ChangeView(
            each.edit.value, _role_of(each), name, said, self._pairs(each), self._cells(each)
        )

    def _cells(self, each: Difference) -> tuple[CellLine, ...]:
        key = (each.part, each.path[-1] if each.path else "", each.edit)
        return tuple(
            CellLine(
                " · ".join(self._of(name) for name in cell.names),
                self._said(cell.after or cell.before),
            )
            for cell in self._with.get(key, ())
        )

    def _pairs(self, each: Difference) -> tuple[Pair, ...]:
        if each.edit in _WHOLE:
            before, after = self._whole(each.before), self._whole(each.after)
            return (Pair("", *compared(before, after)),) if before or after else ()
        if each.aspect is Aspect.ORDER:
            return ()
        if isinstance(each.before, LocalText | None) and isinstance(each.after, LocalText | None):
            return self._texts(each.before, each.after)
        return (Pair("", *compared(self._said(each.before), self._said(each.after))),)

    def _texts(self, before: LocalText | None, after: LocalText | None) -> tuple[Pair, ...]:
        """Return a pair for each language in which the text differs."""
        old, new = self._languages(before), self._languages(after)
        return tuple(
            Pair(tag, *compared(old.get(tag, ""), new.get(tag, "")))
            for tag in dict.fromkeys((*old, *new))
            if old.get(tag) != new.get(tag)
        )

    def _languages(self, text: LocalText | None) -> Mapping[str, str]:
        return {self._found.new.base_locale: text.base, **text.by_locale} if text else {}

    def _whole(self, value: Value | None) -> str:
        return self._said(value) if isinstance(value, Expectation) else ""

    def _said(self, value: Value | None) -> str:
        tr = self._tr
        match value:
            case None:
                return ""
            case LocalText():
                return self._of(value)
            case Requirement():
                return requirement_name(value, tr)
            case Scope():
                return scope_name(value, tr)
            case date():
                return tr.date(value)
            case tuple():
                return "\n".join(self._said(each) for each in value)
            case Resource():
                return f"{value.title} {value.url}"
            case Expectation():
                return self._cell(value)
            case str() | int():
                return str(value)
            case _:
                return self._of(value.name)

    def _cell(self, cell: Expectation) -> str:
        depth = [self._of(cell.proficiency.name)] if cell.proficiency else []
        heading = " · ".join((requirement_name(cell.requirement, self._tr), *depth))
        return "\n".join((heading, self._of(cell.wording))) if cell.wording else heading

    def _of(self, text: LocalText) -> str:
        return self._tr.of(text)


def _role_of(each: Difference) -> str:
    return each.path[0] if each.part in (Part.ROLE, Part.EXPECTATION) else ""
