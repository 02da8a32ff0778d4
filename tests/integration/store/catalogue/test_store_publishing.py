"""Publishing, rolling back and listing, on both databases and with two publishers at once."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.catalogue.differences import Part
from bot.domain.catalogue.lint.finding import LintRule
from bot.domain.catalogue.lint.terms import NO_TERMS
from bot.domain.catalogue.publication import (
    Author,
    BadCatalogueKey,
    BadNote,
    CatalogueOwners,
    NoSuchRevision,
    NotCatalogueOwner,
    Published,
    ReservedCatalogue,
    StalePreview,
)
from bot.domain.errors import NextrungError
from bot.domain.framework import CatalogueContent
from bot.domain.tenancy import Member, Tenant
from bot.domain.text import LocalText
from bot.services.catalogue.publishing import LONGEST_NOTE, Publishing
from bot.store.database import Database
from bot.store.errors import InvalidContent, UnstorableText
from tests.factories import big_catalogue
from tests.fakes.clock import FrozenClock
from tests.unit.samples import ALL_WORDS

FIRST = big_catalogue(skills=12, roles=3, expectations=60)
SECOND = replace(FIRST, name=LocalText("Second Framework"))
OPERATOR = Author("Sample Operator")
OWNER = Author("Sample Owner", "U0OWNER")
OWNERS = CatalogueOwners(named=frozenset({"U0OWNER"}))
TENANT = Tenant("T0SAMPLE")


@pytest.fixture
def publishing(database: Database, clock: FrozenClock) -> Publishing:
    return Publishing(database.catalogues, clock)


async def publish(
    publishing: Publishing,
    content: CatalogueContent = FIRST,
    *,
    key: str = "company",
    author: Author = OPERATOR,
    note: str = "a note",
) -> Published:
    return await publishing.publish(content, key=key, author=author, note=note, owners=OWNERS)


async def test_a_revision_has_author_note_and_date(
    publishing: Publishing, clock: FrozenClock
) -> None:
    published = await publish(publishing, author=OWNER, note="  First\n revision ")
    info = published.revision
    assert (info.catalogue_key, info.number) == ("company", 1)
    assert (info.author, info.note) == ("Sample Owner", "First revision")
    assert (info.published_at, published.is_new) == (clock.now(), True)
    assert (await publishing.revision("company")).content == FIRST


async def test_publishing_the_same_again_does_nothing(publishing: Publishing) -> None:
    first = await publish(publishing)
    again = await publish(publishing, replace(FIRST), note="another note", author=OWNER)
    assert again == Published(first.revision, is_new=False)
    assert (await publish(publishing, SECOND)).revision.number == 2
    assert (await publish(publishing, FIRST)).revision.number == 3


async def test_two_publishers_of_the_same_publish_once(
    database: Database, database_url: str, clock: FrozenClock
) -> None:
    replicas = [Database(database_url) for _ in range(3)]
    desks = [Publishing(each.catalogues, clock) for each in (database, *replicas)]
    published = await asyncio.gather(*(publish(each) for each in desks))
    assert sorted(each.is_new for each in published) == [False, False, False, True]
    assert len({each.revision.id for each in published}) == 1
    for each in replicas:
        await each.dispose()


async def test_a_rollback_publishes_the_old_content_as_a_new_revision(
    publishing: Publishing, database: Database
) -> None:
    await publish(publishing)
    await publish(publishing, SECOND)
    back = await publishing.rollback("company", 1, author=OWNER, note="", owners=OWNERS)
    assert (back.revision.number, back.is_new) == (3, True)
    assert (back.revision.author, back.revision.note) == ("Sample Owner", "Back to revision 1")
    assert (await publishing.revision("company")).content == FIRST
    assert (await publishing.revision("company", 2)).content == SECOND
    again = await publishing.rollback("company", 3, author=OWNER, note="why", owners=OWNERS)
    assert not again.is_new
    assert len(await database.catalogues.history("company")) == 3


async def test_a_rollback_that_reaches_two_processes_publishes_once(
    database: Database, database_url: str, clock: FrozenClock
) -> None:
    replica = Database(database_url)
    desks = [Publishing(each.catalogues, clock) for each in (database, replica)]
    await publish(desks[0])
    await publish(desks[0], SECOND)

    async def back(desk: Publishing) -> Published:
        return await desk.rollback("company", 1, author=OWNER, note="", owners=OWNERS, expected=2)

    told = await asyncio.gather(*map(back, desks))
    assert sorted(each.is_new for each in told) == [False, True]
    assert {each.revision.number for each in told} == {3}
    # Delivered once more, long after somebody published: that is not taken back.
    await publish(desks[0], SECOND)
    with pytest.raises(StalePreview):
        await back(desks[1])
    assert [each.number for each in await database.catalogues.history("company")] == [4, 3, 2, 1]
    await replica.dispose()


async def test_a_preview_tells_what_would_change_and_writes_nothing(
    publishing: Publishing, database: Database
) -> None:
    first = await publishing.preview(FIRST, key="company", typed=ALL_WORDS, terms=NO_TERMS)
    assert first.current is None
    cells = [each.path for each in first.diff.differences if each.part is Part.EXPECTATION]
    assert len(cells) == len(FIRST.expectations)
    assert await database.catalogues.newest() == {}
    await publish(publishing)
    second = await publishing.preview(SECOND, key="company", typed=ALL_WORDS, terms=NO_TERMS)
    assert second.current is not None
    assert second.current.number == 1
    assert [each.after for each in second.diff.differences] == [SECOND.name]
    assert LintRule.MISSING_CELL in {each.rule for each in second.findings}


async def test_only_owners_and_the_operator_publish(
    publishing: Publishing, database: Database
) -> None:
    await publish(publishing)
    stranger = Author("Sample Stranger", "U0STRANGER")
    with pytest.raises(NotCatalogueOwner):
        await publish(publishing, SECOND, author=stranger)
    with pytest.raises(NotCatalogueOwner):
        await publishing.rollback("company", 1, author=stranger, note="", owners=OWNERS)
    granted = CatalogueOwners(granted=frozenset({"U0STRANGER"}))
    assert granted.include(stranger)
    assert not granted.include(OWNER)
    assert len(await database.catalogues.history("company")) == 1


@pytest.mark.parametrize(
    ("key", "error"),
    [
        ("built-in", ReservedCatalogue),
        ("", BadCatalogueKey),
        ("Our Framework", BadCatalogueKey),
        ("a--b", BadCatalogueKey),
        ("x" * 61, BadCatalogueKey),
        ("<!channel>", BadCatalogueKey),
    ],
)
async def test_a_key_that_a_catalogue_may_not_have(
    publishing: Publishing, key: str, error: type[NextrungError]
) -> None:
    with pytest.raises(error) as raised:
        await publish(publishing, key=key)
    assert raised.value.params["remedy"]


@pytest.mark.parametrize("note", ["", " \n\t", "x" * (LONGEST_NOTE + 1)])
async def test_a_note_that_cannot_be_kept(publishing: Publishing, note: str) -> None:
    with pytest.raises(BadNote):
        await publish(publishing, note=note)
    with pytest.raises(BadNote):
        await publish(publishing, author=Author(note))


async def test_what_contradicts_itself_is_refused_and_nothing_is_written(
    publishing: Publishing, database: Database
) -> None:
    with pytest.raises(InvalidContent):
        await publish(publishing, replace(FIRST, roles=()))
    with pytest.raises(UnstorableText):
        await publish(publishing, replace(FIRST, name=LocalText("zero\0")))
    assert await database.catalogues.newest() == {}


async def test_revisions_that_are_not_there(publishing: Publishing) -> None:
    with pytest.raises(NoSuchRevision) as raised:
        await publishing.revision("company")
    assert "there are: none yet" in str(raised.value.params["remedy"])
    await publish(publishing)
    with pytest.raises(NoSuchRevision) as raised:
        await publishing.revision("company", 7)
    assert "1 to 1" in str(raised.value.params["remedy"])
    with pytest.raises(NoSuchRevision) as raised:
        await publishing.rollback("other", 1, author=OPERATOR, note="", owners=OWNERS)
    assert "there are: company" in str(raised.value.params["remedy"])


async def test_summaries_list_every_revision_newest_first(
    publishing: Publishing, database: Database
) -> None:
    assert await database.catalogues.summaries() == ()
    await publish(publishing, key="other")
    first = await publish(publishing)
    second = await publish(publishing, SECOND)
    summaries = await database.catalogues.summaries()
    assert [(each.info.catalogue_key, each.info.number) for each in summaries] == [
        ("company", 2),
        ("company", 1),
        ("other", 1),
    ]
    newest = summaries[0]
    assert (newest.info, newest.name) == (second.revision, "Second Framework")
    assert (newest.roles, newest.skills, newest.expectations) == (3, 12, 60)
    assert summaries[1].info == first.revision


async def test_workspaces_and_the_catalogues_they_use(
    publishing: Publishing, database: Database, clock: FrozenClock
) -> None:
    await publish(publishing)
    grid = Tenant("T0GRID", "E0GRID")
    async with database.write(TENANT) as work:
        await work.members.save(Member(TENANT, "U0SAMPLE"), at=clock.now())
    async with database.write(grid) as work:
        await work.workspaces.use_catalogue("company", at=clock.now())
    assert await database.catalogues.workspaces() == ((TENANT, None), (grid, "company"))
