"""A backup is restored under a process that runs on: it ends, and says why."""

import asyncio
import json
import re
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.tenancy import Tenant
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ADMIN
from bot.slack.installs.manifest import build_manifest
from bot.store.copies.work import back_up, restore
from bot.store.database import Database
from tests.integration.cli.processes import READY_SECONDS, environment, started

OURS = Tenant("TSAMPLE")
HAN = re.compile("[\u4e00-\u9fff]")


async def choose(url: str, language: str) -> None:
    """Change a member as another process would."""
    database = Database(url)
    async with database.write(OURS) as work:
        await work.members.change(ADMIN, {"language": language}, at=datetime.now(UTC))
    await database.dispose()


async def test_a_process_ends_when_an_older_backup_takes_the_databases_place(
    bot_url: str, tmp_path: Path
) -> None:
    now, backup = datetime.now(UTC), tmp_path / "backup.zip"
    async with LocalSlack(manifest=build_manifest()) as slack:
        # Asked until it has heard, far more often than a member may: no answer is held back.
        settings = environment(slack, bot_url, tmp_path) | {"NEXTRUNG_MEMBER_PER_MINUTE": "0"}
        async with started("web", settings, tmp_path) as bot:
            slack.connect_bot(bot.ready["address"])
            member = slack.member(ADMIN)
            english = await member.command("/skill mlops senior")

            async def shown(language: str) -> bool:
                """Whether the card is in that language."""
                plain = (await member.command("/skill mlops senior")).plain
                return plain == english.plain if language == "en" else HAN.search(plain) is not None

            await back_up(bot_url, backup, now=now)

            # What was shown is remembered: so the second shows that the process hears of changes.
            for language in ("zh", "en"):
                await choose(bot_url, language)
                async with asyncio.timeout(READY_SECONDS):
                    while not await shown(language):
                        pass
            await restore(bot_url, backup, now=now, replace=True)

            assert await bot.ended() == 1
            said = [json.loads(each) for each in bot.log if each.startswith("{")]
            (why,) = (each for each in said if each["event"] == "database_went_back")
            assert "nextrung db restored" in why["remedy"]
            assert "Database went back. Stop every process" in "\n".join(bot.log)
            assert "Traceback" not in "\n".join(bot.log)

        async with started("web", settings, tmp_path) as bot:
            # It has seen no change since that backup took the database's place. Whether it has
            # asked already when it is ready is its own affair: it asks more often than this ends.
            async with asyncio.timeout(READY_SECONDS):
                while bot.process.returncode is None:
                    await restore(bot_url, backup, now=now, replace=True)

            assert await bot.ended() == 1
            assert "database_went_back" in bot.events
            assert "Traceback" not in "\n".join(bot.log)
