"""Fixtures for scenarios: a signed request in, a card out, through the local Slack."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.sandbox.local_slack import Mode
from tests.fakes.once import once
from tests.fakes.postgresql import PostgresqlServer
from tests.scenario.published import PeopledUrl, introduce_samples

pytest.register_assert_rewrite("tests.scenario.desk")

from tests.scenario.desk import Desk, running_desk  # noqa: E402 - once its asserts can explain

_PEOPLED = "nextrung_peopled"


@pytest.fixture(scope="session")
def peopled_sqlite(run_folder: Path, published_sqlite: Path) -> Path:
    path = run_folder / "peopled.sqlite"

    def make() -> None:
        shutil.copyfile(published_sqlite, path)
        introduce_samples(f"sqlite:///{path}")

    once(run_folder, path.name, make)
    return path


@pytest.fixture(scope="session")
def peopled_postgresql(
    run_folder: Path, postgresql_server: PostgresqlServer, published_postgresql: str
) -> str:
    def make() -> None:
        introduce_samples(postgresql_server.create(_PEOPLED, template=published_postgresql))

    once(run_folder, _PEOPLED, make)
    return _PEOPLED


@pytest.fixture
def sqlite_bot_url(peopled_sqlite: Path, tmp_path: Path) -> str:
    """A SQLite database of this test's own, with the built-in catalogue and the sample members."""
    path = tmp_path / "bot.sqlite"
    shutil.copyfile(peopled_sqlite, path)
    return PeopledUrl(f"sqlite:///{path}")


@pytest.fixture
def postgresql_bot_url(
    postgresql_server: PostgresqlServer, peopled_postgresql: str
) -> Iterator[str]:
    """A PostgreSQL database of this test's own, with the same."""
    with postgresql_server.copy_of(peopled_postgresql) as url:
        yield PeopledUrl(url)


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
