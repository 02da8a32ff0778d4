"""What goes, what it leads to, whom it reaches, and how members' marks are named then."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.change_list import ChangeFilter, change_page
from bot.domain.catalogue.diff import diff
from bot.domain.catalogue.goings import (
    GoingKey,
    GoingPart,
    UnknownGoing,
    goings,
    keys_of,
    moves_by,
)
from bot.domain.catalogue.reach import People, people_by_role, reach_of
from bot.domain.framework import CatalogueContent, CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.goal import Goal
from bot.domain.growth.holdings import Growth
from bot.domain.moves import NO_MOVES, Moves, carried_on, taken_back
from bot.domain.named_in import followed, named_in
from bot.domain.revision import Catalogue, RevisionInfo
from bot.domain.text import LocalText
from tests.strategies import Shape, catalogue_of

SHAPE = Shape(
    skills=6, groups=2, domains=1, roles=3, ladders=1, levels=3, forked=False, depths=3,
    dense=True, long_keys=False, seed=3,
)  # fmt: skip
OLD = catalogue_of(SHAPE, ("A name",)).content
AT = datetime(2026, 11, 29, tzinfo=UTC)
ROLE, OTHER = OLD.roles[0], OLD.roles[1]


def without_role(content: CatalogueContent, key: str) -> CatalogueContent:
    return replace(
        content,
        roles=tuple(each for each in content.roles if each.key != key),
        expectations=tuple(each for each in content.expectations if each.role.key != key),
    )


def catalogue(number: int, content: CatalogueContent, moves: Moves = NO_MOVES) -> Catalogue:
    return Catalogue(RevisionInfo(number, "ours", number, "Ada", "", AT), content, moves)


def role(key: str) -> GoingKey:
    return GoingKey(GoingPart.ROLE, key)


def test_what_goes_is_counted_and_has_its_name_proposed() -> None:
    renamed = replace(ROLE, key="another-key")
    new = replace(without_role(OLD, ROLE.key), roles=(renamed, *OLD.roles[1:]))
    found = goings(OLD, new)
    assert [each.at for each in found.every] == [role(ROLE.key)]
    assert found.every[0].proposed == "another-key"
    assert found.before[GoingPart.ROLE] == len(OLD.roles)
    assert not goings(OLD, OLD)


def test_a_role_takes_all_its_levels_along() -> None:
    new = without_role(OLD, ROLE.key)
    moves = moves_by({role(ROLE.key): OTHER.key}, OLD, new)
    for level in ROLE.ladder.levels:
        target, found = moves.rung(ROLE.key, level.key)
        assert target == OTHER.key
        assert OTHER.ladder.level(found) is not None
    assert moves_by({role(ROLE.key): None}, OLD, new) == NO_MOVES


@pytest.mark.parametrize(
    "decisions", [{role("nobody"): None}, {role(OTHER.key): None}, {role(ROLE.key): "nobody"}]
)
def test_what_does_not_fit_is_refused(decisions: dict[GoingKey, str | None]) -> None:
    with pytest.raises(UnknownGoing):
        moves_by(decisions, OLD, without_role(OLD, ROLE.key))


def test_people_count_once_and_by_whole_roles() -> None:
    goals = {ROLE.key: 7, OTHER.key: 4}
    # The first member marked most in one role; the second as much in both.
    marks = [(1, ROLE.key, 3), (1, OTHER.key, 1), (2, ROLE.key, 1), (2, OTHER.key, 1)]
    people = people_by_role(goals, marks, NO_MOVES)
    assert sum(people.marks.values()) == 2
    changes = diff(OLD, without_role(OLD, ROLE.key))
    reach = reach_of(changes, people)
    assert (reach.roles, reach.goals, reach.marks) == (1, 5, 0)
    assert reach_of(diff(OLD, OLD), people).roles == 0


@given(st.sets(st.integers(0, len(OLD.expectations) - 1), max_size=6), st.integers(0, 40))
def test_no_dry_run_tells_more_than_whole_roles_do(chosen: set[int], count: int) -> None:
    """Whichever expectations of a role a dry run touches, it answers with the role's one figure."""
    cells = list(OLD.expectations)
    for at in chosen:
        cells[at] = replace(cells[at], text=LocalText("Other words"))
    people = People({each.key: count for each in OLD.roles}, {})
    reach = reach_of(diff(OLD, replace(OLD, expectations=tuple(cells))), people)
    assert reach.goals == reach.roles * (count - count % 5)


CELLS = [CellKey(each.role.key, each.level.key, each.skill.key) for each in OLD.expectations]


@given(st.sets(st.sampled_from(CELLS), max_size=8), st.booleans())
def test_no_mark_is_lost_on_the_way_there_and_back(cells: set[CellKey], mapped: bool) -> None:
    growth = Growth({cell: Assessment(cell, Status.MET, AT) for cell in cells})
    new = without_role(OLD, ROLE.key)
    chosen = moves_by({role(ROLE.key): OTHER.key if mapped else None}, OLD, new)
    newest = catalogue(2, new, carried_on(NO_MOVES, chosen, keys_of(new)))
    seen = named_in(growth, newest, newest.moves)
    # Each mark is there under its new name, or one that came to mean the same.
    for cell in cells:
        now = CellKey(*newest.moves.rung(cell.role, cell.level), cell.skill)
        assert now in seen.marks
    assert {each.made_on for each in seen.marks.values()} <= cells
    back = catalogue(3, OLD, taken_back(newest.moves, NO_MOVES, keys_of(OLD)))
    assert named_in(growth, back, back.moves).marks == growth.marks
    # A goal of the older revision finds marks that were made under the newer names.
    older = catalogue(1, OLD)
    assert named_in(growth, older, newest.moves).marks == growth.marks


def test_a_goal_follows_with_where_it_was_set_from() -> None:
    new = without_role(OLD, ROLE.key)
    newest = catalogue(2, new, moves_by({role(ROLE.key): OTHER.key}, OLD, new))
    low, high = ROLE.ladder.levels[0].key, ROLE.ladder.levels[-1].key
    goal = Goal(1, ROLE.key, high, 1, AT, origin_role=ROLE.key, origin_level=low)
    then = followed(goal, newest)
    assert (then.role, then.level) == newest.moves.rung(ROLE.key, high)
    assert (then.origin_role, then.origin_level) == newest.moves.rung(ROLE.key, low)
    assert followed(goal, catalogue(1, OLD)) == goal


def test_changes_come_filtered_in_pages_with_what_goes_first() -> None:
    changes = diff(OLD, without_role(OLD, ROLE.key))
    page = change_page(changes, ChangeFilter.ALL, 1, 5)
    assert page.changes[0].difference.path == (ROLE.key,)
    assert page.changes[0].cells == sum(each.role.key == ROLE.key for each in OLD.expectations)
    assert change_page(changes, ChangeFilter.ADDED, 9, 5).changes == ()
    assert change_page(changes, ChangeFilter.ADDED, 9, 5).number == 1
    total = sum(count for kind, count in page.counts.items() if kind is not ChangeFilter.ALL)
    assert page.counts[ChangeFilter.ALL] == total
