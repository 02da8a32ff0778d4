"""Real workers killed with SIGKILL; `python -m tests.soak.kills` does the same 200 times."""

from pathlib import Path

from tests.integration.nudges.killing import kill_workers


async def test_killed_at_any_step_nothing_is_sent_twice_or_lost(
    postgresql_bot_url: str, tmp_path: Path
) -> None:
    said: list[str] = []
    outcome = await kill_workers(
        postgresql_bot_url, tmp_path, kills=4, seed=20261124, told=said.append
    )
    assert sum(outcome.kills.values()) == 4
    assert outcome.states["sent"] > outcome.states["unknown"] > 0
