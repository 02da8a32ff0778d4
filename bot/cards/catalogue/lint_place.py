"""Names the place of a finding of lint as members know it."""

from collections.abc import Iterable
from typing import Protocol

from bot.cards.card import NAME
from bot.cards.mrkdwn import named, safe
from bot.domain.catalogue.lint.finding import LintPlace
from bot.domain.framework import CatalogueContent
from bot.domain.text import LocalText
from bot.text.translator import Translator


class _Named(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> LocalText: ...


def place_name(place: LintPlace, content: CatalogueContent, tr: Translator) -> str:
    """Return the names in a place, as mrkdwn; what has no name there by its key."""
    role = next((each for each in content.roles if each.key == place.role), None)
    ladder = next((each for each in content.ladders if each.key == place.ladder), None)
    rungs = role.ladder if role else ladder
    level = rungs.level(place.level) if rungs and place.level else None
    names = [
        _name(place.domain, content.domains, tr),
        _name(place.group, content.groups, tr),
        _name(place.skill, content.skills, tr),
        _name(place.role, [role] if role else (), tr),
        _name(place.ladder, [ladder] if ladder else (), tr),
        _name(place.level, [level] if level else (), tr),
        safe(place.locale or "", NAME),
    ]
    return " · ".join(filter(None, names)) or named(tr.of(content.name), NAME)


def _name(key: str | None, among: Iterable[_Named], tr: Translator) -> str:
    if not key:
        return ""
    found = next((each for each in among if each.key == key), None)
    return named(tr.of(found.name), NAME) if found else safe(key, NAME)
