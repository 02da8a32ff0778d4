"""A local Slack, a Web API client, and ways to connect a bot."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from bot.sandbox.local_slack import LocalSlack
from tests.integration.sandbox.bots import PATIENCE_SECONDS, Serve, served, web_client


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(ack_seconds=PATIENCE_SECONDS) as running:
        yield running


@pytest.fixture(params=["http", "socket"])
async def either(request: pytest.FixtureRequest) -> AsyncIterator[LocalSlack]:
    """A local Slack for each way to the bot."""
    async with LocalSlack(mode=request.param, ack_seconds=PATIENCE_SECONDS) as running:
        yield running


@pytest.fixture
def client(slack: LocalSlack) -> AsyncWebClient:
    return web_client(slack, retry_handlers=[])


@pytest.fixture
async def until_the_end() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def serve(slack: LocalSlack, until_the_end: AsyncExitStack) -> Serve:
    """Connect a bot that is one bare function: for bots that misbehave."""

    async def start(answer: Callable[[Request], Awaitable[Response]]) -> None:
        app = Router([Route("/slack/events", answer, methods=["POST"])])
        address = await until_the_end.enter_async_context(served(app))
        slack.connect_bot(f"{address}/slack/events")

    return start
