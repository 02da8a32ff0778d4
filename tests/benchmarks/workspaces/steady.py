"""So many requests a second, whatever the answers take: what waits in front of a server counts."""

import asyncio
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter

from tests.benchmarks.load import UnexpectedAnswer
from tests.benchmarks.prepare import SEED
from tests.benchmarks.workspaces.web import LOADED

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_OK = b"HTTP/1.1 200"
_PATIENCE_SECONDS = 15.0
_CONNECTIONS = 24


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: seconds from when it was to be asked for, and whether it waited for a load."""

    seconds: float
    loaded: bool


async def steadily(
    port: int, requests: Iterator[bytes], *, per_second: float, seconds: float
) -> list[Answered]:
    """Send requests at random moments, on average so many a second; return all answers.

    Raises:
        UnexpectedAnswer: an answer was not a 200.
        OSError, TimeoutError: the server is not there or does not answer.
    """
    rng = random.Random(SEED)  # noqa: S311 - repeatable samples, nothing secret
    found: list[Answered] = []
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(_CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))

    async def ask(request: bytes, planned: float) -> None:
        reader, writer = await free.get()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        await reader.readexactly(int(length[1]) if length else 0)
        found.append(Answered(perf_counter() - planned, LOADED in head))
        free.put_nowait((reader, writer))
        if not head.startswith(_OK):
            raise UnexpectedAnswer(head[:300].decode(errors="replace"))

    began = planned = perf_counter()
    try:
        async with asyncio.timeout(seconds + _PATIENCE_SECONDS), asyncio.TaskGroup() as group:
            while (planned := planned + rng.expovariate(per_second)) < began + seconds:
                await asyncio.sleep(max(0.0, planned - perf_counter()))
                group.create_task(ask(next(requests), planned))
    finally:
        while not free.empty():
            _, writer = free.get_nowait()
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
    return found
