"""One cell of a catalogue as rows give it, and what becomes of two rows for the same."""

from collections.abc import Mapping as ReadOnly
from dataclasses import replace
from typing import Any

from bot.domain.framework import Requirement
from bot.formats.imports.values import MAX_TEXT, MOST_PROMPTS, MOST_RESOURCES
from bot.values import dataclass

Texts = str | ReadOnly[str, str]
"""A text in the base language, or texts by language where "" is the base language."""


@dataclass(frozen=True, slots=True)
class DraftCell:
    """What rows say about one role, level and skill; None and () where they say nothing."""

    line: int
    table: str
    requirement: Requirement | None = None
    depth: int | None = None
    text: Texts | None = None
    prompts: tuple[Texts, ...] = ()
    resources: tuple[str, ...] = ()


def joined(before: DraftCell, after: DraftCell, *, lines: bool) -> DraftCell | None:
    """Return what two rows say together, or None where they contradict each other.

    `lines` lets what differs follow as more lines, where it has lines; nothing is said twice.
    """
    changes: dict[str, Any] = {}
    for name in ("requirement", "depth", "text", "prompts", "resources"):
        old, new = getattr(before, name), getattr(after, name)
        if old in (None, ()):
            changes[name] = new
        elif new not in (None, (), old):
            if name == "text" and (lines or _translates(old, new)):
                changes[name] = _lines(old, new)
            elif lines and name in ("prompts", "resources"):
                changes[name] = (*old, *(each for each in new if each not in old))
            else:
                return None
    return replace(before, **changes) if changes else before


def fits(cell: DraftCell) -> bool:
    """Whether a catalogue has room for what rows say together; each was looked at by itself."""
    texts = cell.text.values() if isinstance(cell.text, ReadOnly) else [cell.text or ""]
    return (
        all(len(text) <= MAX_TEXT for text in texts)
        and len(cell.prompts) <= MOST_PROMPTS
        and len(cell.resources) <= MOST_RESOURCES
    )


def _translates(before: Texts, after: Texts) -> bool:
    """Whether a second text says in another language what the first one says."""
    one = {"": before} if isinstance(before, str) else before
    other = {"": after} if isinstance(after, str) else after
    return all(one.get(locale, text) == text for locale, text in other.items())


def _lines(before: Texts, after: Texts) -> Texts:
    """Return both texts as lines, without those of the second that the first has."""
    one = {"": before} if isinstance(before, str) else before
    other = {"": after} if isinstance(after, str) else after
    told: dict[str, str] = {}
    for locale in (*one, *(each for each in other if each not in one)):
        known = one.get(locale, "").split("\n")
        more = [line for line in other.get(locale, "").split("\n") if line not in known]
        told[locale] = "\n".join(filter(None, (*known, *more)))
    return told[""] if told.keys() == {""} else told
