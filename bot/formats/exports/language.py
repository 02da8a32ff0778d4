"""The language in which an export speaks, and lists as one cell."""

from collections.abc import Iterable, Sequence

from bot.domain.framework import CatalogueContent
from bot.domain.text import LocalText
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """`locale` is the language of all texts; None is the catalogue's own, with translations."""

    locale: str | None
    translations: tuple[str, ...] = ()
    """Languages that have columns of their own beside the catalogue's."""

    def say(self, text: LocalText | None) -> str:
        """Return a text in this language, or in the catalogue's own where it has none."""
        if text is None:
            return ""
        return text.base if self.locale is None else text.in_locale(self.locale)


def language_of(content: CatalogueContent, locale: str | None) -> Language:
    """Return the language of an export; every translation of `content` has its columns if None."""
    if locale is not None:
        return Language(None if locale == content.base_locale else locale)
    found = {tag for text in _texts(content) for tag in text.by_locale}
    return Language(None, tuple(sorted(found - {content.base_locale})))


def listed(words: Iterable[str]) -> str:
    """Return short words as one cell, divided by commas."""
    return ", ".join(words)


def itemised(texts: Sequence[str]) -> str:
    """Return texts as one cell: one a line after a dash, with further lines of it indented."""
    if len(texts) == 1 and "\n" not in texts[0] and not texts[0].startswith("-"):
        return texts[0]
    return "\n".join("- " + text.replace("\n", "\n  ") for text in texts)


def _texts(content: CatalogueContent) -> Iterable[LocalText]:
    yield content.name
    named = (
        content.proficiencies,
        content.ladders,
        content.domains,
        content.groups,
        content.skills,
        content.families,
        content.roles,
    )
    for things in named:
        yield from (thing.name for thing in things)
    for ladder in content.ladders:
        yield from (level.name for level in ladder.levels)
    for group in content.groups:
        yield from filter(None, (group.summary,))
    for proficiency in content.proficiencies:
        yield from filter(None, (proficiency.summary,))
    for role in content.roles:
        yield from filter(None, (role.summary, *role.focus.values()))
    for skill in content.skills:
        yield from filter(None, (skill.summary, *skill.depths.values(), *skill.prompts))
        for guide in skill.guides.values():
            yield from (*guide.prompts, *guide.evidence)
    for each in content.expectations:
        yield from filter(None, (each.text, *each.prompts))
