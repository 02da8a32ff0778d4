"""Fixtures for scenarios: a signed request in, a card out, through the local Slack.

The databases come with the built-in catalogue already published, so that a scenario starts fast.
"""

import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import cast

import pytest

from bot.sandbox.local_slack import Mode
from tests.fakes.postgresql import PostgresqlServer
from tests.scenario.published import publish_built_in

pytest.register_assert_rewrite("tests.scenario.desk")

from tests.scenario.desk import Desk, running_desk  # noqa: E402 - once its asserts can explain

_numbers = count(1)


@pytest.fixture(scope="session")
def published_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "nextrung.sqlite"
    shutil.copyfile(sqlite_template, path)
    publish_built_in(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def published_postgresql(postgresql_server: PostgresqlServer, postgresql_template: str) -> str:
    url = postgresql_server.create("nextrung_published", template=postgresql_template)
    publish_built_in(url)
    return "nextrung_published"


@pytest.fixture
def sqlite_bot_url(published_sqlite: Path, tmp_path: Path) -> str:
    """A SQLite database of this test's own, with the built-in catalogue."""
    path = tmp_path / "bot.sqlite"
    shutil.copyfile(published_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_bot_url(
    postgresql_server: PostgresqlServer, published_postgresql: str
) -> Iterator[str]:
    """A PostgreSQL database of this test's own, with the built-in catalogue."""
    name = f"nextrung_bot_{next(_numbers)}"
    yield postgresql_server.create(name, template=published_postgresql)
    postgresql_server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def bot_url(request: pytest.FixtureRequest) -> str:
    """A database with the built-in catalogue, once of each kind."""
    return cast("str", request.getfixturevalue(f"{request.param}_bot_url"))


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


@pytest.fixture(params=["http", "socket"])
async def any_desk(
    request: pytest.FixtureRequest, sqlite_bot_url: str, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Desk]:
    """The bot on SQLite, over HTTP and over Socket Mode."""
    mode: Mode = request.param
    async with running_desk(sqlite_bot_url, caplog, mode=mode) as desk:
        yield desk
