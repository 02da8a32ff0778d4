"""The app is removed from a workspace: its data goes after a while, if it stays removed."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.members.effects import MOST_ATTEMPTS, Effect, EffectKind, Errand
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.samples import ENGINEER, OTHER_ENGINEER, OTHER_WORKSPACE, WORKSPACE
from bot.store.effects import EffectStore
from bot.store.errors import StoreUnavailable
from bot.store.models import effect
from tests.fakes.all_rows import all_rows
from tests.scenario.desk import Desk

HERE, THERE = Tenant(WORKSPACE), Tenant(OTHER_WORKSPACE)
DAY = timedelta(days=1).total_seconds()
KEPT_DAYS = 14


async def stored(desk: Desk, slack_id: str = ENGINEER, tenant: Tenant = HERE) -> Member | None:
    async with desk.nextrung.database.read(tenant) as work:
        return await work.members.get(slack_id)


async def removals(desk: Desk) -> list[Any]:
    async with all_rows(desk.nextrung.database._reader) as connection:
        return list((await connection.execute(select(effect))).all())


async def told(desk: Desk) -> None:
    """Let Slack tell that the app was removed."""
    await desk.slack.event({"type": "app_uninstalled"})
    await desk.drained()


async def after(desk: Desk, days: float) -> None:
    """Let so many days pass, and then a process look what is to be done."""
    desk.slack.advance(days * DAY)
    await desk.nextrung.services.effects.turn(desk.nextrung.errands)


@pytest.fixture
async def removed(stored_desk: Desk) -> Desk:
    """A workspace that removed the app; errands are done only when the test says so."""
    desk = stored_desk
    await desk.engineer.command("/growth goal lead")
    await desk.slack.member(OTHER_ENGINEER).command("/growth role llm-engineer lead")
    await desk.drained()
    await desk.slack.uninstall()
    await desk.drained()
    return desk


async def test_what_it_held_is_deleted_after_a_while_and_nothing_of_others(removed: Desk) -> None:
    await after(removed, KEPT_DAYS - 0.01)
    assert await stored(removed) is not None
    at_hand = removed.nextrung.services.members.at_hand
    who, growth = at_hand(HERE, ENGINEER), removed.nextrung.services.growth
    assert who is not None
    assert (await growth.of(who)).growth.goal is not None
    await after(removed, 0.02)
    assert await stored(removed) is None
    assert at_hand(HERE, ENGINEER) is None, "nor does this process remember anybody"
    assert (await growth.of(who)).growth.goal is None
    other = await stored(removed, OTHER_ENGINEER, THERE)
    assert other is not None
    assert other.level_key == "lead"
    assert await removals(removed) == []
    (end,) = removed.logged("workspace_forgotten")
    assert end["members"] >= 4


async def test_a_new_installation_within_the_while_finds_everything(removed: Desk) -> None:
    await after(removed, KEPT_DAYS - 1)
    removed.slack.revoke(on=False)
    assert "Goal: *LLM Engineer, Lead*" in (await removed.engineer.command("/growth")).plain
    await after(removed, 10)
    assert await stored(removed) is not None
    assert await removals(removed) == []
    assert len(removed.logged("removal_not_confirmed")) == 1


async def test_being_told_once_more_does_not_begin_the_while_anew(removed: Desk) -> None:
    await after(removed, KEPT_DAYS - 1)
    await told(removed)
    assert len(await removals(removed)) == 1
    await after(removed, 0.9)
    assert await stored(removed) is not None
    await after(removed, 0.2)
    assert await stored(removed) is None


async def test_the_while_begins_anew_when_it_is_removed_again(removed: Desk) -> None:
    """In between it was installed, and somebody used it."""
    await after(removed, KEPT_DAYS - 1)
    removed.slack.revoke(on=False)
    await removed.engineer.command("/growth")
    await removed.slack.uninstall()
    await removed.drained()
    await after(removed, KEPT_DAYS - 1)
    assert await stored(removed) is not None
    await after(removed, 2)
    assert await stored(removed) is None


async def test_told_late_or_once_more_it_does_nothing(removed: Desk) -> None:
    removed.slack.revoke(on=False)
    for _ in range(3):
        await told(removed)
    assert await removals(removed) == []
    await after(removed, 2 * KEPT_DAYS)
    assert await stored(removed) is not None


async def test_a_clock_that_has_just_jumped_deletes_nothing(removed: Desk) -> None:
    errands = removed.nextrung.errands
    true = errands._removal
    errands._removal = replace(true, steady=lambda _seconds: False)
    await after(removed, 2 * KEPT_DAYS)
    assert await stored(removed) is not None
    errands._removal = true
    await after(removed, 0.02)
    assert await stored(removed) is None


@pytest.mark.parametrize("code", ["invalid_auth", "not_authed", "token_expired", "internal_error"])
async def test_what_may_be_another_trouble_deletes_nothing(removed: Desk, code: str) -> None:
    """`invalid_auth` is also an address that the workspace does not allow."""
    removed.faults_expected = True
    removed.slack.revoke(on=False)
    removed.slack.faults.error("auth.test", error=code, times=99)
    for _ in range(MOST_ATTEMPTS + 3):
        await after(removed, KEPT_DAYS)
    assert await stored(removed) is not None
    (given_up,) = (await removed.nextrung.services.effects.overview()).given_up
    assert given_up.kind == "forget_workspace"


async def test_slack_that_is_away_for_hours_as_it_is_removed_loses_no_deletion(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    desk.faults_expected = True
    await desk.engineer.command("/growth goal lead")
    await desk.drained()
    desk.slack.faults.error("auth.test", error="internal_error", times=99)
    await desk.slack.uninstall()
    await desk.drained()
    for _ in range(MOST_ATTEMPTS + 1):
        await after(desk, 1.1 / 24)
    assert len(await removals(desk)) == 1
    desk.slack.faults.clear()
    await after(desk, 1)
    assert await stored(desk) is not None
    await after(desk, KEPT_DAYS)
    assert await stored(desk) is None


async def test_a_removal_that_the_database_did_not_take_is_told_again(
    stored_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, real, times = stored_desk, EffectStore.begin, 0
    desk.faults_expected = True
    await desk.engineer.command("/growth goal lead")
    await desk.drained()

    async def away(store: EffectStore, errand: Errand, *, now: datetime) -> Effect:
        nonlocal times
        times += errand.kind is EffectKind.FORGET_WORKSPACE
        if times <= 2:
            raise StoreUnavailable(reason="away")
        return await real(store, errand, now=now)

    monkeypatch.setattr(EffectStore, "begin", away)
    await desk.slack.uninstall()
    await desk.drained()
    assert [times, await removals(desk)] == [2, []], "once more at once"
    desk.slack.advance(61)
    async with asyncio.timeout(10):
        while not await removals(desk):  # noqa: ASYNC110 - a row comes
            await asyncio.sleep(0)
    await desk.drained()
    await after(desk, KEPT_DAYS + 1)
    assert await stored(desk) is None


async def test_while_it_rests_nobody_takes_it_up(removed: Desk) -> None:
    for _ in range(MOST_ATTEMPTS + 1):
        await after(removed, 1)
    assert removed.logged("effect_resumed") == []
    await after(removed, KEPT_DAYS)
    assert await stored(removed) is None
