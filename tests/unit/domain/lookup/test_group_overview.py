"""Which roles use a group, the one that asks most of it first: as plain counting has it."""

import pytest

from bot.domain.framework import Level, Role, SkillGroup
from bot.domain.lookup.group_overview import roles_by_asking
from bot.domain.revision import Catalogue
from tests.factories import big_catalogue
from tests.unit.samples import built_in, revision

MADE = Catalogue(revision(1, "own"), big_catalogue(skills=60, roles=7, expectations=700))


def counted(catalogue: Catalogue, group: SkillGroup, level: Level | None) -> list[Role]:
    """Return the same, cell by cell."""
    found = []
    for role in catalogue.content.roles:
        cells = [each for each in catalogue.content.expectations if each.role is role]
        cells = [each for each in cells if each.skill.group is group]
        if cells:
            at = role.ladder.counterpart(level) if level else None
            asked = [each for each in cells if level is None or each.level is at]
            found.append((-sum(each.required for each in asked), -len(asked), role))
    return [role for *_, role in sorted(found, key=lambda each: each[:2])]


@pytest.mark.parametrize("catalogue", [MADE, built_in().catalogue], ids=["made", "built-in"])
def test_the_role_that_asks_most_comes_first_and_equal_ones_as_in_the_catalogue(
    catalogue: Catalogue,
) -> None:
    levels = catalogue.content.ladders[0].levels
    for group in catalogue.content.groups[::3]:
        for level in (None, *levels[::2]):
            shown = roles_by_asking(catalogue, group, level)
            assert list(shown) == counted(catalogue, group, level), (group.key, level)
