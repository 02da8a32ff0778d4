"""Databases that hold the built-in catalogue before a bot starts on them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from bot.bootstrap.built_in import ensure_built_in
from bot.services.clock import SystemClock
from bot.store import migrate
from bot.store.database import Database


def publish_built_in(url: str, *, migrated: bool = True) -> None:
    """Publish the built-in catalogue, in a thread, so that no event loop of a test is met."""

    async def publish() -> None:
        if not migrated:
            await migrate.upgrade(url)
        database = Database(url)
        await ensure_built_in(database, SystemClock())
        await database.dispose()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, publish()).result()
