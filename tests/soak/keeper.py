"""Keeps a real `nextrung` process running, as an orchestrator does: what ends is started anew."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from pathlib import Path
from typing import Any

from tests.fakes.left_over import ended_with_us

STARTS_WITHIN = 120.0
STOPS_WITHIN = 20.0
_AGAIN_SECONDS = 0.3


class Keeper:
    """One process. `base` is where it answers over HTTP; None while it does not run."""

    def __init__(self, name: str, command: str, settings: dict[str, str], folder: Path) -> None:
        self.name = name
        self.command = command
        self.base: str | None = None
        self.starts = 0
        self._settings = settings
        self._folder = folder
        self._process: Process | None = None
        self._watching: asyncio.Task[None] | None = None
        self._wanted = True

    async def start(self) -> None:
        """Start it, and return once it says that it is ready."""
        self._watching = asyncio.create_task(self._keep())
        async with asyncio.timeout(STARTS_WITHIN):
            while self.base is None:
                await asyncio.sleep(0.05)
                if self._watching.done():
                    self._watching.result()

    def kill(self) -> None:
        """End it at once, as a machine that goes away."""
        self._send(signal.SIGKILL)

    def freeze(self) -> None:
        """Stop it where it stands, as a machine that is paused."""
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._send(signal.SIGCONT)

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    async def stop(self) -> int | None:
        """Let it end for good; returns its exit code, None where it had to be killed."""
        self._wanted = False
        self.terminate()
        if self._process is None:
            return None
        try:
            async with asyncio.timeout(STOPS_WITHIN):
                return await self._process.wait()
        except TimeoutError:
            self.kill()
            await self._process.wait()
            return None
        finally:
            if self._watching is not None:
                self._watching.cancel()
                await asyncio.wait({self._watching})

    @property
    def events(self) -> Counter[str]:
        """How often it has logged what, in all its lives."""
        return Counter(str(record["event"]) for record in self.records())

    def records(self) -> list[dict[str, Any]]:
        """Return what it has logged."""
        lines = self._text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    @property
    def tracebacks(self) -> int:
        """How many tracebacks it has written."""
        return self._text().count("Traceback (most recent call last)")

    def _text(self) -> str:
        logs = sorted(self._folder.glob(f"{self.name}-*.log"))
        return "\n".join(log.read_text(encoding="utf-8", errors="replace") for log in logs)

    def _send(self, what: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(what)

    async def _keep(self) -> None:
        while self._wanted:
            self.starts += 1
            log = self._folder / f"{self.name}-{self.starts:03d}.log"
            with log.open("wb") as target:
                self._process = await asyncio.create_subprocess_exec(
                    *ended_with_us(sys.executable, "-m", "bot", *self.command.split()),
                    cwd=self._folder,
                    env=self._settings,
                    stdout=DEVNULL,
                    stderr=target,
                )
            try:
                ending = asyncio.create_task(self._process.wait())
                while not ending.done() and self.base is None:
                    await asyncio.wait({ending}, timeout=0.05)
                    self.base = _address(log)
                await ending
            finally:
                self.base = None
                if self._process.returncode is None:
                    self._process.kill()
                    await self._process.wait()
            await asyncio.sleep(_AGAIN_SECONDS)


def _address(log: Path) -> str | None:
    """Return where a process answers, once it has said that it is ready."""
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("{") and '"ready"' in line:
            record = json.loads(line)
            if record.get("event") == "ready":
                address = str(record.get("address") or record.get("metrics"))
                return "/".join(address.split("/", 3)[:3])
    return None
