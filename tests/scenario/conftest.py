"""Fixtures for scenarios: a signed request in, a card out, through the local Slack."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.local_slack import Mode

pytest.register_assert_rewrite("tests.scenario.desk")

from tests.scenario.desk import Desk, running_desk  # noqa: E402 - once its asserts can explain


@pytest.fixture
async def desk(sqlite_bot_url: str, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Desk]:
    """The bot on SQLite, over HTTP."""
    async with running_desk(sqlite_bot_url, caplog) as desk:
        yield desk


@pytest.fixture
async def stored_desk(bot_url: str, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Desk]:
    """The bot over HTTP, on SQLite and on PostgreSQL."""
    async with running_desk(bot_url, caplog) as desk:
        yield desk


@pytest.fixture
async def ticking_desk(bot_url: str, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Desk]:
    """The bot over HTTP, on either database, with its clock: what it does by itself, it does."""
    async with running_desk(bot_url, caplog, ticking=True) as desk:
        yield desk


@pytest.fixture(params=["http", "socket"])
async def any_desk(
    request: pytest.FixtureRequest, sqlite_bot_url: str, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Desk]:
    """The bot on SQLite, over HTTP and over Socket Mode."""
    mode: Mode = request.param
    async with running_desk(sqlite_bot_url, caplog, mode=mode) as desk:
        yield desk
