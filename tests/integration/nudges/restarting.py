"""PostgreSQL stopped and started again while real workers send, and what is true afterwards.

The server's processes really end, in order or as in a crash, and come back on the same data and
address. Two workers send for one workspace meanwhile, and a third process answers commands.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ADMIN
from bot.slack.installs.manifest import build_manifest
from bot.store.database import Database
from tests.fakes.postgresql import PostgresqlServer, Stop
from tests.integration.cli.processes import Running, environment, started
from tests.integration.nudges.killing import (
    A_KILL,
    LEASE_SECONDS,
    PATIENCE_MS,
    PATIENCE_SECONDS,
    enlist,
    make_due,
    reconcile,
    until_done,
)
from tests.integration.nudges.post_office import posts_of

AN_OUTAGE = 2
"""Batches of nudges that become due for each outage."""
PER_MINUTE = 1800
COMMANDS = ("/skill mlops senior", "/growth pause 2w")
TROUBLE = "I cannot reach my database right now"


async def restart_postgresql(
    server: PostgresqlServer,
    database_url: str,
    folder: Path,
    *,
    stops: Sequence[Stop],
    seed: int,
    told: Callable[[str], None],
) -> Counter[str]:
    """Stop and start the server as often as asked; return how many nudges are in each state.

    Raises:
        AssertionError: something was sent twice or vanished, a process had to be started again, or
            a command in an outage was not told why.
    """
    chance = random.Random(seed)  # noqa: S311 - the same moments each time
    count = len(stops) * AN_OUTAGE * A_KILL
    async with LocalSlack(manifest=build_manifest()) as slack, AsyncExitStack() as stack:
        database = Database(database_url, statement_timeout_ms=PATIENCE_MS)
        stack.push_async_callback(database.dispose)
        await enlist(slack, database, count)
        settings = environment(slack, database_url, folder) | {
            "NEXTRUNG_LEASE_SECONDS": str(LEASE_SECONDS),
            "NEXTRUNG_NUDGES_PER_MINUTE": str(PER_MINUTE),
        }
        *workers, web = await asyncio.gather(
            *(
                stack.enter_async_context(started(command, settings, folder))
                for command in ("worker", "worker", "web")
            )
        )
        slack.connect_bot(web.ready["address"])
        for number, how in enumerate(stops):
            for batch in range(number * AN_OUTAGE, (number + 1) * AN_OUTAGE):
                await make_due(database, batch)
            wanted = len(posts_of(slack)) + chance.randint(1, A_KILL)
            await slack.until(lambda: len(posts_of(slack)) >= wanted, seconds=PATIENCE_SECONDS)  # noqa: B023 - awaited here
            await _outage(server, slack, how, workers)
            told(f"{number + 1} of {len(stops)}: {how}")
        await until_done(database)
        await _stopped([*workers, web])
        return await reconcile(slack, database, count)


async def _outage(
    server: PostgresqlServer, slack: LocalSlack, how: Stop, workers: Sequence[Running]
) -> None:
    """Let the server be away until both workers have met that, and a member ask meanwhile."""
    await asyncio.to_thread(server.stop, how)
    away = datetime.now(UTC)
    try:
        await asyncio.gather(*(each.says("tick_failed", since=away) for each in workers))
        for command in COMMANDS:
            card = await slack.member(ADMIN).command(command)
            assert TROUBLE in card.plain, card.plain
    finally:
        await asyncio.to_thread(server.start)


async def _stopped(processes: Sequence[Running]) -> None:
    """Hold that each ran all the time, and still ends in order."""
    for each in processes:
        assert each.process.returncode is None
        each.terminate()
        assert await each.ended() == 0
        assert "Traceback" not in "\n".join(each.log)
