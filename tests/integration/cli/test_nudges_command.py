"""`nextrung nudges` and `nextrung worker`: what an operator sees and decides."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from typer.testing import CliRunner, Result

from bot.cli.app import app
from bot.sandbox.local_slack import LocalSlack
from bot.store.database import Database
from bot.store.nudges.models import nudge, nudge_plan
from tests.fakes.all_rows import all_rows, all_rows_changed
from tests.fakes.kept_catalogue import kept_catalogue
from tests.integration.cli.processes import environment, started
from tests.integration.nudges.post_office import TEN_O_CLOCK, PostOffice, opened

MEMBER = "UTSAMPLE00000"


def apart(work: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread: commands have event loops of their own."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, work).result()


@pytest.fixture
def nudged(sqlite_bot_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database with one nudge of unknown outcome, and one member whose workspace is broken."""

    async def prepare() -> None:
        async with opened(sqlite_bot_url, workspaces=1) as office:
            await office.enlist(1)
            await office.enlist(1, workspace="T00000")
            office.slack.faults.drop_after("chat.postMessage", workspace_id="TSAMPLE")
            office.slack.faults.error(
                "chat.postMessage", error="token_revoked", workspace_id="T00000"
            )
            await office.work(TEN_O_CLOCK)

    apart(prepare())
    monkeypatch.setenv("DATABASE_URL", sqlite_bot_url)
    with kept_catalogue():
        yield sqlite_bot_url


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["nudges", *words])


def test_the_plan_shows_five_slots_with_reasons(nudged: str) -> None:
    del nudged
    result = typed("plan", "--as", MEMBER)
    assert result.exit_code == 0, result.output
    assert "weekly at 10:00, Europe/Berlin" in result.output
    lines = [line for line in result.output.splitlines() if "10:00" in line and "Tue " in line]
    assert len(lines) == 5
    assert "required" in result.output
    assert "never asked" in result.output


def test_the_plan_of_someone_unknown(nudged: str) -> None:
    del nudged
    result = typed("plan", "--as", "UNOBODY")
    assert result.exit_code == 1
    assert "No such member" in result.output + result.stderr


async def _same_id_elsewhere(url: str) -> None:
    async with opened(url, workspaces=1) as office:
        person = office.person(MEMBER, workspace="T00000")
        async with office.database.write(person.tenant) as work:
            await work.members.add(person, at=office.now)


def test_the_same_id_in_two_workspaces_is_asked_about(nudged: str) -> None:
    apart(_same_id_elsewhere(nudged))
    result = typed("plan", "--as", MEMBER)
    assert result.exit_code == 1
    assert "--workspace" in result.stderr
    chosen = typed("plan", "--as", MEMBER, "--workspace", "T00000")
    assert "no goal yet" in chosen.output


def test_the_status_names_unknowns_and_broken_workspaces(nudged: str) -> None:
    del nudged
    shown = typed("status").output
    assert "Outcome unknown" in shown
    assert MEMBER in shown
    assert "ServerDisconnectedError" in shown
    assert "token_revoked" in shown


@pytest.mark.parametrize(("command", "state"), [("retry", "planned"), ("discard", "cancelled")])
def test_an_unknown_one_is_decided_once(nudged: str, command: str, state: str) -> None:
    result = typed(command, "1")
    assert result.exit_code == 0, result.output
    assert _states(nudged)[0] == state
    again = typed(command, "1")
    assert again.exit_code == 1
    assert "nextrung nudges status" in again.stderr


def _states(url: str) -> list[str]:
    found: list[str] = []

    async def read() -> None:
        database = Database(url)
        async with all_rows(database._reader) as connection:
            query = nudge.select().order_by(nudge.c.id)
            found.extend(row.state for row in (await connection.execute(query)).all())
        await database.dispose()

    apart(read())
    return found


def test_a_worker_on_sqlite_says_who_sends(
    sqlite_bot_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_bot_url)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-sample")
    result = CliRunner().invoke(app, ["worker"])
    assert result.exit_code == 1
    assert "nextrung run and nextrung web send nudges themselves" in result.stderr


async def _due_now(office: PostOffice) -> None:
    now = datetime.now(UTC)
    async with all_rows_changed(office.database._writer) as connection:
        await connection.execute(
            update(nudge_plan).values(
                regular_at=now, next_due_at=now, last_day=now.date() - timedelta(days=9)
            )
        )


async def test_a_worker_plans_and_serves_figures(postgresql_bot_url: str, tmp_path: Path) -> None:
    async with opened(postgresql_bot_url, start=datetime.now(UTC)) as office:
        await office.enlist(3)
        await _due_now(office)
    async with LocalSlack() as slack:
        settings = environment(slack, postgresql_bot_url, tmp_path)
        async with started("worker --metrics-port 0", settings, tmp_path) as worker:
            async with httpx.AsyncClient() as client, asyncio.timeout(20):
                page = ""
                while "nextrung_nudges_planned_total 3.0" not in page:
                    answer = await client.get(worker.ready["metrics"])
                    assert answer.headers["content-type"].startswith("text/plain")
                    page = answer.text
            worker.terminate()
            assert await worker.ended() == 0
    assert "nudges_abandoned" not in worker.events


def test_a_policy_is_shown_decided_and_moves_the_slots(nudged: str, tmp_path: Path) -> None:
    del nudged
    assert "Choose one with --workspace: TSAMPLE, T00000" in typed("policy").stderr
    shown = typed("policy", "--workspace", "TSAMPLE").output
    assert "mon, tue, wed, thu, fri" in shown
    holidays = tmp_path / "holidays.txt"
    holidays.write_text("2026-12-01\n2026-12-02\n", "utf-8")
    words = ("--days", "sun-thu", "--hours", "11:00-16:30", "--holidays", str(holidays))
    changed = typed("policy", "--workspace", "TSAMPLE", *words, "--cap", "2")
    assert changed.exit_code == 0, changed.output + changed.stderr
    assert "1 members' next nudges moved" in changed.output
    assert "sun" in changed.output
    plan = typed("plan", "--as", MEMBER).output
    assert "Thu 2026-12-03 11:00" in plan
    again = typed("policy", "--workspace", "TSAMPLE", *words)
    assert "moved" not in again.output
    assert "weekly cap:    2" in again.output


@pytest.mark.parametrize(
    "words",
    [
        ("--days", "monday"),
        ("--days", ""),
        ("--hours", "9-5"),
        ("--hours", "18:00-09:00"),
        ("--cap", "0"),
    ],
)
def test_what_is_no_policy_changes_nothing(nudged: str, words: tuple[str, str]) -> None:
    del nudged
    before = typed("policy", "--workspace", "TSAMPLE").output
    refused = typed("policy", "--workspace", "TSAMPLE", *words)
    assert refused.exit_code == 1
    assert "Bad policy." in refused.stderr
    assert typed("policy", "--workspace", "TSAMPLE").output == before
