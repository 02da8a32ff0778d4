"""`nextrung db`, and what the long-running commands say when they cannot start."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app
from bot.slack.installs.manifest import build_manifest
from bot.store import migrate

TOKENS = {
    "SLACK_BOT_TOKEN": "xoxb-sample",
    "SLACK_APP_TOKEN": "xapp-sample",
    "SLACK_SIGNING_SECRET": "a secret",
}


def nextrung(*words: str, **settings: str) -> Result:
    return CliRunner().invoke(app, list(words), env=settings)


def failed(result: Result) -> str:
    """Return what standard error says of a command that ended with 1 and no traceback."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


def test_upgrade_current_and_check(empty_url: str) -> None:
    assert "empty" in nextrung("db", "current", DATABASE_URL=empty_url).stdout
    assert "nextrung db upgrade" in failed(nextrung("db", "check", DATABASE_URL=empty_url))

    first = nextrung("db", "upgrade", DATABASE_URL=empty_url)
    assert (first.exit_code, migrate.head() in first.stdout) == (0, True)
    assert nextrung("db", "upgrade", DATABASE_URL=empty_url).exit_code == 0

    current = nextrung("db", "current", DATABASE_URL=empty_url).stdout
    assert current.count(migrate.head()) == 2
    assert nextrung("db", "check", DATABASE_URL=empty_url).exit_code == 0


@pytest.mark.parametrize("task", ["upgrade", "current", "check"])
@pytest.mark.parametrize("url", ["mysql://host/db", "nonsense", "sqlite://"])
def test_unusable_url_is_told_without_repeating_it(task: str, url: str) -> None:
    message = failed(nextrung("db", task, DATABASE_URL=url))

    assert url not in message
    assert message.strip()


def test_password_is_never_printed() -> None:
    url = "postgresql://nextrung:hunter2-sample@127.0.0.1:9/nextrung"

    message = failed(nextrung("db", "check", DATABASE_URL=url))

    assert "hunter2-sample" not in message


@pytest.mark.parametrize("command", ["web", "run"])
def test_unmigrated_postgresql_names_the_command_to_run(
    command: str, empty_url: str, request: pytest.FixtureRequest
) -> None:
    if empty_url.startswith("sqlite"):
        pytest.skip("SQLite is migrated on start")

    message = failed(nextrung(command, DATABASE_URL=empty_url, **TOKENS))

    assert "nextrung db upgrade" in message


@pytest.mark.parametrize(
    ("command", "missing"),
    [
        ("run", "SLACK_BOT_TOKEN"),
        ("run", "SLACK_APP_TOKEN"),
        ("web", "SLACK_BOT_TOKEN"),
        ("web", "SLACK_SIGNING_SECRET"),
    ],
)
def test_missing_token_is_named(command: str, missing: str, empty_environment: Path) -> None:
    tokens = {name: value for name, value in TOKENS.items() if name != missing}

    message = failed(nextrung(command, **tokens))

    assert missing in message
    assert ".env" in message
    assert not empty_environment.exists()  # nothing was begun


@pytest.mark.parametrize("port", ["70000", "-1", "http"])
def test_wrong_setting_is_named(port: str) -> None:
    message = failed(nextrung("web", NEXTRUNG_PORT=port, **TOKENS))

    assert "NEXTRUNG_PORT" in message


def test_env_file_in_the_folder_is_read() -> None:
    Path(".env").write_text("DATABASE_URL=mysql://host/db\n", encoding="utf-8")

    assert "neither sqlite nor postgresql" in failed(nextrung("db", "check"))


def test_manifest_is_printed_as_json() -> None:
    socket = nextrung("manifest")
    http = nextrung("manifest", "--request-url", "https://nextrung.example.com/slack/events")

    assert json.loads(socket.stdout) == build_manifest()
    assert json.loads(http.stdout)["settings"]["socket_mode_enabled"] is False


