"""Which roles use a group, the one that asks most of it first: as plain counting has it."""

import pytest

from bot.domain.framework import Level, Role, SkillGroup
from bot.domain.lookup.figures import figures_of
from bot.domain.lookup.group_overview import roles_by_asking
from bot.domain.lookup.profiles import Figures
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


@pytest.mark.parametrize("catalogue", [MADE, built_in().catalogue], ids=["made", "built-in"])
def test_figures_count_each_role_and_rank_once(catalogue: Catalogue) -> None:
    for group in catalogue.content.groups[::3]:
        skills = catalogue.skills_of(group)
        for some in (skills, skills[:1], ()):
            cells = [each for each in catalogue.content.expectations if each.skill in some]
            required = sum(each.required for each in cells)
            assert figures_of(catalogue, some) == Figures(
                skills=len(some),
                roles=len({each.role.key for each in cells}),
                levels=len({(each.level.rank, each.level.track) for each in cells}),
                required=required,
                optional=len(cells) - required,
            )
