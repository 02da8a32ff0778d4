"""Processes that start together on one database do what has to be done once."""

import asyncio
import subprocess
import sys

from bot.store import migrate
from bot.store.database import Database
from tests.integration.store.test_store_migrate import UPGRADE

ENSURE = """
import asyncio, sys
from datetime import UTC, datetime
from bot.store.database import Database
from tests.factories import big_catalogue

async def main(url):
    database = Database(url)
    info = await database.catalogues.ensure(
        lambda: big_catalogue(skills=60, roles=6, expectations=900),
        catalogue_key="sample", author="Sample Owner", note="", source_digest="d1",
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    await database.dispose()
    print(info.id, info.number)

asyncio.run(main(sys.argv[1]))
"""


def test_four_processes_upgrade_at_once(empty_url: str) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", UPGRADE, empty_url]) for _ in range(4)]
    assert [process.wait(60) for process in processes] == [0, 0, 0, 0]
    assert asyncio.run(migrate.current(empty_url)) == migrate.head()


def outputs_of_three_processes(url: str) -> list[str]:
    command = [sys.executable, "-c", ENSURE, url]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    return outputs


async def test_processes_that_start_together_publish_once(
    database: Database, database_url: str
) -> None:
    outputs = await asyncio.to_thread(outputs_of_three_processes, database_url)
    (info,) = await database.catalogues.history("sample")
    assert outputs == [f"{info.id} {info.number}\n"] * 3
