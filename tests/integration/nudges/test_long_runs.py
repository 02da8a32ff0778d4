"""A run that lasts, and what is asked about accounts over the weeks."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.domain.nudges.cadence import Cadence, NudgeSettings
from bot.domain.nudges.decision import Decision
from bot.services.growth.measuring import Ways
from bot.services.nudges import run as runs
from bot.services.nudges.run import NudgeRun
from bot.store.nudges.models import nudge
from bot.store.nudges.outbox import DueNudge
from tests.fakes.all_rows import all_rows_changed
from tests.integration.nudges.post_office import TEN_O_CLOCK, PostOffice

DAY = timedelta(days=1)


async def test_a_member_whose_nudge_has_ended_gets_the_next_one_in_the_same_run(
    small_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large workspace is sent to for hours, and meanwhile more falls due."""
    office = small_office
    first, second = await office.enlist(2, settings=NudgeSettings(cadence=Cadence.DAILY))
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    tools = office.nextrung.nudging.sending._tools
    (waiting,) = await tools.senders.waiting(now=office.now, most=1)
    run, due, pages = NudgeRun(tools, waiting), tools.outbox.due, 0
    ended = asyncio.Event()

    async def one_day_between(*values: Any, **named: Any) -> Any:
        nonlocal pages
        pages += 1
        if pages == 2:
            await ended.wait()
            office.advance(DAY)
            await office.nextrung.nudging.plan()
        return await due(*values, **named | {"now": office.now})

    async def recovered(*_: Any) -> None:
        ended.set()

    monkeypatch.setattr(runs, "_BATCH", 1)
    monkeypatch.setattr(run._troubles, "sent", recovered)
    monkeypatch.setattr(tools.outbox, "due", one_day_between)
    await run.run()

    states = {each: [row.state for row in await office.rows(each)] for each in (first, second)}
    assert states == {first: ["sent", "sent"], second: ["cancelled", "sent"]}


async def test_a_lease_prolonged_while_posts_are_under_way_leaves_them_ours(
    small_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what another process left there, which held the lease meanwhile, is unknown."""
    office = small_office
    ours, theirs = await office.enlist(2)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    (left,) = await office.rows(theirs)
    tools = office.nextrung.nudging.sending._tools
    post, decide, lost = tools.post.post_nudge, tools.deciding.decide, list[int]()
    (waiting,) = await tools.senders.waiting(now=office.now, most=1)

    async def meanwhile(*values: Any, **named: Any) -> Any:
        async with all_rows_changed(office.database._writer) as connection:
            taken = update(nudge).where(nudge.c.id == left.id)
            await connection.execute(taken.values(state="sending", holder="another"))
        return await decide(*values, **named)

    async def prolong_first(*values: Any, **named: Any) -> Any:
        until = office.now + timedelta(minutes=1)
        lease = await tools.senders.prolong(waiting.workspace_id, now=office.now, until=until)
        assert lease is not None
        lost.extend(lease.lost)
        return await post(*values, **named)

    monkeypatch.setattr(tools.deciding, "decide", meanwhile)

    monkeypatch.setattr(tools.post, "post_nudge", prolong_first)
    await NudgeRun(tools, waiting).run()

    assert lost == [left.id]
    assert await office.reconcile() == {"sent": 1, "unknown": 1}
    assert len(office.posts(ours)) == 1


async def test_those_who_share_a_way_get_the_same_as_each_alone(office: PostOffice) -> None:
    """A way that was worked out for one is found by the next, whatever each has marked."""
    members = await office.enlist(3)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    tools = office.nextrung.nudging.sending._tools
    (waiting,) = await tools.senders.waiting(now=office.now, most=1)
    policy, due = await tools.outbox.due(
        waiting.workspace_id, waiting.tenant, now=office.now, after=None, most=50
    )

    async def decided(each: DueNudge, ways: Ways | None) -> Decision:
        return await tools.deciding.decide(
            each.kind,
            each.member,
            each.growth,
            each.status,
            each.past,
            policy,
            now=office.now,
            ways=ways,
        )

    async with tools.deciding.batch() as ways:
        together = [await decided(each, ways) for each in due]
        assert len(ways) == 1
    assert len(due) == len(members)
    assert together == [await decided(each, None) for each in due]


async def test_what_is_due_longest_comes_first_and_every_page_is_read(
    small_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order in which it falls due, whatever the order in which it was planned."""
    office, minutes_ago = small_office, (57, 59, 58)
    members = await office.enlist(3)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    async with all_rows_changed(office.database._writer) as connection:
        for row, ago in zip(await office.rows(), minutes_ago, strict=True):
            due = office.now - timedelta(minutes=ago)
            await connection.execute(update(nudge).where(nudge.c.id == row.id).values(due_at=due))
    monkeypatch.setattr(runs, "_BATCH", 1)
    tools = office.nextrung.nudging.sending._tools
    (waiting,) = await tools.senders.waiting(now=office.now, most=1)
    await NudgeRun(tools, waiting).run()

    assert [post.channel_id for post in office.posts()] == [
        f"D{members[at].slack_id[1:]}" for at in (1, 2, 0)
    ]


async def test_slack_is_asked_about_an_account_once_a_week(small_office: PostOffice) -> None:
    office, seen = small_office, []
    (member,) = await office.enlist(1, settings=NudgeSettings(cadence=Cadence.DAILY))
    for by in (6 * DAY + TEN_O_CLOCK, DAY, DAY):
        await office.work(by)
        questions = office.slack.inspector.find(name="users.info")
        assert {each.request["user"] for each in questions} <= {member.slack_id}
        seen.append((len(office.posts()), len(questions)))

    assert seen == [(1, 0), (2, 1), (3, 1)]
