"""Fixtures for nudges: a bot beside a local Slack, its clock in the test's hand."""

from collections.abc import AsyncIterator

import pytest

from tests.integration.nudges.post_office import PostOffice, opened


@pytest.fixture
async def office(bot_url: str) -> AsyncIterator[PostOffice]:
    """A bot that does nothing by itself, on SQLite and on PostgreSQL."""
    async with opened(bot_url) as office:
        yield office


@pytest.fixture
async def small_office(sqlite_bot_url: str) -> AsyncIterator[PostOffice]:
    """The same on SQLite alone, where the database makes no difference."""
    async with opened(sqlite_bot_url) as office:
        yield office
