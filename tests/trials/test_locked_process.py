"""A real process on SQLite whose file is locked by another one while Slack slows it down."""

from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox.local_slack import LocalSlack
from bot.slack.installs.manifest import build_manifest
from bot.store.database import Database
from tests.integration.cli.processes import arrived, environment, started
from tests.integration.nudges.killing import A_KILL, POST, enlist, make_due, reconcile, until_done
from tests.scenario.locked import write_locked


async def test_locked_in_the_middle_of_a_storm_it_sends_each_once(
    sqlite_bot_url: str, tmp_path: Path
) -> None:
    async with LocalSlack(manifest=build_manifest(), mode="socket") as slack:
        database = Database(sqlite_bot_url)
        await enlist(slack, database, 2 * A_KILL)
        settings = environment(slack, sqlite_bot_url, tmp_path)
        settings |= {"NEXTRUNG_NUDGES_PER_MINUTE": "6000"}
        gate = slack.faults.hold(POST)
        slack.faults.ratelimit(POST, retry_after=1, times=2)
        async with started("run", settings, tmp_path) as bot:
            for batch in range(2):
                await make_due(database, batch)
            await arrived(gate)
            with write_locked(sqlite_bot_url):
                locked = datetime.now(UTC)
                gate.release()
                await bot.says("nudge_ending_not_kept", since=locked)
            slack.faults.ratelimit(POST, retry_after=1, times=2)
            await until_done(database)
            bot.terminate()
            assert await bot.ended() == 0
            assert "Traceback" not in "\n".join(bot.log)
            assert "nudge_refused" in bot.events
        assert await reconcile(slack, database, 2 * A_KILL) == {"sent": 2 * A_KILL}
        await database.dispose()
