"""A real PostgreSQL that goes away under load; `python -m tests.soak.kills` does it often."""

from pathlib import Path

from tests.fakes.postgresql import running_server
from tests.integration.nudges.restarting import restart_postgresql
from tests.scenario.published import publish_built_in


async def test_postgresql_restarts_under_load(tmp_path: Path) -> None:
    said: list[str] = []
    with running_server() as server:
        url = server.create("nextrung_restarts")
        publish_built_in(url, migrated=False)
        states = await restart_postgresql(
            server, url, tmp_path, stops=("fast", "immediate"), seed=20261128, told=said.append
        )
    # The workers lived: each of them kept how its posts ended until it could say so.
    assert states == {"sent": 48}
