"""Publishing: numbers, digests, races, and that nothing published ever changes."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import func, select, text

from bot.bootstrap.built_in import ensure_built_in
from bot.domain.framework import CatalogueContent
from bot.domain.moves import Moves
from bot.domain.revision import RevisionInfo
from bot.domain.tenancy import Tenant
from bot.domain.text import LocalText
from bot.store.database import Database
from bot.store.engine import transaction
from bot.store.errors import NaiveMoment, StoreUnavailable, UnknownRevision
from bot.store.models import metadata
from tests.factories import big_catalogue
from tests.fakes.clock import FrozenClock

SMALL = big_catalogue(skills=12, roles=3, expectations=60)
NOW = FrozenClock().now()


async def publish(
    database: Database, content: CatalogueContent = SMALL, *, key: str = "sample"
) -> RevisionInfo:
    return await database.catalogues.publish(
        content, catalogue_key=key, author="Sample Owner", note="a note", at=NOW
    )


async def ensure(
    database: Database, digest: str, content: CatalogueContent = SMALL
) -> RevisionInfo:
    return await database.catalogues.ensure(
        lambda: content,
        catalogue_key="sample",
        author="Sample Owner",
        note="",
        at=NOW,
        source_digest=digest,
    )


async def test_revisions_are_numbered_per_catalogue(database: Database) -> None:
    first, second = await publish(database), await publish(database)
    other = await publish(database, key="other")
    assert [each.number for each in (first, second, other)] == [1, 2, 1]
    assert len({first.id, second.id, other.id}) == 3
    assert await database.catalogues.newest() == {"sample": second.id, "other": other.id}
    assert await database.catalogues.history("sample") == (second, first)
    assert (await database.catalogues.load(first.id)).revision == first
    assert first == RevisionInfo(first.id, "sample", 1, "Sample Owner", "a note", NOW)


async def test_an_empty_store_has_nothing(database: Database) -> None:
    assert await database.catalogues.newest() == {}
    assert await database.catalogues.history("sample") == ()
    with pytest.raises(UnknownRevision):
        await database.catalogues.load(1)


async def test_a_later_revision_changes_no_earlier_one(database: Database) -> None:
    first = await publish(database)
    before = (await database.catalogues.load(first.id)).content
    await publish(database, replace(SMALL, name=LocalText("Renamed"), expectations=()))
    assert (await database.catalogues.load(first.id)).content == before == SMALL


async def test_an_id_is_never_given_twice(database: Database) -> None:
    first = await publish(database)
    async with database._writer.begin() as connection:
        await connection.execute(text("DELETE FROM revision"))
    assert (await publish(database)).id > first.id


MOVED = Moves(
    skills={"gone-by": SMALL.skills[0].key},
    rungs={("baker", "middle"): ("cook", "mid")},
    names={("skill", "gone-by"): ("Gone by", "过去"), ("rung", "baker", "middle"): ("Middle",)},
)


async def moved(database: Database, key: str) -> RevisionInfo:
    """Publish a revision in which what an older one called a skill has another key."""
    published = await database.catalogues.publish_changed(
        SMALL,
        catalogue_key=key,
        author="Sample Owner",
        note="a note",
        at=NOW,
        source_digest=key,
        moves=lambda _: MOVED,
    )
    return published.revision


async def test_everything_of_a_revision_leaves_with_it(database: Database) -> None:
    gone, kept = await moved(database, "sample"), await moved(database, "other")
    parts = [table for table in metadata.sorted_tables if "revision_id" in table.primary_key]
    async with database._writer.begin() as connection:
        for table in parts:
            assert await connection.scalar(select(func.count()).select_from(table)), table.name
        await connection.execute(text("DELETE FROM revision WHERE id = :id"), {"id": gone.id})
        for table in parts:
            owners = await connection.scalars(select(table.c.revision_id).distinct())
            assert owners.all() == [kept.id], table.name
    assert (await database.catalogues.load(kept.id)).content == SMALL


async def test_what_moved_comes_back_with_its_old_names(database: Database) -> None:
    found = await database.catalogues.moves_of((await moved(database, "sample")).id)
    assert (found, found.names) == (MOVED, MOVED.names)


async def test_ensure_publishes_each_source_once(database: Database) -> None:
    first = await ensure(database, "digest 1")

    def never() -> CatalogueContent:
        raise AssertionError("the source is known already")

    again = await database.catalogues.ensure(
        never,
        catalogue_key="sample",
        author="Someone Else",
        note="",
        at=NOW,
        source_digest="digest 1",
    )
    assert again == first
    second = await ensure(database, "digest 2")
    assert second.number == 2
    assert await ensure(database, "digest 1") == first
    with pytest.raises(ValueError, match="digest"):
        await ensure(database, "")


async def test_concurrent_ensures_publish_once(database: Database, database_url: str) -> None:
    replicas = [Database(database_url) for _ in range(3)]
    infos = await asyncio.gather(
        *(ensure(each, "one digest") for each in (*replicas, database, *replicas))
    )
    assert len(set(infos)) == 1
    assert await database.catalogues.history("sample") == (infos[0],)
    for replica in replicas:
        await replica.dispose()


async def test_concurrent_publishers_leave_no_hole(database: Database, database_url: str) -> None:
    replica = Database(database_url)
    infos = await asyncio.gather(*(publish(each) for each in (database, replica) * 3))
    assert sorted(each.number for each in infos) == [1, 2, 3, 4, 5, 6]
    assert [each.number for each in await database.catalogues.history("sample")] == [
        *(6, 5, 4, 3, 2, 1)
    ]
    await replica.dispose()


async def test_a_failed_publication_leaves_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure comes late, after most rows are in."""

    async def broken_read(*_: object) -> None:
        raise RuntimeError("the process is about to die")

    with monkeypatch.context() as patch:
        patch.setattr("bot.store.catalogue.revisions._read_info", broken_read)
        with pytest.raises(RuntimeError):
            await publish(database)
    assert await database.catalogues.newest() == {}
    assert (await publish(database)).number == 1


