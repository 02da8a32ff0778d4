"""A comparison as JSON: every difference by stable keys, with the values before and after."""

from dataclasses import asdict
from datetime import date
from typing import Any

from bot.domain.catalogue.differences import (
    CatalogueDiff,
    Difference,
    Edit,
    Part,
    Value,
    likely_rekeyed,
)
from bot.domain.framework import Expectation, Requirement
from bot.domain.guidance import Resource
from bot.domain.text import LocalText

_KEYS = {
    Part.LEVEL: ("ladder", "level"),
    Part.EXPECTATION: ("role", "level", "skill"),
}


def diff_data(found: CatalogueDiff) -> dict[str, Any]:
    """Return counts, differences and keys that were probably changed, ready for JSON."""
    return {
        "counts": counts_data(found),
        "differences": [_difference(each, found.new.base_locale) for each in found.differences],
        "likely_rekeyed": [
            {"part": added.part.value, "from": removed.path[-1], "to": added.path[-1]}
            for removed, added in likely_rekeyed(found)
        ],
    }


def counts_data(found: CatalogueDiff) -> dict[str, dict[str, int]]:
    """Return how many things of each part were edited in each way; zeros are left out."""
    counts: dict[str, dict[str, int]] = {}
    for part in Part:
        row = {edit.value: found.counts[part, edit] for edit in Edit if found.counts[part, edit]}
        if row:
            counts[part.value] = row
    return counts


def _difference(each: Difference, base_locale: str) -> dict[str, Any]:
    names = _KEYS.get(each.part, (each.part.value,))
    return {
        "part": each.part.value,
        "edit": each.edit.value,
        "aspect": each.aspect.value if each.aspect else None,
        "detail": each.detail or None,
        "keys": dict(zip(names, each.path, strict=False)),
        "name": " · ".join(name.base for name in each.names),
        "before": _value(each.before, base_locale),
        "after": _value(each.after, base_locale),
    }


def _value(value: Value | None, base_locale: str) -> Any:
    match value:
        case LocalText():
            return {base_locale: value.base, **value.by_locale}
        case Requirement():
            return value.value
        case date():
            return value.isoformat()
        case Resource():
            return asdict(value)
        case tuple():
            return [_value(each, base_locale) for each in value]
        case Expectation():
            return _expectation(value, base_locale)
        case None | str() | int():
            return value
        case _:
            return {"key": value.key, "name": _value(value.name, base_locale)}


def _expectation(each: Expectation, base_locale: str) -> dict[str, Any]:
    return {
        "requirement": each.requirement.value,
        "proficiency": each.proficiency.key if each.proficiency else None,
        "text": _value(each.wording, base_locale),
        "prompts": [_value(prompt, base_locale) for prompt in each.prompts],
        "resources": [_value(resource, base_locale) for resource in each.resources],
    }
