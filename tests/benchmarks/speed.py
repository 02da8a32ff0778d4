"""Requests per second and answer times: the product beside the floor, in turns."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import fmean, median

from bot.services.clock import SystemClock
from tests.benchmarks import servers
from tests.benchmarks.commands import COMMANDS, SKILL, Typed, cold, warm
from tests.benchmarks.floor import COMMAND as FLOOR
from tests.benchmarks.floor import Cards
from tests.benchmarks.load import Round, drive
from tests.benchmarks.plan import Plan
from tests.benchmarks.prepare import SEED
from tests.benchmarks.results import Cell, Process, Results, Speed, quantile
from tests.benchmarks.servers import Server
from tests.benchmarks.signed import request
from tests.benchmarks.vocabulary import Vocabulary

_SAMPLED = 100
_SAMPLE_CALLERS = 4


def signed_now(typed: list[Typed]) -> list[bytes]:
    """Sign requests; a signature holds for five minutes, longer than any cell takes."""
    at = int(SystemClock().now().timestamp())
    return [request(each, at=at) for each in typed]


@dataclass(frozen=True, slots=True)
class Load:
    """The commands of one row of the table: `counted` are measured, `sampled` come before.

    The sampled ones warm the product up, and their answers say how large the floor's card is.
    """

    command: str
    variant: str
    sampled: tuple[Typed, ...]
    counted: tuple[Typed, ...]

    @property
    def name(self) -> str:
        return f"{self.command} {self.variant}"

    def product_requests(self) -> Iterator[bytes]:
        """Return the requests to measure: for ever the same when warm, each once when cold."""
        signed = signed_now(list(self.counted))
        return cycle(signed) if self.variant == "warm" else iter(signed)

    def floor_requests(self) -> Iterator[bytes]:
        return cycle(
            signed_now([Typed(each.asker, FLOOR, self.name) for each in self.counted[:_SAMPLED]])
        )


def loads_of(vocabulary: Vocabulary, plan: Plan) -> list[Load]:
    """Return the warm and the cold load of both commands."""
    loads = []
    for command in COMMANDS:
        own = tuple(warm(command, vocabulary, seed=SEED))
        loads.append(Load(command, "warm", sampled=own, counted=own))
        fresh = tuple(cold(command, vocabulary, _SAMPLED + plan.cold_requests, seed=SEED))
        loads.append(Load(command, "cold", sampled=fresh[:_SAMPLED], counted=fresh[_SAMPLED:]))
    return loads


async def measure_size(
    plan: Plan,
    name: str,
    vocabulary: Vocabulary,
    *,
    url: str,
    slack_url: str,
    folder: Path,
    into: Results,
) -> None:
    """Measure every cell of one catalogue size."""
    loads = loads_of(vocabulary, plan)
    first = signed_now([Typed(vocabulary.askers[0], SKILL, "help")])[0]
    log = folder / "product.log"
    log.unlink(missing_ok=True)
    async with servers.product(
        database_url=url, slack_url=slack_url, first=first, log=log
    ) as product:
        rest_mb = product.resident_mb
        sizes, cards = await _sample(product, loads)
        cards_file = folder / "cards.json"
        cards_file.write_text(json.dumps(cards), encoding="utf-8")
        first = next(loads[0].floor_requests())
        async with servers.floor(
            cards_file=cards_file, first=first, log=folder / "floor.log"
        ) as floor:
            for load in loads:
                for callers in plan.callers if load.variant == "warm" else plan.cold_callers:
                    rounds = await _rounds(plan, load, callers, product=product, floor=floor)
                    into.cells.append(
                        _cell(name, load, callers, rounds, sizes[load.name], cards[load.name])
                    )
            into.processes.append(
                Process(
                    size=name,
                    expectations=vocabulary.expectations,
                    start_seconds=product.start_seconds,
                    rest_mb=rest_mb,
                    loaded_mb=product.resident_mb,
                    floor_start_seconds=floor.start_seconds,
                    floor_loaded_mb=floor.resident_mb,
                    faults=_faults(log),
                )
            )


def _faults(log: Path) -> int:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return sum('"event": "request' in line for line in lines)


async def _sample(product: Server, loads: list[Load]) -> tuple[dict[str, int], Cards]:
    """Return, by load, the mean size of the answers and the answer nearest to it."""
    sizes: dict[str, int] = {}
    cards: Cards = {}
    for load in loads:
        requests = iter(signed_now(list(load.sampled)))
        answered = await drive(
            product.port, requests, callers=_SAMPLE_CALLERS, seconds=60, keep=True
        )
        mean = round(fmean(len(body) for body in answered.bodies))
        sizes[load.name] = mean
        nearest = min(answered.bodies, key=lambda body: abs(len(body) - mean))
        cards[load.name] = json.loads(nearest)
    return sizes, cards


async def _rounds(
    plan: Plan, load: Load, callers: int, *, product: Server, floor: Server
) -> list[tuple[Round, Round]]:
    """Return (product, floor) rounds, taken in turns, so that drift of the machine cancels."""
    pairs = []
    requests, floor_requests = load.product_requests(), load.floor_requests()
    # Not counted: sockets, branch predictors and the allocator get used to this number of callers.
    for server, stream in (
        (product, iter(signed_now(list(load.sampled)))),
        (floor, floor_requests),
    ):
        await drive(server.port, stream, callers=callers, seconds=plan.warm_up_seconds)
    for number in range(plan.rounds):
        turns = [(product, requests), (floor, floor_requests)]
        if number % 2:
            turns.reverse()
        taken = {
            server.port: await drive(
                server.port, stream, callers=callers, seconds=plan.round_seconds
            )
            for server, stream in turns
        }
        pairs.append((taken[product.port], taken[floor.port]))
    return [pair for pair in pairs if all(each.seconds for each in pair)]


def _cell(
    size: str,
    load: Load,
    callers: int,
    rounds: list[tuple[Round, Round]],
    answer_bytes: int,
    card: dict[str, object],
) -> Cell:
    ratios = [ours.rate / theirs.rate for ours, theirs in rounds]
    return Cell(
        size=size,
        command=load.command,
        variant=load.variant,
        callers=callers,
        product=_speed([ours for ours, _ in rounds]),
        floor=_speed([theirs for _, theirs in rounds]),
        ratio=median(ratios),
        lowest=min(ratios),
        highest=max(ratios),
        answer_bytes=answer_bytes,
        floor_bytes=len(json.dumps({"text": card["text"], "blocks": card["blocks"]})),
    )


def _speed(rounds: list[Round]) -> Speed:
    seconds = [each for taken in rounds for each in taken.seconds]
    return Speed(
        rate=median(taken.rate for taken in rounds),
        p50_ms=quantile(seconds, 0.5) * 1e3,
        p99_ms=quantile(seconds, 0.99) * 1e3,
        answers=len(seconds),
    )
