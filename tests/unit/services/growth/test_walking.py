"""What there is to walk through for a target."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import OutdatedCard
from bot.domain.framework import Catalogue, CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.standing import NO_GROWTH, Growth, Standings, growth_of
from bot.domain.growth.walkthrough import Walk
from bot.domain.lookup.requests import ANYONE, ShowGap, Viewer
from bot.services.growth.walkthrough import walk
from tests.unit.samples import built_in, workshop

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LEAD = ShowGap("llm-engineer", ("lead",))


def walked(
    target: ShowGap,
    growth: Growth = NO_GROWTH,
    viewer: Viewer = ANYONE,
    which: Catalogue | None = None,
) -> Walk:
    catalogue = which or built_in().catalogue
    return walk(catalogue, target, viewer, Standings(growth, catalogue, now=NOW))


def keys(found: Walk) -> list[str]:
    return [gap.target.skill.key for gap, _ in found.steps]


def marked(*skills: str, status: Status = Status.MET) -> Growth:
    cells = [CellKey("llm-engineer", "lead", each) for each in skills]
    return growth_of([Assessment(each, status, NOW) for each in cells])


def test_a_gap_is_walked_in_reading_order_whatever_was_marked() -> None:
    fresh = walked(LEAD)
    some = walked(LEAD, marked(keys(fresh)[3], keys(fresh)[0]))
    assert keys(some) == keys(fresh)
    assert fresh.origin is not None
    assert [gap.target.required for gap, _ in fresh.steps] == sorted(
        (gap.target.required for gap, _ in fresh.steps), reverse=True
    )


def test_it_begins_where_nothing_was_marked() -> None:
    order = keys(walked(LEAD))
    assert walked(LEAD, marked(*order[:4], status=Status.NOT_YET)).first_open() == 4
    assert walked(LEAD, marked(order[1])).first_open() == 0
    assert walked(LEAD, marked(*order)).first_open() == 0
    assert walked(LEAD, marked(*order)).never_assessed() == 0
    assert walked(LEAD, marked(*order[:4])).never_assessed() == len(order) - 4


def test_positions_follow_the_skill() -> None:
    found = walked(LEAD)
    assert [found.position(each) for each in keys(found)] == list(range(len(found.steps)))
    assert found.position("gone") is None
    assert found.position(None) is None


@pytest.mark.parametrize("level", ["senior", "junior"])
def test_a_level_that_is_held_is_walked_whole(level: str) -> None:
    found = walked(ShowGap("llm-engineer", (level,)), viewer=Viewer("llm-engineer", "senior"))
    assert found.origin is None
    catalogue = built_in().catalogue
    role = catalogue.role("llm-engineer")
    assert role is not None
    asked = role.ladder.level(level)
    assert asked is not None
    assert sorted(keys(found)) == sorted(
        each.skill.key for each in catalogue.expectations_at(role, asked)
    )
    required = [gap.target.required for gap, _ in found.steps]
    assert required == sorted(required, reverse=True)


def test_the_foot_of_a_ladder_is_walked_whole() -> None:
    found = walked(ShowGap("llm-engineer", ("junior",)))
    assert found.origin is None
    assert found.steps


@pytest.mark.parametrize(
    "target",
    [
        ShowGap(),
        ShowGap("gone", ("lead",)),
        ShowGap("llm-engineer"),
        ShowGap("llm-engineer", ("x",)),
    ],
)
def test_what_is_no_target_is_outdated(target: ShowGap) -> None:
    with pytest.raises(OutdatedCard):
        walked(target)


def test_a_level_that_asks_for_nothing_is_outdated() -> None:
    with pytest.raises(OutdatedCard):
        walked(ShowGap("joiner", ("fellow",)), which=workshop())


def test_progress_counts_as_the_card_does() -> None:
    order = keys(walked(LEAD))
    found = walked(LEAD, marked(*order[:5]))
    assert found.progress.required_met == 5
    aside = walked(LEAD, marked(order[0], status=Status.NOT_RELEVANT))
    assert aside.progress.required_total == found.progress.required_total - 1
