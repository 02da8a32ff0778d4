"""Servers as processes of their own: the product as `nextrung web`, and the floor."""

import asyncio
import os
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

import psutil
from aiohttp import web

from tests.benchmarks.load import drive
from tests.benchmarks.signed import SIGNING_SECRET
from tests.benchmarks.vocabulary import TEAM

REPOSITORY = Path(__file__).parents[2]
_START_SECONDS = 60.0
_STOP_SECONDS = 10.0
_POLL_SECONDS = 0.005
# What would let a developer's own settings leak into the measured process.
_UNLIMITED = {
    "NEXTRUNG_MEMBER_PER_MINUTE": "0",
    "NEXTRUNG_WORKSPACE_PER_MINUTE": "0",
    "NEXTRUNG_DRAIN_SECONDS": "0",
}
_OWN_SETTINGS = ("SLACK_", "NEXTRUNG_", "DATABASE_")


class ServerFailed(Exception):
    """A server did not start; the message is the end of what it logged."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `start_seconds` is from process start to its first answer."""

    port: int
    start_seconds: float
    process: psutil.Process

    @property
    def resident_mb(self) -> float:
        """Resident memory now, in MB (10^6 bytes)."""
        return float(self.process.memory_info().rss) / 1e6

    @property
    def cpu_seconds(self) -> float:
        """Processor time used so far, counted by the system in hundredths of a second."""
        used = self.process.cpu_times()
        return float(used.user + used.system)


@asynccontextmanager
async def slack_web_api() -> AsyncIterator[str]:
    """Answer `auth.test`, the one call of a product that starts; yields the base address."""

    async def auth_test(_request: web.Request) -> web.Response:
        return web.json_response(
            {"ok": True, "team_id": TEAM, "user_id": "U0BENCHMARKBOT", "bot_id": "B0BENCHMARK"}
        )

    app = web.Application()
    app.router.add_post("/api/auth.test", auth_test)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}/api/"
    finally:
        await runner.cleanup()


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def product_settings(*, database_url: str, slack_url: str) -> dict[str, str]:
    """Return the environment of a product process."""
    return {
        "SLACK_BOT_TOKEN": "xoxb-benchmark",
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": slack_url,
        "DATABASE_URL": database_url,
    }


@asynccontextmanager
async def product(
    *,
    database_url: str,
    slack_url: str,
    first: bytes,
    log: Path,
    more: Mapping[str, str] = MappingProxyType({}),
) -> AsyncIterator[Server]:
    """Run `nextrung web`; `first` is the request whose answer ends the start.

    `more` are further settings.
    """
    port = free_port()
    settings = product_settings(database_url=database_url, slack_url=slack_url)
    settings |= {"NEXTRUNG_PORT": str(port), **more}
    # In a folder without a .env file.
    command = [sys.executable, "-m", "bot", "web"]
    async with running(command, port, settings, first, log=log, folder=log.parent) as server:
        yield server


@asynccontextmanager
async def floor(*, cards_file: Path, first: bytes, log: Path) -> AsyncIterator[Server]:
    """Run the floor with these cards."""
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.floor", str(port), str(cards_file)]
    async with running(command, port, {}, first, log=log) as server:
        yield server


@asynccontextmanager
async def running(
    command: list[str],
    port: int,
    settings: Mapping[str, str],
    first: bytes,
    *,
    log: Path,
    folder: Path = REPOSITORY,
    trusted: ssl.SSLContext | None = None,
) -> AsyncIterator[Server]:
    """Run a server; `first` is the request whose answer ends the start.

    `trusted` is what its certificate is checked with, where it has one.

    Raises:
        ServerFailed: it did not start.
    """
    with log.open("ab") as output:
        began = perf_counter()
        process = subprocess.Popen(  # noqa: ASYNC220 - starting is part of what is timed
            command, env=environment(settings), cwd=folder, stdout=output, stderr=output
        )
    try:
        await _first_answer(process, port, first, log, trusted)
        yield Server(port, perf_counter() - began, psutil.Process(process.pid))
    finally:
        await asyncio.to_thread(stop, process)


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with exactly these settings of Nextrung's.

    One who asks a thousand times a second is answered.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OWN_SETTINGS)}
    return kept | _UNLIMITED | dict(settings)


async def _first_answer(
    process: "subprocess.Popen[bytes]",
    port: int,
    first: bytes,
    log: Path,
    trusted: ssl.SSLContext | None,
) -> None:
    deadline = perf_counter() + _START_SECONDS
    while True:
        try:
            await drive(port, iter([first]), callers=1, seconds=_START_SECONDS, trusted=trusted)
        except ConnectionError:
            if process.poll() is not None or perf_counter() > deadline:
                raise ServerFailed(end_of(log)) from None
            await asyncio.sleep(_POLL_SECONDS)
        else:
            return


def end_of(log: Path) -> str:
    """Return the last words of a log."""
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Let a process end in order, or kill it when it takes too long."""
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


async def child(module: str, *arguments: str, settings: Mapping[str, str] | None = None) -> str:
    """Run a module of this package as a process of its own and return what it printed.

    Raises:
        ServerFailed: it failed; the message is the end of its standard error.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"tests.benchmarks.{module}",
        *arguments,
        env=environment(settings or {}),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    printed, complaints = await process.communicate()
    if process.returncode:
        raise ServerFailed(complaints.decode(errors="replace")[-2000:])
    return printed.decode()
