"""Errands carried out to their end: by who was asked, or by whoever is still there."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from bot.domain.errors import NextrungError
from bot.domain.members.effects import LEASE, Effect, EffectOverview, Errand, NotYet
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.ports import Clock
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from bot.store.tenants import tenant_key

# What one turn does at most: of so many tenants, this many at a time, so many errands of each.
# That many follow from one press, too.
_TENANTS, _AT_ONCE, _OF_EACH = 200, 5, 5
_BEAT_SECONDS = LEASE.total_seconds() / 3

log = get_logger()


class Carrier(Protocol):
    """Does what an errand says; see `Effects.turn`."""

    async def __call__(self, effect: Effect) -> None: ...


class Effects:
    """What must be done. A row is written first; it goes when it is done or its end is told."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.carrier: Carrier | None = None
        """Who carries out what cannot wait for the next turn; the composition root says so."""

    async def soon(self, tenant: Tenant) -> None:
        """Carry out what is due for a tenant now rather than at the next turn: somebody waits.

        The newest first, for that is what they wait for, however much else there is.
        """
        if self.carrier is None:
            return
        try:
            await self._some_of(tenant_key(tenant), self.carrier, newest=True)
        except StoreUnavailable as error:
            log.warning("effects_wait", code=error.code)

    async def begin(self, errand: Errand) -> Effect:
        """Keep an errand that is begun beside the answer now.

        Raises:
            StoreUnavailable: it is not kept, so it must not begin.
        """
        return await self._database.effects.begin(errand, now=self._clock.now())

    async def queue(self, errand: Errand) -> None:
        """Keep an errand that whichever process looks next begins.

        Raises:
            StoreUnavailable: it is not kept.
        """
        effect = await self.begin(errand)
        await self._database.effects.rest(effect, self._clock.now())

    async def carry_out(self, effect: Effect, work: Callable[[], Awaitable[None]]) -> None:
        """Do it. What goes wrong is logged, and tried again until it was tried often enough."""
        beating = asyncio.ensure_future(self._keep_holding(effect))
        try:
            await work()
        except NotYet as rests:
            await self._rest(effect, rests.until)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
            await self._failed(effect, error)
        else:
            await self._done(effect)
        finally:
            beating.cancel()

    async def _keep_holding(self, effect: Effect) -> None:
        """Let no other process take it up, however long it takes here."""
        while True:
            await asyncio.sleep(_BEAT_SECONDS)
            try:
                await self._database.effects.prolong(effect, now=self._clock.now())
            except StoreUnavailable as error:
                log.warning("effect_end_not_kept", **_names(effect), code=error.code)

    async def turn(self, carrier: Carrier) -> None:
        """Carry out what another process left, or what is to be tried again.

        A few of each tenant's, one after another; tenants do not wait for each other.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        now = self._clock.now()
        keys = deque(await self._database.effects.waiting(now=now, most=_TENANTS))

        async def serve() -> None:
            while keys:
                await self._some_of(keys.popleft(), carrier)

        serving = [serve() for _ in range(min(_AT_ONCE, len(keys)))]
        for ended in await asyncio.gather(*serving, return_exceptions=True):
            if ended is not None:
                raise ended

    async def _some_of(self, key: str, carrier: Carrier, *, newest: bool = False) -> None:
        """Carry out a few of a tenant's, one after another."""
        store, taken_at = self._database.effects, self._clock.now()
        for effect in await store.take(now=taken_at, most=_OF_EACH, key=key, newest=newest):
            # Nobody held it while those before it took long: another process may be at it.
            long = abs((now := self._clock.now()) - taken_at) > LEASE / 3
            if long and not await store.still_ours(effect, now=now):
                continue
            log.info("effect_resumed", **_names(effect), attempt=effect.attempts)
            await self.carry_out(effect, partial(carrier, effect))

    async def overview(self) -> EffectOverview:
        """Return how the errands stand.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        return await self._database.effects.overview(now=self._clock.now())

    async def drop(self, effect: Effect) -> None:
        """Forget an errand that another one stands for."""
        await self._done(effect)

    async def _done(self, effect: Effect) -> None:
        try:
            await self._database.effects.done(effect)
        except StoreUnavailable as error:
            # It is done once more after a while: a file twice is better than none.
            log.warning("effect_end_not_kept", **_names(effect), code=error.code)

    async def stand_for_older(self, effect: Effect) -> None:
        """Forget errands of the same kind for the same tenant that were asked for before.

        Raises:
            StoreUnavailable: they are kept.
        """
        await self._database.effects.drop_older(effect)

    async def _rest(self, effect: Effect, until: datetime) -> None:
        try:
            await self._database.effects.rest(effect, until)
        except StoreUnavailable as error:
            # It is taken up after a while, and put off again.
            log.warning("effect_end_not_kept", **_names(effect), code=error.code)

    async def _failed(self, effect: Effect, error: Exception) -> None:
        names, reason = _names(effect), type(error).__name__
        if isinstance(error, NextrungError):
            reason = error.code
            log.warning("effect_failed", **names, attempt=effect.attempts, code=reason)
        else:
            log.error("effect_failed", **names, attempt=effect.attempts, exc_info=error)
        if effect.last:
            log.error("effect_given_up", **names, code=reason)
        try:
            await self._database.effects.failed(effect, reason, now=self._clock.now())
        except StoreUnavailable as away:
            log.warning("effect_end_not_kept", **names, code=away.code)


def _names(effect: Effect) -> dict[str, Any]:
    """Return what names an errand in the log."""
    return {"effect": effect.id, "kind": effect.errand.kind.value}