def test_the_manifest_has_the_prefix_of_the_settings() -> None:
    named = nextrung("manifest", NEXTRUNG_COMMAND_PREFIX="acme")

    assert json.loads(named.stdout) == build_manifest(command_prefix="acme")
    assert "32 characters" in failed(nextrung("manifest", NEXTRUNG_COMMAND_PREFIX="a" * 20))


def test_every_command_has_help() -> None:
    for command in ("run", "web", "sandbox", "preview", "manifest", "doctor", "db"):
        result = nextrung(command, "--help")
        assert result.exit_code == 0
        assert len(result.stdout) > 100


def test_the_manifest_completes_its_address_or_refuses_it() -> None:
    whole = nextrung("manifest", "--request-url", "https://nextrung.example.com")
    own = nextrung("manifest", "--request-url", "https://nextrung.example.com/bot")

    found = json.loads(whole.stdout)
    assert found["features"]["slash_commands"][0]["url"].endswith(".com/slack/events")
    assert whole.stderr == ""
    assert "lead it to /slack/events" in own.stderr
    assert "https://" in failed(nextrung("manifest", "--request-url", "nextrung.example.com"))


def test_the_manifest_of_many_workspaces_names_where_browsers_come_back() -> None:
    public = "https://example.com/nextrung"
    many = json.loads(nextrung("manifest", "--many", NEXTRUNG_PUBLIC_URL=f"{public}/").stdout)

    events = f"{public}/slack/events"
    assert many == build_manifest(request_url=events, public_url=public)
    assert many["oauth_config"]["redirect_urls"] == [f"{public}/slack/oauth_redirect"]
    assert many["settings"]["org_deploy_enabled"] is True
    assert "NEXTRUNG_PUBLIC_URL" in failed(nextrung("manifest", "--many"))


OAUTH = {
    "SLACK_CLIENT_ID": "1234567890.1234567890",
    "SLACK_CLIENT_SECRET": "a-client-secret",
    "NEXTRUNG_PUBLIC_URL": "https://nextrung.example.com",
    "SLACK_SIGNING_SECRET": "a secret",
    "NEXTRUNG_TOKEN_KEYS": "a key",
}


@pytest.mark.parametrize("missing", [each for each in OAUTH if each != "SLACK_CLIENT_ID"])
@pytest.mark.parametrize("command", ["web", "worker"])
def test_half_of_oauth_does_not_start_and_what_is_missing_is_named(
    command: str, missing: str
) -> None:
    message = failed(nextrung(command, **{**OAUTH, missing: ""}))

    assert missing in message
    assert not [
        name for name in OAUTH if name in message and "CLIENT" not in name and name != missing
    ]
    assert "a-client-secret" not in message


@pytest.mark.parametrize(
    "address",
    [
        "nextrung.example.com",
        "http://nextrung.example.com",
        "https://",
        "https://user:word@nextrung.example.com",
        "https://nextrung.example.com/?x=1",
        "https://nextrung.example.com:99999",
        "https://[::1",
        "https://nextrung.example.com/a b",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_browsers_cannot_be_sent_to_is_refused(address: str) -> None:
    assert "NEXTRUNG_PUBLIC_URL" in failed(nextrung("manifest", NEXTRUNG_PUBLIC_URL=address))


def test_a_service_link_of_kubernetes_hides_no_other_fault() -> None:
    message = failed(nextrung("web", NEXTRUNG_PORT="tcp://10.0.0.1:3000"))

    assert "SLACK_BOT_TOKEN" in message


def test_a_restored_backup_is_settled(empty_url: str) -> None:
    assert "nextrung db upgrade" in failed(nextrung("db", "restored", DATABASE_URL=empty_url))
    assert nextrung("db", "upgrade", DATABASE_URL=empty_url).exit_code == 0

    settled = nextrung("db", "restored", DATABASE_URL=empty_url)

    assert (settled.exit_code, "Settled" in settled.stdout) == (0, True)
    assert "0 nudges" in settled.stdout
