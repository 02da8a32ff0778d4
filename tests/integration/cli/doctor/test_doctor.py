"""`nextrung doctor` names each fault of settings and of the way to Slack, and what to do."""

import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.bootstrap.telemetry import telemetry_of
from bot.cli.doctor.examination import examine
from bot.cli.doctor.findings import settings_findings
from bot.config import Settings
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.local_slack import LocalSlack
from bot.slack.installs.manifest import BOT_SCOPES, OPTIONAL_SCOPES
from bot.store.database import Database
from tests.integration.cli.doctor.examining import examined, told


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
