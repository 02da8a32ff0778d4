"""What our own code takes: dispatch in process, without HTTP, beside the floor's dispatch.

A process of its own: `python -m tests.benchmarks.own_time VOCABULARY_FILE COUNT [--profile]`, with
the product's settings in the environment. Prints JSON; with `--profile` a profile of each row.
"""

import asyncio
import cProfile
import json
import pstats
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.bootstrap import Nextrung, bootstrap
from bot.config import Settings
from bot.log import configure_logging
from bot.services.clock import SystemClock
from tests.benchmarks.commands import COMMANDS, Typed, cold, warm
from tests.benchmarks.floor import COMMAND as FLOOR
from tests.benchmarks.floor import build_floor
from tests.benchmarks.prepare import SEED
from tests.benchmarks.results import quantile
from tests.benchmarks.signed import form, headers
from tests.benchmarks.vocabulary import Vocabulary, read_vocabulary

_PROFILED_LINES = 40
_WARM_UP = 100
Request = tuple[str, dict[str, str]]


@dataclass(slots=True)
class Times:
    """Seconds of each dispatch: on the clock, and of the processor."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def _signed(typed: list[Typed]) -> list[Request]:
    at = int(SystemClock().now().timestamp())
    bodies = (form(each) for each in typed)
    return [(body, headers(body, at=at)) for body in bodies]


async def _dispatch(app: AsyncApp, request: Request, times: Times | None = None) -> str:
    body, head = request
    wall, cpu = time.perf_counter(), time.thread_time()
    answer = await app.async_dispatch(AsyncBoltRequest(body=body, headers={**head}))
    if times is not None:
        times.cpu.append(time.thread_time() - cpu)
        times.wall.append(time.perf_counter() - wall)
    if answer.status != 200:
        raise RuntimeError(f"status {answer.status}")
    text: str = answer.body
    return text


def _loads(vocabulary: Vocabulary, command: str, count: int) -> dict[str, list[Typed]]:
    own = warm(command, vocabulary, seed=SEED)
    turns = -(-(count + len(own)) // len(own))
    return {
        "warm": (own * turns)[: count + len(own)],
        "cold": cold(command, vocabulary, count + _WARM_UP, seed=SEED),
    }


async def _measure(
    nextrung: Nextrung, command: str, variant: str, typed: list[Typed], count: int
) -> dict[str, Any]:
    requests = _signed(typed)
    before, counted = requests[:-count], requests[-count:]
    for request in before:
        answer = await _dispatch(nextrung.app, request)
    card = json.loads(answer)
    floor = build_floor({variant: card})
    floor_requests = _signed([Typed(each.asker, FLOOR, variant) for each in typed[-count:]])
    ours, theirs = Times(), Times()
    for request, floor_request in zip(counted, floor_requests, strict=True):
        await _dispatch(floor, floor_request, theirs)
        await _dispatch(nextrung.app, request, ours)
    wall = [each - median(theirs.wall) for each in ours.wall]
    cpu = [each - median(theirs.cpu) for each in ours.cpu]
    slowest = max(range(count), key=lambda number: cpu[number])
    return {
        "command": command,
        "variant": variant,
        "wall_p50_ms": quantile(wall, 0.5) * 1e3,
        "wall_p99_ms": quantile(wall, 0.99) * 1e3,
        "cpu_p50_ms": quantile(cpu, 0.5) * 1e3,
        "cpu_p99_ms": quantile(cpu, 0.99) * 1e3,
        "slowest_ms": cpu[slowest] * 1e3,
        "slowest_text": f"{command} {typed[-count:][slowest].text}",
    }


async def _profile(
    nextrung: Nextrung, command: str, variant: str, typed: list[Typed], count: int
) -> None:
    requests = _signed(typed)
    for request in requests[:-count]:
        await _dispatch(nextrung.app, request)
    profile = cProfile.Profile()
    profile.enable()
    for request in requests[-count:]:
        await _dispatch(nextrung.app, request)
    profile.disable()
    print(f"==== {command} {variant}, {count} requests")
    for order in ("cumulative", "tottime"):
        pstats.Stats(profile).sort_stats(order).print_stats(_PROFILED_LINES)


async def run(vocabulary: Vocabulary, count: int, *, profile: bool) -> list[dict[str, Any]]:
    """Measure or profile each command warm and cold, at the catalogue of the settings."""
    settings = Settings()
    configure_logging("ERROR", "json")
    nextrung = bootstrap(settings)
    found = []
    try:
        await nextrung.start()
        # Its ticks would fall into single dispatches; they are not what a dispatch costs.
        await nextrung.clockwork.stop()
        for command in COMMANDS:
            for variant, typed in _loads(vocabulary, command, count).items():
                if profile:
                    await _profile(nextrung, command, variant, typed, count)
                else:
                    found.append(await _measure(nextrung, command, variant, typed, count))
    finally:
        await nextrung.stop()
    return found


def main(arguments: list[str]) -> None:
    """Print the measurements as JSON, or the profiles as text."""
    vocabulary_file, count, *options = arguments
    work = run(read_vocabulary(Path(vocabulary_file)), int(count), profile="--profile" in options)
    found = asyncio.run(work)
    if found:
        print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
