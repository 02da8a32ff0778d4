"""The rule about lengths: texts that cards cut, each language by itself."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.catalogue.lint.budget import CARD_TEXT, DETAILS_TEXT, NAME, PROMPT, card_length
from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity, quoted
from bot.domain.catalogue.lint.survey import Survey, versions
from bot.domain.framework import CatalogueContent
from bot.domain.said import Said, said
from bot.domain.text import LocalText

_Measured = tuple[LocalText | None, int, Said, LintPlace]
"""A text, how much of it a card shows, what it is, and where."""


_NAME, _SUMMARY, _TEXT = said("name"), said("summary"), said("text")
_PROMPT = said("growth prompt")


def too_long(survey: Survey) -> Iterator[LintFinding]:
    """Texts that a card cuts; an error where even the Details view does."""
    for measure in (_names, _descriptions, _skill_texts, _cell_texts):
        for text, limit, what, place in measure(survey.content):
            yield from _cut(text, limit, what, place)


def _names(content: CatalogueContent) -> Iterator[_Measured]:
    for domain in content.domains:
        yield domain.name, NAME, _NAME, LintPlace(domain=domain.key)
    for ladder in content.ladders:
        for level in ladder.levels:
            yield level.name, NAME, _NAME, LintPlace(ladder=ladder.key, level=level.key)


def _descriptions(content: CatalogueContent) -> Iterator[_Measured]:
    for group in content.groups:
        yield group.name, NAME, _NAME, LintPlace(group=group.key)
        yield group.summary, CARD_TEXT, _SUMMARY, LintPlace(group=group.key)
    for role in content.roles:
        yield role.name, NAME, _NAME, LintPlace(role=role.key)
        yield role.summary, CARD_TEXT, _SUMMARY, LintPlace(role=role.key)
    for skill in content.skills:
        yield skill.name, NAME, _NAME, LintPlace(skill=skill.key)
        yield skill.summary, CARD_TEXT, _SUMMARY, LintPlace(skill=skill.key)


def _skill_texts(content: CatalogueContent) -> Iterator[_Measured]:
    for skill in content.skills:
        for prompt in skill.prompts:
            yield prompt, PROMPT, _PROMPT, LintPlace(skill=skill.key)
        for key, text in skill.depths.items():
            yield text, CARD_TEXT, said("text for {depth}", depth=key), LintPlace(skill=skill.key)


def _cell_texts(content: CatalogueContent) -> Iterator[_Measured]:
    for each in content.expectations:
        if each.text is not None or each.prompts:
            place = LintPlace(role=each.role.key, level=each.level.key, skill=each.skill.key)
            yield each.text, CARD_TEXT, _TEXT, place
            for prompt in each.prompts:
                yield prompt, PROMPT, _PROMPT, place


def _cut(text: LocalText | None, limit: int, what: Said, place: LintPlace) -> Iterator[LintFinding]:
    if text is None:
        return
    for locale, version in versions(text):
        # No character takes more than five of the budget: most texts are settled by their length.
        if 5 * len(version) <= limit:
            continue
        length = card_length(version)
        if length > limit:
            severity, rest = _consequence(length, limit, what)
            message = said(
                "The {what} {text} takes {length} characters; {rest} Shorten it.",
                what=what,
                text=quoted(version, 40),
                length=length,
                rest=rest,
            )
            yield LintFinding(LintRule.TOO_LONG, severity, replace(place, locale=locale), message)


def _consequence(length: int, limit: int, what: Said) -> tuple[LintSeverity, Said]:
    """Only texts of expectations, which a skill's depths may be, are shown in full somewhere."""
    if not what.startswith("text"):
        return LintSeverity.WARNING, said("a card ends it after {limit}.", limit=limit)
    if length > DETAILS_TEXT:
        return LintSeverity.ERROR, said("even Details ends it after {limit}.", limit=DETAILS_TEXT)
    told = said("a card ends it after {limit}; only Details shows all of it.", limit=limit)
    return LintSeverity.WARNING, told
