"""Units of work of several processes at once, each looking at what its transaction was given."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.tenancy import Member, Tenant
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from tests.fakes.clock import FrozenClock

TASKS = 5
"""Units that a client has under way at a time."""

_NOW = FrozenClock().now()
_SEEN = text(
    "SELECT current_setting('statement_timeout'), current_setting('transaction_read_only'),"
    " current_setting('TimeZone'), (SELECT count(*) FROM pg_prepared_statements),"
    " current_setting('app.tenant'), current_user = session_user"
)
_WHOSE = text("SELECT slack_id, team_id FROM member JOIN workspace ON workspace_id = workspace.id")
_KINDS = {"save": 4, "read": 4, "across": 1, "forbidden": 1, "broken": 1, "called_off": 1}


class Broken(Exception):
    """What a unit of work may raise."""


class Client:
    """One process with its own tenant and time limit, by which a setting that leaks is told."""

    def __init__(self, url: str, number: int) -> None:
        self._limit = 20_001 + number
        self._number = number
        self.tenant = Tenant(f"T{number}")
        self.database = Database(url, pool_size=TASKS, statement_timeout_ms=self._limit)
        self.saved: set[str] = set()
        self.maybe: set[str] = set()

    async def unit(self, kind: str, number: int) -> None:
        """Do one unit of work of a kind.

        Raises:
            AssertionError: its transaction was not as it must be.
            StoreUnavailable: the store did not do it.
        """
        name = f"U{self._number}X{number}"
        match kind:
            case "save":
                await self._save(name)
                self.saved.add(name)
            case "read":
                async with self.database.read(self.tenant) as work:
                    await self._look(work.members._connection, read_only="on")
                    found = await work.members._connection.execute(_WHOSE)
                    assert {team for _, team in found} <= {self.tenant.team_id}
            case "across":
                await self.database.changes_since(None)
            case "forbidden":
                await self._forbidden(name)
            case "broken":
                with suppress(Broken):
                    await self._save(name, Broken())
            case "called_off":
                self.maybe.add(name)
                await self._called_off(name)

    async def _save(self, name: str, error: Exception | None = None) -> None:
        async with self.database.write(self.tenant) as work:
            await self._look(work.members._connection, read_only="off")
            await work.members.save(Member(self.tenant, name), at=_NOW)
            if error is not None:
                raise error

    async def _forbidden(self, name: str) -> None:
        with pytest.raises(StoreUnavailable, match="read-only"):
            async with self.database.read(self.tenant) as work:
                await work.members.save(Member(self.tenant, name), at=_NOW)

    async def _called_off(self, name: str) -> None:
        saving = asyncio.create_task(self._save(name))
        # A few turns of the loop, so that it is met at any of its steps.
        for _ in range(self._limit * len(name) % 23):
            await asyncio.sleep(0)
        saving.cancel()
        with suppress(asyncio.CancelledError):
            await saving

    async def _look(self, connection: AsyncConnection, *, read_only: str) -> None:
        limit, hold, zone, prepared, tenant, own = (await connection.execute(_SEEN)).one()
        assert (hold, zone, prepared) == (read_only, "UTC", 0)
        assert (tenant, own) == (f"/{self.tenant.team_id}", True)
        assert limit == f"{self._limit}ms"


@asynccontextmanager
async def clients(url: str, count: int) -> AsyncIterator[Sequence[Client]]:
    """So many processes that use one database."""
    async with AsyncExitStack() as stack:
        made = [Client(url, number) for number in range(count)]
        for each in made:
            stack.push_async_callback(each.database.dispose)
        yield made


async def work_off(
    clients: Sequence[Client], *, units: int, seed: int, **weights: int
) -> Counter[str]:
    """Let clients do so many units; return how often each kind of failure was seen.

    `weights` change how often a kind of unit comes, such as `read=9`.

    Raises:
        AssertionError: what was acknowledged is missing, or what was taken back is there.
    """
    chance = random.Random(seed)  # noqa: S311 - the same units each time
    kinds = _KINDS | weights
    drawn = chance.choices(list(kinds), list(kinds.values()), k=units)
    todo = list(zip(drawn, range(units), strict=True))
    failures: Counter[str] = Counter()

    async def work(client: Client) -> None:
        while todo:
            kind, number = todo.pop()
            try:
                await client.unit(kind, number)
            except (AssertionError, StoreUnavailable) as error:
                failures[f"{kind}: {error}"] += 1

    async with asyncio.TaskGroup() as group:
        for client in clients:
            for _ in range(TASKS):
                group.create_task(work(client))
    await _compared(clients)
    return failures


async def _compared(clients: Sequence[Client]) -> None:
    there = set()
    for each in clients:
        async with each.database.read(each.tenant) as work:
            there |= {name for name, _ in await work.members._connection.execute(_WHOSE)}
    saved = {name for each in clients for name in each.saved}
    maybe = {name for each in clients for name in each.maybe}
    assert saved <= there <= saved | maybe
