"""What a database holds survives a backup and a copy, on and between both kinds."""

import shutil
from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from sqlalchemy import text

from bot.store import migrate
from bot.store.copies.archive import Archive
from bot.store.copies.shapes import CHANGES, OF_THE_SCHEMA, shapes_at
from bot.store.copies.snapshot import snapshot
from bot.store.copies.target import fill
from bot.store.copies.work import back_up, copy, restore
from bot.store.database import Database
from bot.store.errors import SchemaOutdated
from bot.store.members.changes import DatabaseWentBack, history_of
from bot.store.models import metadata
from tests.fakes.all_rows import as_owner
from tests.integration.store.copies.contents import VALUES, Values, rows_in, rows_of, write_rows
from tests.integration.store.holders import NOW, ONE, add_evidence, held, join
from tests.properties import examples

FIRST = "353bd91b1986"
_folders = count()


def a_file(folder: Path, name: str = "backup.zip") -> Path:
    """Return a path that is not there yet."""
    fresh = folder / str(next(_folders))
    fresh.mkdir()
    return fresh / name


async def ids_given_out(url: str) -> Mapping[str, int]:
    async with snapshot(url, now=NOW) as source:
        return source.described.last_ids


@given(values=VALUES)
@examples(2, one_fixture=True)
async def test_any_content_survives_there_and_back(
    values: Values, sqlite_template: Path, tmp_path: Path, postgresql_url: str
) -> None:
    path, rows = a_file(tmp_path), rows_of(values)
    source, copied = path.with_name("a.sqlite"), f"sqlite:///{path.with_name('b.sqlite')}"
    shutil.copyfile(sqlite_template, source)
    await write_rows(f"sqlite:///{source}", rows)
    held_first = await rows_in(f"sqlite:///{source}")

    made = await back_up(f"sqlite:///{source}", path, now=NOW)
    with Archive(path) as archive:
        archive.verify()
        there, _ = await fill(postgresql_url, archive, replace=True)
    back = await copy(postgresql_url, copied, now=NOW)

    assert made == there == back
    assert await rows_in(postgresql_url) == held_first
    assert await rows_in(copied) == held_first
    assert {each.name for each in made.tables if each.rows} == {*rows}
    assert await ids_given_out(copied) == await ids_given_out(f"sqlite:///{source}")
    again = await back_up(copied, a_file(tmp_path), now=NOW)
    assert again == made


def test_every_table_and_column_is_known() -> None:
    """A column of a new type fails here, and asks for its kind."""
    shapes = {each.name: each for each in shapes_at(migrate.head())}

    kept = {name: table for name, table in metadata.tables.items() if name not in OF_THE_SCHEMA}
    assert set(shapes) == set(kept)
    for name, table in kept.items():
        assert {column for column, _ in shapes[name].columns} == {each.name for each in table.c}
        assert shapes[name].key == tuple(each.name for each in table.primary_key)


