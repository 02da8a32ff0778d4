"""`nextrung doctor` names each fault and what to do about it."""

import base64
import re
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from bot.bootstrap.telemetry import telemetry_of
from bot.cli.doctor.examination import examine
from bot.cli.doctor.findings import settings_findings
from bot.config import Settings
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.local_slack import LocalSlack
from bot.slack.installs.checkup import CLOCKS_APART_S, check_clock
from bot.slack.installs.manifest import BOT_SCOPES, OPTIONAL_SCOPES, build_manifest
from bot.slack.installs.oauth.app import OAuthApp
from bot.slack.installs.oauth.checkup import _told
from bot.store import migrate
from bot.store.database import Database
from bot.store.engine import transaction

KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
OF_TOMORROW = """
    UPDATE alembic_version SET version_num = 'of_tomorrow';
    UPDATE schema_floor SET migration = 'of_tomorrow'
"""


@pytest.fixture
async def slack(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> AsyncIterator[LocalSlack]:
    """A local Slack, and settings under which all is well."""
    async with LocalSlack(manifest=build_manifest()) as slack:
        monkeypatch.setenv("SLACK_BOT_TOKEN", slack.bot_token)
        monkeypatch.setenv("SLACK_APP_TOKEN", slack.app_token)
        monkeypatch.setenv("SLACK_SIGNING_SECRET", slack.signing_secret)
        monkeypatch.setenv("SLACK_API_URL", slack.api_url)
        monkeypatch.setenv("DATABASE_URL", sqlite_url)
        yield slack


async def examined(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Return the exit code and what is told of each problem, with its remedy, on one line each."""
    code = await examine()
    told: list[str] = []
    for line in capsys.readouterr().out.splitlines():
        if line.startswith(("ok", "problem")) or not told:
            told.append(line)
        else:  # what goes on below: wrapped to the terminal, or the remedy
            told[-1] += f" {line}"
    found = [" ".join(each.split()) for each in told if each.startswith("problem")]
    return code, found


async def test_all_well(slack: LocalSlack, capsys: pytest.CaptureFixture[str]) -> None:
    assert await examined(capsys) == (0, [])


async def test_secrets_are_never_printed(
    slack: LocalSlack, capsys: pytest.CaptureFixture[str]
) -> None:
    await examine()

    printed = "".join(capsys.readouterr())
    for secret in (slack.bot_token, slack.app_token, slack.signing_secret):
        assert secret not in printed


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SLACK_BOT_TOKEN": None}, ["SLACK_BOT_TOKEN is not set", ".env"]),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, ["Bot token: invalid_auth", "Reinstall"]),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, ["App token: ", "connections:write"]),
        (
            {"SLACK_APP_TOKEN": None, "SLACK_SIGNING_SECRET": None},
            ["neither mode is set up", "SLACK_SIGNING_SECRET"],
        ),
        ({"DATABASE_URL": "mysql://host/db"}, ["Database: ", "Correct DATABASE_URL"]),
        ({"NEXTRUNG_CA_FILE": "/nowhere/ca.pem"}, ["/nowhere/ca.pem", "No such file"]),
        ({"NEXTRUNG_CA_FILE": __file__}, ["Certificates: ", "PEM"]),
        (
            {"DATABASE_URL": "postgresql://x:hunter2@127.0.0.1:9/x"},
            ["Database: ", "Is it running"],
        ),
    ],
)
async def test_each_fault_is_named_with_a_remedy(
    slack: LocalSlack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, str | None],
    named: list[str],
) -> None:
    for name, value in change.items():
        if value is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, value)

    code, problems = await examined(capsys)

    assert code == 1
    (problem,) = problems
    assert all(words in problem for words in named), problem
    assert "hunter2" not in problem


@pytest.fixture
def oauth(slack: LocalSlack, monkeypatch: pytest.MonkeyPatch) -> LocalSlack:
    """Settings with which people install the app by themselves, and no token."""
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("SLACK_CLIENT_ID", slack.client_id)
    monkeypatch.setenv("SLACK_CLIENT_SECRET", slack.client_secret)
    monkeypatch.setenv("NEXTRUNG_PUBLIC_URL", "https://nextrung.example.com")
    monkeypatch.setenv("NEXTRUNG_TOKEN_KEYS", KEY)
    return slack


async def test_oauth_needs_no_token(oauth: LocalSlack, capsys: pytest.CaptureFixture[str]) -> None:
    assert await examine() == 0
    printed = capsys.readouterr().out
    assert "people install it at https://nextrung.example.com/slack/install" in printed
    assert "https://nextrung.example.com/slack/oauth_redirect" in printed
    assert oauth.client_secret not in printed


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SLACK_CLIENT_ID": "111.222"}, ["OAuth: invalid_client_id", "SLACK_CLIENT_ID"]),
        ({"SLACK_CLIENT_SECRET": "wrong"}, ["OAuth: bad_client_secret", "SLACK_CLIENT_SECRET"]),
        ({"SLACK_CLIENT_SECRET": ""}, ["OAuth: SLACK_CLIENT_SECRET missing", "also set"]),
        ({"SLACK_CLIENT_ID": ""}, ["OAuth: SLACK_CLIENT_ID missing", "also set"]),
        ({"NEXTRUNG_PUBLIC_URL": ""}, ["OAuth: NEXTRUNG_PUBLIC_URL missing"]),
        ({"NEXTRUNG_TOKEN_KEYS": ""}, ["OAuth: NEXTRUNG_TOKEN_KEYS missing"]),
    ],
)
async def test_each_fault_of_oauth_is_named_with_a_remedy(
    oauth: LocalSlack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, str],
    named: list[str],
) -> None:
    for name, value in change.items():
        monkeypatch.setenv(name, value)

    code, problems = await examined(capsys)

    assert code == 1
    problem = next(each for each in problems if "OAuth" in each)
    assert all(words in problem for words in named), problem
    assert oauth.client_secret not in problem


async def test_a_redirect_that_the_app_does_not_list_is_named() -> None:
    app = OAuthApp("1.2", "a secret", "https://nextrung.example.com")
    told = _told("bad_redirect_uri", app)
    assert (told.ok, told.detail) == (False, "bad_redirect_uri")
    assert "Add https://nextrung.example.com/slack/oauth_redirect" in told.remedy


async def test_what_was_left_out_on_purpose_is_no_problem(
    slack: LocalSlack, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tuple(each for each in BOT_SCOPES if each not in OPTIONAL_SCOPES)
    slack.world.tokens[slack.bot_token].scopes = kept

    assert await examine() == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "Scopes: left out when it was installed: im:write" in printed
    assert BOT_SCOPES["files:read"] in printed


async def test_http_alone_is_enough(
    slack: LocalSlack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_APP_TOKEN")

    assert await examined(capsys) == (0, [])


async def test_missing_scopes_are_named_with_their_reason(
    slack: LocalSlack, capsys: pytest.CaptureFixture[str]
) -> None:
    slack.world.tokens[slack.bot_token].scopes = ("commands",)

    code, problems = await examined(capsys)

    assert code == 1
    (problem,) = problems
    assert "users:read" in problem
    assert BOT_SCOPES["users:read"] in problem
    assert "OAuth & Permissions" in problem


async def test_revoked_token_is_named(
    slack: LocalSlack, capsys: pytest.CaptureFixture[str]
) -> None:
    slack.revoke()

    code, problems = await examined(capsys)

    assert code == 1
    assert any("Reinstall" in each for each in problems)


async def test_unreachable_slack_is_named(
    slack: LocalSlack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")

    code, problems = await examined(capsys)

    assert code == 1
    assert all("Check the network and SLACK_API_URL" in each for each in problems)


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
        await _execute(database_url, each)
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
    await _execute(postgresql_url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
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

    await _execute(sqlite_url, "UPDATE alembic_version SET version_num = '353bd91b1986'")
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert "the next start makes or upgrades it" in (await told(capsys))[1]
    assert await migrate.current(sqlite_url) == "353bd91b1986"


async def _execute(url: str, statement: str) -> None:
    database = Database(url)
    async with transaction(database._writer, timeout_ms=2000, reach=None) as connection:
        await connection.execute(text(statement))
    await database.dispose()


async def told(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return the exit code, and all that is told, on one line."""
    code = await examine()
    return code, " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("NEXTRUNG_PORT", "tcp://10.96.0.17:3000", "enableServiceLinks: false"),
        ("SLACK_APP_TOKEN", " \n", "is empty, which counts as not set"),
        ("SLACK_BOT_TOKEN", '"{}"\n', "quotes, spaces or line breaks around it"),
    ],
)
async def test_a_setting_that_was_read_otherwise_is_told(
    slack: LocalSlack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    words: str,
) -> None:
    monkeypatch.setenv(name, value.format(slack.bot_token))

    code, shown = await told(capsys)

    assert (code, f"{name} " in shown, words in shown) == (0, True, True)
    assert slack.bot_token not in shown


