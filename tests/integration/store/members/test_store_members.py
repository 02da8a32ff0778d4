"""Members and workspaces: tenants apart, harmless races, and changes that others learn of."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.tenancy import Member, Tenant
from bot.store.database import Database
from bot.store.errors import UnknownCatalogue, UnstorableText, WrongTenant
from tests.factories import big_catalogue
from tests.fakes.all_rows import all_rows
from tests.fakes.clock import FrozenClock
from tests.integration.store.feeds import changed_since

ONE = Tenant("T1")
TENANTS = [
    ONE,
    Tenant("T2"),
    Tenant(None, "E1"),
    Tenant("E1"),
    Tenant("E1/"),
    Tenant("/T1"),
    Tenant(None, "/T1"),
    Tenant("%2F"),
    Tenant("/"),
]
NOW = FrozenClock().now()
SECOND = timedelta(seconds=1)


def sample(tenant: Tenant = ONE, slack_id: str = "U1") -> Member:
    return Member(
        tenant, slack_id, locale="zh-CN", time_zone="Asia/Shanghai", role_key="r", level_key="l"
    )


async def save(database: Database, member: Member, *, later: timedelta = timedelta()) -> None:
    async with database.write(member.tenant) as unit:
        await unit.members.save(member, at=NOW + later)


async def read(database: Database, tenant: Tenant, slack_id: str = "U1") -> Member | None:
    async with database.read(tenant) as unit:
        return await unit.members.get(slack_id)


async def publish(database: Database, key: str) -> None:
    await database.catalogues.publish(
        big_catalogue(skills=3, roles=1, expectations=5),
        catalogue_key=key,
        author="Sample Owner",
        note="",
        at=NOW,
    )


async def test_a_member_is_saved_and_replaced(database: Database) -> None:
    assert await read(database, ONE) is None
    await save(database, sample())
    assert await read(database, ONE) == sample()
    changed = Member(ONE, "U1")
    await save(database, changed)
    await save(database, changed)
    assert await read(database, ONE) == changed
    assert await read(database, ONE, "U2") is None


async def test_tenants_never_see_each_other(database: Database) -> None:
    for number, tenant in enumerate(TENANTS):
        await save(database, replace(sample(tenant), role_key=f"role {number}"))
    for number, tenant in enumerate(TENANTS):
        found = await read(database, tenant)
        assert found is not None
        assert (found.tenant, found.role_key) == (tenant, f"role {number}")
    assert await read(database, Tenant("T3")) is None
    changed = await changed_since(database, NOW)
    assert sorted(changed, key=repr) == sorted(((each, "U1") for each in TENANTS), key=repr)


async def test_a_member_of_another_tenant_is_refused(database: Database) -> None:
    with pytest.raises(WrongTenant):
        async with database.write(Tenant("T2")) as unit:
            await unit.members.save(sample(), at=NOW)
    assert await read(database, ONE) is None
    assert await read(database, Tenant("T2")) is None


async def test_an_error_rolls_everything_back(database: Database) -> None:
    async def fail_late() -> None:
        async with database.write(ONE) as unit:
            await unit.members.save(sample(), at=NOW)
            assert await unit.members.get("U1") == sample()
            raise LookupError

    with pytest.raises(LookupError):
        await fail_late()
    assert await read(database, ONE) is None
    await save(database, sample())
    assert await read(database, ONE) == sample()


async def test_a_cancelled_write_rolls_back(database: Database) -> None:
    written = asyncio.Event()

    async def interrupted() -> None:
        async with database.write(ONE) as unit:
            await unit.members.save(sample(), at=NOW)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(interrupted())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await read(database, ONE) is None
    await save(database, sample())


async def test_reading_does_not_see_what_is_not_committed(database: Database) -> None:
    async with database.write(ONE) as unit:
        await unit.members.save(sample(), at=NOW)
        assert await read(database, ONE) is None
    assert await read(database, ONE) == sample()


async def test_concurrent_saves_make_one_member(database: Database, database_url: str) -> None:
    replica = Database(database_url)
    await asyncio.gather(*(save(each, sample()) for each in (database, replica) * 8))
    assert await changed_since(database, NOW) == [(ONE, "U1")]
    await replica.dispose()


async def test_a_workspace_uses_the_built_in_catalogue_until_it_chooses(
    database: Database,
) -> None:
    await save(database, sample())
    await publish(database, "own")
    async with database.read(ONE) as unit:
        assert await unit.workspaces.catalogue_key() is None
    async with database.write(ONE) as unit:
        await unit.workspaces.use_catalogue("own", at=NOW)
    async with database.write(Tenant("T2")) as unit:
        await unit.workspaces.use_catalogue("own", at=NOW)
        await unit.workspaces.use_catalogue(None, at=NOW)
    assert await read(database, ONE) == replace(sample(), catalogue_key="own")
    async with database.read(ONE) as unit:
        assert await unit.workspaces.catalogue_key() == "own"
    async with database.read(Tenant("T2")) as unit:
        assert await unit.workspaces.catalogue_key() is None
    with pytest.raises(UnknownCatalogue):
        async with database.write(ONE) as unit:
            await unit.workspaces.use_catalogue("nobody's", at=NOW)


async def test_saving_a_member_keeps_the_workspace_catalogue(database: Database) -> None:
    await publish(database, "own")
    async with database.write(ONE) as unit:
        await unit.workspaces.use_catalogue("own", at=NOW)
        await unit.members.save(sample(), at=NOW)
    assert await read(database, ONE) == replace(sample(), catalogue_key="own")


async def test_the_change_feed_tells_what_changed(database: Database) -> None:
    await save(database, sample(slack_id="U1"))
    await save(database, sample(slack_id="U2"), later=2 * SECOND)
    await save(database, sample(slack_id="U3"), later=SECOND)
    since = partial(changed_since, database)
    assert await since(NOW) == [(ONE, "U1"), (ONE, "U3"), (ONE, "U2")]
    assert await since(NOW + SECOND) == [(ONE, "U3"), (ONE, "U2")]
    assert await since(NOW + 3 * SECOND) == []
    await save(database, sample(slack_id="U2"), later=-SECOND)
    assert await since(NOW + 2 * SECOND) == [(ONE, "U2")], "a late writer must not hide a change"
    await publish(database, "own")
    async with database.write(ONE) as unit:
        await unit.workspaces.use_catalogue("own", at=NOW + 5 * SECOND)
    assert {slack_id for _, slack_id in await since(NOW + 5 * SECOND)} == {"U1", "U2", "U3"}


async def test_a_change_is_found_by_its_index(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with all_rows(database._reader) as connection:
        plan = await connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT slack_id FROM member WHERE changed_at >= ?"
            " ORDER BY changed_at LIMIT 10",
            ("2026",),
        )
        assert "ix_member_changed_at" in str(plan.all())
    await database.dispose()


async def test_unstorable_ids_are_refused_cleanly(database: Database) -> None:
    for slack_id in ("U\0", "U\ud800", "U" * 256):
        with pytest.raises(UnstorableText):
            await read(database, ONE, slack_id)
        with pytest.raises(UnstorableText):
            await save(database, sample(slack_id=slack_id))


async def test_texts_are_data_and_never_sql(database: Database) -> None:
    hostile = replace(sample(slack_id="'; DROP TABLE member; --"), role_key='"%s" :x ? \\')
    await save(database, hostile)
    assert await read(database, ONE, hostile.slack_id) == hostile


async def test_query_counts_of_the_hot_path(database: Database, queries: list[str]) -> None:
    await save(database, sample())
    await read(database, ONE)  # the first connection of each kind asks the server who it is
    queries.clear()
    await read(database, ONE)
    assert len(queries) == 1
    queries.clear()
    await save(database, sample())
    assert len([each for each in queries if not each.startswith("BEGIN")]) == 1


async def test_adding_someone_who_is_there_changes_nothing(database: Database) -> None:
    async with database.write(ONE) as unit:
        await unit.members.add(sample(), at=NOW)
    assert await read(database, ONE) == sample()
    async with database.write(ONE) as unit:
        await unit.members.add(replace(sample(), role_key=None, locale="en-US"), at=NOW + SECOND)
    assert await read(database, ONE) == sample()


async def test_adding_to_another_tenant_is_refused(database: Database) -> None:
    with pytest.raises(WrongTenant):
        async with database.write(ONE) as unit:
            await unit.members.add(sample(Tenant("T2")), at=NOW)


def test_an_empty_id_is_no_id() -> None:
    assert Tenant("", "E1") == Tenant(None, "E1")


def test_a_workspace_stays_who_it_is_in_any_organisation() -> None:
    assert Tenant("T1", "E1") == Tenant("T1", "") == ONE != Tenant(None, "E1")


async def test_a_change_touches_only_the_fields_it_names(database: Database) -> None:
    await save(database, sample())
    async with database.write(ONE) as unit:
        found = await unit.members.change("U1", {"language": "en"}, at=NOW + SECOND)
    assert found == replace(sample(), language="en") == await read(database, ONE)
    async with database.write(ONE) as unit:
        fields = {"role_key": "other", "level_key": None}
        await unit.members.change("U1", fields, at=NOW - SECOND)
    expected = replace(sample(), language="en", role_key="other", level_key=None)
    assert await read(database, ONE) == expected
    # A late writer must not hide a change.
    assert await changed_since(database, NOW + SECOND) == [(ONE, "U1")]


async def test_who_is_not_there_is_not_added_by_a_change(database: Database) -> None:
    await save(database, sample())
    for tenant, slack_id in ((ONE, "U2"), (Tenant("T2"), "U1"), (Tenant(None, "T1"), "U1")):
        async with database.write(tenant) as unit:
            assert await unit.members.change(slack_id, {"language": "en"}, at=NOW) is None
        assert await read(database, tenant, slack_id) is None
    assert await read(database, ONE) == sample()


async def test_changes_of_different_fields_at_once_are_all_kept(
    database: Database, database_url: str
) -> None:
    await save(database, Member(ONE, "U1"))
    replica = Database(database_url)
    fields = ("locale", "time_zone", "role_key", "level_key", "language")

    async def change(number: int) -> None:
        async with (database, replica)[number % 2].write(ONE) as unit:
            name = fields[number % len(fields)]
            await unit.members.change("U1", {name: f"{name} {number // 10}"}, at=NOW)

    for tens in range(3):
        await asyncio.gather(*(change(10 * tens + each) for each in range(10)))
        locale, zone, role, level, language = (f"{name} {tens}" for name in fields)
        assert await read(database, ONE) == Member(
            ONE, "U1", locale, zone, role, level, language=language
        )
    await replica.dispose()
