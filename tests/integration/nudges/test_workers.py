"""Several workers, clocks that jump, databases that are away: nothing twice, nothing lost."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.domain.nudges.cadence import Cadence, NudgeSettings
from bot.sandbox.faults import WORKSPACE_POSTS_A_MINUTE
from bot.services.nudges.tools import BURST
from bot.services.nudges.worker import Nudging
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from tests.fakes.all_rows import all_rows_changed
from tests.fakes.postgresql import PostgresqlServer
from tests.integration.nudges.post_office import (
    TEN_O_CLOCK,
    WEEK,
    PostOffice,
    another_bot,
    opened,
)

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
POST = "chat.postMessage"


async def test_two_workers_race_and_every_member_gets_one(bot_url: str) -> None:
    async with opened(bot_url, workspaces=6) as office:
        for number in range(6):
            await office.enlist(15, workspace=f"T{number:05d}")
        async with another_bot(office.slack, bot_url) as other:
            office.advance(TEN_O_CLOCK)
            for _ in range(3):
                await _race(office.nextrung.nudging, other.nudging)
            assert await office.reconcile() == {"sent": 90}


async def test_two_workers_race_for_one_member(bot_url: str) -> None:
    async with opened(bot_url) as office:
        await office.enlist(1)
        async with another_bot(office.slack, bot_url) as other:
            office.advance(TEN_O_CLOCK)
            for week in range(1, 5):
                for _ in range(2):
                    await _race(office.nextrung.nudging, other.nudging)
                assert await office.reconcile() == {"sent": week}
                office.advance(WEEK)


async def _race(*workers: Nudging) -> None:
    """Let both plan at once, then both send at once; a slow machine is no fault of theirs."""
    for step in ("plan", "send"):
        steps = (getattr(each, step)() for each in workers)
        ended = await asyncio.gather(*steps, return_exceptions=True)
        assert all(each is None or isinstance(each, StoreUnavailable) for each in ended)
    await asyncio.gather(*(each.sending.settled() for each in workers))


async def test_a_workspace_is_served_by_one_worker_at_a_time(office: PostOffice) -> None:
    await office.enlist(5)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    async with another_bot(office.slack, office.nextrung.settings.database) as other:
        gate = office.slack.faults.hold(POST, times=None)
        await office.nextrung.nudging.send()
        await gate.arrived.wait()
        assert await other.database.senders.waiting(now=office.now, most=10) == []
        gate.release()
        office.slack.faults.clear()
        await office.nextrung.nudging.sending.settled()
        assert await office.reconcile() == {"sent": 5}


async def test_what_a_worker_left_behind_is_unknown_to_the_next(office: PostOffice) -> None:
    await office.enlist(3)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    gate = office.slack.faults.hold(POST, times=None)
    await office.nextrung.nudging.send()
    posts = office.slack.inspector
    await office.slack.until(lambda: sum(each.name == POST for each in posts) == 3)
    # It hangs, says nothing for longer than its lease, and another takes over.
    async with another_bot(office.slack, office.nextrung.settings.database) as other:
        office.advance(2 * MINUTE)
        held = [row.id for row in await office.rows() if row.state == "sending"]
        assert held
        with capture_logs() as logs:
            await other.nudging.send()
            await other.nudging.sending.settled()
        (said,) = [each for each in logs if each["event"] == "nudges_unknown"]
        assert list(said["nudges"]) == held
        rows = {row.id: (row.state, row.reason) for row in await office.rows()}
        assert {rows[each] for each in held} == {("unknown", "sender_lost")}
        # It wakes: what it was sending did arrive after all, and it says so.
        gate.release()
        office.slack.faults.clear()
        await office.nextrung.nudging.sending.settled()
        await other.nudging.send()
        await other.nudging.sending.settled()
        assert await office.reconcile() == {"sent": 3}


async def test_a_worker_that_lost_its_lease_sends_nothing_more(office: PostOffice) -> None:
    await office.enlist(2)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    (waiting,) = await office.database.senders.waiting(now=office.now, most=10)
    until = office.now + MINUTE
    assert await office.database.senders.take(waiting.workspace_id, now=office.now, until=until)
    async with another_bot(office.slack, office.nextrung.settings.database) as other:
        take = other.database.senders.take
        assert await take(waiting.workspace_id, now=office.now, until=until) is None
        office.advance(2 * MINUTE)
        assert await take(waiting.workspace_id, now=office.now, until=office.now + MINUTE)
        await office.send()
        assert await office.reconcile() == {"planned": 2}


async def test_a_lease_lost_between_decision_and_sending_counts(office: PostOffice) -> None:
    await office.enlist(2)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    (waiting,) = await office.database.senders.waiting(now=office.now, most=10)
    deciding = office.nextrung.nudging.sending._tools.deciding
    decide = deciding.decide
    async with another_bot(office.slack, office.nextrung.settings.database) as other:

        async def decide_then_lose(*values: Any, **named: Any) -> Any:
            decision = await decide(*values, **named)
            office.advance(2 * MINUTE)
            until = office.now + MINUTE
            taken = other.database.senders.take(waiting.workspace_id, now=office.now, until=until)
            assert await taken is not None
            return decision

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(deciding, "decide", decide_then_lose)
            await office.send()
        assert await office.reconcile() == {"planned": 2}
        await other.nudging.send()
        await other.nudging.sending.settled()
        assert await office.reconcile() == {"sent": 2}


async def test_what_another_sent_meanwhile_is_not_sent_again(office: PostOffice) -> None:
    await office.enlist(2)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    (waiting,) = await office.database.senders.waiting(now=office.now, most=10)
    deciding = office.nextrung.nudging.sending._tools.deciding
    decide = deciding.decide
    async with another_bot(office.slack, office.nextrung.settings.database) as other:

        async def decide_then_sleep(*values: Any, **named: Any) -> Any:
            decision = await decide(*values, **named)
            # It is away for longer than its lease, and has the lease again when it comes back.
            office.advance(2 * MINUTE)
            await other.nudging.send()
            await other.nudging.sending.settled()
            until = office.now + MINUTE
            prolong = office.database.senders.prolong
            assert await prolong(waiting.workspace_id, now=office.now, until=until) is not None
            return decision

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(deciding, "decide", decide_then_sleep)
            await office.send()
        assert await office.reconcile() == {"sent": 2}


async def test_a_fault_with_one_nudge_lets_the_others_end_and_is_named(office: PostOffice) -> None:
    await office.enlist(4)
    endings = office.nextrung.nudging.sending._tools.endings
    keep, failing = endings.do, iter([True])

    async def fail_once(ending: Any) -> bool:
        if next(failing, False):
            raise RuntimeError("a sample fault")
        return await keep(ending)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(endings, "do", fail_once)
        await office.work(TEN_O_CLOCK)
    assert (await office.reconcile())["sending"] == 1
    await office.send()
    assert await office.reconcile() == {"unknown": 1, "sent": 3}


async def test_an_ending_whose_commit_was_not_told_is_no_alarm(office: PostOffice) -> None:
    await office.enlist(1)
    endings = office.nextrung.nudging.sending._tools.endings
    keep, breaking = endings.do, iter([True])

    async def keep_then_break(ending: Any) -> bool:
        kept = await keep(ending)
        if next(breaking, False):
            raise StoreUnavailable(reason="the connection broke in the commit")
        return kept

    with pytest.MonkeyPatch.context() as patch, capture_logs() as logs:
        patch.setattr(endings, "do", keep_then_break)
        await office.work(TEN_O_CLOCK)
    assert await office.reconcile() == {"sent": 1}
    events = [each["event"] for each in logs]
    assert "nudge_ending_not_kept" in events
    assert "nudge_ending_too_late" not in events


async def test_clock_jumps_neither_double_nor_lose(office: PostOffice) -> None:
    await office.enlist(2, settings=NudgeSettings(cadence=Cadence.DAILY))
    await office.work(TEN_O_CLOCK)
    assert await office.reconcile() == {"sent": 2}
    # Two weeks ahead by mistake: one nudge for all that seems missed.
    await office.work(2 * WEEK)
    assert await office.reconcile() == {"sent": 4}
    # And set right again: the days until then are not asked about once more.
    office.advance(-2 * WEEK)
    for _ in range(14):
        await office.work(DAY)
        assert await office.reconcile() == {"sent": 4}
    await office.work(DAY)
    assert await office.reconcile() == {"sent": 6}


async def test_a_clock_set_back_keeps_no_lease_and_no_wait_for_ever(office: PostOffice) -> None:
    await office.enlist(2)
    office.advance(WEEK + TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    office.slack.faults.ratelimit(POST, retry_after=30, times=6)
    await office.send()
    async with another_bot(office.slack, office.nextrung.settings.database) as gone:
        soon = office.now + timedelta(seconds=31)
        (waiting,) = await gone.database.senders.waiting(now=soon, most=10)
        until = office.now + MINUTE
        take = gone.database.senders.take
        assert await take(waiting.workspace_id, now=soon, until=until)
    # The machine's clock was a week ahead, and is set right: the lease and the wait would hold
    # for a week.
    office.advance(-WEEK + timedelta(minutes=5))
    office.slack.faults.clear()
    await office.send()
    assert await office.reconcile() == {"sent": 2}


async def test_connections_to_postgresql_end_under_load(
    postgresql_bot_url: str, postgresql_server: PostgresqlServer
) -> None:
    async with opened(postgresql_bot_url) as office:
        await office.enlist(60)
        office.advance(TEN_O_CLOCK)
        breaks = asyncio.create_task(_breaking_off(postgresql_server, postgresql_bot_url))
        while not breaks.done():
            await _turn(office)
        await breaks
        for _ in range(3):
            await _turn(office)
        counts = await office.reconcile()
        # A commit that broke off may leave a post in doubt; it is named, and never repeated.
        assert counts["sent"] + counts["unknown"] == 60
        assert counts["unknown"] <= 12


async def _turn(office: PostOffice) -> None:
    for step in (office.nextrung.nudging.plan, office.nextrung.nudging.send):
        try:
            await step()
        except StoreUnavailable:
            await asyncio.sleep(0)
    await office.nextrung.nudging.sending.settled()


async def _breaking_off(server: PostgresqlServer, url: str) -> None:
    for _ in range(2):
        await asyncio.to_thread(server.disconnect, url)
        await asyncio.to_thread(server.disconnect, url)


async def test_each_post_takes_its_token_from_the_bucket_of_its_workspace(
    sqlite_bot_url: str,
) -> None:
    async with opened(sqlite_bot_url, workspaces=2) as office:
        tools = office.nextrung.nudging.sending._tools
        taken: Counter[int] = Counter()
        for number in range(2):
            await office.enlist(4 + number, workspace=f"T{number:05d}")
        office.advance(TEN_O_CLOCK)
        await office.nextrung.nudging.plan()
        with pytest.MonkeyPatch.context() as patch:
            for each in await office.database.senders.waiting(now=office.now, most=10):
                bucket = tools.buckets(each.workspace_id).posts
                take = partial(_taking, taken, each.workspace_id, bucket.acquire)
                patch.setattr(bucket, "acquire", take)
            await office.send()
        assert await office.reconcile() == {"sent": 9}
        assert sorted(taken.values()) == [4, 5]


async def _taking(taken: Counter[int], workspace: int, take: Callable[[], Awaitable[None]]) -> None:
    await take()
    taken[workspace] += 1


async def test_a_bucket_lets_no_more_through_than_its_pace(sqlite_bot_url: str) -> None:
    async with opened(sqlite_bot_url, per_minute=290) as office:
        bucket = office.nextrung.nudging.sending._tools.buckets(1).posts
        assert bucket.max_rate == BURST
        assert bucket.max_rate / bucket.time_period * 60 == pytest.approx(290)
        # A full burst and a whole minute's worth stay below what Slack takes in a minute.
        assert 290 + BURST < WORKSPACE_POSTS_A_MINUTE


async def test_sqlite_locked_for_a_while(sqlite_bot_url: str) -> None:
    async with opened(sqlite_bot_url) as office:
        await office.enlist(10)
        office.advance(TEN_O_CLOCK)
        blocker = Database(sqlite_bot_url)
        async with all_rows_changed(blocker._writer) as connection:
            await connection.execute(text("UPDATE member SET changed_at = changed_at"))
            with pytest.raises(StoreUnavailable):
                await office.nextrung.nudging.plan()
        await blocker.dispose()
        await office.work()
        assert await office.reconcile() == {"sent": 10}


async def test_sqlite_locked_between_post_and_record(sqlite_bot_url: str) -> None:
    async with opened(sqlite_bot_url) as office:
        await office.enlist(4)
        office.advance(TEN_O_CLOCK)
        await office.nextrung.nudging.plan()
        gate = office.slack.faults.hold(POST, times=None)
        await office.nextrung.nudging.send()
        await gate.arrived.wait()
        blocker = Database(sqlite_bot_url)
        async with all_rows_changed(blocker._writer) as connection:
            await connection.execute(text("UPDATE member SET changed_at = changed_at"))
            gate.release()
            office.slack.faults.clear()
            await office.slack.until(lambda: len(office.posts()) > 0)
            with pytest.raises(StoreUnavailable):
                await office.database.outbox.step([])
        await blocker.dispose()
        await office.nextrung.nudging.sending.settled()
        await office.send()
        assert await office.reconcile() == {"sent": 4}
