"""The scenarios, and how one is played."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from sqlalchemy import text

from bot.services.clock import SystemClock
from bot.services.lookup.shelves import BUILT_IN
from bot.store.engine import transaction
from bot.store.errors import StoreError
from bot.store.isolation.reach import Across
from tests.integration.nudges.killing import PATIENCE_MS
from tests.soak.faults import clocks, database, disk, processes, slack
from tests.soak.stand import Stand, until
from tests.soak.tally import Outcome

RECOVERS_WITHIN = 60.0
BATCHES = 3
"""Batches of nudges that fall due in a scenario."""
CALM = 0.2
"""Which part of a scenario's time passes before the fault, and after it."""

Fault = Callable[[Stand, float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A fault, and what of it: `ends` is how many processes it ends on purpose."""

    name: str
    fault: Fault
    on: str = "postgresql"
    ends: int = 0
    needs_shim: bool = False


async def nothing(stand: Stand, seconds: float) -> None:
    """Let all be well."""
    del stand
    await asyncio.sleep(seconds)


SCENARIOS = (
    Scenario("nothing", nothing),
    Scenario("kill -9, each in turn", processes.killed, ends=4),
    Scenario("SIGTERM, rolling restart", processes.rolled, ends=4),
    Scenario("a process frozen, each in turn", processes.frozen),
    Scenario("PostgreSQL stopped", database.stopped),
    Scenario("PostgreSQL crashed", database.crashed),
    Scenario("PostgreSQL frozen", database.frozen),
    Scenario("PostgreSQL read-only", database.read_only),
    Scenario("PostgreSQL slow, 200 ms a trip", database.slow),
    Scenario("pool full: a table is locked", database.locked),
    Scenario("no connection left at the server", database.crowded),
    Scenario("Slack slow, 1.5 s a call", slack.slow),
    Scenario("Slack 429", slack.limited),
    Scenario("Slack 500", slack.broken),
    Scenario("Slack hanging", slack.hanging),
    Scenario("Slack's name gone (DNS)", slack.nameless, needs_shim=True),
    Scenario("clock of a worker +2 years", clocks.worker_jumps, needs_shim=True),
    Scenario("a worker starts at +2 years", clocks.worker_begins_ahead, ends=1, needs_shim=True),
    Scenario("clock of a web process +2 years", clocks.web_jumps, needs_shim=True),
    Scenario("clocks a minute apart", clocks.skewed, needs_shim=True),
    Scenario("PgBouncer: nothing", nothing, on="pgbouncer"),
    Scenario("PgBouncer: PostgreSQL stopped", database.stopped, on="pgbouncer"),
    Scenario("PgBouncer frozen", database.unpooled, on="pgbouncer"),
    Scenario("SQLite: nothing", nothing, on="sqlite"),
    Scenario("SQLite: disk full", disk.full, on="sqlite"),
    Scenario("SQLite: file read-only", disk.unwritable, on="sqlite"),
)


async def play(stand: Stand, scenario: Scenario, seconds: float) -> Outcome:
    """Play one scenario for about so long, and return what it came to."""
    outcome = stand.counted.outcome = Outcome(scenario.name)
    if scenario.needs_shim and not stand.shim.possible():
        return replace(outcome, skipped="no C compiler")
    began, stand.lag, stand.longest_back = time.monotonic(), 0.0, 0.0
    starts, traces = _counts(stand)
    kept = len(stand.load.written.notes)
    if stand.due:
        stand.due.begin()
        await stand.due.fall_due()
    loading = asyncio.create_task(stand.load.run())
    try:
        await asyncio.sleep(CALM * seconds)
        publishing = asyncio.create_task(_publish(stand, outcome, after=seconds * CALM))
        if stand.due:
            await stand.due.fall_due()
        await scenario.fault(stand, (1 - 2 * CALM) * seconds)
        lifted = time.monotonic()
        well = await until(stand.is_well, within=RECOVERS_WITHIN)
        outcome.recovered = None if well is None else round(max(well, stand.longest_back), 1)
        if stand.due:
            await stand.due.fall_due()
        await asyncio.sleep(CALM * seconds)
        await publishing
    finally:
        loading.cancel()
        await asyncio.wait({loading})
    await stand.load.settled()
    if stand.due:
        done = await stand.due.settled(RECOVERS_WITHIN)
        outcome.nudges_done = round(time.monotonic() - lifted, 1) if done else None
        outcome.nudges = await stand.due.reckoned()
    await _read_back(stand, outcome, kept)
    after, traces_now = _counts(stand)
    outcome.restarts = after - starts - scenario.ends
    outcome.tracebacks = traces_now - traces
    outcome.lag, outcome.load = round(stand.lag, 2), round(os.getloadavg()[0], 1)
    outcome.seconds = round(time.monotonic() - began, 1)
    _judge(stand, outcome)
    return outcome


async def _publish(stand: Stand, outcome: Outcome, *, after: float) -> None:
    """Publish a revision of the built-in catalogue, as its owner does with the command line."""
    await asyncio.sleep(after)
    catalogues, clock = stand.database.catalogues, SystemClock()
    try:
        newest = (await catalogues.newest())[BUILT_IN]
        content = (await catalogues.load(newest)).content
        note = f"soak {outcome.name}"
        published = await catalogues.publish(
            content, catalogue_key=BUILT_IN, author="Sample Owner", note=note, at=clock.now()
        )
        outcome.published = f"revision {published.number}"
    except StoreError as error:
        outcome.published = error.code


async def _read_back(stand: Stand, outcome: Outcome, kept: int) -> None:
    """Look for everything that a member was told is kept, of all scenarios so far."""
    written = stand.load.written
    async with transaction(
        stand.database._reader, timeout_ms=PATIENCE_MS, reach=Across.COPYING
    ) as connection:
        found = [row[0] for row in await connection.execute(text("SELECT note FROM evidence"))]
        holders = text("SELECT m.slack_id FROM goal g JOIN member m ON m.id = g.member_id")
        goals = {row[0] for row in await connection.execute(holders)}
    outcome.written = len(written.notes) - kept
    missing = set(written.notes) - set(found)
    outcome.data_lost = len(missing) + len(set(written.goals) - goals)
    outcome.data_doubled = len(found) - len(set(found))


def _judge(stand: Stand, outcome: Outcome) -> None:
    """Note what is wrong whatever the fault was."""
    violations = stand.slack.inspector.violations
    if violations:
        outcome.wrong.append(f"Slack refused what was sent: {violations[0]}")
        stand.slack.inspector.clear()
    if outcome.recovered is None:
        outcome.wrong.append(f"not well again after {RECOVERS_WITHIN:g} s")
    if outcome.restarts:
        outcome.wrong.append(f"{outcome.restarts} processes ended by themselves")
    if outcome.tracebacks:
        outcome.wrong.append(f"{outcome.tracebacks} tracebacks")
    if outcome.nudges.early:
        outcome.wrong.append(f"{outcome.nudges.early} nudges before they were due")


def _counts(stand: Stand) -> tuple[int, int]:
    keepers = stand.keepers.values()
    return sum(each.starts for each in keepers), sum(each.tracebacks for each in keepers)
