"""What is no part of the bot, in processes of its own, so that this one's memory is the bot's."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.slack.press import Kind
from tests.fuzz.templates import Template

_ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def lean_slack_apart() -> AsyncIterator[str]:
    """Let a lean Slack serve on loopback while the block runs; yields its address.

    It ends with its input, so also where this process is killed.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fuzz.lean_slack"),
        stdin=PIPE,
        stdout=PIPE,
        cwd=_ROOT,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        address = (await process.stdout.readline()).decode().strip()
        assert address, "the lean Slack did not start"
        yield address
    finally:
        process.stdin.close()
        await process.wait()


async def recorded_apart(folder: Path) -> list[Template]:
    """Return what `record` does, recorded by another process with a local Slack."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fuzz.templates", str(folder)), stdout=DEVNULL, cwd=_ROOT
    )
    assert await process.wait() == 0, "nothing was recorded"
    kept = json.loads((folder / "templates.json").read_text(encoding="utf-8"))
    return [Template(name, Kind[kind], text) for name, kind, text in kept]
