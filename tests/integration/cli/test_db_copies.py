"""`nextrung db backup`, `restore` and `copy`, as an operator types them."""

import asyncio
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app
from bot.cli.database.reports import table_lines, whole_words
from bot.store.copies import work
from bot.store.copies.shapes import CHANGES, shapes_at
from bot.store.copies.source import Copied, CopiedTable
from bot.store.database import Database
from bot.store.migrate import head
from tests.integration.cli.test_db_and_settings import failed
from tests.integration.store.copies.contents import rows_in
from tests.integration.store.holders import join

COPIED = sum(each.name != CHANGES for each in shapes_at(head()))


def nextrung(*words: str, url: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, ["db", *words], env={"DATABASE_URL": url}, input=typed)


def with_members(url: str, *slack_ids: str) -> None:
    async def add() -> None:
        database = Database(url)
        await join(database, *slack_ids)
        await database.dispose()

    asyncio.run(add())


def members_of(url: str) -> set[str]:
    return {row["slack_id"] for row in asyncio.run(rows_in(url))["member"]}


def test_one_of_a_kind_is_said_to_be_one() -> None:
    tables = (CopiedTable("audit", 1, "0" * 64), CopiedTable("member", 0, "0" * 64))
    copied = Copied("abc", datetime(2026, 11, 30, tzinfo=UTC), tables)
    assert whole_words(copied).startswith("1 row in 2 tables, ")
    assert [*table_lines(copied)][-1] == "1 more table is empty."


def test_a_backup_of_one_kind_is_restored_into_the_other(
    sqlite_url: str, empty_url: str, tmp_path: Path
) -> None:
    with_members(sqlite_url, "U1", "U2")
    file = tmp_path / "backup.zip"

    backed_up = nextrung("backup", str(file), url=sqlite_url)
    restored = nextrung("restore", str(file), url=empty_url)

    assert (backed_up.exit_code, restored.exit_code) == (0, 0), restored.output
    assert f"3 rows in {COPIED} tables" in backed_up.stdout
    assert "personal data" in backed_up.stdout
    assert "mode 0600" in backed_up.stdout
    said = [line for line in backed_up.stdout.splitlines() if line.startswith("member ")]
    assert said == [line for line in restored.stdout.splitlines() if line.startswith("member ")]
    assert "Settled." in restored.stdout
    assert members_of(empty_url) == {"U1", "U2"}


def test_what_is_there_is_replaced_only_by_its_name(database_url: str, tmp_path: Path) -> None:
    file, name = tmp_path / "backup.zip", database_url.partition("?")[0].rpartition("/")[2]
    with_members(database_url, "U1")
    assert nextrung("backup", str(file), url=database_url).exit_code == 0
    with_members(database_url, "U2")

    refused = failed(nextrung("restore", str(file), url=database_url))
    unnamed = failed(nextrung("restore", str(file), "--replace", url=database_url))
    wrong = ("--replace", "--confirm", "another")
    misnamed = failed(nextrung("restore", str(file), *wrong, url=database_url))

    assert "--replace" in refused
    assert f"--confirm {name}" in unnamed
    assert f"--confirm {name}" in misnamed
    assert members_of(database_url) == {"U1", "U2"}
    replaced = nextrung("restore", str(file), "--replace", "--confirm", name, url=database_url)
    assert replaced.exit_code == 0, replaced.output
    assert members_of(database_url) == {"U1"}


def test_a_copy_says_that_both_sides_are_the_same(sqlite_url: str, empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        empty_url = sqlite_url.replace("nextrung.sqlite", "copy.sqlite")
    with_members(sqlite_url, "U1")

    copied = nextrung("copy", "-", url=sqlite_url, typed=f"{empty_url}\n")
    again = failed(nextrung("copy", empty_url, url=sqlite_url))

    assert copied.exit_code == 0, copied.output
    assert "The same on both sides: 2 rows" in copied.stdout
    assert empty_url not in copied.output
    assert "not empty" in again
    assert members_of(empty_url) == {"U1"}


def test_a_target_that_cannot_be_reached_is_told_without_its_password(sqlite_url: str) -> None:
    url = "postgresql://nextrung:hunter2-sample@127.0.0.1:9/nextrung"

    message = failed(nextrung("copy", url, url=sqlite_url))

    assert "The database to copy to" in message
    assert "hunter2-sample" not in message


@pytest.mark.parametrize("why", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order(
    why: signal.Signals, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(*_arguments: object) -> None:
        os.kill(os.getpid(), why)
        await asyncio.Event().wait()

    monkeypatch.setattr(work, "write_archive", slow)

    result = nextrung("backup", str(tmp_path / "backup.zip"), url=sqlite_url)

    assert result.exit_code == 130
    assert "Broken off" in result.stderr
    assert not list(tmp_path.glob("*backup*"))
