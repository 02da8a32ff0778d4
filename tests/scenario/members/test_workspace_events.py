"""What Slack tells of a workspace: profiles that change, the app removed, tokens revoked."""

import asyncio
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.nudges.decision import PlanStatus
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.samples import (
    ENGINEER,
    OTHER_ENGINEER,
    OTHER_WORKSPACE,
    WORKSPACE,
)
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from bot.store.unit_of_work import UnitOfWork
from tests.scenario.desk import Desk

HERE, THERE = Tenant(WORKSPACE), Tenant(OTHER_WORKSPACE)
STRANGER = "U0STRANGER"
BARRIERS = {"is_restricted": "guest", "deleted": "deactivated"}


async def stored(desk: Desk, slack_id: str, tenant: Tenant = HERE) -> Member | None:
    async with desk.nextrung.database.read(tenant) as work:
        return await work.members.get(slack_id)


async def changed(desk: Desk, **user: Any) -> None:
    await desk.slack.event({"type": "user_change", "user": user})


async def test_a_new_language_and_zone_are_taken_over_at_once(stored_desk: Desk) -> None:
    desk = stored_desk
    await changed(desk, id=ENGINEER, locale="zh-CN", tz="Asia/Shanghai", deleted=False)

    assert "查询" in (await desk.engineer.command("/skill help")).plain
    member = await stored(desk, ENGINEER)
    assert member is not None
    assert (member.time_zone, member.role_key) == ("Asia/Shanghai", "llm-engineer")


async def test_the_members_own_choice_goes_before_a_new_locale(desk: Desk) -> None:
    await desk.engineer.command("/growth language english")
    await changed(desk, id=ENGINEER, locale="zh-CN", tz="Asia/Shanghai")

    assert "Look up" in (await desk.engineer.command("/skill help")).plain


async def test_strangers_are_not_introduced_by_a_change(stored_desk: Desk) -> None:
    desk = stored_desk
    await changed(desk, id=STRANGER, locale="zh-CN", tz="Asia/Shanghai")
    await changed(desk, id=OTHER_ENGINEER, locale="zh-CN", tz="Asia/Shanghai")

    assert await stored(desk, STRANGER) is None
    assert await stored(desk, OTHER_ENGINEER) is None
    asked = desk.slack.inspector.find(name="users.info")
    assert STRANGER not in {each.request.get("user") for each in asked}


@pytest.mark.parametrize(
    "user",
    [
        {"id": ENGINEER},
        {"id": ENGINEER, "locale": None, "tz": ""},
        {"id": ENGINEER, "deleted": True},
        {},
    ],
)
async def test_what_the_event_does_not_tell_stays(desk: Desk, user: dict[str, Any]) -> None:
    before = await stored(desk, ENGINEER)
    await changed(desk, **user)

    assert await stored(desk, ENGINEER) == before


async def test_a_revoked_token_deletes_nothing_and_is_asked_about_again(desk: Desk) -> None:
    await desk.engineer.command("/growth goal lead")
    await desk.slack.event({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"], "oauth": []}})
    await desk.drained()

    assert len(desk.logged("token_revoked")) == 1
    card = await desk.engineer.command("/growth")  # the token still works: it was another one
    assert "Goal: *LLM Engineer, Lead*" in card.plain
    for tokens in ({"oauth": [ENGINEER]}, {"bot": ["U0OTHERS"]}):
        await desk.slack.event({"type": "tokens_revoked", "tokens": tokens})
    assert len(desk.logged("token_revoked")) == 1


async def kept_back(desk: Desk, *, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Let Slack tell `before` three hours late, and after what it tells `now`, which is true."""
    desk.slack.faults.hold_back_events()
    await changed(desk, id=ENGINEER, **before)
    desk.slack.advance(3 * 3600)
    desk.slack.world.change_member(ENGINEER, **now)
    await changed(desk, id=ENGINEER, **now)
    await desk.drained()


async def plan_of(desk: Desk) -> PlanStatus:
    async with desk.nextrung.database.read(HERE) as work:
        status = await work.plans.of(ENGINEER)
    assert status is not None
    return status


async def test_what_slack_tells_after_an_outage_undoes_nothing_newer(desk: Desk) -> None:
    await kept_back(
        desk,
        before={"locale": "zh-CN", "tz": "Asia/Shanghai"},
        now={"locale": "en-US", "tz": "America/New_York"},
    )

    member = await stored(desk, ENGINEER)
    assert member is not None
    assert (member.locale, member.time_zone) == ("en-US", "America/New_York")
    # Told once more, as Slack does for hours: the same holds.
    await desk.slack.repeat_event()
    assert await stored(desk, ENGINEER) == member


@pytest.mark.parametrize("trait", ["is_restricted", "deleted"])
@pytest.mark.parametrize("is_so", [True, False])
async def test_a_late_word_neither_lets_a_guest_in_nor_keeps_a_member_out(
    desk: Desk, trait: str, is_so: bool
) -> None:
    await desk.engineer.command("/growth goal lead")
    await kept_back(desk, before={trait: not is_so}, now={trait: is_so})

    assert (await plan_of(desk)).barred == (BARRIERS[trait] if is_so else None)


async def test_a_late_word_that_slack_does_not_confirm_is_no_word(desk: Desk) -> None:
    await desk.engineer.command("/growth goal lead")
    await changed(desk, id=ENGINEER, tz="America/New_York")
    known = await plan_of(desk)
    assert known.checked_at is not None
    desk.slack.faults.fail("users.info", times=9)
    await kept_back(desk, before={"tz": "Asia/Shanghai"}, now={"tz": "America/New_York"})

    assert await plan_of(desk) == replace(known, checked_at=None)  # asked before the next nudge


@pytest.mark.parametrize("trait", ["is_restricted", "deleted"])
async def test_that_somebody_left_is_told_again_where_the_database_did_not_take_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, trait: str
) -> None:
    desk.faults_expected = True
    await desk.engineer.command("/growth goal lead")
    await desk.drained()
    real, times = Database.write, 0

    def away(database: Database, tenant: Tenant) -> AbstractAsyncContextManager[UnitOfWork]:
        nonlocal times
        times += 1
        if times <= 2:
            raise StoreUnavailable(reason="away")
        return real(database, tenant)

    monkeypatch.setattr(Database, "write", away)
    await changed(desk, id=ENGINEER, **{trait: True})
    assert [times, (await plan_of(desk)).barred] == [2, None], "once more at once"
    desk.slack.advance(61)
    async with asyncio.timeout(10):
        while (await plan_of(desk)).barred is None:  # noqa: ASYNC110 - a row changes
            await asyncio.sleep(0)
    assert (await plan_of(desk)).barred == BARRIERS[trait]
    await desk.drained()
