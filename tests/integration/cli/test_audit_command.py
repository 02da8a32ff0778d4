"""`nextrung audit`: what operators did is noted as well, and all is shown in three forms."""

import asyncio
import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.domain.installs.audit import Act, ActKind, Actor
from bot.domain.tenancy import Tenant
from bot.store.database import Database
from tests.integration.cli.catalogues import done, folder

SECRET_OF_THE_HOST = "sample-operator"
OLD = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)
NEW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def store(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    # Revisions have an author; the audit log names no account of the machine's.
    monkeypatch.setenv("LOGNAME", SECRET_OF_THE_HOST)
    return sqlite_url


def typed(*words: str) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return result.stdout


def audited(*words: str) -> list[dict[str, str]]:
    """Return what `nextrung audit` prints as JSON."""
    return [json.loads(line) for line in typed("audit", "--format", "json", *words).splitlines()]


def noted(url: str, *acts: Act, at: datetime, tenant: Tenant | None) -> None:
    async def note() -> None:
        database = Database(url)
        async with database.write(tenant or Tenant("T0")) as work:
            await work.audit.note(*acts, at=at)
        await database.dispose()

    asyncio.run(note())


def test_what_the_command_line_changes_is_noted(tmp_path: Path) -> None:
    first = folder(tmp_path / "first")
    done("publish", first, "--note", "a note")
    done("publish", first, "--note", "the same again")
    done("use", "company", "--workspace", "T0SAMPLE")
    done("use", "company", "--workspace", "T0SAMPLE")
    done("rollback", "company", "1")
    typed("nudges", "policy", "--workspace", "T0SAMPLE", "--days", "mon-thu", "--cap", "2")
    typed("nudges", "policy", "--workspace", "T0SAMPLE", "--days", "mon-thu", "--cap", "2")
    typed("nudges", "policy", "--workspace", "T0SAMPLE")
    typed("db", "restored")
    found = audited()
    assert [(each["act"], each["workspace"], each["detail"]) for each in found] == [
        ("catalogue_published", "", "company@1"),
        ("catalogue_used", "T0SAMPLE", "company"),
        ("policy_changed", "T0SAMPLE", "days 1 2 3 4, cap 2"),
        ("database_restored", "", ""),
    ]
    assert {each["who"] for each in found} == {"operator"}
    assert SECRET_OF_THE_HOST not in json.dumps(found)


def test_what_only_looks_is_not_noted(tmp_path: Path) -> None:
    first = folder(tmp_path / "first")
    done("publish", first, "--note", "a note", "--dry-run")
    done("list")
    done("lint", first)
    typed("db", "check")
    typed("db", "upgrade")
    typed("nudges", "status")
    assert audited() == []


def test_an_upgrade_that_the_operator_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    typed("db", "upgrade")
    typed("db", "upgrade")
    (found,) = audited()
    assert found["act"] == "schema_upgraded"
    assert found["detail"].startswith("empty to ")


def test_the_forms_hold_the_same(store: str) -> None:
    granted = Act.by("U0ASHA", ActKind.OWNER_GRANTED, about="U0CHEN")
    blank = Act(ActKind.OWNER_WITHDRAWN, "", Actor.MEMBER)
    noted(store, granted, blank, at=OLD, tenant=Tenant(None, "E0ORG"))
    noted(store, Act(ActKind.CATALOGUE_USED, "company, ltd"), at=NEW, tenant=Tenant("T0TWO"))
    rows = audited()
    assert rows[0] == {
        "at": "2025-12-31T23:59:00+00:00",
        "workspace": "E0ORG",
        "who": "U0ASHA",
        "act": "owner_granted",
        "about": "U0CHEN",
        "detail": "",
    }
    assert (rows[1]["who"], rows[1]["about"]) == ("forgotten", "forgotten")
    assert list(csv.DictReader(io.StringIO(typed("audit", "--format", "csv")))) == rows
    table = typed("audit")
    for row in rows:
        for value in row.values():
            assert value in table


def test_a_workspace_or_a_day_is_chosen(store: str) -> None:
    act = Act(ActKind.CATALOGUE_USED, "company")
    noted(store, act, at=OLD, tenant=Tenant(None, "E0ORG"))
    noted(store, act, at=NEW, tenant=Tenant("T0TWO"))
    assert [each["workspace"] for each in audited("--workspace", "E0ORG")] == ["E0ORG"]
    assert [each["workspace"] for each in audited("--workspace", "T0TWO")] == ["T0TWO"]
    assert [each["workspace"] for each in audited("--since", "2026-01-01")] == ["T0TWO"]
    assert audited("--since", "2026-01-02") == []
    assert "Nothing was noted." in typed("audit", "--workspace", "T0NOBODY")
    assert CliRunner().invoke(app, ["audit", "--since", "yesterday"]).exit_code == 2
