"""Changes in the order of the database: none is missed, whatever clocks and transactions do."""

import asyncio
import random
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.tenancy import Member, Tenant
from bot.services.growth.cache import GrowthCache
from bot.services.members.directory import Members
from bot.store.database import Database
from bot.store.errors import WrongTenant
from bot.store.members import changes as changes_module
from bot.store.members.changes import DatabaseWentBack, Mark
from tests.fakes.all_rows import all_rows
from tests.fakes.clock import FrozenClock
from tests.fakes.profiles import SampleProfiles
from tests.integration.store.holders import NOW, ONE, TWO, join

TRIGGERS = {"member_added", "member_changed", "member_gone"}
YEARS = timedelta(days=730)


async def touch(database: Database, slack_id: str, tenant: Tenant = ONE, at: int = 0) -> None:
    async with database.write(tenant) as work:
        await work.members.change(slack_id, {"language": "en"}, at=NOW + timedelta(days=at))


async def test_each_change_is_told_once_whatever_the_clock_says(database: Database) -> None:
    await join(database, "U1")
    await join(database, "U2", tenant=TWO)
    first = await database.changes_since(None)
    assert first.everything

    await touch(database, "U1", at=730)
    await touch(database, "U2", TWO, at=-730)
    told = await database.changes_since(first.mark)

    assert not told.everything
    assert set(told.members) == {(ONE, "U1"), (TWO, "U2")}
    assert (await database.changes_since(told.mark)).members == ()
    async with database.write(ONE) as work:
        await work.members.forget("U1", at=NOW)
    assert (await database.changes_since(told.mark)).everything


async def test_a_replica_whose_clock_is_years_away_hears_of_forget_me_at_once(
    database: Database, database_url: str
) -> None:
    await join(database, "U1")
    replica, clock = Database(database_url), FrozenClock(NOW + YEARS)
    members = Members(replica, SampleProfiles(None), clock, GrowthCache(replica))
    await members.refresh()
    assert await members.known(ONE, "U1") is not None

    async with database.write(ONE) as work:
        await work.members.forget("U1", at=NOW - YEARS)
    await members.refresh()  # every second, in a process

    assert members.at_hand(ONE, "U1") is None
    assert await members.known(ONE, "U1") is None
    await replica.dispose()


async def test_none_is_missed_beside_open_and_broken_transactions(database: Database) -> None:
    """As POSTGRES.md measured: `seq > last` misses a quarter of these."""
    chance = random.Random(14)  # noqa: S311 - seeded
    names = [f"U{number}" for number in range(12)]
    for name in names:
        await join(database, name)
    mark = (await database.changes_since(None)).mark
    committed: list[str] = []
    told: list[str] = []

    async def write(name: str) -> None:
        for _ in range(8):
            try:
                async with database.write(ONE) as work:
                    await work.members.change(name, {"language": "en"}, at=NOW)
                    await asyncio.sleep(chance.random() / 100)
                    if chance.random() < 0.2:
                        await work.members.add(Member(TWO, name), at=NOW)  # refused, rolled back
            except WrongTenant:
                continue
            committed.append(name)

    async def poll(mark: Mark, writers: "asyncio.Future[list[None]]") -> Mark:
        ended = False
        while not ended:
            ended = writers.done()
            found = await database.changes_since(mark)
            assert not found.everything
            told.extend(name for _, name in found.members)
            mark = found.mark
        return mark

    writers = asyncio.gather(*(write(name) for name in names[: 4 if _is_sqlite(database) else 12]))
    await poll(mark, writers)
    await writers

    assert set(told) == set(committed)
    assert committed


def _is_sqlite(database: Database) -> bool:
    return database.dialect == "sqlite"


async def test_who_asks_after_too_long_drops_everything(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await join(database, "U1")
    mark = (await database.changes_since(None)).mark
    monkeypatch.setattr(changes_module, "KEPT", 3)
    for _ in range(5):
        await touch(database, "U1")
    await database.prune_changes()

    assert (await database.changes_since(mark)).everything
    async with all_rows(database._reader) as connection:
        assert await connection.scalar(text("SELECT count(*) FROM change")) == 3


async def test_a_database_that_went_back_is_noticed(database: Database) -> None:
    await join(database, "U1")
    mark = (await database.changes_since(None)).mark

    with pytest.raises(DatabaseWentBack) as caught:
        await database.changes_since(Mark(mark.snapshot, mark.last + 100))

    assert "nextrung db restored" in str(caught.value.params["remedy"])


async def test_each_restore_is_noticed_by_who_has_seen_no_change_since_the_last(
    database: Database,
) -> None:
    await join(database, "U1")
    for _ in range(3):
        mark = (await database.changes_since(None)).mark
        assert (await database.changes_since(mark)).members == ()

        await database.restored(now=NOW)

        with pytest.raises(DatabaseWentBack):
            await database.changes_since(mark)
    mark = (await database.changes_since(None)).mark
    await touch(database, "U1")
    found = await database.changes_since(mark)
    assert (found.everything, found.members) == (False, ((ONE, "U1"),))
    await database.prune_changes()
    assert not (await database.changes_since(found.mark)).everything


async def test_no_history_is_another_by_chance(database: Database) -> None:
    """The first and the last of them that can be begun, and a standby's number of each."""
    for chance in (0, changes_module._HISTORIES - 2):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("secrets.randbelow", lambda _most, chance=chance: chance)
            await database.restored(now=NOW)
        last = (await database.changes_since(None)).mark.last
        assert last < 2**63 - changes_module._HISTORY
        histories = {changes_module.history_of(each) for each in (last, last - 32)}
        assert histories == {chance + 1}
    assert {changes_module.history_of(each) for each in (-32, 0, 50_000)} == {0}


async def test_no_migration_loses_the_triggers(database: Database) -> None:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'member'"
        if _is_sqlite(database)
        else "SELECT tgname FROM pg_trigger WHERE tgrelid = 'member'::regclass AND NOT tgisinternal"
    )
    async with all_rows(database._reader) as connection:
        assert set((await connection.scalars(text(query))).all()) == TRIGGERS


async def test_a_workspaces_members_are_told_together(database: Database) -> None:
    for name in ("U1", "U2"):
        await join(database, name)
    mark = (await database.changes_since(None)).mark
    async with database.write(ONE) as work:
        await work.members.add(Member(ONE, "U3"), at=NOW)
        await work.workspaces.use_catalogue(None, at=NOW)

    assert set((await database.changes_since(mark)).members) == {
        (ONE, name) for name in ("U1", "U2", "U3")
    }
