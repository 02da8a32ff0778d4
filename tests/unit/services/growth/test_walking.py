"""What there is to walk through for a target."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.holdings import NO_GROWTH, Growth, growth_of
from bot.domain.growth.standing import Standings
from bot.domain.growth.walkthrough import Walk, held_before
from bot.domain.lookup.requests import ANYONE, ShowGap, Viewer
from bot.domain.revision import Catalogue
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


def groups(found: Walk) -> list[str]:
    return [gap.target.skill.group.key for gap, _ in found.steps]


def assert_in_sections(found: Walk) -> None:
    """Each group once, by its first expectation; within it, and between them, the one order."""
    order = [key for key in found.reading if key in keys(found)]
    assert sorted(order) == sorted(keys(found))
    sections = found.sections()
    assert [each.group.key for each in sections] == list(dict.fromkeys(groups(found)))
    assert len({each.group.key for each in sections}) == len(sections)
    assert [each.first for each in sections] == [
        groups(found).index(each.group.key) for each in sections
    ]
    for each in sections:
        numbers = [order.index(gap.target.skill.key) for gap, _ in each.steps]
        assert numbers == sorted(numbers)
    firsts = [order.index(keys(found)[each.first]) for each in sections]
    assert firsts == sorted(firsts)


def test_a_gap_is_walked_by_group_in_the_one_order_whatever_was_marked() -> None:
    fresh = walked(LEAD)
    some = walked(LEAD, marked(keys(fresh)[3], keys(fresh)[0]))
    assert keys(some) == keys(fresh)
    assert fresh.origin is not None
    assert_in_sections(fresh)
    required = {gap.target.skill.key: gap.target.required for gap, _ in fresh.steps}
    asked = [required[key] for key in fresh.reading]
    assert asked == sorted(asked, reverse=True)


def test_what_is_open_is_named_in_the_one_order() -> None:
    found = walked(LEAD, marked(*keys(walked(LEAD))[:4]))
    still = [each.target.skill.key for each in found.still_open()]
    assert still == [key for key in found.reading if key not in keys(found)[:4]]


def test_a_walk_tells_what_has_changed_since_it_began() -> None:
    first, second, third = keys(walked(LEAD))[:3]
    cells = [CellKey("llm-engineer", "lead", each) for each in (first, second, third)]
    before, later = NOW - timedelta(days=1), NOW
    since = Assessment(cells[0], Status.MET, later).stamp
    growth = growth_of(
        [
            Assessment(cells[0], Status.WORKING, before),
            Assessment(cells[1], Status.MET, before),
            Assessment(cells[0], Status.MET, later),
            Assessment(cells[2], Status.WORKING, later),
        ]
    )
    catalogue = built_in().catalogue
    earlier = held_before(growth, since)
    assert {cell: each.status for cell, each in earlier.marks.items()} == {
        cells[0]: Status.WORKING,
        cells[1]: Status.MET,
    }

    found = walked(LEAD, growth).compared_with(Standings(earlier, catalogue, now=NOW), since)

    assert found.changed == {first, third}
    assert [each.target.skill.key for each in found.answered_with(Status.MET)] == [first]
    assert [each.target.skill.key for each in found.answered_with(Status.WORKING)] == [third]
    assert found.before is not None
    assert (found.before.required_met, found.progress.required_met) == (1, 2)


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
    assert_in_sections(found)


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
