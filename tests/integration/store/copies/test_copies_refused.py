"""What is no whole backup, or would cost something, is refused with words and changes nothing."""

import asyncio
import resource
import stat
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from bot.store import migrate, migration_scripts
from bot.store.copies import archive as archive_module
from bot.store.copies.archive import FORM, MANIFEST, Archive
from bot.store.copies.errors import (
    BackupUnusable,
    CopyDiffers,
    DatabaseNotEmpty,
    NothingToCopy,
)
from bot.store.copies.lines import Lines
from bot.store.copies.shapes import Shape, shapes_at
from bot.store.copies.target import fill
from bot.store.copies.work import back_up, copy, restore
from bot.store.database import Database
from bot.store.errors import BadDatabaseUrl, SchemaOutdated, StoreUnavailable
from tests.integration.store.copies.contents import rows_in
from tests.integration.store.copies.forging import Members, forged, with_lines
from tests.integration.store.holders import NOW, join
from tests.properties import examples

NOBODY = "postgresql://nextrung:hunter2-sample@127.0.0.1:9/nextrung"
MEDDLING = """
    CREATE TRIGGER meddler AFTER INSERT ON member
    BEGIN UPDATE member SET locale = 'xx'; END
"""
A_MEMBER = [
    *(5, 404, "U1", "en", "UTC", None, None),
    *("2026-01-05T09:00:00.000000Z", None, 0, None, None),
]


@pytest.fixture
async def backup(sqlite_url: str, tmp_path: Path) -> Path:
    """The backup of a database with three members."""
    database = Database(sqlite_url)
    await join(database, "U1", "U2", "U3")
    await database.dispose()
    await back_up(sqlite_url, tmp_path / "backup.zip", now=NOW)
    return tmp_path / "backup.zip"


