"""Requests per second and answer times: the product beside the floor, in turns."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import fmean, median
from typing import Any

from bot.services.clock import SystemClock
from tests.benchmarks import servers
from tests.benchmarks.commands import COMMANDS, GAP, SKILL, Typed, again, anew, cold, other, warm
from tests.benchmarks.floor import COMMAND as FLOOR
from tests.benchmarks.load import Round, drive
from tests.benchmarks.plan import Plan
from tests.benchmarks.prepare import SEED
from tests.benchmarks.results import Cell, Process, Results, Speed, quantile
from tests.benchmarks.servers import Server
from tests.benchmarks.signed import request
from tests.benchmarks.vocabulary import Vocabulary

WARM = "warm"
HELD_AGAIN = "held, again"
HELD_ANEW = "held, anew"
HELD_OTHER = "held, other"
AGAIN = (WARM, HELD_AGAIN)
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
        return cycle(signed) if self.variant in AGAIN else iter(signed)

    def floor_requests(self) -> Iterator[bytes]:
        return cycle(
            signed_now([Typed(each.asker, FLOOR, self.name) for each in self.counted[:_SAMPLED]])
        )


@dataclass(frozen=True, slots=True)
class Sample:
    """How large the product's answers to a load are, and a card of just that size."""

    mean_bytes: int
    card: dict[str, Any]


def loads_of(vocabulary: Vocabulary, plan: Plan) -> list[Load]:
    """Return the warm and the cold load of both commands."""
    loads = []
    for command in COMMANDS:
        own = tuple(warm(command, vocabulary, seed=SEED))
        loads.append(Load(command, WARM, sampled=own, counted=own))
        fresh = tuple(cold(command, vocabulary, _SAMPLED + plan.cold_requests, seed=SEED))
        loads.append(Load(command, "cold", sampled=fresh[:_SAMPLED], counted=fresh[_SAMPLED:]))
    return loads


def held_loads(vocabulary: Vocabulary, plan: Plan) -> list[Load]:
    """Return the loads of members who hold much: the same, in new words, and another each time."""
    own = tuple(again(vocabulary))
    fresh = {
        HELD_ANEW: tuple(anew(vocabulary, _SAMPLED + plan.cold_requests, seed=SEED)),
        HELD_OTHER: tuple(other(vocabulary, _SAMPLED + plan.cold_requests, seed=SEED)),
    }
    return [
        Load(GAP, HELD_AGAIN, sampled=own, counted=own),
        *(
            Load(GAP, name, sampled=typed[:_SAMPLED], counted=typed[_SAMPLED:])
            for name, typed in fresh.items()
        ),
    ]


async def measure_size(
    plan: Plan,
    name: str,
    vocabulary: Vocabulary,
    loads: list[Load],
    *,
    url: str,
    slack_url: str,
    folder: Path,
    into: Results,
) -> None:
    """Measure every cell of one catalogue size."""
    first = signed_now([Typed(vocabulary.askers[0], SKILL, "help")])[0]
    log = folder / "product.log"
    log.unlink(missing_ok=True)
    async with servers.product(
        database_url=url, slack_url=slack_url, first=first, log=log
    ) as product:
        rest_mb = product.resident_mb
        samples = await _sample(product, loads)
        async with _floor(loads, samples, folder) as floor:
            for load in loads:
                into.cells += await _cells(plan, name, load, samples[load.name], product, floor)
            process = Process(
                size=name,
                expectations=vocabulary.expectations,
                start_seconds=product.start_seconds,
                rest_mb=rest_mb,
                loaded_mb=product.resident_mb,
                floor_start_seconds=floor.start_seconds,
                floor_loaded_mb=floor.resident_mb,
                faults=_faults(log),
            )
            into.processes.append(process)


@asynccontextmanager
async def _floor(
    loads: list[Load], samples: Mapping[str, Sample], folder: Path
) -> AsyncIterator[Server]:
    cards_file = folder / "cards.json"
    cards = {name: sample.card for name, sample in samples.items()}
    cards_file.write_text(json.dumps(cards), encoding="utf-8")
    first = next(loads[0].floor_requests())
    async with servers.floor(
        cards_file=cards_file, first=first, log=folder / "floor.log"
    ) as server:
        yield server