async def test_an_id_is_never_given_twice_not_even_after_a_restore(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await join(database)
    path = a_file(tmp_path)
    async with held(database) as change:
        await add_evidence(change, "V1")
        last = await add_evidence(change, "V2")
    async with database.write(ONE) as work:
        await work.members.forget("U1", at=NOW)
    await join(database, "U2")

    await back_up(database_url, path, now=NOW)
    await restore(database_url, path, now=NOW, replace=True)
    async with held(database, "U2") as change:
        newest = await add_evidence(change, "V3")

    assert newest > last


async def test_what_is_written_meanwhile_is_not_in_the_backup(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await join(database, "U1", "U2")
    async with snapshot(database_url, now=NOW) as source:
        shapes = {each.name: each for each in source.described.filled}
        members = [line async for lines in source.lines(shapes["member"]) for line in lines]
        await join(database, "U3")  # nobody has to wait
        async with held(database, "U3") as change:
            await add_evidence(change)
        evidence = [line async for lines in source.lines(shapes["evidence"]) for line in lines]
        again = [line async for lines in source.lines(shapes["member"]) for line in lines]

    assert (len(members), evidence, again) == (2, [], members)
    copied = await back_up(database_url, a_file(tmp_path), now=NOW)
    assert {each.name: each.rows for each in copied.tables}["evidence"] == 1


async def test_a_process_that_knew_more_notices_the_restore(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    path = a_file(tmp_path)
    await join(database, "U1")
    await back_up(database_url, path, now=NOW)
    mark = (await database.changes_since(None)).mark  # of before or after, whichever

    await restore(database_url, path, now=NOW, replace=True)

    with pytest.raises(DatabaseWentBack):
        await database.changes_since(mark)
    unchanged = await database.changes_since(None)
    await restore(database_url, path, now=NOW, replace=True)
    with pytest.raises(DatabaseWentBack):
        await database.changes_since(unchanged.mark)
    fresh = await database.changes_since(None)
    await join(database, "U3")
    assert (await database.changes_since(fresh.mark)).members == ((ONE, "U3"),)


async def test_a_backup_of_an_older_schema_is_upgraded(empty_url: str, tmp_path: Path) -> None:
    path = a_file(tmp_path)
    older = f"sqlite:///{path.with_name('older.sqlite')}"
    async with migrate._connected(older) as connection, connection.begin():
        await connection.run_sync(migrate._scripts().upgrade, FIRST)
        await connection.execute(
            text(
                "INSERT INTO workspace (id, tenant_key, team_id, created_at)"
                " VALUES (7, '/T1', 'T1', '2026-01-05 09:00:00.000000')"
            )
        )

    made = await back_up(older, path, now=NOW)
    copied, _ = await restore(empty_url, path, now=NOW)

    assert made.revision == copied.revision == FIRST
    assert {each.name: each.rows for each in copied.tables}["workspace"] == 1
    await migrate.check(empty_url)
    rows = await rows_in(empty_url)
    assert [row["work_start"] for row in rows["workspace"]] == [540]


async def test_a_restored_backup_is_settled(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    path = a_file(tmp_path)
    await join(database)
    async with as_owner(database_url) as connection:
        await connection.execute(
            text(
                "INSERT INTO nudge (member_id, workspace_id, kind, slot_day, due_at, state,"
                " created_at) SELECT id, workspace_id, 'regular', '2026-01-05',"
                " '2026-01-05 09:00:00', 'planned', '2026-01-05 09:00:00' FROM member"
            )
        )

    await back_up(database_url, path, now=NOW)
    _, settled = await restore(database_url, path, now=NOW + timedelta(days=3650), replace=True)

    assert settled.nudges == 1
    assert [row["reason"] for row in (await rows_in(database_url))["nudge"]] == ["restored"]


async def test_a_newer_database_is_not_copied(database_url: str, tmp_path: Path) -> None:
    async with migrate._connected(database_url) as connection, connection.begin():
        await connection.execute(text("UPDATE alembic_version SET version_num = 'tomorrow'"))

    with pytest.raises(SchemaOutdated, match="newer"):
        await back_up(database_url, tmp_path / "backup.zip", now=NOW)

    assert not (tmp_path / "backup.zip").exists()


async def test_the_order_of_changes_is_not_copied_and_begins_anew(
    database: Database, database_url: str, sqlite_url: str
) -> None:
    await join(database, "U1", "U2")
    target = sqlite_url.replace("nextrung.sqlite", "copied.sqlite")

    copied = await copy(database_url, target, now=NOW)

    assert CHANGES not in {each.name for each in copied.tables}
    there = Database(target)
    here_last, there_last = [
        (await each.changes_since(None)).mark.last for each in (database, there)
    ]
    assert history_of(there_last) != history_of(here_last) == 0
    await there.dispose()


async def test_a_schema_of_its_own_is_made_filled_and_replaced(
    database: Database, database_url: str, postgresql_url: str, tmp_path: Path
) -> None:
    """What other schemas hold is nobody's business."""
    await join(database, "U1")
    beside = f"{postgresql_url}&schema=beside"
    await migrate.upgrade(postgresql_url)
    before = await rows_in(postgresql_url)

    copied = await copy(database_url, beside, now=NOW)
    path = a_file(tmp_path)
    assert await back_up(beside, path, now=NOW) == copied
    again, _ = await restore(beside, path, now=NOW, replace=True)

    assert again == copied
    assert await rows_in(postgresql_url) == before
    await migrate.check(beside)
