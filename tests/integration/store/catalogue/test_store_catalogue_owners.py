"""Owners of a workspace's catalogue: granted, withdrawn and forgotten, each tenant by itself."""

import asyncio

import pytest

from bot.domain.catalogue.publication import StalePreview
from bot.domain.tenancy import Member, Tenant
from bot.store.database import Database
from tests.factories import big_catalogue
from tests.integration.store.holders import NOW, ONE, TWO

ASHA, CHEN = "U0ASHA", "U0CHEN"
CONTENT = big_catalogue(skills=4, roles=1, expectations=4)


async def owners(database: Database, tenant: Tenant = ONE) -> frozenset[str]:
    async with database.read(tenant) as work:
        return await work.workspaces.catalogue_owners()


async def grant(database: Database, *slack_ids: str, tenant: Tenant = ONE) -> None:
    async with database.write(tenant) as work:
        await work.workspaces.grant_catalogue(slack_ids, at=NOW)


async def test_nobody_owns_a_workspace_that_is_not_known(database: Database) -> None:
    assert await owners(database) == frozenset()


async def test_the_last_word_counts_and_repeating_changes_nothing(database: Database) -> None:
    await grant(database, ASHA, CHEN, CHEN)
    assert await owners(database) == {ASHA, CHEN}
    await grant(database, CHEN)
    await grant(database, CHEN)
    assert await owners(database) == {CHEN}
    await grant(database)
    assert await owners(database) == frozenset()


async def test_workspaces_have_owners_of_their_own(database: Database) -> None:
    await grant(database, ASHA)
    await grant(database, CHEN, tenant=TWO)
    assert await owners(database) == {ASHA}
    assert await owners(database, TWO) == {CHEN}


async def test_two_admins_at_once_leave_the_choice_of_one(database: Database) -> None:
    await asyncio.gather(grant(database, ASHA), grant(database, CHEN))
    assert await owners(database) in ({ASHA}, {CHEN})


async def test_forgetting_withdraws_here_and_nowhere_else(database: Database) -> None:
    await grant(database, ASHA, CHEN)
    await grant(database, ASHA, tenant=TWO)
    async with database.write(ONE) as work:
        await work.members.save(Member(ONE, ASHA), at=NOW)
    async with database.write(ONE) as work:
        await work.members.forget(ASHA, at=NOW)
    assert await owners(database) == {CHEN}
    assert await owners(database, TWO) == {ASHA}


async def test_forgetting_reaches_an_owner_who_never_came(database: Database) -> None:
    await grant(database, ASHA)
    async with database.write(ONE) as work:
        await work.members.forget(ASHA, at=NOW)
    assert await owners(database) == frozenset()


async def test_a_forgotten_workspace_has_no_owners(database: Database) -> None:
    await grant(database, ASHA)
    await database.forget_workspace(ONE, now=lambda: NOW)
    assert await owners(database) == frozenset()


@pytest.mark.parametrize("expected", [1, 2, 7])
async def test_an_expected_revision_must_be_the_newest(database: Database, expected: int) -> None:
    async def publish(digest: str, number: int | None) -> int:
        published = await database.catalogues.publish_changed(
            CONTENT,
            catalogue_key="company",
            author="Sample Owner",
            note="note",
            at=NOW,
            source_digest=digest,
            expected=number,
        )
        return published.revision.number

    with pytest.raises(StalePreview):
        await publish("first", expected)
    assert await publish("first", 0) == 1
    assert await publish("first", 0) == 1  # the same again is no conflict
    with pytest.raises(StalePreview) as refused:
        await publish("second", 0)
    assert refused.value.params == {"number": 1}
    assert await publish("second", 1) == 2
    assert await publish("third", None) == 3


async def test_of_two_who_looked_at_the_same_revision_one_publishes(database: Database) -> None:
    async def publish(digest: str) -> bool:
        try:
            await database.catalogues.publish_changed(
                CONTENT,
                catalogue_key="company",
                author="Sample Owner",
                note="note",
                at=NOW,
                source_digest=digest,
                expected=0,
            )
        except StalePreview:
            return False
        return True

    assert sorted(await asyncio.gather(publish("one"), publish("other"))) == [False, True]
