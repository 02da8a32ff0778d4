"""A worker whose clock is years off the database's: nothing goes early, and nothing is lost."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.domain.installs.audit import Act, ActKind
from bot.domain.members.effects import EffectKind, Errand
from bot.domain.nudges.plan import moved_on
from bot.domain.tenancy import Tenant
from bot.sandbox.clock import LocalClock, system_time
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import WORKSPACE
from bot.store.models import metadata
from tests.fakes.all_rows import all_rows
from tests.integration.nudges.post_office import PostOffice, another_bot

TWO_YEARS = timedelta(days=730)


@pytest.fixture
async def real_office(postgresql_bot_url: str) -> AsyncIterator[PostOffice]:
    """A bot by the machine's own time, which the database's agrees with."""
    async with (
        LocalSlack(clock=LocalClock(system_time)) as slack,
        another_bot(slack, postgresql_bot_url, compared=True) as nextrung,
    ):
        yield PostOffice(slack, nextrung)


async def everything(office: PostOffice) -> dict[str, list[Any]]:
    """Return all rows of all tables."""
    async with all_rows(office.database._reader) as connection:
        return {
            table.name: [*(await connection.execute(select(table).order_by(*table.c))).all()]
            for table in metadata.sorted_tables
        }


@pytest.mark.parametrize("off", [TWO_YEARS, -TWO_YEARS, timedelta(seconds=120)])
async def test_nothing_is_planned_sent_or_moved_and_it_is_told(
    real_office: PostOffice, off: timedelta
) -> None:
    office = real_office
    members = await office.enlist(3)
    before = await office.plans()
    office.advance(off)

    with capture_logs() as logged:
        for _ in range(3):
            await office.work()
            await office.nextrung.nudging.straighten()

    assert office.posts() == []
    assert await office.rows() == []
    assert await office.plans() == before
    told = [each["seconds"] for each in logged if each["event"] == "clock_wrong"]
    assert told == [pytest.approx(off.total_seconds(), abs=30)]
    assert "clock_wrong" in await office.nextrung.health.faults()
    page = (await office.nextrung.figures.page()).decode()
    (ahead,) = [
        float(line.split()[1])
        for line in page.splitlines()
        if line.startswith("nextrung_clock_ahead_seconds ")
    ]
    assert ahead == pytest.approx(off.total_seconds(), abs=30)

    # Right again, it goes on where it was: all come in their time.
    office.advance(-off)
    assert await office.nextrung.nudging.clocks.right()
    assert "clock_wrong" not in await office.nextrung.health.faults()
    let_move(office)
    await office.work(before[0].next_due_at - office.now)
    to = {post.channel_id for post in office.posts()}
    assert to == {f"D{each.slack_id[1:]}" for each in members}


async def test_a_clock_that_jumps_in_the_middle_of_a_run_ends_it(real_office: PostOffice) -> None:
    office = real_office
    await office.enlist(3)
    due = (await office.plans())[0].next_due_at
    moved = await office.database.nudges.plan_due(partial(moved_on, now=due), now=due, limit=10)
    assert moved == 3
    sending = office.nextrung.nudging.sending
    assert await office.nextrung.nudging.clocks.right()
    office.advance(due - office.now)

    await sending.turn()
    await sending.settled()

    assert office.posts() == []
    assert {row.state for row in await office.rows()} == {"planned"}

    let_move(office)
    await office.send()
    assert len(office.posts()) == 3


async def test_whatever_a_process_does_now_and_then_changes_nothing(
    real_office: PostOffice,
) -> None:
    office = real_office
    nextrung, tenant = office.nextrung, Tenant(WORKSPACE)
    await office.enlist(2)
    await office.database.audit.note(Act(ActKind.POLICY_CHANGED), at=office.now)
    effect = await nextrung.services.effects.begin(Errand(tenant, EffectKind.FORGET_WORKSPACE))
    await office.database.effects.rest(effect, office.now + timedelta(days=30))
    nextrung._tick_always()
    nextrung._tick_as_worker()
    ticks = [each for some in nextrung.clockwork._ticks.values() for each in some.values()]
    before = await everything(office)
    office.advance(TWO_YEARS)

    for tick in ticks:
        await tick()
    await nextrung.nudging.sending.settled()

    assert await everything(office) == before

    # They would have changed these.
    let_move(office)
    for tick in ticks:
        await tick()
    await nextrung.nudging.sending.settled()
    after = await everything(office)
    changed = {name for name in before if before[name] != after[name]}
    assert changed >= {"nudge", "nudge_plan", "audit", "effect"}


def let_move(office: PostOffice) -> None:
    """Let the test move the clock from now on: no other is asked any more."""

    async def none() -> None:
        pass

    clocks = office.nextrung.clocks
    clocks._told, clocks._ask_at = none, float("-inf")
