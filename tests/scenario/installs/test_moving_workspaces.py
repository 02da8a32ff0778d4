"""A workspace moves into an organisation: it waits, its people get other ids, nothing is lost."""

from datetime import timedelta

import pytest

from bot.domain.installs.moves import PAUSED_AT_MOST, GridMove, Stage
from bot.sandbox.samples import ENGINEER, MANAGER, OTHER_ENGINEER
from bot.services.installs.directory import NoAnswer
from tests.scenario.desk import Desk, Json, interaction_fields
from tests.scenario.installs.moving import (
    HERE,
    NEW_ID,
    WAITS,
    directory,
    errands,
    said,
    tell,
)
from tests.scenario.nudging import begin, deliver, next_at

GOAL = "Goal: *LLM Engineer, Lead*"
HOUR = timedelta(hours=1).total_seconds()
DAY = PAUSED_AT_MOST.total_seconds()


@pytest.fixture
async def settled(stored_desk: Desk) -> Desk:
    """A member with a goal, who had a nudge; errands are done only when the test says so."""
    await stored_desk.nextrung.clockwork.stop()
    await begin(stored_desk, stored_desk.engineer, "/growth goal lead")
    return stored_desk


async def move_of(desk: Desk) -> GridMove:
    move = await desk.nextrung.database.moves.of(HERE)
    assert move is not None
    return move


async def test_it_waits_and_then_everything_follows_under_the_new_ids(settled: Desk) -> None:
    desk, fake = settled, directory(settled, ids={ENGINEER: NEW_ID})
    before = (await desk.engineer.command("/growth")).plain
    assert GOAL in before

    await tell(desk, "grid_migration_started")
    assert WAITS in (await desk.engineer.command("/growth goal principal")).plain
    assert WAITS in (await desk.engineer.command("/skill mlops")).plain

    desk.slack.advance(HOUR)
    await tell(desk, "grid_migration_finished")
    assert fake.asked, "the people were asked of beside the answer"
    after = await said(desk, user_id=NEW_ID)
    assert "Lead" in after
    assert "Which role is yours?" not in after
    move = await move_of(desk)
    assert (move.stage, move.mapped) == (Stage.DONE, 1)
    (told,) = desk.logged("workspace_moved")
    assert (told["mapped"], told["unknown"]) == (1, 0)


async def test_nudges_wait_and_none_is_lost(settled: Desk) -> None:
    desk = settled
    directory(desk)
    due = await next_at(desk, desk.engineer)
    desk.slack.advance((due - desk.slack.clock.now()).total_seconds() - HOUR)
    await tell(desk, "grid_migration_started")
    count = len(desk.engineer.messages())
    for _ in range(3):
        desk.slack.advance(HOUR)
        await deliver(desk)
    assert len(desk.engineer.messages()) == count, "nobody can be reached"
    await tell(desk, "grid_migration_finished")
    await deliver(desk)
    assert len(desk.engineer.messages()) == count + 1


async def test_what_is_pressed_or_sent_meanwhile_is_told_the_same(settled: Desk) -> None:
    desk = settled
    directory(desk)
    await tell(desk, "grid_migration_started")
    view: Json = {"id": "V1", "type": "modal", "callback_id": "role", "private_metadata": "home"}
    view |= {"state": {"values": {}}, "blocks": []}
    answer = await desk.interact(interaction_fields("view_submission", view=view))
    assert WAITS in answer.text
    suggested = {"action_id": "finder", "block_id": "x", "value": "ml"}
    assert (await desk.interact(interaction_fields("block_suggestion", **suggested))).json() == {
        "options": []
    }
    assert desk.logged("request_failed") == []


async def test_without_a_word_of_its_end_it_ends_by_itself(settled: Desk) -> None:
    desk = settled
    directory(desk, migrated=False)
    await tell(desk, "grid_migration_started")
    desk.slack.advance(DAY - 60)
    await errands(desk)
    assert WAITS in (await desk.engineer.command("/growth")).plain
    desk.slack.advance(120)
    assert GOAL in (await desk.engineer.command("/growth")).plain
    await errands(desk)
    assert (await move_of(desk)).stage is Stage.LAPSED
    (told,) = desk.logged("workspace_moved")
    assert told["log_level"] == "warning"
    # It comes after all, days later.
    directory(desk, ids={ENGINEER: NEW_ID})
    desk.slack.advance(DAY)
    await tell(desk, "grid_migration_finished")
    assert (await move_of(desk)).mapped == 1
    assert "Lead" in await said(desk, user_id=NEW_ID)


async def test_where_the_end_was_not_told_and_it_has_moved_ids_are_exchanged(
    settled: Desk,
) -> None:
    desk = settled
    directory(desk, ids={ENGINEER: NEW_ID})
    await tell(desk, "grid_migration_started")
    desk.slack.advance(DAY + 60)
    await errands(desk)
    assert (await move_of(desk)).stage is Stage.DONE
    assert "Lead" in await said(desk, user_id=NEW_ID)


async def test_it_goes_on_where_slack_was_silent_or_a_process_died(settled: Desk) -> None:
    desk = settled
    fake = directory(desk, ids={ENGINEER: NEW_ID})
    fake.failing = [NoAnswer("ratelimited", 30.0), NoAnswer("internal_error"), NoAnswer("timeout")]
    await tell(desk, "grid_migration_started")
    await tell(desk, "grid_migration_finished")
    assert (await move_of(desk)).trouble == "ratelimited"
    for seconds in (31, 301, 301):
        assert WAITS in await said(desk, user_id=NEW_ID)
        desk.slack.advance(seconds)
        await errands(desk)
    assert (await move_of(desk)).trouble is None
    assert "Lead" in await said(desk, user_id=NEW_ID)
    assert (await desk.nextrung.services.effects.overview()).waiting == 0


async def test_where_slack_says_that_it_is_in_no_organisation_all_stays(settled: Desk) -> None:
    desk = settled
    directory(desk, migrated=False)
    await tell(desk, "grid_migration_finished")
    for _ in range(12):
        desk.slack.advance(61)
        await errands(desk)
    assert GOAL in (await desk.engineer.command("/growth")).plain
    assert (await move_of(desk)).trouble == "not_enterprise_team"


async def test_told_late_or_once_more_it_pauses_nothing(settled: Desk) -> None:
    desk = settled
    directory(desk)
    desk.slack.faults.hold_back_events()
    await tell(desk, "grid_migration_started")
    desk.slack.advance(3 * HOUR)
    await tell(desk, "grid_migration_finished")
    for _ in range(2):
        assert GOAL in (await desk.engineer.command("/growth")).plain
        await desk.slack.repeat_event()
        await desk.drained()


async def test_another_workspace_goes_on(settled: Desk) -> None:
    desk = settled
    directory(desk)
    await tell(desk, "grid_migration_started")
    assert WAITS not in (await desk.slack.member(OTHER_ENGINEER).command("/growth help")).plain


async def test_who_is_in_both_rows_is_one_person_again(settled: Desk) -> None:
    """The pause ended by itself, and somebody came back by the new id before Slack told more."""
    desk = settled
    directory(desk, migrated=False)
    await tell(desk, "grid_migration_started")
    desk.slack.advance(DAY + 60)
    await errands(desk)
    await said(desk, "role mlops-engineer lead", user_id=MANAGER)
    directory(desk, ids={ENGINEER: MANAGER})
    await tell(desk, "grid_migration_finished")
    move = await move_of(desk)
    assert (move.mapped, move.people) == (1, 1)
    assert GOAL.split("*")[1] in await said(desk, user_id=MANAGER)
