"""A real primary that ends, and its real standby that takes over, under real processes."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ADMIN
from bot.slack.installs.manifest import build_manifest
from bot.store.database import Database
from tests.fakes.forwarder import forwarding
from tests.fakes.postgresql import running_server, standby_of
from tests.integration.cli.processes import environment, started
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
from tests.scenario.published import publish_built_in


async def test_a_standby_takes_over(tmp_path: Path) -> None:
    with running_server() as primary:
        own = primary.create("nextrung_switched")
        publish_built_in(own, migrated=False)
        with standby_of(primary) as standby:
            async with (
                LocalSlack(manifest=build_manifest()) as slack,
                forwarding(own) as way,
            ):
                database = Database(way.url(own), statement_timeout_ms=PATIENCE_MS)
                await enlist(slack, database, 2 * A_KILL)
                settings = environment(slack, way.url(own), tmp_path)
                settings |= {
                    "NEXTRUNG_LEASE_SECONDS": str(LEASE_SECONDS),
                    "NEXTRUNG_NUDGES_PER_MINUTE": "1800",
                }
                async with (
                    started("worker", settings, tmp_path) as worker,
                    started("web", settings, tmp_path) as web,
                    httpx.AsyncClient() as client,
                ):
                    slack.connect_bot(web.ready["address"])
                    ready = f"http://{urlsplit(web.ready['address']).netloc}/readyz"

                    async def faults() -> list[str]:
                        found: list[str] = (await client.get(ready)).json().get("faults", [])
                        return found

                    assert await faults() == []
                    await make_due(database, 0)
                    await slack.until(lambda: bool(posts_of(slack)), seconds=PATIENCE_SECONDS)

                    mark = (await database.changes_since(None)).mark

                    await asyncio.to_thread(primary.stop)  # in order: the standby has all of it
                    async with asyncio.timeout(PATIENCE_SECONDS):
                        while not (found := await faults()):
                            pass  # an answer holds for a second
                    assert found == ["store_unavailable"]
                    way.lead_to(standby.url())
                    assert await faults() == ["store_read_only"]
                    # Nothing went back: a standby counts ahead of its primary, or behind it.
                    mark = (await database.changes_since(mark)).mark
                    await asyncio.to_thread(standby.promote)
                    await database.changes_since(mark)
                    assert await faults() == []

                    card = await slack.member(ADMIN).command("/growth goal llm-engineer lead")
                    assert "Lead" in card.plain
                    await make_due(database, 1)
                    await until_done(database)
                    for each in (worker, web):
                        each.terminate()
                        assert await each.ended() == 0
                        assert "Traceback" not in "\n".join(each.log)
                assert await reconcile(slack, database, 2 * A_KILL) == {"sent": 2 * A_KILL}
                await database.dispose()
