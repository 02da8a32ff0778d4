"""`nextrung doctor` where people install the app by themselves."""

import pytest

from bot.cli.doctor.examination import examine
from bot.sandbox.local_slack import LocalSlack
from bot.slack.installs.oauth.app import OAuthApp
from bot.slack.installs.oauth.checkup import _told
from tests.integration.cli.doctor.examining import KEY, examined


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
