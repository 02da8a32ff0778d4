"""Members close at hand: how often the store is asked, and what happens when it is away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.domain.growth.holdings import Growth
from bot.domain.lookup.requests import Viewer, viewer_of
from bot.domain.tenancy import Member, Tenant
from bot.services.growth.cache import GrowthCache
from bot.services.members.directory import Members
from bot.services.ports import Profile
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from bot.store.unit_of_work import UnitOfWork
from tests.fakes.clock import FrozenClock
from tests.fakes.profiles import SampleProfiles

TENANT = Tenant("T0SAMPLE")
OTHER = Tenant("T0OTHER")
CHINESE = Profile("zh-CN", "Asia/Shanghai")


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.dispose()


@pytest.fixture
def statements(store: Database) -> list[str]:
    sent: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("PRAGMA"):
            sent.append(statement)

    for engine in (store._reader, store._writer):
        event.listen(engine.sync_engine, "before_cursor_execute", record)
    return sent


async def save(store: Database, clock: FrozenClock, member: Member) -> None:
    async with store.write(member.tenant) as work:
        await work.members.save(member, at=clock.now())


async def test_one_query_when_cold_and_none_when_warm(
    store: Database, clock: FrozenClock, statements: list[str]
) -> None:
    known = Member(TENANT, "U0ENGINEER", role_key="llm-engineer", level_key="senior")
    await save(store, clock, known)
    members = Members(store, SampleProfiles(None), clock, GrowthCache(store))
    statements.clear()
    assert members.at_hand(TENANT, "U0ENGINEER") is None
    assert await members.find(TENANT, "U0ENGINEER") == known
    assert len(statements) == 1
    assert await members.find(TENANT, "U0ENGINEER") == known
    assert members.at_hand(TENANT, "U0ENGINEER") == known
    assert len(statements) == 1
    assert viewer_of(known) == Viewer("llm-engineer", "senior")


async def test_a_stranger_is_introduced_once(
    store: Database, clock: FrozenClock, statements: list[str]
) -> None:
    profiles = SampleProfiles(CHINESE)
    members = Members(store, profiles, clock, GrowthCache(store))
    found = await members.find(TENANT, "U0CHINESE")
    assert (found.locale, found.time_zone) == ("zh-CN", "Asia/Shanghai")
    statements.clear()
    assert await members.find(TENANT, "U0CHINESE") == found
    assert (profiles.asked, statements) == (1, [])
    assert (
        await Members(store, profiles, clock, GrowthCache(store)).find(TENANT, "U0CHINESE") == found
    )
    assert profiles.asked == 1


async def test_the_same_id_elsewhere_is_somebody_else(store: Database, clock: FrozenClock) -> None:
    await save(store, clock, Member(TENANT, "U0ENGINEER", role_key="llm-engineer"))
    members = Members(store, SampleProfiles(CHINESE), clock, GrowthCache(store))
    await members.find(TENANT, "U0ENGINEER")
    stranger = await members.find(OTHER, "U0ENGINEER")
    assert (stranger.tenant, stranger.role_key) == (OTHER, None)


async def test_without_a_profile_nobody_is_kept(store: Database, clock: FrozenClock) -> None:
    profiles = SampleProfiles(None)
    members = Members(store, profiles, clock, GrowthCache(store))
    assert await members.find(TENANT, "U0NEW") == Member(TENANT, "U0NEW")
    assert members.at_hand(TENANT, "U0NEW") is None
    profiles.told = CHINESE
    assert (await members.find(TENANT, "U0NEW")).locale == "zh-CN"


async def test_refresh_drops_what_another_process_changed(
    store: Database, clock: FrozenClock, statements: list[str]
) -> None:
    mine, other = Member(TENANT, "U0ENGINEER"), Member(TENANT, "U0MANAGER")
    for each in (mine, other):
        await save(store, clock, each)
    clock.advance(timedelta(minutes=5))
    members = Members(store, SampleProfiles(None), clock, GrowthCache(store))
    await members.refresh()
    for each in (mine, other):
        await members.find(TENANT, each.slack_id)
    await members.refresh()
    assert members.at_hand(TENANT, "U0ENGINEER") == mine
    clock.advance(timedelta(seconds=30))
    await save(store, clock, replace(mine, level_key="lead"))
    statements.clear()
    await members.refresh()
    assert len(statements) == 1
    assert members.at_hand(TENANT, "U0ENGINEER") is None
    assert members.at_hand(TENANT, "U0MANAGER") == other
    assert (await members.find(TENANT, "U0ENGINEER")).level_key == "lead"


async def test_refresh_drops_whom_another_process_has_forgotten(
    store: Database, clock: FrozenClock
) -> None:
    mine = Member(TENANT, "U0ENGINEER", role_key="llm-engineer", level_key="senior")
    await save(store, clock, mine)
    async with store.write(TENANT) as work:
        assert await work.members.hold(mine.slack_id, at=clock.now())
    clock.advance(timedelta(minutes=5))
    cache = GrowthCache(store)
    members = Members(store, SampleProfiles(None), clock, cache)
    assert await members.find(TENANT, "U0ENGINEER") == mine
    assert (await cache.of(mine)).growth.version
    clock.advance(timedelta(seconds=30))
    async with store.write(TENANT) as work:
        await work.members.forget(mine.slack_id, at=clock.now())
    await members.refresh()
    assert members.at_hand(TENANT, "U0ENGINEER") is None
    assert (await cache.of(mine)).growth.version == 0


async def test_a_change_that_commits_late_is_still_noticed(
    store: Database, clock: FrozenClock
) -> None:
    known = Member(TENANT, "U0ENGINEER")
    await save(store, clock, known)
    clock.advance(timedelta(minutes=5))
    members = Members(store, SampleProfiles(None), clock, GrowthCache(store))
    await members.find(TENANT, "U0ENGINEER")
    late = FrozenClock(clock.now())
    clock.advance(timedelta(seconds=5))
    await members.refresh()
    await save(store, late, replace(known, level_key="lead"))
    await members.refresh()
    assert members.at_hand(TENANT, "U0ENGINEER") is None


async def test_saving_is_seen_at_once(store: Database, clock: FrozenClock) -> None:
    members = Members(store, SampleProfiles(CHINESE), clock, GrowthCache(store))
    found = await members.find(TENANT, "U0ENGINEER")
    await members.save(replace(found, role_key="data-scientist"))
    assert (await members.find(TENANT, "U0ENGINEER")).role_key == "data-scientist"


@pytest.fixture
async def broken() -> AsyncIterator[Database]:
    """A store that cannot be reached."""
    database = Database("sqlite:////proc/no/such/folder/nextrung.sqlite")
    yield database
    await database.dispose()


async def test_members_at_hand_are_found_while_the_store_is_away(
    store: Database, broken: Database, clock: FrozenClock
) -> None:
    members = Members(store, SampleProfiles(CHINESE), clock, GrowthCache(store))
    found = await members.find(TENANT, "U0ENGINEER")
    members._database = broken
    assert await members.find(TENANT, "U0ENGINEER") == found
    with pytest.raises(StoreUnavailable):
        await members.find(TENANT, "U0STRANGER")
    with pytest.raises(StoreUnavailable):
        await members.refresh()
    with pytest.raises(StoreUnavailable):
        await members.save(found)
    assert members.at_hand(TENANT, "U0ENGINEER") == found


async def test_a_stranger_is_answered_though_nothing_can_be_written(
    store: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_tenant: Tenant) -> None:
        raise StoreUnavailable(reason="locked")

    members = Members(store, SampleProfiles(CHINESE), clock, GrowthCache(store))
    monkeypatch.setattr(store, "write", refuse)
    assert (await members.find(TENANT, "U0NEW")).locale == "zh-CN"
    assert members.at_hand(TENANT, "U0NEW") is None


async def test_the_cache_has_an_end(
    store: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.members.directory._REMEMBERED", 2)
    members = Members(store, SampleProfiles(CHINESE), clock, GrowthCache(store))
    for each in ("U01", "U02", "U03"):
        await members.find(TENANT, each)
    kept = [members.at_hand(TENANT, each) is not None for each in ("U01", "U02", "U03")]
    assert kept == [False, True, True]


async def test_a_feed_cut_short_drops_everybody(
    store: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = Members(store, SampleProfiles(CHINESE), clock, GrowthCache(store))
    for each in ("U01", "U02"):
        await members.find(TENANT, each)
    await members.refresh()
    await members.find(TENANT, "U02")
    monkeypatch.setattr("bot.store.members.changes.MOST", 1)
    for each in ("U01", "U03"):
        await save(store, clock, Member(TENANT, each))
    await members.refresh()
    assert members.at_hand(TENANT, "U02") is None


async def test_what_was_read_before_a_change_is_not_remembered_after_it(
    store: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Member(TENANT, "U0ENGINEER")
    await save(store, clock, known)
    members = Members(store, SampleProfiles(None), clock, GrowthCache(store))
    read = store.read

    @asynccontextmanager
    async def slow(tenant: Tenant) -> AsyncIterator[UnitOfWork]:
        async with read(tenant) as work:
            yield work
        # Another device changes it between the answer of the store and its arrival here.
        monkeypatch.setattr(store, "read", read)
        await members.choose_language(known, "zh")

    monkeypatch.setattr(store, "read", slow)
    assert (await members.find(TENANT, "U0ENGINEER")).language is None

    assert (await members.find(TENANT, "U0ENGINEER")).language == "zh"


async def test_a_choice_of_someone_whom_slack_does_not_tell_of_is_kept(
    store: Database, clock: FrozenClock
) -> None:
    members = Members(store, SampleProfiles(None), clock, GrowthCache(store))
    nobody = await members.find(TENANT, "U0NEW")
    assert await members.choose_language(nobody, "zh") == replace(nobody, language="zh")
    assert (await members.find(TENANT, "U0NEW")).language == "zh"


async def test_of_two_writes_the_later_book_is_kept(store: Database) -> None:
    cache, me = GrowthCache(store), Member(TENANT, "U0ENGINEER")
    later = cache.put(me, Growth(version=2))
    earlier = cache.put(me, Growth(version=1))
    assert earlier.growth.version == 1
    assert await cache.of(me) is later
