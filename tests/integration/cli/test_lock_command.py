"""`nextrung db lock-tenants`, and what `nextrung doctor` says of the lock."""

import asyncio

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app
from bot.cli.doctor.database import database_findings
from bot.cli.doctor.isolation import SUBJECT
from tests.fakes.postgresql import ACCOUNT, PostgresqlServer


def lock(url: str, *words: str) -> Result:
    return CliRunner().invoke(app, ["db", "lock-tenants", *words], env={"DATABASE_URL": url})


def found(url: str) -> tuple[bool, str]:
    """Return what doctor finds of the lock: whether all is well, and what it says."""
    findings = asyncio.run(database_findings(url))
    (finding,) = [each for each in findings if each.subject == SUBJECT]
    return finding.ok, f"{finding.detail} {finding.remedy}"


def test_the_lock_is_turned_and_told(
    postgresql_url: str, postgresql_server: PostgresqlServer
) -> None:
    assert found(postgresql_url) == (True, f"kept apart by the database too, as {ACCOUNT} ")
    assert "Unlocked" in lock(postgresql_url, "--off").stdout
    ok, told = found(postgresql_url)
    assert not ok
    assert "nextrung db lock-tenants" in told

    done = lock(postgresql_url)

    assert done.stdout.startswith("Locked: ")
    assert f"takes the role {ACCOUNT}_across" in done.stdout
    assert "passes" not in done.stdout
    superuser = postgresql_url.replace(f"//{ACCOUNT}", "//postgres")
    assert "superuser" in lock(superuser).stdout
    ok, told = found(superuser)
    assert not ok
    assert "postgres passes the second lock by" in told


def test_sqlite_has_none(sqlite_url: str) -> None:
    refused = lock(sqlite_url)
    assert refused.exit_code == 1
    assert "SQLite has no second lock" in refused.stderr
    findings = asyncio.run(database_findings(sqlite_url))
    assert not [each for each in findings if each.subject == SUBJECT]


@pytest.mark.parametrize("words", [[], ["--off"]])
def test_an_empty_database_is_upgraded_first(
    words: list[str], postgresql_server: PostgresqlServer
) -> None:
    with postgresql_server.copy_of("template1") as url:
        refused = lock(url, *words)
        assert refused.exit_code == 1
        assert "nextrung db upgrade" in refused.stderr
