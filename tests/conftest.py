"""Fixtures for all tests: a clock, and migrated databases of both kinds.

`database` runs a test twice, on SQLite and on PostgreSQL. The schema is made once per session by
the migrations themselves; each test gets its own copy. PostgreSQL starts only if a test asks.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import event

from bot.store import migrate
from bot.store.database import Database
from tests.fakes.clock import FrozenClock
from tests.fakes.postgresql import PostgresqlServer, running_server

_numbers = count(1)


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread, so that it never meets the event loop of a test."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, work).result()


def _publish(url: str) -> None:
    # It builds a bot, which most tests never need.
    from tests.scenario.published import publish_built_in  # noqa: PLC0415

    publish_built_in(url)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "nextrung.sqlite"
    _run(migrate.upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: PostgresqlServer) -> str:
    _run(migrate.upgrade(postgresql_server.create("nextrung_template")))
    return "nextrung_template"


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of this test's own."""
    path = tmp_path / "nextrung.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_server: PostgresqlServer, postgresql_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this test's own."""
    name = f"nextrung_{next(_numbers)}"
    yield postgresql_server.create(name, template=postgresql_template)
    postgresql_server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test's own, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def published_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "nextrung.sqlite"
    shutil.copyfile(sqlite_template, path)
    _publish(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def published_postgresql(postgresql_server: PostgresqlServer, postgresql_template: str) -> str:
    url = postgresql_server.create("nextrung_published", template=postgresql_template)
    _publish(url)
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


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, once of each kind; the SQLite file does not exist yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new folder/100%.sqlite"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    name = f"nextrung_{next(_numbers)}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The store on a migrated database of this test's own, once of each kind."""
    database = Database(database_url)
    yield database
    await database.dispose()


@pytest.fixture
def queries(database: Database) -> list[str]:
    """The SQL that `database` sends from now on, in order; clear it to count anew."""
    sent: list[str] = []

    def record(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    for engine in (database._reader, database._writer, database._bulk):
        event.listen(engine.sync_engine, "before_cursor_execute", record)
    return sent
