"""The member's own words: status, what stands beside it, and a goal that is reached."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.cards.card import Card
from bot.cards.standing_lines import (
    STATUSES,
    beside_lines,
    reached_text,
    reworded_lines,
    status_label,
    status_line,
    without_own_state,
)
from bot.domain.framework import CellKey, Expectation, Requirement
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.standing import Due, MarkedElsewhere, Standing
from bot.domain.lookup.gap import Gap, GapReason
from bot.domain.lookup.rung import Rung
from bot.domain.text import LocalText
from bot.text.translator import load_translators
from bot.text.words import status_name
from tests.unit.samples import JOINER, SAWING

EN = load_translators().for_locale("en")
AT = datetime(2026, 5, 3, 12, tzinfo=UTC)
CELL = CellKey("joiner", "adept", "sawing")
DATE = f"<!date^{int(AT.timestamp())}^{{date_short}}|May 3, 2026>"


def met(cell: CellKey = CELL, due: Due | None = None) -> Standing:
    return Standing(CELL, Assessment(cell, Status.MET, AT), due)


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_name_and_a_label(status: Status) -> None:
    assert status in STATUSES
    assert status_name(status, EN).casefold().startswith(status_label(status, EN).casefold())


def test_a_status_line_says_what_and_when() -> None:
    assert status_line(Standing(CELL), EN) == ""
    assert status_line(met(), EN) == f"Met · {DATE}"
    assert status_line(met(due=Due.AGED), EN).endswith(" · due for a fresh look")
    assert status_line(met(due=Due.RAISED), EN).endswith("more depth is asked for now")


def test_a_mark_made_elsewhere_is_named() -> None:
    above = CELL._replace(level="staff")
    assert status_line(met(above), EN, [JOINER]).startswith("Met through Staff · ")
    other = met(CellKey("turner", "adept", "sawing"))
    assert status_line(other, EN, [JOINER]).startswith("Met, as marked for another role · ")
    turner = replace(JOINER, key="turner")
    assert "Met through Joiner, Adept" in status_line(other, EN, [JOINER, turner])


def test_a_goal_is_celebrated_by_name_where_it_is_known() -> None:
    adept = JOINER.ladder.level("adept")
    assert adept is not None
    assert "Goal reached: Joiner, Adept." in reached_text(Rung(JOINER, adept), EN)
    assert reached_text(None, EN).startswith("*Goal reached.*")
    assert "put aside" not in reached_text(None, EN)


def test_what_was_put_aside_is_named_where_a_goal_is_celebrated() -> None:
    adept = JOINER.ladder.level("adept")
    assert adept is not None
    asked = Expectation(JOINER, adept, SAWING, Requirement.REQUIRED)
    text = reached_text(Rung(JOINER, adept), EN, [Gap(asked, None, GapReason.NEW)])
    assert "*1 required expectation is put aside:* Sawing. Is that still right?" in text


def test_the_words_before_and_now_are_shown_where_they_changed() -> None:
    adept = JOINER.ladder.level("adept")
    assert adept is not None
    now = Expectation(JOINER, adept, SAWING, Requirement.REQUIRED, text=LocalText("Saws straight"))
    then = replace(now, text=LocalText("Saws"))
    mark = Assessment(CELL, Status.MET, AT)
    reworded = Standing(CELL, mark, Due.REWORDED, then=then)
    assert reworded_lines(reworded, now, EN) == ["Before: Saws", "Now: Saws straight"]
    assert reworded_lines(Standing(CELL, mark, then=then), now, EN) == []


def test_a_met_of_a_lower_level_stands_beside_what_is_open() -> None:
    low = JOINER.ladder.levels[0]
    asked = Expectation(JOINER, low, SAWING, Requirement.REQUIRED, text=LocalText("Saws"))
    met_there = MarkedElsewhere(Assessment(CELL._replace(level=low.key), Status.MET, AT), asked)
    (line,) = beside_lines(Standing(CELL, below=met_there), JOINER, EN)
    assert line == f"Met at {low.name.base} · {DATE}: Saws"
    assert beside_lines(Standing(CELL), JOINER, EN) == []


def test_a_card_without_own_state_says_that_nothing_is_lost() -> None:
    card = without_own_state(Card("text", []), EN)
    assert "not lost" in str(card.blocks[-1])
