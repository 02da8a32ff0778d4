"""What a card names and the catalogue in force has no longer: which part of it, exactly."""

from bot.domain.errors import LeftCatalogue
from bot.domain.framework import CellKey
from bot.domain.revision import Catalogue


def gone(kind: str, key: str, *, role: str = "") -> LeftCatalogue:
    """Return the error for one thing by its key; a level is that of a role."""
    return LeftCatalogue(kind=kind, key=key, role=role)


def gone_rung(catalogue: Catalogue, role_key: str, level_key: str) -> LeftCatalogue | None:
    """Return whether the role or its level is what has gone; None where the catalogue has both."""
    role = catalogue.role(role_key)
    if role is None:
        return gone("role", role_key)
    if role.ladder.level(level_key) is None:
        return gone("level", level_key, role=role.name.base)
    return None


def gone_cell(catalogue: Catalogue, cell: CellKey) -> LeftCatalogue:
    """Return which part of an expectation has gone; for a catalogue that does not have it."""
    skill, role = catalogue.skill(cell.skill), catalogue.role(cell.role)
    if skill is None:
        return gone("skill", cell.skill)
    rung = gone_rung(catalogue, cell.role, cell.level)
    if rung is not None or role is None:
        return rung or gone("role", cell.role)
    level = role.ladder.level(cell.level)
    name = level.name.base if level else cell.level
    return LeftCatalogue(kind="expectation", key=skill.name.base, role=role.name.base, level=name)


def nothing_asked(role: str, level: str) -> LeftCatalogue:
    """Return the error for a level that asks for nothing any more, by its names."""
    return LeftCatalogue(kind="", key="", role=role, level=level)