async def test_moments_are_kept_in_utc(database: Database) -> None:
    local = datetime(2026, 7, 1, 23, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    info = await database.catalogues.publish(
        SMALL, catalogue_key="sample", author="", note="", at=local
    )
    (read,) = await database.catalogues.history("sample")
    assert info.published_at == read.published_at == local
    assert read.published_at.tzinfo is UTC
    with pytest.raises(NaiveMoment):
        await database.catalogues.publish(
            SMALL, catalogue_key="sample", author="", note="", at=local.replace(tzinfo=None)
        )


async def test_polling_costs_one_query(database: Database, queries: list[str]) -> None:
    await publish(database)
    queries.clear()
    await database.catalogues.newest()
    assert len(queries) == 1


async def test_members_are_saved_while_a_publication_runs_on_postgresql(
    postgresql_url: str,
) -> None:
    """A workspace that refers to the catalogue does not wait for its publisher."""
    database = Database(postgresql_url, statement_timeout_ms=500)
    await publish(database)
    async with database._bulk.begin() as publisher:
        await publisher.execute(text("SELECT id FROM catalogue FOR NO KEY UPDATE"))
        async with transaction(database._writer, timeout_ms=500, reach=Tenant("T1")) as connection:
            await connection.execute(
                text(
                    "INSERT INTO workspace (tenant_key, team_id, catalogue_id, created_at)"
                    " SELECT '/T1', 'T1', id, now() FROM catalogue"
                )
            )
    await database.dispose()


async def test_reading_refuses_to_write(database: Database) -> None:
    with pytest.raises(StoreUnavailable):
        async with database.catalogues._reading(1000) as connection:
            await connection.execute(text("DELETE FROM catalogue"))


async def test_what_the_first_start_holds_is_what_it_would_read(database: Database) -> None:
    published = await ensure_built_in(database, FrozenClock())
    assert published is not None
    stored = await database.catalogues.load(published.revision.id)
    assert published.revision == stored.revision
    assert published.content == stored.content
    assert await ensure_built_in(database, FrozenClock()) is None


async def test_what_another_process_published_first_is_read_from_the_store(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = FrozenClock(NOW - timedelta(seconds=1))
    original = database.catalogues.ensure

    async def beaten(content: Callable[[], CatalogueContent], **given: Any) -> RevisionInfo:
        await original(content, **given | {"at": earlier.now()})
        return await original(content, **given)

    monkeypatch.setattr(database.catalogues, "ensure", beaten)
    assert await ensure_built_in(database, FrozenClock()) is None
