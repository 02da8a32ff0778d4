"""`nextrung catalogue sync --watch`: takes what has changed, until SIGTERM."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import typer

from bot.cli.catalogue.printing import moment, say
from bot.cli.failing import readable_errors
from bot.services.ports import Clock
from bot.store.errors import StoreUnavailable

Turn = Callable[[], Awaitable[object]]
Waiting = Callable[[], Awaitable[bool]]


async def watch(turn: Turn, digest: Callable[[], str], wait: Waiting, clock: Clock) -> None:
    """Take a turn now, and whenever what `digest` tells of has changed, until `wait` says to end.

    A change is taken once it has stood still from one look to the next: files that are being
    written are left alone. What a turn cannot do is told, and tried again after the next change;
    at the next look where only the database was away.
    """
    taken: str | None = None
    before: str | None = None
    while True:
        now = await asyncio.to_thread(digest)
        if now != taken and (taken is None or now == before):
            if taken is not None:
                say(f"{moment(clock.now())}: something has changed.")
            taken = now if await _tried(turn) else taken
        before = now
        if await wait():
            return


async def _tried(turn: Turn) -> bool:
    """Take a turn; return whether there is nothing to try again."""
    try:
        with readable_errors():
            await turn()
    except typer.Exit as ended:
        return not isinstance(ended.__context__, StoreUnavailable)
    return True


def waiting(seconds: float, stopped: asyncio.Event) -> Waiting:
    """Return what waits so long and tells whether to end; it ends at once when `stopped` is set."""

    async def wait() -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), seconds)
        return stopped.is_set()

    return wait
