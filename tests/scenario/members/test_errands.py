"""What was asked for is done although the process that was asked is gone."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.cards.links import encode
from bot.domain.lookup.requests import ShowGap
from bot.domain.members.effects import LEASE, MOST_ATTEMPTS, Effect, EffectKind, Errand
from bot.domain.teams.taken_back import TakenBack
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import MessageHandle
from bot.sandbox.samples import ADMIN, ENGINEER, MANAGER, OTHER_WORKSPACE, WORKSPACE
from bot.store.effects import EffectStore
from bot.store.models import effect
from tests.fakes.all_rows import all_rows
from tests.scenario.desk import Desk
from tests.scenario.teams.shares import letters as shared_letters

HERE = Tenant(WORKSPACE)
GAP = encode(ShowGap("llm-engineer", ("lead",)))


async def rows(desk: Desk) -> list[Any]:
    async with all_rows(desk.nextrung.database._reader) as connection:
        return list((await connection.execute(select(effect))).all())


async def left(desk: Desk, kind: EffectKind, *, who: str = ENGINEER, request: str = "") -> Effect:
    """Let another process have begun an errand, and be gone."""
    errand = Errand(HERE, kind, None if kind is EffectKind.FORGET_WORKSPACE else who, request)
    return await desk.nextrung.database.effects.begin(errand, now=desk.slack.clock.now())


async def look(desk: Desk, after: float = LEASE.total_seconds() + 1) -> None:
    """Let a process look for what was left, after a while."""
    desk.slack.advance(after)
    await desk.nextrung.services.effects.turn(desk.nextrung.errands)


def letters(desk: Desk, who: str = ENGINEER) -> list[MessageHandle]:
    return [each for each in desk.slack.member(who).messages() if each.shared]


@pytest.fixture
async def still(stored_desk: Desk) -> Desk:
    """A bot that looks for errands only when the test says so, and knows the members."""
    await stored_desk.nextrung.clockwork.stop()
    await stored_desk.engineer.command("/growth role llm-engineer senior")
    await stored_desk.slack.member(ADMIN).command("/growth role llm-engineer lead")
    await stored_desk.drained()
    return stored_desk


async def test_files_under_way_in_a_process_that_ends_are_sent_by_the_next(still: Desk) -> None:
    desk = still
    gate = desk.slack.faults.hold("files.getUploadURLExternal")
    await desk.engineer.command("/growth export")
    await gate.arrived.wait()
    for task in desk.nextrung.app._underway._running:
        task.cancel()
    messenger: Any = desk.nextrung.services.messenger
    for task in messenger._under_way.values():
        task.cancel()
    await asyncio.sleep(0)
    gate.release()
    assert [row.kind for row in await rows(desk)] == ["my_data"]

    await look(desk, after=1)
    assert letters(desk) == []  # it may still be at it
    await look(desk)

    assert len(letters(desk)) == 1
    assert await rows(desk) == []


@pytest.mark.parametrize(
    ("kind", "request_", "who", "ending"),
    [
        (EffectKind.PACKET, GAP, ENGINEER, "md"),
        (EffectKind.MY_DATA, "", ENGINEER, "json"),
        (EffectKind.CATALOGUE_FILE, "yaml", ADMIN, "zip"),
    ],
)
async def test_each_kind_of_file_is_made_anew(
    still: Desk, kind: EffectKind, request_: str, who: str, ending: str
) -> None:
    await left(still, kind, who=who, request=request_)
    await look(still)

    (letter,) = letters(still, who)
    assert any(each.name.endswith(ending) for each in letter.shared)
    assert await rows(still) == []


async def test_who_worked_on_a_catalogue_is_told_that_it_was_broken_off(still: Desk) -> None:
    await left(still, EffectKind.CATALOGUE_WORK, who=ADMIN)
    await look(still)

    told = still.slack.member(ADMIN).messages("dm")[-1].plain
    assert "was broken off" in told
    assert "Revision 1" in told
    assert await rows(still) == []


async def test_what_takes_long_is_held_as_long(
    still: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.effects._BEAT_SECONDS", 0.0)
    found, effects = await left(still, EffectKind.MY_DATA), still.nextrung.services.effects
    still.slack.advance(LEASE.total_seconds() - 1)

    async def long_work() -> None:
        while (await rows(still))[0].due_at < still.slack.clock.now() + LEASE / 2:  # noqa: ASYNC110 - a row changes
            await asyncio.sleep(0)

    async with asyncio.timeout(10):
        await effects.carry_out(found, long_work)
    assert await rows(still) == []


async def test_an_ordinary_end_leaves_no_errand(still: Desk) -> None:
    await still.engineer.command("/growth export")
    await still.drained()

    assert len(letters(still)) == 1
    assert await rows(still) == []


async def test_what_fails_is_tried_again_and_given_up_in_the_end(still: Desk) -> None:
    desk = still
    desk.faults_expected = True
    desk.slack.faults.error("conversations.open", error="ratelimited", times=100)
    await left(desk, EffectKind.MY_DATA)
    for _ in range(MOST_ATTEMPTS + 3):
        await look(desk, after=3700)

    (row,) = await rows(desk)
    assert (row.due_at, row.attempts, row.reason) == (None, MOST_ATTEMPTS, "not_delivered")
    overview = await desk.nextrung.services.effects.overview()
    assert [(each.kind, each.reason) for each in overview.given_up] == [
        ("my_data", "not_delivered")
    ]
    assert len(desk.logged("effect_given_up")) == 1


async def test_a_removal_is_believed_when_slack_says_that_the_token_is_dead(still: Desk) -> None:
    desk = still
    await desk.slack.event({"type": "app_uninstalled"})  # late: it is installed again by now
    await desk.drained()
    async with desk.nextrung.database.read(HERE) as work:
        assert await work.members.get(ENGINEER) is not None
    assert len(desk.logged("removal_not_confirmed")) == 1

    desk.slack.revoke()
    desk.slack.faults.fail("auth.test", times=1)
    desk.faults_expected = True
    await desk.slack.event({"type": "app_uninstalled"})
    await desk.drained()
    assert [row.kind for row in await rows(desk)] == ["forget_workspace"]  # Slack was away
    await look(desk)
    await look(desk, after=timedelta(days=14).total_seconds())

    async with desk.nextrung.database.read(HERE) as work:
        assert await work.members.get(ENGINEER) is None
    assert await rows(desk) == []


async def test_who_has_themselves_forgotten_gets_nothing_any_more(still: Desk) -> None:
    await left(still, EffectKind.MY_DATA)
    me = await still.nextrung.services.members.known(HERE, ENGINEER)
    assert me is not None
    await still.nextrung.services.records.forget(me)
    await look(still)

    assert letters(still) == []
    assert await rows(still) == []


def another_process(desk: Desk) -> EffectStore:
    database = desk.nextrung.database
    return EffectStore(
        reader=database._reader, writer=database._writer, timeout_ms=2000, holder="another"
    )


async def test_what_waits_for_an_errand_before_it_is_free_for_others_and_done_once(
    still: Desk,
) -> None:
    """Slack is slow, so that the first takes longer than an errand is held."""
    desk, now = still, still.slack.clock.now
    first, second = [await left(desk, EffectKind.MY_DATA, who=who) for who in (ENGINEER, ADMIN)]
    gate = desk.slack.faults.hold("files.getUploadURLExternal", times=1)
    desk.slack.advance(LEASE.total_seconds() + 1)
    assert desk.nextrung.app.later(desk.nextrung.services.effects.turn(desk.nextrung.errands))
    await gate.arrived.wait()

    desk.slack.advance(LEASE.total_seconds() + 1)
    await desk.nextrung.database.effects.prolong(first, now=now())
    other = another_process(desk)
    (taken,) = await other.take(now=now(), most=9)
    assert taken.id == second.id
    gate.release()
    await desk.drained()
    assert [len(letters(desk)), len(letters(desk, ADMIN))] == [1, 0]


async def test_a_workspace_whose_slack_is_slow_holds_up_nobody_else(still: Desk) -> None:
    desk = still
    await left(desk, EffectKind.MY_DATA)
    there = Errand(Tenant(OTHER_WORKSPACE), EffectKind.TAKE_BACK, request=TakenBack().written())
    gate = desk.slack.faults.hold("files.getUploadURLExternal", times=1)
    desk.slack.advance(LEASE.total_seconds() + 1)
    await desk.nextrung.services.effects.queue(there)
    assert desk.nextrung.app.later(desk.nextrung.services.effects.turn(desk.nextrung.errands))
    await gate.arrived.wait()
    async with asyncio.timeout(10):
        while len(await rows(desk)) > 1:  # noqa: ASYNC110 - a row goes
            await asyncio.sleep(0)
    gate.release()
    await desk.drained()
    assert await rows(desk) == []


async def test_what_follows_from_a_press_waits_for_nothing_that_was_due_before(
    still: Desk,
) -> None:
    desk = still
    await desk.engineer.command("/growth goal llm-engineer lead")
    for _ in range(30):
        await desk.nextrung.services.effects.queue(Errand(HERE, EffectKind.HOME, ADMIN))
    form = await desk.engineer.command_view(f"/growth share <@{MANAGER}|somebody>")
    await form.submit()
    await desk.drained()
    assert len(shared_letters(desk)) == 1
