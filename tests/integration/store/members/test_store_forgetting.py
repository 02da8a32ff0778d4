"""Forgetting: counted exactly, nothing left in any table, and every process learns of it."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Row, Table, func, select

from bot.domain.catalogue.draft import Draft, DraftState, Waiting
from bot.domain.catalogue.uploading import BegunUpload
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.holdings import NO_GROWTH
from bot.domain.members.effects import EffectKind, Errand
from bot.domain.members.personal_data import (
    NOTHING_FORGOTTEN,
    DraftPart,
    Forgotten,
    KeptDraft,
)
from bot.domain.tenancy import Member, Tenant
from bot.store import database as database_module
from bot.store.database import Database
from bot.store.models import forgetting, metadata
from tests.fakes.all_rows import all_rows, somebody_waits
from tests.integration.store.feeds import forgotten_since
from tests.integration.store.holders import (
    CELL,
    NOW,
    ONE,
    SECOND,
    TWO,
    add_evidence,
    fill,
    growth_of,
    held,
    join,
    publish,
)

FILLED = Forgotten(members=1, assessments=2, evidence=2, goals=3)
ASHA = "U0ASHA"
CHEN = "U0CHEN"


# All that is left of a workspace: that it was deleted, and when.
DELETION = ["audit"]


async def forget(database: Database, slack_id: str, *, tenant: Tenant = ONE) -> Forgotten:
    async with database.write(tenant) as work:
        return await work.members.forget(slack_id, at=NOW)


async def forget_workspace(database: Database, tenant: Tenant = ONE) -> Forgotten:
    return await database.forget_workspace(tenant, now=lambda: NOW)


# Slow to ask for, and the same for each test: their databases are copies of one.
_REFLECTED: dict[str, MetaData] = {}


def _everything(connection: Connection) -> dict[str, Sequence[Row[Any]]]:
    """Return the rows of all tables that the database has, known to the models or not."""
    found = _REFLECTED.setdefault(connection.dialect.name, MetaData())
    if not found.tables:
        found.reflect(connection)
    return {table.name: connection.execute(select(table)).all() for table in found.sorted_tables}


async def everything(database: Database) -> dict[str, Sequence[Row[Any]]]:
    async with all_rows(database._reader) as connection:
        return await connection.run_sync(_everything)


async def traces(database: Database, words: str) -> list[str]:
    """Return the tables with a row that contains these words in any column."""
    rows_by_table = await everything(database)
    assert "member" in rows_by_table
    return [name for name, rows in rows_by_table.items() for row in rows if words in str(row)]


async def orphans(database: Database) -> dict[str, int]:
    """Count the rows of each table that refer to a row which is not there."""
    counts: dict[str, int] = {}
    async with all_rows(database._reader) as connection:
        for table in metadata.sorted_tables:
            for key in table.foreign_key_constraints:
                parent = key.referred_table.alias()
                pairs = [
                    (own, parent.c[target.column.name]) for own, target in _columns(table, key)
                ]
                query = select(func.count()).select_from(table)
                for own, _ in pairs:
                    query = query.where(own.is_not(None))
                there = select(parent).where(*(own == target for own, target in pairs)).exists()
                count = await connection.scalar(query.where(~there))
                if count:
                    counts[f"{table.name} {key.name}"] = count
    return counts


def _columns(table: Table, key: Any) -> list[tuple[Any, Any]]:
    return [(table.c[element.parent.name], element) for element in key.elements]


async def test_nothing_about_a_forgotten_member_is_left(database: Database) -> None:
    revision_id = await publish(database)
    await fill(database, CHEN, revision_id)
    await fill(database, ASHA, revision_id)
    async with held(database, ASHA) as change:
        await add_evidence(change, f"V {ASHA}", note=f"written by {ASHA}")
        mark = Assessment(CELL, Status.MET, NOW, note=f"says {ASHA}")
        await change.work.assessments.append(change.owner, [mark])
    before = await growth_of(database, CHEN)
    await database.effects.begin(Errand(ONE, EffectKind.MY_DATA, ASHA), now=NOW)
    async with database.write(ONE) as work:
        for who in (ASHA, CHEN):
            made = BegunUpload(0, who, "F1", f"{who}.csv", NOW, name=f"framework of {who}")
            await work.uploads.begin(made)
    holding = {"member", "assessment", "evidence", "change", "effect", "catalogue_upload"}
    assert set(await traces(database, ASHA)) == holding
    assert await forget(database, ASHA) == Forgotten(members=1, assessments=3, evidence=3, goals=3)
    assert await traces(database, ASHA) == []
    assert await orphans(database) == {}
    rows = await everything(database)
    kept = {"member": 1, "goal": 3, "catalogue_upload": 1}
    for name in (*kept, "assessment", "evidence", "evidence_support"):
        assert len(rows[name]) == kept.get(name, 2), name
    assert await growth_of(database, ASHA) == NO_GROWTH
    assert await growth_of(database, CHEN) == before


async def test_who_holds_nothing_is_forgotten_too(database: Database) -> None:
    assert await forget(database, ASHA) == NOTHING_FORGOTTEN
    await join(database, ASHA)
    assert await forget(database, ASHA) == Forgotten(1, 0, 0, 0)
    assert await forget(database, ASHA) == NOTHING_FORGOTTEN
    assert await traces(database, ASHA) == []


async def test_the_same_id_in_another_workspace_is_somebody_else(database: Database) -> None:
    revision_id = await publish(database)
    for tenant in (ONE, TWO):
        await fill(database, ASHA, revision_id, tenant=tenant)
    before = await growth_of(database, ASHA, tenant=TWO)
    assert await forget(database, ASHA) == FILLED
    assert await growth_of(database, ASHA, tenant=TWO) == before


async def test_who_comes_back_starts_anew(database: Database) -> None:
    """Whatever still remembers the old growth by its version never takes the new one for it."""
    revision_id = await publish(database)
    await fill(database, ASHA, revision_id)
    old = await growth_of(database, ASHA)
    await forget(database, ASHA)
    await join(database, ASHA)
    assert await growth_of(database, ASHA) == NO_GROWTH
    async with held(database, ASHA, at=NOW + SECOND) as change:
        assert await add_evidence(change) > max(each.id for each in old.evidence)
    assert (await growth_of(database, ASHA)).version > old.version


async def test_what_is_being_written_meanwhile_is_counted(postgresql_url: str) -> None:
    """On SQLite one transaction writes at a time; PostgreSQL needs the member's row as a lock."""
    database, replica = Database(postgresql_url), Database(postgresql_url)
    await join(database, ASHA)
    async with asyncio.timeout(10), held(database, ASHA) as change:
        await add_evidence(change)
        forgetting_them = asyncio.create_task(forget(replica, ASHA))
        async with all_rows(database._reader) as connection:
            while not await somebody_waits(connection):
                assert not forgetting_them.done()
        await add_evidence(change, "V2")
    assert await forgetting_them == Forgotten(1, 0, 2, 0)
    async with database.write(ONE) as work:
        assert await work.members.hold(ASHA, at=NOW) is None
    for each in (database, replica):
        await each.dispose()


