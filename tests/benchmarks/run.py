"""A whole run, step by step."""

import json
import os
import platform
from collections.abc import Awaitable, Callable, Mapping
from math import log
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks import cold_start, imports, servers
from tests.benchmarks.catalogue import importing, site
from tests.benchmarks.catalogue.results import CatalogueCost
from tests.benchmarks.plan import Plan
from tests.benchmarks.planning import measure as planning
from tests.benchmarks.prepare import BUILT_IN, CATALOGUE_KEY, Size
from tests.benchmarks.results import HomeTime, OwnTime, Results, Snapshot, StoreCost
from tests.benchmarks.sending import beside, memory, pace
from tests.benchmarks.sizes import measure as sizes
from tests.benchmarks.speed import held_loads, loads_of, measure_size
from tests.benchmarks.vocabulary import read_vocabulary
from tests.benchmarks.workspaces import measure as workspaces
from tests.fakes.postgresql import running_server

_PAGES = 2_000
Tell = Callable[[str], None]


async def run(plan: Plan, folder: Path, tell: Tell, *, only: str | None = None) -> Results:
    """Measure everything that the plan asks for; `tell` hears what is being done.

    `only` names one of `GROUPS` to leave out the others.

    Raises:
        ServerFailed: a process of the run failed; the message is the end of what it said.
    """
    began = perf_counter()
    results = Results(machine=_machine(), load_before=os.getloadavg()[0])
    for name, group in GROUPS.items():
        if only in (None, name):
            await group(plan, folder, results, tell)
    results.seconds = perf_counter() - began
    return results


async def _commands(plan: Plan, folder: Path, results: Results, tell: Tell) -> None:
    """Measure what members wait for: answers, starts, and the store behind them."""
    async with servers.slack_web_api() as slack_url:
        for size in plan.sizes:
            tell(f"{size.name}: make and publish the catalogue")
            url, vocabulary_file = await _prepared(size, folder)
            vocabulary = read_vocabulary(vocabulary_file)
            tell(f"{size.name}: requests per second")
            await measure_size(
                plan,
                size.name,
                vocabulary,
                loads_of(vocabulary, plan),
                url=url,
                slack_url=slack_url,
                folder=folder,
                into=results,
            )
            settings = servers.product_settings(database_url=url, slack_url=slack_url)
            tell(f"{size.name}: own time")
            results.own_times += await _own_times(plan, size, vocabulary_file, settings)
        await _held(plan, folder, slack_url, results, tell)
        await _snapshots(plan, folder, results, tell)
        await _store_costs(plan, folder, results, tell)
        tell("cold start")
        _, vocabulary_file = await _prepared(BUILT_IN, folder)
        results.cold_starts += await cold_start.measure(
            plan.cold_starts, read_vocabulary(vocabulary_file), folder, slack_url
        )
        tell("what loading costs")
        results.import_costs += imports.measure(plan.import_runs)


async def _catalogue(plan: Plan, folder: Path, results: Results, tell: Tell) -> None:
    """Measure what owners wait for: an import, its web pages, and a comparison of revisions."""
    largest = plan.sizes[-1]
    tell(f"{largest.name}: import")
    async with servers.slack_web_api() as slack_url:
        imported = await importing.measure(largest, folder, slack_url)
        results.catalogue.imports.append(imported)
    tell(f"{largest.name}: write it as web pages")
    results.catalogue.costs.append(site.measure(imported, folder))
    tell(f"{largest.name}: compare")
    printed = await servers.child("catalogue.comparing", largest.name, str(folder))
    results.catalogue.costs.append(CatalogueCost(**json.loads(printed)))
    tell(f"{_PAGES:,} pages: import")
    printed = await servers.child("catalogue.pages", str(folder), str(_PAGES))
    results.catalogue.costs.append(CatalogueCost(**json.loads(printed)))


async def _planning(plan: Plan, folder: Path, results: Results, tell: Tell) -> None:
    """Measure how due plans become nudges."""
    results.planning = await planning.measure(plan.planning, folder, tell)


async def _sending(plan: Plan, folder: Path, results: Results, tell: Tell) -> None:
    """Measure how fast planned nudges are sent."""
    results.sending.paces += await pace.measure(plan.sending, folder, tell)


async def _memory(plan: Plan, folder: Path, results: Results, tell: Tell) -> None:
    """Measure what a worker holds while it sends very many nudges."""
    results.sending.memories.append(await memory.measure(plan.sending, folder, tell))


async def _beside(plan: Plan, folder: Path, results: Results, tell: Tell) -> None:
    """Measure how commands are answered by a process that plans and sends."""
    results.sending.answers += await beside.measure(plan.sending, folder, tell)


async def _workspaces(plan: Plan, folder: Path, results: Results, tell: Tell) -> None:
    """Measure a process that serves very many workspaces."""
    results.crowded += await workspaces.measure(plan.workspaces, folder, tell)


async def _sizes(plan: Plan, folder: Path, results: Results, tell: Tell) -> None:
    """Measure what members take in the database."""
    results.sizes += await sizes.measure(plan.member_sizes, folder, tell)


GROUPS: Mapping[str, Callable[[Plan, Path, Results, Tell], Awaitable[None]]] = {
    "commands": _commands,
    "catalogue": _catalogue,
    "planning": _planning,
    "sending": _sending,
    "sending-memory": _memory,
    "sending-beside": _beside,
    "workspaces": _workspaces,
    "sizes": _sizes,
}


