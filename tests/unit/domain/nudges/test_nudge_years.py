"""A year of weekly nudges brings no prompt twice, and optional things have their turn."""

from collections import Counter
from itertools import pairwise

import pytest

from tests.nudge_years import WEEKS, Year, own_prompts_wanting, years
from tests.prompted import prompted_catalogue
from tests.properties import sampled
from tests.unit.samples import built_in

EACH_MONTH = pytest.mark.parametrize("one_a_month", [False, True])


def told(found: list[Year]) -> list[str]:
    """Say which years repeat a prompt."""
    return [
        f"{each.role} {each.level}: nudge {each.first_repeat} of {len(each.nudges)}"
        for each in found
        if each.first_repeat
    ]


@EACH_MONTH
@sampled("required", range(8, 15))
def test_no_prompt_comes_twice_in_a_year(required: int, one_a_month: bool) -> None:
    catalogue = prompted_catalogue(required=required)
    found = list(years(catalogue, one_a_month=one_a_month))
    assert len(found) == 10
    assert told(found) == []
    assert all(len(each.nudges) == WEEKS for each in found)


@EACH_MONTH
@pytest.mark.parametrize("required", [2, 8, 14])
def test_optional_things_have_one_nudge_in_eight(required: int, one_a_month: bool) -> None:
    for each in years(prompted_catalogue(required=required), one_a_month=one_a_month):
        asked = [nudge.required for nudge in each.nudges]
        first = max(required, 7)
        assert all(asked[:first])
        for start in range(first, len(asked) - 7):
            assert not all(asked[start : start + 8]), (each.role, each.level, start)


def test_required_things_keep_seven_nudges_in_eight_while_there_is_something_to_ask() -> None:
    for each in years(prompted_catalogue(required=14), one_a_month=False):
        assert sum(not nudge.required for nudge in each.nudges) == (WEEKS - 14 + 7) // 8


@EACH_MONTH
def test_nothing_is_asked_twice_running(one_a_month: bool) -> None:
    for each in years(prompted_catalogue(required=8, optional=1), one_a_month=one_a_month):
        assert all(one.cell != other.cell for one, other in pairwise(each.nudges))


def test_what_has_nothing_new_to_ask_lets_others_go_first() -> None:
    for each in years(prompted_catalogue(required=2, optional=8), one_a_month=False):
        assert each.first_repeat is None
        asked = Counter(nudge.cell for nudge in each.nudges if nudge.required)
        assert set(asked.values()) == {6}


def test_with_too_few_prompts_they_come_again_in_turn() -> None:
    for each in years(prompted_catalogue(required=8, optional=0, own=1), one_a_month=False):
        assert each.first_repeat == 8 * 4 + 1
        assert each.distinct == 8 * 4


@EACH_MONTH
def test_no_prompt_of_the_built_in_framework_comes_twice_in_a_year(one_a_month: bool) -> None:
    catalogue = built_in().catalogue
    assert own_prompts_wanting(catalogue) == 0
    assert told(list(years(catalogue, one_a_month=one_a_month))) == []
