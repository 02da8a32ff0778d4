"""Bolt reads Slack's settings from the environment by itself; here it finds none."""

import logging
from types import SimpleNamespace
from typing import cast

import pytest

from bot.services.bundle import Services
from bot.slack.app import build_app
from bot.slack.auth import Workspaces
from bot.text.translator import load_translators

SETTINGS = {
    "SLACK_BOT_TOKEN": "xoxb-sample",
    "SLACK_SIGNING_SECRET": "a secret",
    "SLACK_VERIFICATION_TOKEN": "another",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "third",
}


def test_nothing_of_the_environment_reaches_bolt(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    services = cast("Services", SimpleNamespace(translators=load_translators()))

    with caplog.at_level(logging.WARNING):
        app = build_app(
            services,
            workspaces=Workspaces([]),
            api_url="http://127.0.0.1:9/api/",
            signing_secret="x",
        )

    assert caplog.records == []  # "As you gave `client` as well, `token` will be unused."
    assert app.oauth_flow is None
    assert app.installation_store is None
    assert app._verification_token is None
