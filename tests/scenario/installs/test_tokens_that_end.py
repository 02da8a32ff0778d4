"""Tokens of twelve hours: exchanged on use and before nudges, once among all processes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.domain.installs.installation import Trouble
from bot.domain.tenancy import Tenant
from bot.sandbox.handles.surface import NoAnswer
from bot.sandbox.samples import OTHER_ENGINEER, OTHER_WORKSPACE
from bot.services.installs.rotation import EARLY, LOST
from bot.store.errors import StoreUnavailable
from bot.store.installs.refreshing import LEASE
from tests.scenario.desk import Desk
from tests.scenario.installs.office import HERE, THERE, asked, heard, install, kept, office, replica
from tests.scenario.nudging import deliver, next_at

HALF_A_DAY = timedelta(hours=12).total_seconds()
EXCHANGE = "oauth.v2.access"


@pytest.fixture
async def desk(bot_url: str, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Desk]:
    async with office(bot_url, caplog) as desk:
        desk.slack.installs.rotates = True
        await install(desk)
        yield desk


async def left(desk: Desk, tenant: Tenant = HERE) -> timedelta:
    """Return how long the token that is kept lasts."""
    known = await kept(desk, tenant)
    assert known is not None
    assert known.expires_at is not None
    return known.expires_at - desk.slack.clock.now()


async def settled(desk: Desk) -> None:
    assert desk.nextrung.rotation is not None
    await desk.nextrung.rotation.settled()


async def use(desk: Desk) -> None:
    """Let the bot call Slack for the engineer."""
    with suppress(NoAnswer):
        await desk.home(desk.engineer)
    await settled(desk)


async def test_a_token_is_exchanged_beside_its_use_before_it_ends(desk: Desk) -> None:
    await use(desk)
    assert asked(desk, EXCHANGE) == 0
    desk.slack.advance(HALF_A_DAY - 1800)
    await use(desk)
    assert asked(desk, EXCHANGE) == 1
    assert await left(desk) > timedelta(hours=11)
    await use(desk)
    assert asked(desk, EXCHANGE) == 1


async def test_one_that_has_ended_is_exchanged_before_it_is_used(desk: Desk) -> None:
    for _ in range(3):
        desk.slack.advance(3 * HALF_A_DAY)
        assert "MLOps" in (await desk.engineer.command("/skill mlops")).plain
        await use(desk)
    assert asked(desk, EXCHANGE) == 3
    assert desk.logged("installation_trouble") == []


async def test_nobody_waits_for_the_exchange_of_another_workspace(desk: Desk) -> None:
    await install(desk, OTHER_WORKSPACE)
    desk.slack.advance(HALF_A_DAY)
    gate = desk.slack.faults.hold(EXCHANGE, times=1)
    waits = asyncio.create_task(use(desk))
    await gate.arrived.wait()
    there = desk.slack.member(OTHER_ENGINEER)
    assert "MLOps" in (await there.command("/skill mlops")).plain
    gate.release()
    await waits


async def test_two_processes_exchange_it_once(desk: Desk, bot_url: str) -> None:
    async with replica(desk.slack, bot_url) as other:
        desk.slack.advance(HALF_A_DAY)
        one, two = await asyncio.gather(
            desk.nextrung.app.workspaces.find(HERE), other.app.workspaces.find(HERE)
        )
        assert asked(desk, EXCHANGE) == 1
        assert one is not None
        assert two is not None
        assert one.client.token == two.client.token


@pytest.mark.parametrize("apart", [-60, 60])
async def test_clocks_a_minute_apart_let_no_two_exchange_it(
    desk: Desk, bot_url: str, apart: int
) -> None:
    refreshes = desk.nextrung.database.refreshes
    desk.slack.advance(HALF_A_DAY)
    now = desk.slack.clock.now()
    async with replica(desk.slack, bot_url) as other:
        begun = await refreshes.begin(HERE, now=now, before=now + EARLY)
        assert begun is not None
        theirs = other.database.refreshes
        for seconds in (0, 29):  # a call never lasts longer
            moment = now + timedelta(seconds=seconds + apart)
            assert await theirs.begin(HERE, now=moment, before=moment + EARLY) is None
        late = now + LEASE + timedelta(seconds=60)
        taken = await theirs.begin(HERE, now=late, before=late + EARLY)
        assert taken is not None
        assert taken.again, "whether Slack has exchanged it, nobody knows"


async def test_an_exchange_whose_answer_is_lost_is_told_as_install_again(desk: Desk) -> None:
    desk.faults_expected = True
    desk.slack.advance(HALF_A_DAY - 1800)
    desk.slack.faults.drop_after(EXCHANGE)
    await use(desk)
    assert asked(desk, EXCHANGE) == 1
    known = await kept(desk)
    assert known is not None
    assert known.trouble is None, "it may not have reached Slack"
    await use(desk)
    assert asked(desk, EXCHANGE) == 1, "not again and again"
    desk.slack.advance(61)
    await use(desk)
    known = await kept(desk)
    assert known is not None
    assert known.trouble is not None
    assert known.trouble.reason == LOST
    assert known.removed_at is None
    assert desk.nextrung.rotation is not None
    await desk.nextrung.rotation.renewed(HERE)
    await use(desk)
    await use(desk)
    known = await kept(desk)
    assert known is not None
    assert known.trouble is not None
    assert known.trouble.reason == LOST, "whoever uses it once more is told the same"
    await install(desk)
    assert (await kept(desk)) is not None
    desk.slack.advance(HALF_A_DAY)
    await use(desk)
    known = await kept(desk)
    assert known is not None
    assert known.works


async def test_an_exchange_that_never_reached_slack_is_made_again(desk: Desk) -> None:
    desk.slack.advance(HALF_A_DAY - 1800)
    desk.slack.faults.drop_before(EXCHANGE)
    await use(desk)
    desk.slack.advance(61)
    await use(desk)
    known = await kept(desk)
    assert known is not None
    assert known.works
    assert await left(desk) > timedelta(hours=11)


@pytest.mark.parametrize("another", [False, True], ids=["alone", "another"])
async def test_what_slack_gave_is_kept_although_the_store_was_away(
    desk: Desk, bot_url: str, monkeypatch: pytest.MonkeyPatch, another: bool
) -> None:
    """As long as a switch-over takes; another process may take the token right after it."""
    refreshes, times, seconds = desk.nextrung.database.refreshes, 0, 0.0
    true = type(refreshes).done

    async def away(*given: object) -> bool:
        nonlocal times
        times += 1
        if seconds < 200:
            raise StoreUnavailable(reason="locked")
        if another:
            await taken_by_another()
        return await true(*given)  # type: ignore[arg-type] # as it was given

    async def taken_by_another() -> None:
        late = desk.slack.clock.now() + LEASE + timedelta(seconds=60)
        async with replica(desk.slack, bot_url) as other:
            theirs = other.database.refreshes
            begun = await theirs.begin(HERE, now=late, before=late + EARLY)
            assert begun is not None
            await theirs.refused(begun, Trouble(LOST, late))

    async def at_once(pause: float) -> None:
        nonlocal seconds
        seconds += pause

    monkeypatch.setattr(type(refreshes), "done", away)
    assert desk.nextrung.rotation is not None
    desk.nextrung.rotation._sleep = at_once
    desk.slack.advance(HALF_A_DAY - 60)
    await use(desk)
    assert times > 4
    assert await left(desk) > timedelta(hours=11)
    known = await kept(desk)
    assert known is not None
    assert known.works


async def test_a_new_installation_amid_an_exchange_stays(desk: Desk) -> None:
    desk.slack.advance(HALF_A_DAY - 1800)
    gate = desk.slack.faults.hold(EXCHANGE, times=1)
    waits = asyncio.create_task(use(desk))
    await gate.arrived.wait()
    newest = await install(desk)
    gate.release()
    await waits
    assert await desk.nextrung.services.installing.token_of(HERE) == newest.token


async def test_nudges_are_preceded_by_an_exchange(desk: Desk) -> None:
    rotation = desk.nextrung.rotation
    assert rotation is not None
    await install(desk, OTHER_WORKSPACE)
    await desk.engineer.command("/growth goal lead")
    await desk.engineer.command("/growth nudges weekly fri 10:00")
    due = await next_at(desk, desk.engineer)
    assert due - desk.slack.clock.now() > timedelta(days=2), "both tokens end before it"
    desk.slack.advance((due - desk.slack.clock.now()).total_seconds() - 1800)
    await rotation.turn()
    await rotation.settled()
    assert asked(desk, EXCHANGE) == 1, "not where no nudge is due"
    assert await left(desk) > timedelta(hours=11)
    assert await left(desk, THERE) < timedelta()
    desk.slack.advance(1801)
    await deliver(desk)
    assert len(desk.engineer.messages()) == 1
    assert asked(desk, EXCHANGE) == 1


async def test_a_token_that_dies_between_being_read_and_being_used_is_exchanged(desk: Desk) -> None:
    """Slack's clock is ahead of ours: the token has ended there."""
    found = await desk.nextrung.app.workspaces.find(HERE)
    assert found is not None
    token = desk.slack.world.tokens[found.client.token or ""]
    desk.slack.advance(HALF_A_DAY / 2)
    token.expires_at = desk.slack.clock.now()
    await use(desk)
    assert "LLM Engineer" in desk.engineer.home.plain
    assert asked(desk, EXCHANGE) == 1


async def test_another_process_hears_of_new_tokens(desk: Desk, bot_url: str) -> None:
    async with replica(desk.slack, bot_url) as other:
        before = await other.app.workspaces.find(HERE)
        desk.slack.advance(HALF_A_DAY - 1800)
        await use(desk)
        await heard(other)
        after = await other.app.workspaces.find(HERE)
        assert before is not None
        assert after is not None
        assert before.client.token != after.client.token
        assert after.client.token == await desk.nextrung.services.installing.token_of(HERE)
    assert asked(desk, EXCHANGE) == 1
