"""Tokens that end are exchanged for new ones: on use, and before nudges are due."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import field
from datetime import datetime, timedelta
from itertools import chain, repeat
from typing import Protocol

from bot.domain.installs.installation import Trouble
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.ports import Clock
from bot.store.database import Database
from bot.store.errors import StoreError, StoreUnavailable
from bot.store.installs.refreshing import Begun
from bot.store.tokens.keys import Tokens
from bot.time_left import unhurried
from bot.values import dataclass

EARLY = timedelta(hours=1)
"""A token that ends within this may be exchanged."""
LOST = "refresh_lost"
"""Slack exchanged a token, and its answer never came: the app must be installed again."""
_ANY = timedelta(days=3650)
_TRY_AGAIN = timedelta(minutes=1)
_AT_ONCE = 20
# So long apart (seconds) it is tried to keep what Slack gave, for it gives it once: at first, and
# then for longer than a database takes to go over to another server.
_KEEPS, _THEN, _TIMES = (0.2, 1.0, 3.0), 5.0, 120
# The end of a process waits so long for it.
_ENDS_WITHIN = 15.0
# Another process may be exchanging the token just now: so long (seconds) it is waited for.
_OTHERS_WAIT, _OTHERS_LOOK = 5.0, 0.25

log = get_logger()


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What Slack gave for a refresh token, which is of no use any more."""

    token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    seconds: float | None


class ExchangeRefused(Exception):
    """Slack did not exchange the token. `final` tells that it never will; `code` is its word."""

    def __init__(self, code: str, *, final: bool) -> None:
        super().__init__(code)
        self.code = code
        self.final = final


class ExchangeUnanswered(Exception):
    """Slack may have exchanged the token, or not. `code` tells why nobody knows."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TokenExchange(Protocol):
    """Exchanges a refresh token, in less time than `CALL`."""

    async def exchange(self, refresh_token: str) -> Exchanged:
        """Return new tokens.

        Raises:
            ExchangeRefused: the token is not exchanged.
            ExchangeUnanswered: nobody knows whether it is.
        """
        ...


class Rotation:
    """Exchanges tokens, each once at a time among all processes. For one event loop."""

    def __init__(
        self,
        database: Database,
        exchange: TokenExchange,
        clock: Clock,
        *,
        changed: Callable[[Tenant], None],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """`changed` hears whose tokens are others by now."""
        self._database = database
        self._exchange = exchange
        self._clock = clock
        self._changed = changed
        self._sleep = sleep
        self._under_way: dict[Tenant, asyncio.Task[None]] = {}

    async def renewed(self, tenant: Tenant, *, ended: bool = False) -> None:
        """Return once a tenant's token was exchanged, here or elsewhere, or could not be.

        `ended` tells that Slack said so, whatever the clock here says. Whoever waits for the same
        one shares the exchange, which goes on where they stop waiting.
        """
        await asyncio.wait([self._task(tenant, wait=True, ended=ended)])

    def begin(self, tenant: Tenant) -> None:
        """Exchange a tenant's token beside what is done now."""
        self._task(tenant, wait=False)

    async def turn(self) -> None:
        """Exchange what ends soon where nudges are due soon; call it every minute or so.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        now = self._clock.now()
        soon = now + EARLY
        ending = self._database.refreshes.ending
        for tenant in await ending(now=now, before=soon, due_before=soon, most=_AT_ONCE):
            self.begin(tenant)

    async def settled(self) -> None:
        """Wait a while until no exchange is under way: what Slack gives is to be kept."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_ENDS_WITHIN):
                while self._under_way:
                    await asyncio.wait(self._under_way.values())

    def _task(self, tenant: Tenant, *, wait: bool, ended: bool = False) -> "asyncio.Task[None]":
        task = self._under_way.get(tenant)
        if task is None:
            work = self._renew(tenant, wait=wait, ended=ended)
            task = asyncio.create_task(work, context=unhurried())
            self._under_way[tenant] = task
            task.add_done_callback(lambda _: self._under_way.pop(tenant, None))
        return task

    async def _renew(self, tenant: Tenant, *, wait: bool, ended: bool) -> None:
        try:
            now = self._clock.now()
            before = now + (_ANY if ended else EARLY)
            begun = await self._database.refreshes.begin(tenant, now=now, before=before)
            if begun is not None:
                await self._exchanged(begun, now)
            elif wait:
                await self._by_another(tenant)
        except StoreError as error:
            log.warning("token_not_refreshed", team=tenant.team_id, code=error.code)
        except Exception as error:  # whatever it is: the next use tries again
            log.error("token_not_refreshed", team=tenant.team_id, exc_info=error)  # noqa: TRY400 - error is its level
        finally:
            self._changed(tenant)

    async def _exchanged(self, begun: Begun, now: datetime) -> None:
        refreshes, team = self._database.refreshes, begun.tenant.team_id
        try:
            made = await self._exchange.exchange(begun.refresh_token)
        except ExchangeUnanswered as error:
            log.warning("token_not_refreshed", team=team, code=error.code)
            await refreshes.unanswered(begun, self._clock.now() + _TRY_AGAIN)
        except ExchangeRefused as error:
            reason = LOST if begun.again and error.final else error.code
            log.error("token_refresh_refused", team=team, reason=reason, code=error.code)  # noqa: TRY400 - its level
            trouble = Trouble(reason, self._clock.now()) if error.final else None
            await refreshes.refused(begun, trouble)
        else:
            await self._keep(begun, made, now)

    async def _keep(self, begun: Begun, made: Exchanged, asked: datetime) -> None:
        """Keep what Slack gave, also where the store needs a moment: it is not given again.

        It lasts from when it was asked for, which is before it was given.
        """
        expires_at = asked + timedelta(seconds=made.seconds) if made.seconds else None
        tokens = Tokens(made.token, made.refresh_token)
        for pause in chain(_KEEPS, repeat(_THEN, _TIMES), [None]):
            try:
                kept = await self._database.refreshes.done(begun, tokens, expires_at)
            except StoreUnavailable:
                if pause is None:
                    raise
                await self._sleep(pause)
            else:
                log.info("token_refreshed", team=begun.tenant.team_id, kept=kept)
                return

    async def _by_another(self, tenant: Tenant) -> None:
        """Wait a while for another process that is exchanging the token just now."""
        for _ in range(int(_OTHERS_WAIT / _OTHERS_LOOK)):
            now = self._clock.now()
            if not await self._database.refreshes.is_held(tenant, now=now):
                return
            await self._sleep(_OTHERS_LOOK)
