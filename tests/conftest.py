"""Fixtures for all tests: a clock, and migrated databases of both kinds.

`database` runs a test twice, on SQLite and on PostgreSQL. The schema is made once per run by the
migrations themselves, whichever worker process comes first; each test gets its own copy. All
workers share one PostgreSQL, which starts only if a test asks. Whatever a run leaves stands in a
folder of its own, so that runs beside each other never meet; it goes when the run ends, unless
`--basetemp` says where to keep the files of tests.
"""

import asyncio
import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import psutil
import pytest
import structlog
from sqlalchemy import event

import tests.properties  # noqa: F401 - every property is tried as it says
from bot.store import migrate
from bot.store.database import Database
from tests import leaks
from tests.dealing import dealt, rewrite_share
from tests.fakes.clock import FrozenClock
from tests.fakes.compiled_once import compile_once
from tests.fakes.once import once
from tests.fakes.postgresql import PostgresqlServer, end_left_over, shared_server
from tests.fakes.scratch import scratch_folder

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

# A tool of ours brings lxml, which openpyxl would use; the bot that people install has none.
os.environ["OPENPYXL_LXML"] = "False"

_TESTS = Path(__file__).parent
_FOLDER = pytest.StashKey[Path]()
_FOLDER_NAME = "nextrung_folder"
_PROCESS = os.getpid()
_PREFIX = "nextrung-tests-"
_SERVER = "pg"
_TEMPLATE = "nextrung_template"
_PUBLISHED = "nextrung_published"
# The collector's own 700 has it look a thousand times a second in a test that builds catalogues.
_NEW_OBJECTS = 20_000

# The default draws every local variable of every frame, for seconds; pytest shows what failed.
structlog.dev.ConsoleRenderer.get_active().exception_formatter = structlog.dev.plain_traceback


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's own folder; worker processes are told where it is."""
    folder = getattr(config, "workerinput", {}).get(_FOLDER_NAME)
    if folder is None:
        scratch = Path(scratch_folder() or tempfile.gettempdir())
        _tidy_killed(scratch)
        folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{_PROCESS}-", dir=scratch)
        config.option.basetemp = config.option.basetemp or f"{folder}/tests"
        # Not at pytest's own end, which an interrupted run may never reach.
        atexit.register(_tidy, Path(folder))
    config.stash[_FOLDER] = Path(folder)
    leaks.listen()
    compile_once()
    config.pluginmanager.register(leaks, "leaks")
    # What is collected stays: to look through it again and again takes a second of each process.
    gc.disable()
    number, workers = _place(config)
    if workers > 1 and not sys.dont_write_bytecode:
        rewrite_share(config, _TESTS, number=number, workers=workers)


def _place(config: pytest.Config) -> tuple[int, int]:
    """Return which worker process this is, and of how many; (0, 1) where there are none."""
    told = getattr(config, "workerinput", {})
    return int(told.get("workerid", "gw0").removeprefix("gw")), int(told.get("workercount", 1))


def _tidy(folder: Path) -> None:
    """Leave nothing of the run, also where its workers were killed."""
    end_left_over(folder / _SERVER)
    shutil.rmtree(folder, ignore_errors=True)


def _tidy_killed(scratch: Path) -> None:
    """Remove what runs left that were killed: it may fill the memory."""
    for folder in scratch.glob(f"{_PREFIX}*-*"):
        process = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if process.isdecimal() and not psutil.pid_exists(int(process)):
            _tidy(folder)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run half as many workers again as there are cores: tests also wait for each other's ends."""
    del config
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, (cores or 1) * 3 // 2)


def _file_of(item: pytest.Item) -> str:
    return item.path.relative_to(_TESTS).as_posix()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Have worker processes end together."""
    _, workers = _place(config)
    if workers > 1:
        items[:] = dealt(items, workers, path_of=_file_of)


def pytest_collection_finish() -> None:
    """Spare the garbage collector the tests, the modules and what these hold: they stay."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 10, 10)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: "WorkerController") -> None:
    """Tell a worker process of the folder."""
    node.workerinput[_FOLDER_NAME] = str(node.config.stash[_FOLDER])


def _run(work: Coroutine[Any, Any, object]) -> None:
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
def run_folder(request: pytest.FixtureRequest) -> Path:
    """The folder of this run, the same in all its worker processes."""
    return request.config.stash[_FOLDER]


@pytest.fixture(scope="session")
def sqlite_template(run_folder: Path) -> Path:
    path = run_folder / "template.sqlite"
    once(run_folder, path.name, lambda: _run(migrate.upgrade(f"sqlite:///{path}")))
    return path


@pytest.fixture(scope="session")
def postgresql_server(run_folder: Path) -> Iterator[PostgresqlServer]:
    with shared_server(run_folder / _SERVER) as server:
        # No database lives long enough to be tidied.
        server.execute("ALTER SYSTEM SET autovacuum = off")
        server.execute("ALTER SYSTEM SET full_page_writes = off")
        server.execute("SELECT pg_reload_conf()")
        yield server


@pytest.fixture(scope="session")
def postgresql_template(run_folder: Path, postgresql_server: PostgresqlServer) -> str:
    def make() -> None:
        _run(migrate.upgrade(postgresql_server.create(_TEMPLATE)))

    once(run_folder, _TEMPLATE, make)
    return _TEMPLATE


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of this test's own."""
    path = tmp_path / "nextrung.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_server: PostgresqlServer, postgresql_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this test's own."""
    with postgresql_server.copy_of(postgresql_template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test's own, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def published_sqlite(run_folder: Path, sqlite_template: Path) -> Path:
    path = run_folder / "published.sqlite"

    def make() -> None:
        shutil.copyfile(sqlite_template, path)
        _publish(f"sqlite:///{path}")

    once(run_folder, path.name, make)
    return path


@pytest.fixture(scope="session")
def published_postgresql(
    run_folder: Path, postgresql_server: PostgresqlServer, postgresql_template: str
) -> str:
    def make() -> None:
        _publish(postgresql_server.create(_PUBLISHED, template=postgresql_template))

    once(run_folder, _PUBLISHED, make)
    return _PUBLISHED


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
    with postgresql_server.copy_of(published_postgresql) as url:
        yield url


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
    with server.copy_of("template1") as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The store on a migrated database of this test's own, once of each kind."""
    # A crowded machine is slow; tests of limits set their own.
    database = Database(database_url, statement_timeout_ms=60_000)
    yield database
    await database.dispose()


@pytest.fixture
def queries(database: Database) -> list[str]:
    """The SQL that `database` sends from now on, in order; clear it to count anew."""
    sent: list[str] = []

    def record(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    for engine in (database._reader, database._writer, database._bulk):
        event.listen(engine.sync_engine, "before_cursor_execute", record)
    return sent
