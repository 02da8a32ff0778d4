"""Fixtures of OAuth: a Slack that grants, a Nextrung beside it, and a browser."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.bootstrap import Nextrung, bootstrap
from tests.fakes.clock import FrozenClock
from tests.fakes.oauth_slack import OAuthSlack, identity, oauth_slack, workspace_answer
from tests.integration.slack.oauth.in_browser import browser_of, settings


@pytest.fixture
async def slack() -> AsyncIterator[OAuthSlack]:
    async with oauth_slack() as slack:
        slack.install("good", workspace_answer(), identity())
        yield slack


@pytest.fixture
async def nextrung(
    slack: OAuthSlack, sqlite_url: str, clock: FrozenClock
) -> AsyncIterator[Nextrung]:
    built = bootstrap(settings(slack, sqlite_url), clock=clock)
    yield built
    await built.stop()


@pytest.fixture
async def browser(nextrung: Nextrung) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(nextrung) as client:
        yield client
