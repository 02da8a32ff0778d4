"""The day of a goal, as members type it after the goal, in both languages."""

from datetime import date, timedelta

import pytest

from bot.domain.days.target import FARTHEST, Dated, target_day_reader, usable_day
from bot.domain.errors import UnusableDay
from bot.text.typed_lists import load_typed_words

TODAY = date(2026, 11, 30)
READER = target_day_reader(load_typed_words())
END_OF_MARCH = date(2027, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "llm-engineer lead by 2027-03-31",
        "llm-engineer lead 2027-03-31",
        "llm-engineer lead until 31 march",
        "llm-engineer lead, by March 31st, 2027",
        "llm-engineer lead due by 31.3.2027",
        "by 2027-03-31 llm-engineer lead",
        "llm-engineer lead by march 2027",
        "llm-engineer lead by the end of March",
        "llm-engineer lead by 2027-03",
        "llm-engineer lead 2027年3月31日前",
        "在2027年3月31日之前 llm-engineer lead",
        "llm-engineer lead 截至3月底",
    ],
)
def test_day_is_taken_out_of_the_text(text: str) -> None:
    assert READER.take(text, TODAY) == Dated("llm-engineer lead", END_OF_MARCH)


def test_words_for_a_day_need_a_word_before_them() -> None:
    assert READER.take("lead by next month", TODAY) == Dated("lead", date(2026, 12, 1))
    assert READER.take("lead 截至下周一", TODAY) == Dated("lead", date(2026, 12, 7))
    # Numbers of a ladder are no days.
    for text in ("senior 2 engineer", "ic 3", "engineer 3.4", "在 lead", "standby engineer"):
        assert READER.take(text, TODAY) == Dated(text)


def test_where_one_comes_from_stays_in_the_text() -> None:
    found = READER.take("llm-engineer lead from data-scientist senior by 2027-03-31", TODAY)
    assert found == Dated("llm-engineer lead from data-scientist senior", END_OF_MARCH)


@pytest.mark.parametrize("text", ["lead no date", "lead without a deadline", "lead 不设日期"])
def test_day_can_be_taken_back(text: str) -> None:
    assert READER.take(text, TODAY) == Dated("lead", dropped=True)


@pytest.mark.parametrize(
    ("text", "why", "named"),
    [
        ("lead by 2020-01-01", "past", "2020-01-01"),
        ("lead by 2099-01-01", "far", "2099-01-01"),
        ("lead by 2027-02-31", "unclear", "2027-02-31"),
        ("lead by whenever", "unclear", "whenever"),
        ("lead by 99999999999 months", "unclear", "99999999999 months"),
        ("lead by", "unclear", "by"),
        ("lead 截至明年", "unclear", "明年"),
    ],
)
def test_day_that_cannot_be_planned_for_is_named(text: str, why: str, named: str) -> None:
    with pytest.raises(UnusableDay) as raised:
        READER.take(text, TODAY)
    assert raised.value.params == {"why": why, "day": named}


def test_today_is_a_day_and_the_farthest_is_one() -> None:
    for day in (TODAY, TODAY + FARTHEST):
        assert usable_day(day, TODAY) == day
    for day in (TODAY - timedelta(days=1), TODAY + FARTHEST + timedelta(days=1)):
        with pytest.raises(UnusableDay):
            usable_day(day, TODAY)
