"""Databases that hold the built-in catalogue before a bot starts on them, and sample members."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from bot.bootstrap.built_in import ensure_built_in
from bot.cli.samples import introduce
from bot.domain.tenancy import Member
from bot.sandbox.local_slack import LocalSlack
from bot.services.clock import SystemClock
from bot.services.members.directory import Members
from bot.store import migrate
from bot.store.database import Database


class PeopledUrl(str):
    """The way to a database that holds the sample members as the sandbox introduces them."""

    __slots__ = ()


class _Kept:
    """As much of the members' service as an introduction needs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, member: Member) -> None:
        async with self._database.write(member.tenant) as work:
            await work.members.save(member, at=SystemClock().now())


def publish_built_in(url: str, *, migrated: bool = True) -> None:
    """Publish the built-in catalogue, in a thread, so that no event loop of a test is met."""

    async def publish() -> None:
        if not migrated:
            await migrate.upgrade(url)
        database = Database(url)
        await ensure_built_in(database, SystemClock())
        await database.dispose()

    _run(publish())


def introduce_samples(url: str) -> None:
    """Introduce the sample members, in a thread likewise."""

    async def save() -> None:
        database = Database(url)
        await introduce(cast("Members", _Kept(database)), LocalSlack())
        await database.dispose()

    _run(save())


def _run(work: Coroutine[Any, Any, None]) -> None:
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, work).result()
