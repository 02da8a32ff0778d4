"""What a card names and the catalogue in force has no longer: which part of it, exactly."""

from bot.domain.errors import LeftCatalogue
from bot.domain.framework import CellKey, Role
from bot.domain.lookup.rung import Rung
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText


def gone(kind: str, key: str) -> LeftCatalogue:
    """Return the error for one thing by its key."""
    return LeftCatalogue(kind=kind, key=key, role="")


def gone_level(role: Role, key: str) -> LeftCatalogue:
    """Return the error for a level that a role's ladder has no longer."""
    return LeftCatalogue(kind="level", key=key, names={"role": role.name}, role_key=role.key)


def gone_rung(catalogue: Catalogue, role_key: str, level_key: str) -> LeftCatalogue | None:
    """Return whether the role or its level is what has gone; None where the catalogue has both."""
    role = catalogue.role(role_key)
    if role is None:
        return gone("role", role_key)
    if role.ladder.level(level_key) is None:
        return gone_level(role, level_key)
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
    names = {"key": skill.name, "role": role.name, **({"level": level.name} if level else {})}
    return LeftCatalogue(kind="expectation", names=names)


def not_asked(skill: str, rung: Rung) -> LeftCatalogue:
    """Return the error for a skill, by its key, that a level of a role asks for no longer."""
    return LeftCatalogue(kind="expectation", key=skill, names=_names(rung))


def nothing_asked(rung: Rung) -> LeftCatalogue:
    """Return the error for a level that asks for nothing any more."""
    return LeftCatalogue(kind="", key="", names=_names(rung))


def gone_goal(rung: Rung) -> LeftCatalogue:
    """Return the error for a goal that the newest revision has no longer."""
    return LeftCatalogue(kind="goal", key="", names=_names(rung))


def _names(rung: Rung) -> dict[str, LocalText]:
    return {"role": rung.role.name, "level": rung.level.name}
