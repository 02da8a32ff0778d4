"""Processes that start together: each says that it is ready, waits for the word, and reports."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from time import perf_counter, process_time

from bot.store.database import Database
from tests.benchmarks.planning.results import Work
from tests.benchmarks.servers import REPOSITORY, ServerFailed, environment


@dataclass(frozen=True, slots=True)
class Done:
    """What a process planned, and how many of its turns the store ended."""

    moved: int
    failed_turns: int = 0


_READY = b"ready\n"
_PATIENCE_SECONDS = 600


async def relay(url: str, plan_all: Callable[[Database], Awaitable[Done]]) -> None:
    """Be one of the processes: print what this one did as JSON."""
    database = Database(url)
    try:
        # Connected, and everything imported, as a worker is that runs.
        await database.nudge_desk.next_moment()
        sys.stdout.buffer.write(_READY)
        sys.stdout.flush()
        sys.stdin.readline()
        began, cpu = perf_counter(), process_time()
        done = await plan_all(database)
        work = Work(done.moved, done.failed_turns, began, perf_counter(), process_time() - cpu)
        print(json.dumps(asdict(work)))
    finally:
        await database.dispose()


async def together(module: str, url: str, count: int) -> list[Work]:
    """Start so many processes, let them begin at the same moment, and return what each did.

    Raises:
        ServerFailed: one failed; the message is the end of its standard error.
    """
    processes = [await _start(module, url) for _ in range(count)]
    try:
        for process in processes:
            assert process.stdout is not None
            if await process.stdout.readline() != _READY:
                raise ServerFailed(await _complaint(process))
        async with asyncio.timeout(_PATIENCE_SECONDS):
            ended = await asyncio.gather(*(each.communicate(b"\n") for each in processes))
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
    for process, (_, complaints) in zip(processes, ended, strict=True):
        if process.returncode:
            raise ServerFailed(complaints.decode(errors="replace")[-2000:])
    return [Work(**json.loads(printed)) for printed, _ in ended]


async def _start(module: str, url: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"tests.benchmarks.planning.{module}",
        url,
        env=environment({}),
        cwd=REPOSITORY,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    )


async def _complaint(process: Process) -> str:
    _, complaints = await process.communicate()
    return complaints.decode(errors="replace")[-2000:]
