"""What members hold: kept whole, apart from each other, and announced to every cache."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.holdings import NO_GROWTH
from bot.domain.tenancy import Member, Tenant
from bot.store.database import Database
from bot.store.errors import NaiveMoment
from tests.integration.store.feeds import changed_since
from tests.integration.store.holders import (
    CELL,
    NOW,
    ONE,
    OTHER,
    SECOND,
    TWO,
    add_evidence,
    fill,
    growth_of,
    held,
    join,
    publish,
)


async def test_nobody_holds_anything_at_first(database: Database) -> None:
    async with database.write(ONE) as work:
        assert await work.members.hold("U1", at=NOW) is None
        assert await work.growth.history_of("U1") == ()
        assert await work.growth.goals_of("U1") == ()
    assert await growth_of(database) == NO_GROWTH
    await join(database)
    assert await growth_of(database) == NO_GROWTH


async def test_a_history_is_kept_whole_and_the_newest_mark_counts(database: Database) -> None:
    await join(database)
    first = Assessment(CELL, Status.WORKING, NOW, "advanced", "started")
    second = Assessment(OTHER, Status.NOT_RELEVANT, NOW)
    third = Assessment(CELL, Status.MET, NOW + SECOND, None, "done")
    for marks in ([first, second], [], [third]):
        async with held(database) as change:
            await change.work.assessments.append(change.owner, marks)
    growth = await growth_of(database)
    assert growth.marks == {CELL: third, OTHER: second}
    async with database.read(ONE) as work:
        assert await work.growth.history_of("U1") == (first, second, third)


async def test_evidence_is_kept_newest_first_with_what_it_supports(database: Database) -> None:
    await join(database)
    async with held(database) as change:
        first = await change.work.evidence.add(
            change.owner,
            kind=EvidenceKind.LINK,
            note="",
            url="https://example.com/a?b=c",
            supports=[CELL, OTHER, CELL],
            token="V1",
            at=NOW,
        )
        second = await add_evidence(change, "V2", supports=())
        assert await change.work.evidence.count(change.owner) == 2
    assert (await growth_of(database)).evidence == (
        Evidence(second, EvidenceKind.NOTE, "a note", None, NOW),
        Evidence(
            first,
            EvidenceKind.LINK,
            "",
            "https://example.com/a?b=c",
            NOW,
            frozenset({CELL, OTHER}),
        ),
    )


async def test_evidence_submitted_twice_is_kept_once(database: Database) -> None:
    await join(database, "U1", "U2")
    async with held(database) as change:
        first = await add_evidence(change)
        assert await add_evidence(change, note="again", supports=(OTHER,)) == first
    async with held(database) as change:
        assert await add_evidence(change, note="once more") == first
    (kept,) = (await growth_of(database)).evidence
    assert (kept.note, kept.supports) == ("a note", frozenset({CELL}))
    async with held(database, "U2") as change:
        assert await add_evidence(change) != first, "a token is the member's own"


async def test_evidence_is_edited_and_deleted(database: Database) -> None:
    await join(database)
    async with held(database) as change:
        one, two = [await add_evidence(change, token) for token in ("V1", "V2")]
        assert await change.work.evidence.edit(
            change.owner,
            one,
            kind=EvidenceKind.SLACK_MESSAGE,
            note="new",
            url="https://sample.slack.com/archives/C1/p1",
            supports=[OTHER],
        )
        assert await change.work.evidence.delete(change.owner, two)
        assert not await change.work.evidence.delete(change.owner, two)
    (kept,) = (await growth_of(database)).evidence
    assert kept == Evidence(
        one,
        EvidenceKind.SLACK_MESSAGE,
        "new",
        "https://sample.slack.com/archives/C1/p1",
        NOW,
        frozenset({OTHER}),
    )


async def test_an_id_is_never_given_twice(database: Database) -> None:
    """The button of an old message must not delete what was added since."""
    await join(database)
    async with held(database) as change:
        old = await add_evidence(change)
        assert await change.work.evidence.delete(change.owner, old)
        assert await add_evidence(change) > old


@pytest.mark.parametrize(("slack_id", "tenant"), [("U2", ONE), ("U1", TWO)])
async def test_anothers_evidence_cannot_be_changed(
    database: Database, slack_id: str, tenant: Tenant
) -> None:
    await join(database, "U1", "U2")
    await join(database, "U1", tenant=TWO)
    async with held(database) as change:
        mine = await add_evidence(change)
    before = await growth_of(database)
    async with held(database, slack_id, tenant=tenant) as change:
        evidence = change.work.evidence
        assert not await evidence.delete(change.owner, mine)
        assert not await evidence.edit(
            change.owner, mine, kind=EvidenceKind.NOTE, note="x", url=None, supports=[]
        )
        assert await evidence.count(change.owner) == 0
    assert await growth_of(database) == before
    assert (await growth_of(database, slack_id, tenant=tenant)).evidence == ()


async def test_tenants_never_see_each_others_growth(database: Database) -> None:
    revision_id = await publish(database)
    await join(database, tenant=TWO)
    await fill(database, "U1", revision_id)
    assert await growth_of(database, tenant=TWO) == NO_GROWTH
    async with database.write(TWO) as work:
        assert await work.growth.history_of("U1") == ()
        assert await work.growth.goals_of("U1") == ()
        owner = await work.members.hold("U1", at=NOW)
        assert owner is not None
        assert not await work.goals.drop(owner, at=NOW)
        assert not await work.goals.reach(owner, at=NOW)
        assert not await work.goals.adopt(owner, revision_id)
    assert (await growth_of(database)).active_goal


async def test_every_change_raises_the_version(database: Database) -> None:
    await join(database)
    versions = [(await growth_of(database)).version]
    for later in (0, 0, 3600, -3600):  # also when the clock stands or goes back
        async with held(database, at=NOW + later * SECOND):
            pass
        versions.append((await growth_of(database)).version)
    assert versions == sorted(set(versions))


async def test_a_change_that_fails_leaves_no_trace(database: Database) -> None:
    await join(database)
    before = await changed_since(database, NOW + SECOND)

    async def fail_late() -> None:
        async with held(database, at=NOW + SECOND) as change:
            await add_evidence(change)
            raise LookupError

    with pytest.raises(LookupError):
        await fail_late()
    assert await growth_of(database) == NO_GROWTH
    assert await changed_since(database, NOW + SECOND) == before == []


@pytest.mark.parametrize("hours", [0, 8, -7])
async def test_the_change_feed_tells_of_growth(database: Database, hours: int) -> None:
    """Whatever the time zone that the moment is given in."""
    await join(database, "U1", "U2")
    local = (NOW + SECOND).astimezone(timezone(timedelta(hours=hours)))
    async with held(database, at=local):
        pass
    assert await changed_since(database, NOW + SECOND) == [(ONE, "U1")]
    assert await changed_since(database, NOW + 2 * SECOND) == []
    async with held(database, at=NOW - SECOND):
        pass
    assert await changed_since(database, NOW + SECOND) == [(ONE, "U1")], "never back"


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    await join(database)
    naive = datetime(2026, 3, 2)  # noqa: DTZ001 - that is the point
    with pytest.raises(NaiveMoment):
        async with held(database, at=naive):
            pass


async def test_a_chosen_language_is_kept(database: Database) -> None:
    member = Member(ONE, "U1", locale="en-US", language="zh-CN")
    for each in (member, replace(member, language=None)):
        async with database.write(ONE) as work:
            await work.members.save(each, at=NOW)
        async with database.read(ONE) as work:
            assert await work.members.get("U1") == each
