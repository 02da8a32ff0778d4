"""A rung: a level of a role."""

from bot.domain.framework import Level, Role
from bot.domain.lookup.requests import Viewer
from bot.domain.revision import Catalogue
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Rung:
    """A level of a role."""

    role: Role
    level: Level


def rung_of(catalogue: Catalogue, viewer: Viewer) -> Rung | None:
    """Return the recorded role and level as the catalogue has them; None where it does not."""
    role = catalogue.role(viewer.role) if viewer.role else None
    level = role.ladder.level(viewer.level) if role and viewer.level else None
    return Rung(role, level) if role and level else None
