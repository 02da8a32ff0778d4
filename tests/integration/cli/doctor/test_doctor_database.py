"""`nextrung doctor` names what is wrong with the database, and leaves it as it is."""

from pathlib import Path

import pytest

from bot.sandbox.local_slack import LocalSlack
from bot.store import migrate
from tests.integration.cli.doctor.examining import examined, execute, told

OF_TOMORROW = """
    UPDATE alembic_version SET version_num = 'of_tomorrow';
    UPDATE schema_floor SET migration = 'of_tomorrow'
"""


async def test_unmigrated_postgresql_is_named(
    slack: LocalSlack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    empty_url: str,
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)

    code, problems = await examined(capsys)

    if empty_url.startswith("sqlite"):
        assert (code, problems) == (0, [])  # SQLite is migrated on the way
    else:
        assert code == 1
        assert "nextrung db upgrade" in problems[0]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TABLE nudge_sender", ["Schema: table nudge_sender missing", "restore a backup"]),
        (OF_TOMORROW, ["install the newer Nextrung"]),
    ],
)
async def test_a_broken_schema_is_named(
    slack: LocalSlack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    database_url: str,
    statement: str,
    words: list[str],
) -> None:
    for each in statement.split(";"):
        await execute(database_url, each)
    monkeypatch.setenv("DATABASE_URL", database_url)

    code, (problem,) = await examined(capsys)

    assert code == 1
    assert all(each in problem for each in words), problem


async def test_a_standby_is_named(
    slack: LocalSlack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    postgresql_url: str,
) -> None:
    name = postgresql_url.partition("?")[0].rpartition("/")[2]
    await execute(postgresql_url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    monkeypatch.setenv("DATABASE_URL", postgresql_url)

    code, (problem,) = await examined(capsys)

    assert code == 1
    assert "read-only" in problem
    assert "Is it a standby?" in problem


async def test_it_makes_no_file_and_upgrades_none(
    slack: LocalSlack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    sqlite_url: str,
    tmp_path: Path,
) -> None:
    """A bot may be running on it, of an earlier version."""
    file = tmp_path / "not yet.sqlite"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    assert "the next start makes or upgrades it" in (await told(capsys))[1]
    assert not file.exists()

    await execute(sqlite_url, "UPDATE alembic_version SET version_num = '353bd91b1986'")
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert "the next start makes or upgrades it" in (await told(capsys))[1]
    assert await migrate.current(sqlite_url) == "353bd91b1986"