async def profile(plan: Plan, folder: Path, tell: Tell) -> str:
    """Return where a dispatch spends its time at the plan's largest catalogue, as text."""
    largest = plan.sizes[-1]
    tell(f"{largest.name}: make and publish the catalogue")
    url, vocabulary_file = await _prepared(largest, folder)
    tell(f"{largest.name}: profile")
    async with servers.slack_web_api() as slack_url:
        settings = servers.product_settings(database_url=url, slack_url=slack_url)
        count = str(plan.own_requests)
        return await servers.child(
            "own_time", str(vocabulary_file), count, "--profile", settings=settings
        )


def _machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def _slug(size: Size) -> str:
    return "".join(letter for letter in size.name if letter.isalnum())


async def _prepared(size: Size, folder: Path) -> tuple[str, Path]:
    """Return the database of this size and the file with its vocabulary; both made once."""
    vocabulary_file = folder / f"{_slug(size)}.json"
    url = f"sqlite:///{folder}/{_slug(size)}.sqlite"
    if not vocabulary_file.exists():
        await servers.child("prepare", size.name, url, str(vocabulary_file))
    return url, vocabulary_file


async def _held(plan: Plan, folder: Path, slack_url: str, results: Results, tell: Tell) -> None:
    """Measure members who hold much, on SQLite, and on PostgreSQL where asked for."""
    size = plan.held_size
    url, vocabulary_file = await _prepared(size, folder)
    vocabulary = read_vocabulary(vocabulary_file)
    loads = held_loads(vocabulary, plan)

    async def measure(database: str, url: str) -> None:
        tell(f"{size.name}: members who hold much, {database}")
        await measure_size(
            plan,
            f"{size.name}, {database}",
            vocabulary,
            loads,
            url=url,
            slack_url=slack_url,
            folder=folder,
            into=results,
        )
        settings = servers.product_settings(database_url=url, slack_url=slack_url)
        count = str(plan.homes)
        printed = await servers.child("home", str(vocabulary_file), count, settings=settings)
        results.home_times += [HomeTime(database=database, **each) for each in json.loads(printed)]

    await measure("SQLite", url)
    if plan.postgresql:
        with running_server() as server:
            url = server.create("held")
            again = vocabulary_file.with_suffix(".postgresql")
            await servers.child("prepare", size.name, url, str(again))
            await measure("PostgreSQL", url)


async def _own_times(
    plan: Plan, size: Size, vocabulary_file: Path, settings: dict[str, str]
) -> list[OwnTime]:
    printed = await servers.child(
        "own_time", str(vocabulary_file), str(plan.own_requests), settings=settings
    )
    return [OwnTime(size=size.name, **each) for each in json.loads(printed)]


async def _snapshots(plan: Plan, folder: Path, results: Results, tell: Tell) -> None:
    """Load the largest catalogue of the plan from SQLite, and from PostgreSQL where asked for."""
    largest = plan.sizes[-1]
    if largest.skills is None:
        return
    tell(f"{largest.name}: snapshot from SQLite")
    url, vocabulary_file = await _prepared(largest, folder)
    results.snapshots.append(await _snapshot(plan, "SQLite", url))
    if plan.postgresql:
        tell(f"{largest.name}: snapshot from PostgreSQL")
        with running_server() as server:
            url = server.create("benchmark")
            again = vocabulary_file.with_suffix(".postgresql")
            await servers.child("prepare", largest.name, url, str(again))
            results.snapshots.append(await _snapshot(plan, "PostgreSQL", url))


async def _snapshot(plan: Plan, database: str, url: str) -> Snapshot:
    taken = [
        json.loads(await servers.child("snapshot", CATALOGUE_KEY, settings={"DATABASE_URL": url}))
        for _ in range(plan.snapshot_runs)
    ]
    return Snapshot(
        database=database,
        expectations=taken[0]["expectations"],
        load_seconds=median(each["load_seconds"] for each in taken),
        held_mb=median(each["held_mb"] for each in taken),
        peak_mb=median(each["peak_mb"] for each in taken),
    )


async def _store_costs(plan: Plan, folder: Path, results: Results, tell: Tell) -> None:
    """Measure stores of each number of members, on SQLite, and on PostgreSQL where asked for."""
    urls = {members: f"sqlite:///{folder}/members{members}.sqlite" for members in plan.members}
    results.store_costs += await _costs(plan, "SQLite", urls, tell)
    if plan.postgresql:
        with running_server() as server:
            urls = {members: server.create(f"members{members}") for members in plan.members}
            results.store_costs += await _costs(plan, "PostgreSQL", urls, tell)


async def _costs(plan: Plan, database: str, urls: Mapping[int, str], tell: Tell) -> list[StoreCost]:
    costs: list[StoreCost] = []
    first: dict[str, float] = {}
    smallest = min(urls)
    for members, url in sorted(urls.items()):
        tell(f"{members:,} members in {database}")
        printed = await servers.child("members", url, str(members), str(plan.store_operations))
        taken = json.loads(printed)
        for operation, p50 in taken["p50_ms"].items():
            costs.append(
                StoreCost(
                    database=database,
                    members=members,
                    assessments=taken["assessments"],
                    operation=operation,
                    p50_ms=p50,
                    p99_ms=taken["p99_ms"][operation],
                    growth=p50 / first.setdefault(operation, p50),
                    logarithmic=log(members) / log(smallest),
                )
            )
    return costs