@pytest.mark.parametrize("content", [b"", b"not a backup", bytes(range(256)) * 20, b"PK\x05\x06"])
async def test_another_file_is_no_backup(content: bytes, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(content)
    target = tmp_path / "new.sqlite"

    with pytest.raises(BackupUnusable, match="no backup"):
        await restore(f"sqlite:///{target}", other, now=NOW)

    assert not target.exists()


def test_another_archive_is_no_backup(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("readme.txt", "hello")
        other.writestr(MANIFEST, "[]")

    with pytest.raises(BackupUnusable, match="no backup of Nextrung's"):
        Archive(tmp_path / "other.zip")


def test_a_backup_that_was_cut_off_is_told_as_such(backup: Path) -> None:
    whole = backup.read_bytes()
    for length in range(10, len(whole), len(whole) // 40):
        backup.write_bytes(whole[:length])
        with pytest.raises(BackupUnusable, match="cut off"):
            Archive(backup)


@given(st.data())
@examples(300, one_fixture=True)
def test_no_damaged_byte_goes_unnoticed(backup: Path, data: st.DataObject) -> None:
    """Either it is refused, or it was a byte that says nothing (a date, an attribute)."""
    whole = backup.read_bytes()
    with Archive(backup) as untouched:
        said = untouched.described, untouched.copied
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[place] ^ (1 << data.draw(st.integers(0, 7)))
    damaged = backup.with_name("damaged.zip")
    damaged.write_bytes(whole[:place] + bytes([flipped]) + whole[place + 1 :])
    try:
        with Archive(damaged) as archive:
            archive.verify()
            assert (archive.described, archive.copied) == said
    except (BackupUnusable, SchemaOutdated):
        pass


def _without_a_table(members: Members, manifest: dict[str, Any]) -> None:
    del members["tables/goal.jsonl"]
    manifest["tables"] = [each for each in manifest["tables"] if each["name"] != "goal"]


def _without_a_file(members: Members, _manifest: dict[str, Any]) -> None:
    del members["tables/member.jsonl"]


def _without_a_sum(_members: Members, manifest: dict[str, Any]) -> None:
    for table in manifest["tables"]:
        table.pop("rows", None)


def _of_another_kind(_members: Members, manifest: dict[str, Any]) -> None:
    manifest["tables"][0]["columns"]["id"] = "number"


@pytest.mark.parametrize(
    ("change", "signed", "words"),
    [
        (with_lines("goal", []), False, "checksum"),
        (with_lines("goal", [1]), True, "row of goal cannot be read"),
        (with_lines("goal", "no list"), True, "row of goal cannot be read"),
        (with_lines("member", A_MEMBER), True, "refuse|what is not there"),
        (with_lines("member", [*A_MEMBER[:4], 7, *A_MEMBER[5:]]), True, "cannot be read"),
        (with_lines("catalogue", [1, "a", "yesterday"]), True, "cannot be read"),
        (with_lines("catalogue", *[[1, "a", "2026-01-05T09:00:00Z"]] * 2), True, "refuses a row"),
        (_without_a_table, True, "not those of its schema"),
        (_without_a_file, False, "damaged or missing"),
        (_without_a_sum, False, "manifest is damaged"),
        (_of_another_kind, True, "manifest is damaged"),
    ],
)
async def test_what_was_changed_is_refused_and_nothing_written(
    change: Callable[[Members, dict[str, Any]], None],
    signed: bool,
    words: str,
    backup: Path,
    empty_url: str,
) -> None:
    with pytest.raises(BackupUnusable, match=words):
        await restore(empty_url, forged(backup, change, signed=signed), now=NOW)

    assert await migrate.current(empty_url) is None


def test_a_newer_backup_asks_for_the_newer_version(backup: Path) -> None:
    def newer_form(_members: Members, manifest: dict[str, Any]) -> None:
        manifest.update({"form": FORM + 1, "made_by": "9.0.0"})

    def newer_schema(_members: Members, manifest: dict[str, Any]) -> None:
        manifest["schema"] = "fromthefuture"

    with pytest.raises(BackupUnusable, match=r"newer version of Nextrung \(9.0.0\)"):
        Archive(forged(backup, newer_form, signed=True))
    with pytest.raises(SchemaOutdated, match="newer"):
        Archive(forged(backup, newer_schema, signed=True))


async def test_a_database_with_something_in_it_is_left_alone(
    database: Database, database_url: str, backup: Path, tmp_path: Path
) -> None:
    await join(database, "U9")
    before = await rows_in(database_url)

    with pytest.raises(DatabaseNotEmpty, match="workspace has rows"):
        await restore(database_url, backup, now=NOW)
    with pytest.raises(DatabaseNotEmpty):
        await copy(f"sqlite:///{tmp_path}/nextrung.sqlite", database_url, now=NOW)

    assert await rows_in(database_url) == before


async def test_a_newer_versions_database_is_never_replaced(database_url: str, backup: Path) -> None:
    async with migrate._connected(database_url) as connection, connection.begin():
        await connection.execute(text("UPDATE alembic_version SET version_num = 'tomorrow'"))

    with pytest.raises(DatabaseNotEmpty, match="newer version"):
        await restore(database_url, backup, now=NOW, replace=True)

    assert await migrate.current(database_url) == "tomorrow"


async def test_another_programs_tables_are_never_replaced(empty_url: str, backup: Path) -> None:
    await migrate.upgrade(empty_url)
    async with migrate._connected(empty_url) as connection, connection.begin():
        await connection.execute(text("DROP TABLE alembic_version"))

    with pytest.raises(DatabaseNotEmpty, match="not Nextrung's"):
        await restore(empty_url, backup, now=NOW, replace=True)


class BrokenOff:
    """A source that ends in the middle of a table."""

    def __init__(self, backup: Path, why: BaseException) -> None:
        self._archive = Archive(backup)
        self.described = self._archive.described
        self._why = why

    async def lines(self, shape: Shape) -> AsyncIterator[Lines]:
        async for lines in self._archive.lines(shape):
            yield lines[:1]
            if shape.name == "member":
                self._archive._archive.close()
                raise self._why


@pytest.mark.parametrize("why", [asyncio.CancelledError(), KeyboardInterrupt(), OSError(5, "no")])
async def test_a_restore_that_is_broken_off_changes_nothing(
    why: BaseException, database: Database, database_url: str, backup: Path
) -> None:
    await join(database, "U9")
    before = await rows_in(database_url)

    with pytest.raises(type(why)):
        await fill(database_url, BrokenOff(backup, why), replace=True)

    assert await rows_in(database_url) == before
    await migrate.check(database_url)


async def test_no_file_is_left_where_none_was(backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"

    with pytest.raises(KeyboardInterrupt):
        await fill(f"sqlite:///{target}/new.sqlite", BrokenOff(backup, KeyboardInterrupt()))

    assert list(target.iterdir()) == []


@pytest.mark.parametrize("why", [asyncio.CancelledError(), KeyboardInterrupt()])
async def test_a_backup_that_is_broken_off_leaves_nothing(
    why: BaseException, backup: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    with pytest.raises(type(why)):
        await archive_module.write_archive(folder / "backup.zip", BrokenOff(backup, why))

    assert list(folder.iterdir()) == []


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let this process write no file longer than this, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_full_disk_is_named_and_nothing_left(backup: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    with Archive(backup) as source, room_for(4000), pytest.raises(OSError, match="large") as full:
        await archive_module.write_archive(folder / "backup.zip", source)

    assert (full.value.strerror, full.value.filename) == (
        "File too large",
        str(folder / "backup.zip"),
    )
    assert list(folder.iterdir()) == []


async def test_a_full_disk_ends_a_restore_and_changes_nothing(backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.sqlite"

    with pytest.raises(StoreUnavailable, match=r"full|disk"), room_for(200_000):
        await restore(f"sqlite:///{target}", backup, now=NOW)

    assert not target.exists()


def test_a_file_that_is_there_is_kept(backup: Path, sqlite_url: str) -> None:
    before = backup.read_bytes()

    with pytest.raises(FileExistsError, match="choose another name"):
        asyncio.run(back_up(sqlite_url, backup, now=NOW))

    assert backup.read_bytes() == before


def test_a_backup_can_be_read_by_its_owner_alone(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


async def test_what_is_not_there_is_named(backup: Path, tmp_path: Path, empty_url: str) -> None:
    file = tmp_path / "new.zip"
    with pytest.raises(NothingToCopy):
        await back_up(empty_url, file, now=NOW)
    with pytest.raises(StoreUnavailable, match="refused"):
        await back_up(NOBODY, file, now=NOW)
    with pytest.raises(StoreUnavailable, match="The database to copy to") as unreachable:
        await copy(f"sqlite:///{tmp_path}/nextrung.sqlite", NOBODY, now=NOW)
    with pytest.raises(BadDatabaseUrl, match="The database to copy to"):
        await copy(f"sqlite:///{tmp_path}/nextrung.sqlite", "mysql://host/db", now=NOW)
    with pytest.raises(FileNotFoundError):
        await restore(empty_url, tmp_path / "absent.zip", now=NOW)

    assert "hunter2-sample" not in str(unreachable.value)
    assert not file.exists()


async def test_a_database_that_gives_back_something_else_is_not_trusted(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trigger changes what is written."""
    url, upgrade = f"sqlite:///{tmp_path}/new.sqlite", migration_scripts.upgrade
    shapes_at(migrate.head())  # known, so that only the target meets the trigger

    def meddling(connection: Connection, revision: str = "head") -> None:
        upgrade(connection, revision)
        if revision != "head":
            connection.execute(text(MEDDLING))

    monkeypatch.setattr(migration_scripts, "upgrade", meddling)
    with pytest.raises(CopyDiffers, match="member: 3 rows were written"):
        await restore(url, backup, now=NOW)

    assert not tmp_path.joinpath("new.sqlite").exists()
