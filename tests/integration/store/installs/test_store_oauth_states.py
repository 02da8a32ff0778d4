"""States of OAuth: used once, by one browser, in time, whichever process is asked."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.services.installs.begun import HOLDS_FOR, BegunInstalls
from bot.store.database import Database
from bot.store.installs.oauth.models import oauth_state
from tests.fakes.clock import FrozenClock

MINUTE = timedelta(minutes=1)


@pytest.fixture
def begun(database: Database, clock: FrozenClock) -> BegunInstalls:
    return BegunInstalls(database, clock)


async def kept(database: Database) -> int:
    async with database._reader.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(oauth_state)) or 0


async def test_it_is_used_once_by_the_browser_that_began_it(
    database: Database, begun: BegunInstalls
) -> None:
    state, other = await begun.begin("ours"), await begun.begin("ours")
    assert state != other
    assert not await begun.finish(state, "another")
    assert not await begun.finish("a" * 43, "ours")
    assert await begun.finish(state, "ours"), "another browser used nothing up"
    assert not await begun.finish(state, "ours")
    assert await begun.finish(other, "ours"), "two tabs are two installations"
    assert await kept(database) == 0


async def test_of_many_that_ask_at_once_one_gets_it(
    database: Database, database_url: str, begun: BegunInstalls, clock: FrozenClock
) -> None:
    replica = Database(database_url)
    there = BegunInstalls(replica, clock)
    state = await begun.begin("ours")
    asked = [each.finish(state, "ours") for each in (begun, there) for _ in range(8)]
    try:
        assert sorted(await asyncio.gather(*asked)) == [False] * 15 + [True]
    finally:
        await replica.dispose()


@pytest.mark.parametrize("skew", [-MINUTE, timedelta(), MINUTE])
async def test_a_minute_between_the_clocks_does_no_harm(
    database: Database, begun: BegunInstalls, clock: FrozenClock, skew: timedelta
) -> None:
    there = FrozenClock(clock.now() + skew)
    replica = BegunInstalls(database, there)
    at_once = await begun.begin("ours")
    assert await replica.finish(at_once, "ours")
    late = await begun.begin("ours")
    there.advance(HOLDS_FOR - 2 * MINUTE)
    assert await replica.finish(late, "ours")
    too_late = await begun.begin("ours")
    there.advance(HOLDS_FOR + 2 * MINUTE)
    assert not await replica.finish(too_late, "ours")


async def test_what_nobody_can_use_any_more_goes(
    database: Database, begun: BegunInstalls, clock: FrozenClock
) -> None:
    await BegunInstalls(database, FrozenClock(clock.now() + timedelta(days=300))).begin("ahead")
    for _ in range(3):
        await begun.begin("ours")
    assert await kept(database) == 3, "what a wrong clock wrote is gone"
    clock.advance(timedelta(hours=2))
    await begun.begin("ours")
    assert await kept(database) == 1


async def test_the_database_has_no_secret(database: Database, begun: BegunInstalls) -> None:
    state = await begun.begin("a browser's secret")
    async with database._reader.connect() as connection:
        (row,) = (await connection.execute(select(oauth_state))).all()
    assert state not in str(row)
    assert "secret" not in str(row)
