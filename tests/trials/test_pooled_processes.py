"""A real PgBouncer between a real PostgreSQL and all there is of Nextrung."""

from pathlib import Path

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ADMIN
from bot.slack.installs.manifest import build_manifest
from bot.store.database import Database
from tests.fakes.pgbouncer import pooled
from tests.fakes.postgresql import PostgresqlServer
from tests.integration.cli.processes import environment, started
from tests.integration.nudges.killing import A_KILL, enlist, make_due, reconcile, until_done
from tests.integration.store.units import clients, work_off
from tests.scenario.published import publish_built_in

UNITS = 10_000
SERVERS = 10


async def test_ten_thousand_units_of_work(
    postgresql_server: PostgresqlServer, postgresql_url: str
) -> None:
    with pooled(postgresql_server, servers=SERVERS) as pooler:
        async with clients(pooler.url(postgresql_url), 4) as several:
            # Each that is called off costs a connection.
            weights = {"save": 30, "read": 60, "forbidden": 4, "broken": 4, "called_off": 2}
            assert await work_off(several, units=UNITS, seed=20261129, **weights) == {}


async def test_processes_migrate_publish_answer_and_send(
    postgresql_server: PostgresqlServer, tmp_path: Path
) -> None:
    with pooled(postgresql_server, servers=3) as pooler:
        url = pooler.url(postgresql_server.create("nextrung_pooled"))
        publish_built_in(url, migrated=False)
        async with LocalSlack(manifest=build_manifest()) as slack:
            database = Database(url)
            await enlist(slack, database, 2 * A_KILL)
            settings = environment(slack, url, tmp_path)
            settings |= {"NEXTRUNG_NUDGES_PER_MINUTE": "6000"}
            async with (
                started("worker", settings, tmp_path) as worker,
                started("web", settings, tmp_path) as web,
            ):
                slack.connect_bot(web.ready["address"])
                await make_due(database, 0)
                card = await slack.member(ADMIN).command("/skill mlops senior")
                assert card.plain.splitlines()[0] == "MLOps"
                card = await slack.member(ADMIN).command("/growth goal llm-engineer lead")
                assert "Lead" in card.plain
                await make_due(database, 1)
                await until_done(database)
                for each in (worker, web):
                    each.terminate()
                    assert await each.ended() == 0
                    assert "Traceback" not in "\n".join(each.log)
                    assert not {"tick_failed", "nudge_run_ended"} & set(each.events)
            assert await reconcile(slack, database, 2 * A_KILL) == {"sent": 2 * A_KILL}
            await database.dispose()
        postgresql_server.drop("nextrung_pooled")
