"""Counts round trips as they pass: PostgreSQL's on the wire, SQLite's statements as they run."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url

from bot.store.database import Database

_READY = b"Z\x00\x00\x00\x05"  # "ready for query": how the server ends each of its answers
_CHUNK = 1 << 16


class Wire:
    """`trips` grows with each request that waits for an answer; `log` says what was asked."""

    def __init__(self) -> None:
        self.trips = 0
        self.log: list[str] = []

    def note(self, asked: str) -> None:
        self.trips += 1
        self.log.append(asked)


@asynccontextmanager
async def metered(url: str) -> AsyncIterator[tuple[str, Wire]]:
    """Yield a URL of the same database whose PostgreSQL traffic is counted."""
    wire = Wire()
    if not url.startswith("postgres"):
        yield url, wire
        return
    parsed = make_url(url)
    folder = parsed.query.get("host")

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if isinstance(folder, str):
            port = parsed.port or 5432
            there = await asyncio.open_unix_connection(Path(folder) / f".s.PGSQL.{port}")
        else:
            there = await asyncio.open_connection(parsed.host, parsed.port or 5432)
        await _between((reader, writer), there, wire)

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    near = parsed.set(host=host, port=port).difference_update_query(["host"])
    async with server:
        yield near.render_as_string(hide_password=False), wire
        server.close()


Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _between(client: Ends, server: Ends, wire: Wire) -> None:
    """Pass bytes both ways until either end closes; connecting itself is not counted."""
    connected = answered = False

    async def ask() -> None:
        nonlocal answered
        while chunk := await client[0].read(_CHUNK):
            if connected and answered:
                wire.note(chunk.decode("latin-1"))
                answered = False
            server[1].write(chunk)
            await server[1].drain()
        server[1].close()

    async def answer() -> None:
        nonlocal connected, answered
        while chunk := await server[0].read(_CHUNK):
            connected = connected or _READY in chunk
            answered = True
            client[1].write(chunk)
            await client[1].drain()
        client[1].close()

    try:
        await asyncio.gather(ask(), answer())
    except (ConnectionError, asyncio.CancelledError):
        server[1].close()
        client[1].close()


async def count_statements(database: Database, wire: Wire) -> None:
    """Count what SQLite runs from now on: BEGIN and COMMIT too, but not what opens a connection.

    Call it while nothing else uses the database.
    """
    if database.dialect != "sqlite":
        return

    def trace(statement: str) -> None:
        # What a foreign key sets off is remarked upon as a comment, or by naming what set it off
        # once more; a DELETE that is really sent twice in a row does nothing the second time.
        again = statement.startswith("DELETE") and statement == next(iter(wire.log[-1:]), "")
        if not (again or statement.startswith("--")):
            wire.note(statement)

    def connected(connection: Any, _record: Any) -> None:
        connection.run_async(lambda driver: driver.set_trace_callback(trace))

    for engine in (database._reader, database._writer, database._bulk):
        event.listen(engine.sync_engine, "connect", connected)
        await engine.dispose()  # nobody listens to the connections that are open already
