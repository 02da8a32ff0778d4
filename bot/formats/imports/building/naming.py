"""Names and keys of the things of a catalogue, and what may be wrong with them."""

from collections.abc import Mapping
from typing import Protocol

from bot.domain.said import said
from bot.formats.imports.building.before import Keys
from bot.formats.imports.building.drafts import Registry
from bot.formats.imports.building.keys import assign_keys
from bot.formats.imports.report import ImportProblems
from bot.formats.mapping.words import normal


class _Aliased(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


def nameless(registry: Registry, findings: ImportProblems) -> None:
    """Report the things that rows refer to by key and no row names."""
    for draft in registry.drafts:
        if not draft.name:
            message = said(
                "no row names the {kind} of this key; correct the key, or add a row that names it",
                kind=registry.kind,
            )
            findings.error("unknown-reference", message, draft.place.of(draft.key))


def keys_of(
    registry: Registry,
    before: Keys,
    findings: ImportProblems,
    given: Mapping[int, str] | None = None,
) -> dict[int, str]:
    """Return the key of each thing by its number. `given` are keys that the mapping lists."""
    names = {draft.number: draft.title for draft in registry.drafts}
    listed = {draft.number: draft.key for draft in registry.drafts if draft.key} | dict(given or {})
    keys, clashes = assign_keys(names, listed, before)
    for number in clashes:
        message = said(
            "the key of another {kind} was taken, so this one got a number; to choose"
            " keys yourself, add a column for them",
            kind=registry.kind,
        )
        place = registry.drafts[number].place.of(f"{names[number]}: {keys[number]}")
        findings.warning("key-taken", message, place)
    return keys


def alias_problems(
    registry: Registry, things: Mapping[int, _Aliased], findings: ImportProblems
) -> None:
    """Report the aliases that are the key of another thing of their kind."""
    owners = {normal(thing.key): number for number, thing in things.items()}
    for number, thing in things.items():
        for alias in thing.aliases:
            if owners.get(normal(alias), number) != number:
                message = said(
                    "the alias is the key of another {kind}; remove it", kind=registry.kind
                )
                findings.error("alias-taken", message, registry.drafts[number].place.of(alias))
