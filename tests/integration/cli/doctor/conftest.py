"""Fixtures of `nextrung doctor`."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.local_slack import LocalSlack
from bot.slack.installs.manifest import build_manifest


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
