"""`nextrung doctor` names each fault and what to do about it."""

from collections.abc import AsyncIterator

import pytest

from bot.cli.doctor import examine
from bot.sandbox.local_slack import LocalSlack
from bot.slack.installs.manifest import BOT_SCOPES, build_manifest


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
