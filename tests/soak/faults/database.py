"""PostgreSQL that is away, frozen, slow, full, or takes no writes; a pooler that is restarted."""

import asyncio
import signal
from contextlib import suppress
from typing import Any

import psutil
import psycopg
from sqlalchemy.engine import make_url

from tests.fakes.postgresql import PostgresqlServer, Stop
from tests.soak.stand import Stand

# The server allows a hundred.
_MOST = 200
_READ_ONLY = "default_transaction_read_only"


async def stopped(stand: Stand, seconds: float) -> None:
    """Stop it in order, and start it again."""
    await _away(stand, seconds, "fast")


async def crashed(stand: Stand, seconds: float) -> None:
    """Let it break off everything, and start it again."""
    await _away(stand, seconds, "immediate")


async def _away(stand: Stand, seconds: float, how: Stop) -> None:
    server = _server(stand)
    await asyncio.to_thread(server.stop, how)
    try:
        await asyncio.sleep(seconds)
    finally:
        await asyncio.to_thread(server.start)


async def frozen(stand: Stand, seconds: float) -> None:
    """Stop its processes where they stand: connections stay open, and nothing is answered."""
    processes = _processes(_server(stand))
    for each in processes:
        each.send_signal(signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        for each in processes:
            with suppress(psutil.NoSuchProcess):
                each.send_signal(signal.SIGCONT)


async def read_only(stand: Stand, seconds: float) -> None:
    """Let it take no writes, as a server that is about to be replaced."""
    server = _server(stand)
    server.execute(f"ALTER SYSTEM SET {_READ_ONLY} = on")
    server.execute("SELECT pg_reload_conf()")
    try:
        await asyncio.sleep(seconds)
    finally:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(f"SET {_READ_ONLY} = off")
            connection.execute(f"ALTER SYSTEM RESET {_READ_ONLY}")
            connection.execute("SELECT pg_reload_conf()")


async def slow(stand: Stand, seconds: float) -> None:
    """Let each round trip take 200 ms longer."""
    assert stand.way is not None
    stand.way.delay = 0.2
    try:
        await asyncio.sleep(seconds)
    finally:
        stand.way.delay = 0.0


async def locked(stand: Stand, seconds: float) -> None:
    """Hold a table that everything needs, so that each process's pool fills with who waits."""
    address = _server(stand).url(make_url(stand.url).database or "")
    # In a thread: who has the table meanwhile ends by way of this process.
    holder = await asyncio.to_thread(_holding, address)
    try:
        await asyncio.sleep(seconds)
    finally:
        holder.close()


def _holding(address: str) -> psycopg.Connection[Any]:
    connection = psycopg.connect(address)
    connection.execute("LOCK TABLE member IN ACCESS EXCLUSIVE MODE")
    return connection


async def crowded(stand: Stand, seconds: float) -> None:
    """Let others take every connection that the server has, and cut ours."""
    server = _server(stand)
    others = await asyncio.to_thread(_take_all, server)
    try:
        await asyncio.to_thread(server.disconnect, server.url(make_url(stand.url).database or ""))
        others += await asyncio.to_thread(_take_all, server)
        await asyncio.sleep(seconds)
    finally:
        for each in others:
            each.close()


def _take_all(server: PostgresqlServer) -> list[psycopg.Connection[Any]]:
    taken: list[psycopg.Connection[Any]] = []
    with suppress(psycopg.OperationalError):
        while len(taken) < _MOST:
            another = psycopg.connect(server.url_of_bot("postgres"), connect_timeout=3)
            taken.append(another)
    return taken


async def unpooled(stand: Stand, seconds: float) -> None:
    """Freeze PgBouncer for half of the time, with all that wait in it."""
    assert stand.pooler is not None
    stand.pooler.send(signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds / 2)
    finally:
        stand.pooler.send(signal.SIGCONT)
    await asyncio.sleep(seconds / 2)


def _server(stand: Stand) -> PostgresqlServer:
    assert stand.server is not None
    return stand.server


def _processes(server: PostgresqlServer) -> list[psutil.Process]:
    """Return the server's processes, the one that starts others first."""
    first, *_ = (server.folder / "postmaster.pid").read_text(encoding="utf-8").split()
    parent = psutil.Process(int(first))
    return [parent, *parent.children(recursive=True)]
