"""The same members, all due, for every round: a copy of the files each, so that none is worn."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

import psutil
import psycopg
from sqlalchemy import text

from bot.store.database import Database
from tests.benchmarks import servers
from tests.fakes.all_rows import all_rows
from tests.fakes.postgresql import PostgresqlServer

_ROWS = text("SELECT count(*), count(DISTINCT member_id) FROM nudge")


class Copies(Protocol):
    """So many members on one kind of database."""

    database: str
    members: int

    async def prepare(self) -> None:
        """Make the members, once."""

    @asynccontextmanager
    def fresh(self) -> AsyncIterator[str]:
        """Yield the URL of a copy in which nothing is planned yet."""
        ...

    def server_seconds(self) -> float:
        """Return the processor time that the database's own processes used so far."""
        ...


class PostgresqlCopies:
    """Copies on PostgreSQL."""

    database = "PostgreSQL"

    def __init__(self, server: PostgresqlServer, members: int) -> None:
        self.members = members
        self._server = server
        self._name = f"planning_{members}"

    async def prepare(self) -> None:
        url = self._server.create(self._name)
        await servers.child("planning.seed", url, str(self.members))
        with psycopg.connect(url, autocommit=True) as connection:
            # As autovacuum does some time after so many rows.
            connection.execute("VACUUM ANALYZE")

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[str]:
        name = f"{self._name}_copy"
        yield self._server.create(name, template=self._name)
        self._server.drop(name)

    def server_seconds(self) -> float:
        ((folder,),) = self._server.execute("SHOW data_directory")
        postmaster = psutil.Process(int((Path(folder) / "postmaster.pid").read_text().split()[0]))
        seconds = 0.0
        for process in postmaster.children():
            # One that ends just now is counted with its parent.
            with suppress(psutil.NoSuchProcess):
                used = process.cpu_times()
                seconds += used.user + used.system
        ended = postmaster.cpu_times()
        return seconds + float(ended.children_user + ended.children_system)


class SqliteCopies:
    """Copies on SQLite."""

    database = "SQLite"

    def __init__(self, folder: Path, members: int) -> None:
        self.members = members
        self._path = folder / "planning.sqlite"
        self._copy = folder / "planning-copy.sqlite"

    async def prepare(self) -> None:
        await servers.child("planning.seed", f"sqlite:///{self._path}", str(self.members))

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[str]:
        shutil.copyfile(self._path, self._copy)
        yield f"sqlite:///{self._copy}"
        self._copy.unlink()

    def server_seconds(self) -> float:
        return 0.0


async def nudges(url: str) -> tuple[int, int]:
    """Return how many rows the outbox has, and how many members have one."""
    database = Database(url)
    try:
        async with all_rows(database._bulk) as connection:
            rows, members = (await connection.execute(_ROWS)).one()
    finally:
        await database.dispose()
    return rows, members
