"""A real PostgreSQL that goes away under load; `python -m tests.soak` does it often."""

from pathlib import Path

from tests.fakes.postgresql import PostgresqlServer
from tests.integration.nudges.restarting import restart_postgresql


async def test_postgresql_restarts_under_load(
    postgresql_bot_url: str, postgresql_server: PostgresqlServer, tmp_path: Path
) -> None:
    said: list[str] = []
    states = await restart_postgresql(
        postgresql_server,
        postgresql_bot_url,
        tmp_path,
        stops=("fast", "immediate"),
        seed=20261128,
        told=said.append,
    )
    # The workers lived: each of them kept how its posts ended until it could say so.
    assert states == {"sent": 48}
