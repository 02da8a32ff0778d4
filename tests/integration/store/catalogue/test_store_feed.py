"""What was published since one last asked: nothing is missed, in whatever order it commits."""

from datetime import UTC, datetime
from types import MappingProxyType

from sqlalchemy import insert, text

from bot.store.catalogue.feed import ASKED, LOOK_BACK, PublishedMark
from bot.store.database import Database
from bot.store.models import catalogue, revision
from tests.integration.store.catalogue.test_store_round_trip import SMALL, publish

AT = datetime(2026, 1, 5, tzinfo=UTC)
VALUES = {
    "number": 1,
    "author": "",
    "note": "",
    "published_at": AT,
    "source_digest": "",
    "name": "",
    "base_locale": "en",
    "skills": 0,
    "roles": 0,
    "expectations": 0,
}


async def test_each_publication_is_told_once_by_its_newest_revision(database: Database) -> None:
    store = database.catalogues
    await publish(database, SMALL, key="before")
    first = await store.published_since(None)
    assert first.revisions == {}

    await publish(database, SMALL, key="one")
    newest = {"one": await publish(database, SMALL, key="one")}
    newest["two"] = await publish(database, SMALL, key="two")
    told = await store.published_since(first.mark)
    assert told.revisions == newest
    assert (await store.published_since(told.mark)).revisions == {}
    assert {key: await store.newest_of(key) for key in newest} == newest
    assert await store.newest_of("three") is None


async def test_one_that_commits_after_later_ones_is_told_all_the_same(database: Database) -> None:
    await publish(database, SMALL, key="slow")
    async with database._bulk.connect() as connection:
        # As where a publication of another process takes half a minute: its id is given out.
        await connection.execute(text("SELECT 1"))
        found = (await connection.execute(catalogue.select())).first()
        assert found is not None
        last = await database.catalogues.newest_of("slow") or 0
        slow = last + 1
        await connection.rollback()
        mark = (await database.catalogues.published_since(None)).mark
        values = VALUES | {"catalogue_id": found.id, "number": 9}
        await connection.execute(insert(revision).values(id=slow + 1, **values))
        await connection.commit()
        told = await database.catalogues.published_since(mark)
        assert told.revisions == {"slow": slow + 1}
        await connection.execute(insert(revision).values(id=slow, **(values | {"number": 8})))
        await connection.commit()
    late = await database.catalogues.published_since(told.mark)
    assert late.revisions == {"slow": slow}
    assert (await database.catalogues.published_since(late.mark)).revisions == {}


async def test_ids_that_were_given_up_are_not_asked_about_for_ever(database: Database) -> None:
    mark = PublishedMark(0, MappingProxyType({}))
    id_ = await publish(database, SMALL, key="one")
    far = await database.catalogues.published_since(PublishedMark(-500, MappingProxyType({})))
    assert len(far.mark.open) <= LOOK_BACK
    mark = PublishedMark(id_, MappingProxyType({id_ + 7: 2}))
    for left in (1, None):
        mark = (await database.catalogues.published_since(mark)).mark
        assert mark.open.get(id_ + 7) == left
    assert ASKED >= 300, "no publication may take longer than it is asked about, once a second"


async def test_catalogues_are_named_up_to_a_number(database: Database) -> None:
    for number in range(3):
        await publish(database, SMALL, key=f"own-{number}")
    assert {"own-0", "own-1", "own-2"} <= set(await database.catalogues.keys(most=100))
    assert len(await database.catalogues.keys(most=2)) == 2
