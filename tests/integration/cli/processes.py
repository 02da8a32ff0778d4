"""Real `nextrung` processes for tests: started, asked over HTTP or Socket Mode, stopped."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.sandbox.faults import Gate
from bot.sandbox.local_slack import LocalSlack

READY_SECONDS = 120.0  # a busy machine starts slowly; only a hang may end a test
STOP_SECONDS = 60.0


class Running:
    """A process that has said it is ready; `log` is what it wrote to standard error so far."""

    def __init__(self, process: Process, log: list[str], ready: dict[str, Any]) -> None:
        self.process = process
        self.log = log
        self.ready = ready

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    async def ended(self) -> int:
        """Wait for the end and return the exit code, with the rest of the log read."""
        assert self.process.stderr is not None
        async with asyncio.timeout(STOP_SECONDS):
            self.log += (await self.process.stderr.read()).decode().splitlines()
            return await self.process.wait()

    async def says(self, event: str, *, since: datetime) -> None:
        """Read the log on until this event of `since` or later."""
        assert self.process.stderr is not None
        async with asyncio.timeout(READY_SECONDS):
            async for line in self.process.stderr:
                text = line.decode().rstrip()
                self.log.append(text)
                record: Any = json.loads(text) if text.startswith("{") else {}
                if record.get("event") != event:
                    continue
                if datetime.fromisoformat(record["timestamp"]) >= since:
                    return
        raise AssertionError(f"it ended and never said {event}")

    @property
    def events(self) -> list[str]:
        """The names of the logged events, in order."""
        return [str(json.loads(line).get("event")) for line in self.log if line.startswith("{")]


def environment(slack: LocalSlack, database_url: str, home: Path) -> dict[str, str]:
    """Return settings for a bot beside `slack`, and nothing of this machine's own."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
        "NEXTRUNG_PORT": "0",
        "NEXTRUNG_DRAIN_SECONDS": "0",
    }


@asynccontextmanager
async def started(command: str, settings: dict[str, str], folder: Path) -> AsyncIterator[Running]:
    """Start `nextrung <command>` and yield once it is ready; kill what is left at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *command.split(),
        cwd=folder,
        env=settings,
        stdout=PIPE,
        stderr=PIPE,
    )
    log: list[str] = []
    try:
        async with asyncio.timeout(READY_SECONDS):
            ready = await until_ready(process, log)
        yield Running(process, log, ready)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def until_ready(process: Process, log: list[str]) -> dict[str, Any]:
    """Read the log until the process says that it is ready, and return what it says."""
    assert process.stderr is not None
    async for line in process.stderr:
        text = line.decode().rstrip()
        log.append(text)
        record: Any = json.loads(text) if text.startswith("{") else {}
        if record.get("event") == "ready":
            return dict(record)
    raise AssertionError("it ended before it was ready:\n" + "\n".join(log))


async def refused(host: str, port: int) -> None:
    """Return once nobody listens there any more."""
    async with asyncio.timeout(STOP_SECONDS):
        while True:
            try:
                _, writer = await asyncio.open_connection(host, port)
            except OSError:
                return
            writer.close()
            await writer.wait_closed()


async def arrived(gate: Gate) -> None:
    """Return once the bot's call stands at the gate."""
    async with asyncio.timeout(READY_SECONDS):
        await gate.arrived.wait()
