"""What the catalogue itself says, for scenarios that compare a card with it."""

from html import escape

from bot.domain.framework import CellKey
from bot.domain.revision import Catalogue
from tests.scenario.desk import Desk
from tests.scenario.growing import lead_cells


def catalogue_of(desk: Desk) -> Catalogue:
    """Return the built-in catalogue as it is served."""
    return desk.nextrung.services.catalogues.shelf().catalogue


def required_cells(desk: Desk) -> list[CellKey]:
    """Return what of `lead_cells` is required."""
    cells = set(lead_cells(desk))
    content = catalogue_of(desk).content
    keys = [
        (each.required, CellKey(each.role.key, each.level.key, each.skill.key))
        for each in content.expectations
    ]
    return [key for required, key in keys if required and key in cells]


def said(desk: Desk, role: str, level: str, skill: str) -> str:
    """Return the words of an expectation as they stand in a message, with `&` escaped."""
    (found,) = [
        each
        for each in catalogue_of(desk).content.expectations
        if (each.role.key, each.level.key, each.skill.key) == (role, level, skill)
    ]
    assert found.wording is not None
    return escape(found.wording.base, quote=False)


def asked_of_group(desk: Desk, role: str, level: str, group: str) -> str:
    """Return how a card says how many skills of a group a role at a level asks for."""
    catalogue = catalogue_of(desk)
    found = catalogue.group(group)
    assert found is not None
    skills = catalogue.skills_of(found)
    asked = [
        each
        for each in catalogue.content.expectations
        if (each.role.key, each.level.key) == (role, level) and each.skill in skills
    ]
    name, rung = asked[0].role.name.base, asked[0].level.name.base
    return f"*{name} at {rung} asks for {len(asked)} of {len(skills)} skills*"


def sum_of_group(desk: Desk, group: str) -> str:
    """Return the figures in the head of a group's card."""
    cells = [
        each for each in catalogue_of(desk).content.expectations if each.skill.group.key == group
    ]
    skills = len({each.skill.key for each in cells})
    roles = len({each.role.key for each in cells})
    levels = len({each.level.key for each in cells})
    required = sum(each.required for each in cells)
    return (
        f"{skills} skills · {roles} roles · {levels} levels · "
        f"{required} mandatory, the other {len(cells) - required} optional"
    )
