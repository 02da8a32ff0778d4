"""How fast workers send what is planned, beside what the limits allow and beside a bare loop."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bot.sandbox.faults import WORKSPACE_POSTS_A_MINUTE
from bot.services.nudges.tools import Pace as ProductPace
from tests.benchmarks import servers
from tests.benchmarks.sending.crowd import teams
from tests.benchmarks.sending.plan import Limit, SendingPlan
from tests.benchmarks.sending.processes import FarEnd, far_end, workers
from tests.benchmarks.sending.results import Pace
from tests.benchmarks.sending.tell import Tell
from tests.benchmarks.servers import Server, ServerFailed
from tests.fakes.postgresql import running_server

_SHARE = ProductPace().per_minute / WORKSPACE_POSTS_A_MINUTE
"""The product stays so far below what Slack allows, by its default settings."""


@dataclass(frozen=True, slots=True)
class _Window:
    rate: float
    limited: float
    other: int
    worker_ms: float
    slack_ms: float


async def measure(plan: SendingPlan, folder: Path, tell: Tell) -> list[Pace]:
    """Send under each limit, with each number of worker processes.

    Raises:
        ServerFailed: a process failed, or everything was sent before the time was over.
    """
    found = []
    with running_server() as database:
        for limit in plan.limits:
            name = f"crowd{limit.workspaces}x{limit.each}x{limit.per_minute}"
            tell(f"{limit.workspaces} workspaces, {limit.per_minute} a minute each: make them")
            url = database.create(name)
            crowd = [url, str(limit.each), "0", *teams(limit.workspaces)]
            await servers.child("sending.crowd", *crowd)
            for processes in plan.processes:
                tell(f"{limit.workspaces} workspaces, {processes} workers: send")
                copy = database.create(f"{name}p{processes}", template=name)
                found.append(await _pace(plan, limit, processes, copy, folder))
                database.drop(f"{name}p{processes}")
    return found


async def _pace(plan: SendingPlan, limit: Limit, processes: int, url: str, folder: Path) -> Pace:
    log = folder / "sending.log"
    size = {"workspaces": limit.workspaces, "each": limit.each, "per_minute": limit.per_minute}
    async with far_end(folder, **size) as slack:
        settings = {
            **slack.settings,
            "DATABASE_URL": url,
            "NEXTRUNG_NUDGES_PER_MINUTE": str(int(limit.per_minute * _SHARE)),
        }
        arguments = [[str(limit.workspaces)]] * processes
        async with workers("worker", arguments, settings, log=log) as running:
            product = await _window(plan, plan.window_seconds, limit, slack, running, log)
        sample = folder / "sample.json"
        sample.write_text(await slack.sample(), encoding="utf-8")
    async with far_end(folder, **size) as slack:
        shares = [str(limit.workspaces), str(limit.each), str(int(limit.per_minute * _SHARE))]
        arguments = [[*shares, str(each), str(processes), str(sample)] for each in range(processes)]
        async with workers("bare_loop", arguments, slack.settings, log=log) as running:
            floor = await _window(plan, plan.floor_seconds, limit, slack, running, log)
    return Pace(
        workspaces=limit.workspaces,
        per_minute=limit.per_minute,
        processes=processes,
        allowed=limit.allowed,
        rate=product.rate,
        floor=floor.rate,
        limited=product.limited,
        other=product.other,
        worker_ms=product.worker_ms,
        slack_ms=product.slack_ms,
    )


async def _window(
    plan: SendingPlan,
    seconds: float,
    limit: Limit,
    slack: FarEnd,
    running: list[Server],
    log: Path,
) -> _Window:
    """Count for a while; answers other than success are counted from the beginning."""
    await slack.until(1, running, log)
    await asyncio.sleep(plan.settle_seconds)
    began, first, used = perf_counter(), await slack.counts(), _used(slack, running)
    await asyncio.sleep(seconds)
    elapsed, last, using = perf_counter() - began, await slack.counts(), _used(slack, running)
    sent = last.posted - first.posted
    if not sent or last.posted >= limit.workspaces * limit.each:
        raise ServerFailed(f"{last.posted} messages were sent:\n{servers.end_of(log)}")
    return _Window(
        rate=sent / elapsed,
        limited=last.limited / (last.posted + last.limited + last.other),
        other=last.other,
        worker_ms=(using[0] - used[0]) / sent * 1e3,
        slack_ms=(using[1] - used[1]) / sent * 1e3,
    )


def _used(slack: FarEnd, running: list[Server]) -> tuple[float, float]:
    return sum(each.cpu_seconds for each in running), slack.server.cpu_seconds