async def test_an_empty_signing_secret_is_no_secret(
    slack: LocalSlack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "")

    code, shown = await told(capsys)

    assert code == 1
    assert "SLACK_SIGNING_SECRET is empty" in shown
    assert "neither mode is set up" in shown


def test_tokens_in_each_others_place_and_an_odd_secret_are_told() -> None:
    settings = Settings(
        slack_bot_token=SecretStr("xapp-1"),
        slack_app_token=SecretStr("xoxb-1"),
        slack_signing_secret=SecretStr("0123456789abcdef"),
    )

    found = settings_findings(settings)

    assert [each.ok for each in found] == [False] * 3
    assert "xoxb-" in found[0].remedy
    assert "xapp-" in found[1].remedy
    assert "does not look like one" in found[2].detail


async def test_scopes_that_a_gateway_strips_are_not_called_missing(
    slack: LocalSlack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stripped(client: AsyncWebClient) -> SimpleNamespace:
        return SimpleNamespace(headers={}, get={"team_id": "T0SAMPLE"}.get)

    monkeypatch.setattr(AsyncWebClient, "auth_test", stripped)

    code, shown = await told(capsys)

    assert code == 0
    assert "missing" not in shown
    assert "X-OAuth-Scopes" in shown


async def test_the_way_to_slack_is_told_without_the_proxys_password(
    slack: LocalSlack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://nextrung:hunter2@proxy.invalid:3128")
    assert "Way to Slack: directly" in (await told(capsys))[1]

    monkeypatch.setenv("SLACK_API_URL", "https://slack.invalid/api/")
    code, shown = await told(capsys)

    assert code == 1
    assert "by http://[hidden]@proxy.invalid:3128" in shown
    assert "HTTPS_PROXY" in shown
    assert "hunter2" not in shown


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


async def test_the_commands_are_named_and_how_to_see_who_answers_them(
    slack: LocalSlack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    sqlite_url: str,
) -> None:
    code, shown = await told(capsys)

    assert code == 0
    assert "Commands: /skill, /promote-gap, /growth" in shown
    assert "installed last" in shown
    assert "nobody has reached the bot yet" in shown

    monkeypatch.setenv("NEXTRUNG_COMMAND_PREFIX", "acme")
    database = Database(sqlite_url)
    async with database.write(Tenant("T1")) as work:
        await work.members.save(Member(Tenant("T1"), "U1"), at=datetime(2026, 11, 1, tzinfo=UTC))
    await database.dispose()
    code, shown = await told(capsys)

    assert "Commands: /acme-skill, /acme-promote-gap, /acme-growth" in shown
    assert "members have reached the bot" in shown


async def test_a_setting_whose_package_is_missing_is_named(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEXTRUNG_OTLP_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("NEXTRUNG_SENTRY_DSN", "http://key@127.0.0.1:9/1")
    code, told = await examined(capsys)
    assert not [line for line in told if "Extras" in line]

    for name in ("bot.telemetry.otlp", "bot.telemetry.sentry"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    code, told = await examined(capsys)
    assert code == 1
    assert [line for line in told if "NEXTRUNG_OTLP_URL" in line and "nextrung[otel]" in line]
    assert [line for line in told if "NEXTRUNG_SENTRY_DSN" in line and "nextrung[sentry]" in line]
    # Members are answered all the same.
    found = telemetry_of(Settings())
    assert (found.tracer, found.heard) == (None, None)
    assert found.missing == {"NEXTRUNG_OTLP_URL": "otel", "NEXTRUNG_SENTRY_DSN": "sentry"}
