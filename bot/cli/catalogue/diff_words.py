"""A comparison in words a person reads: the figures first, then part by part."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from bot.cli.catalogue.printing import counted, say
from bot.domain.catalogue.differences import (
    Aspect,
    CatalogueDiff,
    Difference,
    Edit,
    Part,
    Value,
    likely_rekeyed,
)
from bot.domain.framework import Expectation, Proficiency, Requirement
from bot.domain.guidance import Resource
from bot.domain.text import LocalText

PLURALS = {
    Part.CATALOGUE: "the catalogue",
    Part.PROFICIENCY: "proficiencies",
    Part.LADDER: "ladders",
    Part.LEVEL: "levels",
    Part.DOMAIN: "domains",
    Part.GROUP: "groups",
    Part.FAMILY: "role families",
    Part.ROLE: "roles",
    Part.SKILL: "skills",
    Part.EXPECTATION: "expectations",
}
_SIGNS = {Edit.ADDED: "+", Edit.REMOVED: "-"}
_STYLES = {Edit.ADDED: "green", Edit.REMOVED: "red"}
_NOUNS = {
    Aspect.NAME: "name",
    Aspect.SUMMARY: "summary",
    Aspect.TEXT: "text",
    Aspect.DEPTH: "text for {detail}",
    Aspect.FOCUS: "focus of {detail}",
    Aspect.PROMPTS: "growth prompts",
    Aspect.EVIDENCE: "example evidence",
    Aspect.RESOURCES: "resources",
    Aspect.SCOPE: "scope",
    Aspect.ALIASES: "aliases",
    Aspect.UPDATED: "last updated",
    Aspect.REQUIREMENT: "requirement",
    Aspect.PROFICIENCY: "proficiency",
    Aspect.GROUP: "group",
    Aspect.DOMAIN: "domain",
    Aspect.FAMILY: "role family",
    Aspect.LADDER: "ladder",
    Aspect.TRACK: "track",
    Aspect.RANK: "rank",
    Aspect.ORDER: "order",
    Aspect.BASE_LOCALE: "base language",
}


def print_counts(found: CatalogueDiff) -> None:
    """Print how many things of each part were edited in each way, a line for each part."""
    for part in Part:
        counts = [(found.counts[part, edit], edit.value) for edit in Edit]
        told = ", ".join(f"{count:,} {edit}" for count, edit in counts if count)
        if told:
            say(f"{PLURALS[part]}: {told}", indent=2)


def print_diff(found: CatalogueDiff) -> None:
    """Print every difference; expectations by role, those of a whole new or gone part folded."""
    for removed, added in likely_rekeyed(found):
        say()
        say(
            f"The key of the {added.part.value} “{added.names[-1].base}” changed from "
            f"{removed.path[-1]} to {added.path[-1]}. Goals and assessments refer to keys and "
            "lose it; keep the old key unless it is another thing.",
            style="yellow",
        )
    for part, group in groupby(found.differences, key=lambda each: each.part):
        say()
        say(PLURALS[part].capitalize(), style="bold")
        if part is Part.EXPECTATION:
            _print_expectations(found, group)
        else:
            for _, same in groupby(group, key=lambda each: each.path):
                _print_thing(list(same), indent=2)


def _print_thing(differences: list[Difference], *, indent: int) -> None:
    """Print what happened to one thing; all differences are of the same path."""
    first = differences[0]
    label = f"{first.names[-1].base} ({first.path[-1]})" if first.names else "the catalogue"
    if first.edit in _SIGNS:
        say(f"{_SIGNS[first.edit]} {label}", style=_STYLES[first.edit], indent=indent)
        return
    say(f"~ {label}", indent=indent)
    for each in differences:
        for line in told(each):
            say(line, indent=indent + 4)


def _print_expectations(found: CatalogueDiff, differences: Iterable[Difference]) -> None:
    whole = {
        (each.part, each.path[-1])
        for each in found.differences
        if each.edit in _SIGNS and each.part in (Part.ROLE, Part.SKILL)
    }
    folded = 0
    by_rung: dict[tuple[str, str], list[Difference]] = {}
    for each in differences:
        role, level, skill = each.path
        if {(Part.ROLE, role), (Part.SKILL, skill)} & whole:
            folded += 1
        else:
            by_rung.setdefault((role, level), []).append(each)
    for group in by_rung.values():
        role_name, level_name = group[0].names[:2]
        say(f"{role_name.base}, {level_name.base}", indent=2)
        for _, same in groupby(group, key=lambda each: each.path):
            _print_cell(list(same))
    if folded:
        say(f"{counted(folded, 'expectation')} of the roles and skills above", indent=2)


def _print_cell(differences: list[Difference]) -> None:
    first = differences[0]
    if first.edit in _SIGNS:
        value = first.after or first.before
        stands = _shown(value) if isinstance(value, Expectation) else ""
        line = f"{_SIGNS[first.edit]} {first.names[-1].base}: {stands}"
        say(line, style=_STYLES[first.edit], indent=4)
    else:
        _print_thing(differences, indent=4)


def told(each: Difference) -> Iterator[str]:
    """Yield the lines for one field that differs: one, or three for a text."""
    noun = _NOUNS[each.aspect].format(detail=each.detail) if each.aspect else ""
    if each.aspect is Aspect.ORDER:
        yield "moved to another place in the order"
    elif each.edit is Edit.TRANSLATED:
        yield f"{noun}: translations changed"
    elif each.edit is Edit.RENAMED:
        yield f"renamed: {_shown(each.before)} → {_shown(each.after)}"
    elif each.aspect in (Aspect.PROMPTS, Aspect.EVIDENCE):
        yield f"{noun} reworded"
    elif each.edit is Edit.REWORDED:
        yield f"{noun} reworded"
        yield f"- {_shown(each.before)}"
        yield f"+ {_shown(each.after)}"
    else:
        yield f"{each.edit.value}: {noun} {_shown(each.before)} → {_shown(each.after)}"


def _shown(value: Value | None) -> str:
    match value:
        case None:
            return "none"
        case LocalText():
            return value.base
        case Requirement():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(_shown(each) for each in value) or "none"
        case Expectation():
            return ", ".join((value.requirement.value, *_depth(value.proficiency)))
        case Resource():
            return value.title
        case str() | int():
            return str(value)
        case _:
            return value.name.base


def _depth(proficiency: Proficiency | None) -> tuple[str, ...]:
    return () if proficiency is None else (proficiency.name.base,)
