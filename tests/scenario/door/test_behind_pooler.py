"""The bot behind a PgBouncer in transaction mode, with its tables in a schema of their own."""

import psycopg
import pytest

from tests.fakes.pgbouncer import pooled
from tests.fakes.postgresql import PostgresqlServer
from tests.scenario.desk import running_desk
from tests.scenario.published import publish_built_in


async def test_a_member_looks_up_sets_a_goal_and_pauses(
    postgresql_server: PostgresqlServer, caplog: pytest.LogCaptureFixture
) -> None:
    own = postgresql_server.create("nextrung_behind_pooler")
    with pooled(postgresql_server) as pooler:
        url = pooler.url(own, options="&schema=growth")
        publish_built_in(url, migrated=False)
        async with running_desk(url, caplog) as desk:
            card = await desk.engineer.command("/skill mlops senior")
            assert "MLOps" in card.plain
            card = await desk.engineer.command("/growth goal llm-engineer lead")
            assert "Lead" in card.plain
            card = await desk.engineer.command("/growth pause 2w")
            assert "paused" in card.plain.lower()
    with psycopg.connect(own) as connection:
        schemas = connection.execute(
            "SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname !~ '^(pg_|information)'"
        ).fetchall()
    assert schemas == [("growth",)]
    postgresql_server.drop("nextrung_behind_pooler")
