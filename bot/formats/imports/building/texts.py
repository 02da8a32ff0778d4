"""Texts in several languages, from the cells that hold them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bot.domain.guidance import Resource
from bot.domain.text import LocalText
from bot.formats.imports.building.cells import Texts
from bot.formats.imports.building.drafts import Values
from bot.formats.imports.values import lines_of
from bot.formats.mapping.fields import Field
from bot.formats.resource_lines import resource_of


def translations(values: Values, field: Field) -> dict[str, str]:
    """Return the other languages of a field, by language tag."""
    return {
        slot.locale: text for slot, text in values.items() if slot.field is field and slot.locale
    }


def local_text(base: str, others: Mapping[str, str]) -> LocalText:
    """Return a text with its translations."""
    return LocalText(base, MappingProxyType(dict(others))) if others else LocalText(base)


def text_of(texts: Texts) -> LocalText:
    """Return a text as an expectation keeps it.

    Where it is there in other languages only, the first of them stands for the base language too.
    """
    if isinstance(texts, str):
        return LocalText(texts)
    others = {locale: text for locale, text in texts.items() if locale}
    return local_text(texts.get("") or next(iter(others.values())), others)


def optional_text(values: Values, field: Field) -> LocalText | None:
    """Return the text that rows give for a field, None where they give none."""
    found = {slot.locale: text for slot, text in values.items() if slot.field is field}
    return text_of(found) if found else None


def resources_of(lines: Iterable[str]) -> tuple[Resource, ...]:
    """Return the resources of lines; those that are none were reported when they were read."""
    return tuple(filter(None, map(resource_of, lines)))


def joined_prompts(by_locale: dict[str, str]) -> tuple[Texts, ...]:
    """Return growth prompts with their translations: the first beside the first, and so on.

    A prompt that stands in another language as it stands in this one is not translated.
    """
    lists = {locale: list(lines_of(value)) for locale, value in by_locale.items()}
    base = lists.pop("", [])
    if not lists:
        return tuple(base)
    return tuple(
        {"": prompt}
        | {
            locale: each[at]
            for locale, each in lists.items()
            if each[at : at + 1] not in ([], [prompt])
        }
        for at, prompt in enumerate(base)
    )
