"""What a team's page counts: each figure is the sum of what stands in its cells, and no more."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.teams.requests import TeamAsk
from bot.domain.teams.team_view import (
    AT_LEAST,
    TeamCell,
    TeamPage,
    TeamPerson,
    part_of,
    team_page,
    without,
)
from tests.properties import examples
from tests.unit.domain.teams.team_people import CATALOGUE, CELLS, RUNGS, SKILLS, person


@st.composite
def teams(draw: st.DrawFn) -> tuple[list[TeamPerson], list[TeamPerson]]:
    """Return everybody who shares, and those of them who stand on the page."""
    told = draw(
        st.lists(st.tuples(st.sampled_from([*RUNGS, None]), CELLS, st.booleans()), max_size=9)
    )
    people = [person(number, rung, cells) for number, (rung, cells, _) in enumerate(told, 1)]
    return people, [each for each, (_, _, shown) in zip(people, told, strict=True) if shown]


def page_of(people: list[TeamPerson], shown: list[TeamPerson]) -> TeamPage:
    return team_page(TeamAsk(), [each.goal for each in people], shown, CATALOGUE)


@given(teams())
@examples(300)
def test_counts_of_people_and_of_skills_are_the_same_cells(
    team: tuple[list[TeamPerson], list[TeamPerson]],
) -> None:
    page = page_of(*team)
    for cell in TeamCell:
        by_person = sum(each.count(cell) for each in page.people)
        assert by_person == sum(page.counts(each)[cell] for each in page.skills)
    asked = sum(len(each.cells) for each in page.people)
    assert asked == sum(page.counts(each).total() for each in page.skills)
    assert {each.key for each in page.skills} == {key for one in page.people for key in one.cells}


@given(teams())
@examples(300)
def test_a_single_point_of_failure_is_one_of_several_who_are_all_there(
    team: tuple[list[TeamPerson], list[TeamPerson]],
) -> None:
    people, shown = team
    page = page_of(people, shown)
    said = {(each.level.key, each.skill.key): each for each in page.only_ones()}
    levels = Counter(each.goal.level_key for each in people if each.goal.rung)
    for key, sharing in levels.items():
        there = [each for each in people if each.goal.level_key == key]
        for skill in SKILLS:
            cells = [each.cells[skill] for each in there if skill in each.cells]
            alone = cells.count(TeamCell.MET) == 1 and len(cells) >= AT_LEAST
            complete = all(each in shown for each in there)
            one = said.pop((key, skill), None)
            assert (one is not None) is (alone and complete)
            if one is not None:
                assert (one.asked, one.sharing) == (len(cells), sharing)
    assert said == {}, "of nothing else is it said"


@given(teams())
@examples(200)
def test_who_is_left_out_takes_every_figure_along(
    team: tuple[list[TeamPerson], list[TeamPerson]],
) -> None:
    people, shown = team
    page = page_of(people, shown)
    gone = {each.goal.share.id for each in shown[:2]}
    left = without(page, gone, CATALOGUE)
    rest = [each for each in shown if each.goal.share.id not in gone]
    assert left.people == tuple(rest)
    assert left.skills == page_of(people, rest).skills
    missing = {each.goal.level_key for each in shown[:2]}
    assert all(each.level.key not in missing for each in left.only_ones())


@given(teams())
@examples(100)
def test_every_part_is_a_part_and_all_parts_are_the_whole(
    team: tuple[list[TeamPerson], list[TeamPerson]],
) -> None:
    people, shown = team
    goals = [each.goal for each in people]
    page = page_of(people, shown)
    for parts, count in (
        ([part_of(goals, TeamAsk(level=each.key)) for each, _ in page.levels], page.levels),
        ([part_of(goals, TeamAsk(role=key)) for key, _, _ in page.roles], page.roles),
    ):
        assert [len(each) for each in parts] == [each[-1] for each in count]
        flat = [each for part in parts for each in part]
        assert sorted(each.share.id for each in flat) == [g.share.id for g in goals if g.rung]


def test_the_order_is_that_in_which_shares_began_whatever_is_met() -> None:
    met = {SKILLS[0]: TeamCell.MET}
    people = [person(1, RUNGS[0], {}), person(2, RUNGS[0], met), person(3, RUNGS[0], met)]
    assert [each.slack_id for each in page_of(people, people).people] == ["U1", "U2", "U3"]