async def test_other_processes_learn_that_somebody_was_forgotten(database: Database) -> None:
    assert not await forgotten_since(database, NOW)
    assert await forget(database, ASHA) == NOTHING_FORGOTTEN
    assert not await forgotten_since(database, NOW), "nobody was"
    await join(database, ASHA)
    await forget(database, ASHA)
    assert await forgotten_since(database, NOW)
    assert not await forgotten_since(database, NOW + SECOND)
    await join(database, ASHA, tenant=TWO)
    await database.forget_workspace(TWO, now=lambda: NOW + SECOND)
    assert await forgotten_since(database, NOW + SECOND)


async def test_the_moments_of_forgetting_do_not_pile_up(database: Database) -> None:
    for hours in range(4):
        at = NOW + timedelta(hours=hours, minutes=hours)
        async with database.write(ONE) as work:
            await work.members.add(Member(ONE, ASHA), at=at)
            await work.members.forget(ASHA, at=at)
    async with all_rows(database._reader) as connection:
        assert (await connection.scalars(select(forgetting.c.at))).all() == [at]


@pytest.mark.parametrize("members", [0, 1, 2, 4, 5])
async def test_a_workspace_is_forgotten_whole(
    database: Database, monkeypatch: pytest.MonkeyPatch, members: int
) -> None:
    """Whether its members fill the last transaction or not."""
    monkeypatch.setattr(database_module, "FORGET_BATCH", 2)
    revision_id = await publish(database)
    tenant = Tenant("T0GONE", "E0GONE")
    async with database.write(tenant) as work:
        await work.workspaces.use_catalogue("sample", at=NOW)
    await fill(database, ASHA, revision_id)
    before = await growth_of(database, ASHA)
    for number in range(members):
        await fill(database, f"U0GONE{number}", revision_id, tenant=tenant)
    assert await forget_workspace(database, tenant) == Forgotten(
        members=members, assessments=2 * members, evidence=2 * members, goals=3 * members
    )
    assert await traces(database, "0GONE") == DELETION
    assert await orphans(database) == {}
    assert await growth_of(database, ASHA) == before
    assert await forget_workspace(database, tenant) == NOTHING_FORGOTTEN


