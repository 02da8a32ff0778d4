"""The order of a role's skills on its card."""

import pytest

from bot.domain.framework import Role
from bot.domain.lookup.requests import ANYONE
from bot.domain.lookup.role_overview import role_overview
from tests.unit.samples import built_in

CATALOGUE = built_in().catalogue
ROLES = CATALOGUE.content.roles


@pytest.mark.parametrize("role", ROLES, ids=[role.key for role in ROLES])
def test_domains_without_anything_of_the_core_come_last_at_every_level(role: Role) -> None:
    asked = CATALOGUE.skills_asked_of(role)
    for level in role.ladder.levels:
        shown = role_overview(CATALOGUE, role, viewer=ANYONE, level=level)
        central = {each.group.domain.key for each in asked if each.key in shown.core}
        first = [each for each in asked if each.group.domain.key in central]
        last = [each for each in asked if each.group.domain.key not in central]
        assert list(shown.skills) == [*first, *last]


def test_a_designer_is_not_shown_ai_first() -> None:
    role = next(each for each in ROLES if each.key == "product-designer")
    shown = role_overview(CATALOGUE, role, viewer=ANYONE, level=None)
    begins, ends = shown.skills[0].group.domain.key, shown.skills[-1].group.domain.key
    assert (begins, ends) == ("client-engineering", "software-engineering")
