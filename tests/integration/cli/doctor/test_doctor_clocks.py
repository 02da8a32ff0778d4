"""`nextrung doctor` compares the clocks."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.local_slack import LocalSlack
from bot.slack.installs.checkup import CLOCKS_APART_S, check_clock
from bot.store.database import Database
from tests.integration.cli.doctor.examining import told


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-4, "goes with Slack's"), (4, "goes with Slack's"), (-40, "s ahead of"), (400, "s behind")],
)
async def test_a_clock_that_goes_wrong_is_told(
    seconds: int, said: str, slack: LocalSlack, capsys: pytest.CaptureFixture[str]
) -> None:
    slack.advance(seconds)

    code, shown = await told(capsys)

    wrong = abs(seconds) > CLOCKS_APART_S
    assert code == int(wrong)
    assert f"Clock: {said}" in re.sub(r"Clock: \d+ ", "Clock: ", shown)
    assert ("chrony" in shown) is wrong


@pytest.mark.parametrize("seconds", [0, -60])
async def test_the_databases_clock_is_compared_too(
    seconds: int,
    slack: LocalSlack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    postgresql_url: str,
) -> None:
    ask = Database.moment

    async def moment(database: Database) -> datetime | None:
        there = await ask(database)
        return there and there + timedelta(seconds=seconds)

    monkeypatch.setattr(Database, "moment", moment)
    monkeypatch.setenv("DATABASE_URL", postgresql_url)

    code, shown = await told(capsys)

    assert code == int(seconds != 0)
    expected = "goes with the database's" if not seconds else "60 s ahead of the database's"
    assert f"Clock: {expected}" in shown


@pytest.mark.parametrize("date", [None, "", "yesterday", "Sun, 29 Nov 2026 23:00:00 -0000"])
async def test_a_date_that_a_gateway_strips_or_spoils_is_no_fault(
    date: str | None,
    slack: LocalSlack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def spoilt(client: AsyncWebClient) -> SimpleNamespace:
        return SimpleNamespace(headers={"date": date}, get={"team_id": "T0SAMPLE"}.get)

    monkeypatch.setattr(AsyncWebClient, "auth_test", spoilt)

    code, shown = await told(capsys)

    assert (code, "Clock:" in shown) == (0, False)


def test_the_way_there_and_back_is_no_difference() -> None:
    """An answer that took eight seconds, with a moment in whole seconds from anywhere between."""
    asked = datetime(2026, 1, 5, 9, tzinfo=UTC)
    answered = asked + timedelta(seconds=8)
    for late in range(-1, 9):
        told_at = asked + timedelta(seconds=late)
        found = check_clock("Slack's", told_at, asked=asked, answered=answered, grain_s=1.0)
        assert found.ok, late
