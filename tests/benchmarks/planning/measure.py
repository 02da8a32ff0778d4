"""Planning, step by step: members on PostgreSQL and SQLite, and the other designs."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks import servers
from tests.benchmarks.planning.copies import Copies, PostgresqlCopies, SqliteCopies, nudges
from tests.benchmarks.planning.plan import PlanningPlan
from tests.benchmarks.planning.relay import together
from tests.benchmarks.planning.results import Planned, Planning, Rival
from tests.fakes.postgresql import running_server


@dataclass(frozen=True, slots=True)
class _Round:
    """What was done in one round, by the floor or by workers; see `Planned`."""

    rate: float
    cpu_us: float
    doubled: int
    missing: int
    failed_turns: int


async def measure(plan: PlanningPlan, folder: Path, tell: Callable[[str], None]) -> Planning:
    """Measure everything that the plan asks for; `tell` hears what is being done.

    Raises:
        ServerFailed: a process of the run failed; the message is the end of what it said.
    """
    planning = Planning()
    most, _ = plan.sizes[-1]
    with running_server() as server:
        # A quarter of 4 GB, as PostgreSQL's manual advises; the default is for tiny machines.
        server.execute("ALTER SYSTEM SET shared_buffers = '1GB'")
        server.stop()
        server.start()
        for members, rounds in plan.sizes:
            workers = plan.workers if members == most else (1,)
            tell(f"planning: {members:,} members on PostgreSQL")
            planning.planned += await _compare(PostgresqlCopies(server, members), workers, rounds)
        for design, jobs in plan.rivals:
            tell(f"planning: {jobs:,} jobs of {design}")
            url = server.create(f"{design}_{jobs}")
            printed = await servers.child("planning.rivals", design, url, str(jobs))
            planning.rivals.append(Rival(**json.loads(printed)))
    members, rounds = plan.sqlite
    tell(f"planning: {members:,} members on SQLite")
    planning.planned += await _compare(SqliteCopies(folder, members), (1,), rounds)
    return planning


async def _compare(copies: Copies, workers: tuple[int, ...], rounds: int) -> list[Planned]:
    """Let the floor and each number of workers take turns, changing who comes first."""
    await copies.prepare()
    floors: list[_Round] = []
    found: dict[int, list[_Round]] = defaultdict(list)
    for number in range(rounds):
        if number % 2 == 0:
            floors.append(await _round(copies, "floor", 1))
        for count in workers if number % 2 == 0 else reversed(workers):
            found[count].append(await _round(copies, "worker", count))
        if number % 2:
            floors.append(await _round(copies, "floor", 1))
    return [_planned(copies, count, found[count], floors) for count in workers]


async def _round(copies: Copies, module: str, count: int) -> _Round:
    async with copies.fresh() as url:
        before = copies.server_seconds()
        works = await together(module, url, count)
        database = copies.server_seconds() - before
        rows, members = await nudges(url)
    moved = sum(each.moved for each in works)
    seconds = max(each.ended for each in works) - min(each.began for each in works)
    return _Round(
        rate=copies.members / seconds,
        cpu_us=(database + sum(each.cpu_seconds for each in works)) / copies.members * 1e6,
        doubled=max(rows, moved) - members,
        missing=copies.members - members,
        failed_turns=sum(each.failed_turns for each in works),
    )


def _planned(copies: Copies, count: int, rounds: list[_Round], floors: list[_Round]) -> Planned:
    return Planned(
        database=copies.database,
        members=copies.members,
        workers=count,
        rounds=len(rounds),
        rate=median(each.rate for each in rounds),
        floor=median(each.rate for each in floors),
        ratio=median(each.rate / floor.rate for each, floor in zip(rounds, floors, strict=True)),
        cpu_us=median(each.cpu_us for each in rounds),
        floor_cpu_us=median(each.cpu_us for each in floors),
        doubled=sum(each.doubled for each in rounds),
        missing=sum(each.missing for each in rounds),
        failed_turns=sum(each.failed_turns for each in rounds),
    )