async def test_forgetting_a_workspace_goes_on_after_an_interruption(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "FORGET_BATCH", 2)
    revision_id = await publish(database)
    for number in range(5):
        await fill(database, f"U{number}", revision_id)
    moments = [NOW, NOW]
    with pytest.raises(IndexError):  # the third turn finds no moment
        await database.forget_workspace(ONE, now=moments.pop)
    assert (await forget_workspace(database)).members == 1
    assert await traces(database, "T1") == DELETION


async def test_two_processes_forget_a_workspace(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "FORGET_BATCH", 2)
    for number in range(7):
        await join(database, f"U{number}")
    replica = Database(database_url)
    one, two = await asyncio.gather(forget_workspace(database), forget_workspace(replica))
    assert (one + two).members == 7
    assert await traces(database, "T1") == DELETION
    await replica.dispose()


def on_disk(url: str, words: str) -> bool:
    """Tell whether a SQLite file or its log holds these words anywhere."""
    path = Path(url.removeprefix("sqlite:///"))
    return any(words.encode() in each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


async def test_no_file_of_sqlite_keeps_what_was_forgotten(sqlite_url: str) -> None:
    words = "the quiet zebra"
    database = Database(sqlite_url)
    await join(database, ASHA)
    async with held(database, ASHA) as change:
        for number in range(50):
            # Longer than a page now and then, so that whole pages become free.
            note = f"{words} {number} " + "x" * (number * 150)
            await add_evidence(change, f"V{number}", note=note)
    await database.scrub()
    assert on_disk(sqlite_url, words)

    assert await forget(database, ASHA) == Forgotten(1, 0, 50, 0)
    await database.scrub()

    assert not on_disk(sqlite_url, words)
    await database.dispose()


async def test_a_log_that_somebody_reads_is_left_for_another_time(sqlite_url: str) -> None:
    database = Database(sqlite_url, statement_timeout_ms=200)
    await join(database, ASHA)
    async with all_rows(database._reader) as reading:
        await reading.exec_driver_sql("BEGIN")
        await reading.exec_driver_sql("SELECT * FROM member")
        await forget(database, ASHA)
        await database.scrub()
    assert await traces(database, ASHA) == []
    await database.dispose()


async def test_there_is_nothing_to_scrub_on_postgresql(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.scrub()
    await database.dispose()


def draft_of(author: str, reviewer: str, note: str) -> Draft:
    waiting = Waiting(reviewer)
    return Draft(0, author, DraftState.WAITING, note, 1, "digest", waiting)


async def test_drafts_are_handed_over_and_forgotten_with_their_words(database: Database) -> None:
    await join(database, ASHA)
    async with database.write(ONE) as work:
        own = await work.drafts.add(draft_of(ASHA, CHEN, f"note of {ASHA}"), "{}", at=NOW)
        other = await work.drafts.add(draft_of(CHEN, ASHA, "note of the other"), "{}", at=NOW)
        await work.drafts.comment(own.id, "words of the other")
        await work.drafts.comment(other.id, f"words of {ASHA}")
        await work.drafts.approve(other.id, at=NOW)
    async with database.read(ONE) as work:
        kept = await work.drafts.kept_of(ASHA)
    assert kept == (
        KeptDraft(own.id, DraftPart.AUTHOR, "waiting", NOW, note=f"note of {ASHA}"),
        KeptDraft(
            other.id,
            DraftPart.REVIEWER,
            "waiting",
            NOW,
            comment=f"words of {ASHA}",
            approved_at=NOW,
        ),
    )
    assert await forget(database, ASHA) == Forgotten(1, 0, 0, 0, drafts=1)
    assert await traces(database, ASHA) == []
    async with database.read(TWO) as work:
        assert await work.drafts.kept_of(CHEN) == ()
    async with database.read(ONE) as work:
        assert [each.id for each in await work.drafts.kept_of(CHEN)] == [other.id]


@pytest.mark.parametrize(
    ("state", "day", "kept", "gone"),
    [
        (DraftState.PUBLISHED, None, 89, 91),
        (DraftState.WITHDRAWN, None, 89, 91),
        (DraftState.STOPPED, 300, 389, 391),
        (DraftState.WAITING, None, 390, 400),
        (DraftState.WAITING, 300, 690, 700),
    ],
)
async def test_old_drafts_are_dropped(
    database: Database, state: DraftState, day: int | None, kept: int, gone: int
) -> None:
    await join(database, ASHA)
    at = None if day is None else NOW + timedelta(days=day)
    made = Draft(0, ASHA, state, "", 1, "digest", Waiting(CHEN, at))
    async with database.write(ONE) as work:
        await work.drafts.add(made, "{}", at=NOW)
    assert await database.due_drafts.drop_old(now=NOW + timedelta(days=kept)) == 0
    assert await database.due_drafts.drop_old(now=NOW + timedelta(days=gone)) == 1