async def _cells(
    plan: Plan, size: str, load: Load, sample: Sample, product: Server, floor: Server
) -> list[Cell]:
    numbers = plan.callers if load.variant == WARM else plan.cold_callers
    return [
        _cell(size, load, callers, await _rounds(plan, load, callers, product, floor), sample)
        for callers in numbers
    ]


def _faults(log: Path) -> int:
    """Count what the product logs about requests: it logs none that went well."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return sum('"event": "request' in line for line in lines)


async def _sample(product: Server, loads: list[Load]) -> dict[str, Sample]:
    """Return, by load, how large the product's answers are, and one of just that size."""
    samples = {}
    for load in loads:
        requests = iter(signed_now(list(load.sampled)))
        answered = await drive(
            product.port, requests, callers=_SAMPLE_CALLERS, seconds=60, keep=True
        )
        mean = round(fmean(len(body) for body in answered.bodies))
        cards = [json.loads(body) for body in answered.bodies]
        samples[load.name] = Sample(mean, card_of_size(cards, mean))
    return samples


def card_of_size(cards: list[dict[str, Any]], size: int) -> dict[str, Any]:
    """Return the card nearest to a size: one of these, or the shortest longer one, cut short.

    Where some answers are long and others a line, none of them is as long as the mean.
    """
    longer = [card for card in cards if _sent(card) > size]
    if longer:
        card = min(longer, key=_sent)
        cards = cards + [
            {"text": card["text"], "blocks": card["blocks"][:kept]}
            for kept in range(1, len(card["blocks"]))
        ]
    return min(cards, key=lambda card: abs(_sent(card) - size))


def _sent(card: dict[str, Any]) -> int:
    """Count the bytes of a card as the floor sends it: Bolt escapes all but ASCII."""
    return len(json.dumps({"text": card["text"], "blocks": card["blocks"]}))


async def _rounds(
    plan: Plan, load: Load, callers: int, product: Server, floor: Server
) -> list[tuple[Round, Round]]:
    """Return (product, floor) rounds, taken in turns, so that drift of the machine cancels."""
    ours, theirs = load.product_requests(), load.floor_requests()
    # Not counted: both get used to this number of callers.
    before = iter(signed_now(list(load.sampled)))
    await drive(product.port, before, callers=callers, seconds=plan.warm_up_seconds)
    await drive(floor.port, theirs, callers=callers, seconds=plan.warm_up_seconds)
    pairs = []
    for number in range(plan.rounds):
        if number % 2:
            answered = await _round(plan, product, ours, callers)
            beside = await _round(plan, floor, theirs, callers)
        else:
            beside = await _round(plan, floor, theirs, callers)
            answered = await _round(plan, product, ours, callers)
        if answered.seconds:  # cold commands may be used up on a fast machine
            pairs.append((answered, beside))
    return pairs


async def _round(plan: Plan, server: Server, requests: Iterator[bytes], callers: int) -> Round:
    before = server.cpu_seconds
    taken = await drive(server.port, requests, callers=callers, seconds=plan.round_seconds)
    taken.cpu_seconds = server.cpu_seconds - before
    return taken


def _cell(
    size: str, load: Load, callers: int, rounds: list[tuple[Round, Round]], sample: Sample
) -> Cell:
    ratios = [ours.rate / theirs.rate for ours, theirs in rounds]
    product, floor = (_speed(list(each)) for each in zip(*rounds, strict=True))
    return Cell(
        size=size,
        command=load.command,
        variant=load.variant,
        callers=callers,
        product=product,
        floor=floor,
        ratio=median(ratios),
        lowest=min(ratios),
        highest=max(ratios),
        cpu_ratio=floor.cpu_ms / product.cpu_ms if product.cpu_ms else 0.0,
        answer_bytes=sample.mean_bytes,
        floor_bytes=_sent(sample.card),
    )


def _speed(rounds: list[Round]) -> Speed:
    seconds = [each for taken in rounds for each in taken.seconds]
    return Speed(
        rate=median(taken.rate for taken in rounds),
        cpu_ms=sum(taken.cpu_seconds for taken in rounds) / len(seconds) * 1e3,
        p50_ms=quantile(seconds, 0.5) * 1e3,
        p99_ms=quantile(seconds, 0.99) * 1e3,
        answers=len(seconds),
    )
