"""One process, very many workspaces: its start, its memory, its answers, and what it costs idle."""

import asyncio
import json
import random
import re
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from urllib.request import urlopen

from bot.services.clock import SystemClock
from tests.benchmarks import servers
from tests.benchmarks.commands import SKILL, Typed
from tests.benchmarks.load import drive
from tests.benchmarks.prepare import SEED
from tests.benchmarks.results import quantile
from tests.benchmarks.sending.tell import Tell
from tests.benchmarks.servers import Server
from tests.benchmarks.signed import request
from tests.benchmarks.vocabulary import Asker, Vocabulary, read_vocabulary
from tests.benchmarks.workspaces.fill import KINDS
from tests.benchmarks.workspaces.plan import WorkspacesPlan
from tests.benchmarks.workspaces.results import Crowded
from tests.benchmarks.workspaces.steady import Answered, steadily
from tests.fakes.postgresql import running_server

_FAVOURITES = 12
_ASKERS = 3
_FIGURE = re.compile(r"^nextrung_(\w+) (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Site:
    """Where a filled database is, and what members type there."""

    url: str
    workspaces: int
    vocabularies: tuple[Vocabulary, ...]
    fill_seconds: float


async def measure(plan: WorkspacesPlan, folder: Path, tell: Tell) -> list[Crowded]:
    """Measure on each database of the plan.

    Raises:
        ServerFailed: a process failed; the message is the end of what it said.
    """
    found = []
    if "SQLite" in plan.databases:
        found.append(await _measured("SQLite", f"sqlite:///{folder}/crowd", plan, folder, tell))
    if "PostgreSQL" in plan.databases:
        with running_server() as server:
            names = iter(("crowd", "alone"))
            urls = [server.create(name) for name in names]
            found.append(await _measured("PostgreSQL", urls[0], plan, folder, tell, urls[1]))
    return found


async def _measured(
    database: str,
    url: str,
    plan: WorkspacesPlan,
    folder: Path,
    tell: Tell,
    alone_url: str | None = None,
) -> Crowded:
    tell(f"{plan.workspaces:,} workspaces in {database}: make them")
    crowd = await _filled(url, plan, folder)
    alone_plan = replace(plan, workspaces=1, own=1, members=100)
    alone = await _filled(alone_url or f"{url}-alone", alone_plan, folder)
    tell(f"{plan.workspaces:,} workspaces in {database}: answer")
    async with servers.slack_web_api() as slack_url:
        async with _serving(alone, plan, slack_url, folder) as server:
            alone_ms = await _cpu_of_skill(server, alone, plan)
        async with _serving(crowd, plan, slack_url, folder) as server:
            return await _crowded(database, server, crowd, plan, alone_ms)


async def _filled(url: str, plan: WorkspacesPlan, folder: Path) -> _Site:
    began = perf_counter()
    await servers.child("workspaces.fill", url, str(folder), json.dumps(asdict(plan)))
    vocabularies = [
        read_vocabulary(folder / f"{number}.json") for number in range(min(KINDS, plan.own))
    ]
    return _Site(url, plan.workspaces, tuple(vocabularies), perf_counter() - began)


@asynccontextmanager
async def _serving(
    site: _Site, plan: WorkspacesPlan, slack_url: str, folder: Path
) -> AsyncIterator[Server]:
    port = servers.free_port()
    settings = servers.product_settings(database_url=site.url, slack_url=slack_url)
    settings |= {
        "NEXTRUNG_PORT": str(port),
        "NEXTRUNG_CATALOGUE_MEMORY_MB": str(plan.memory_mb),
        "NEXTRUNG_LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", "tests.benchmarks.workspaces.web"]
    first = next(_requests(site, [0]))
    log = folder / "workspaces.log"
    async with servers.running(command, port, settings, first, log=log) as server:
        yield server


async def _crowded(
    database: str, server: Server, site: _Site, plan: WorkspacesPlan, alone_ms: float
) -> Crowded:
    start_mb, start_bytes = server.resident_mb, _figures(server)["catalogue_bytes"]
    idle_ms = await _idle(server, plan)
    warm = await _warm(server, site, plan)
    crowd_ms = await _cpu_of_skill(server, site, plan)
    every = _requests(site, _by_zipf(plan))
    await steadily(server.port, every, per_second=plan.per_second, seconds=plan.settle_seconds)
    before = _figures(server)["catalogue_load_seconds_count"]
    mixed = await steadily(
        server.port, every, per_second=plan.per_second, seconds=plan.mixed_seconds
    )
    figures = _figures(server)
    beside = [each.seconds for each in mixed if not each.loaded]
    rest = [each.seconds for each in mixed if each.loaded]
    return Crowded(
        database=database,
        workspaces=plan.workspaces,
        own=plan.own,
        members=plan.members,
        fill_seconds=site.fill_seconds,
        start_seconds=server.start_seconds,
        start_mb=start_mb,
        loaded_mb=server.resident_mb,
        held=int(figures["catalogues_held"]),
        estimate_ratio=(server.resident_mb - start_mb)
        * 1e6
        / (figures["catalogue_bytes"] - start_bytes),
        loads_per_second=(figures["catalogue_load_seconds_count"] - before) / plan.mixed_seconds,
        warm_p50_ms=_ms(warm, 0.5),
        warm_p99_ms=_ms(warm, 0.99),
        beside_p50_ms=_ms(beside, 0.5),
        beside_p99_ms=_ms(beside, 0.99),
        rest_p50_ms=_ms(rest, 0.5),
        rest_p99_ms=_ms(rest, 0.99),
        idle_ms=idle_ms,
        alone_ratio=crowd_ms / alone_ms,
    )


def _ms(seconds: list[float], share: float) -> float:
    return quantile(seconds, share) * 1e3 if seconds else 0.0


async def _idle(server: Server, plan: WorkspacesPlan) -> float:
    """Return milliseconds of processor time a second while nobody asks.

    What a process does for the first time soon after its start is no polling: that is let go by.
    """
    await asyncio.sleep(plan.idle_seconds)
    before = server.cpu_seconds
    await asyncio.sleep(plan.idle_seconds)
    return (server.cpu_seconds - before) / plan.idle_seconds * 1e3


async def _warm(server: Server, site: _Site, plan: WorkspacesPlan) -> list[float]:
    """Return the seconds of answers from catalogues that are all at hand."""
    few = range(plan.warm)
    first = _requests(site, few)
    await drive(server.port, islice(first, plan.warm * _ASKERS), callers=2, seconds=120.0)
    again = _requests(site, cycle(few))
    answers: list[Answered] = await steadily(
        server.port, again, per_second=plan.per_second, seconds=plan.warm_seconds
    )
    return [each.seconds for each in answers]


async def _cpu_of_skill(server: Server, site: _Site, plan: WorkspacesPlan) -> float:
    """Return milliseconds of processor time of `/skill` in one warm workspace."""
    times = []
    for _ in range(3):
        asked = islice(_requests(site, cycle([0])), plan.alone_requests)
        before = server.cpu_seconds
        taken = await drive(server.port, asked, callers=1, seconds=60.0)
        times.append((server.cpu_seconds - before) / len(taken.seconds) * 1e3)
    return min(times[1:])


def _by_zipf(plan: WorkspacesPlan) -> Iterator[int]:
    """Yield workspaces: the second is asked from half as often as the first, and so on."""
    rng = random.Random(SEED)  # noqa: S311 - repeatable samples, nothing secret
    weights = [1 / (1 + number) for number in range(plan.own)]
    while True:
        yield from rng.choices(range(plan.own), weights, k=1_000)


def _requests(site: _Site, workspaces: "Iterator[int] | Sequence[int]") -> Iterator[bytes]:
    """Yield `/skill` commands of these workspaces, each signed when it is needed.

    Of each workspace a few members ask for one of a few skills at their own level. They are
    members of this site: about others Slack would be asked each time.
    """
    rng = random.Random(SEED)  # noqa: S311 - repeatable samples, nothing secret
    for workspace in workspaces:
        for _ in range(_ASKERS if isinstance(workspaces, range) else 1):
            vocabulary = site.vocabularies[workspace % len(site.vocabularies)]
            member = workspace + site.workspaces * rng.randrange(_ASKERS)
            asker = Asker(f"U{member}", "en-US", None, None)
            key, _ = rng.choice(vocabulary.skills[:_FAVOURITES])
            typed = Typed(asker, SKILL, f"{key} senior")
            at = int(SystemClock().now().timestamp())
            yield request(typed, at=at, team=f"T{workspace}")


def _figures(server: Server) -> dict[str, float]:
    with urlopen(f"http://127.0.0.1:{server.port}/metrics") as page:
        text = page.read().decode()
    return {name: float(value) for name, value in _FIGURE.findall(text)}
