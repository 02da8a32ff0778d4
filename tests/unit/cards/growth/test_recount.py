"""The one line that says why the figures of a goal are not those of the days before."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.cards.growth.home.goal import recount_blocks
from bot.cards.ids import Action
from bot.domain.growth.goal import Goal
from bot.text.translator import load_translators

EN = load_translators().for_locale("en")
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
GOAL = Goal(1, "llm-engineer", "lead", 1, NOW)


def test_a_goal_counted_anew_says_so_until_the_member_has_taken_note() -> None:
    counted_anew = replace(GOAL, recounted_at=NOW)
    (block,) = recount_blocks(counted_anew, EN)
    assert block["type"] == "section"
    assert "*Your figures changed on " in block["text"]["text"]
    button = block["accessory"]
    assert button["type"] == "button"
    assert button["action_id"] == Action.RECOUNT_SEEN
    assert recount_blocks(replace(counted_anew, recount_told_at=NOW), EN) == []


def test_a_goal_that_was_always_counted_so_says_nothing() -> None:
    assert recount_blocks(GOAL, EN) == []
