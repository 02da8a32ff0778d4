"""Tokens that end: one process at a time exchanges a tenant's, and no other gets in between."""

from contextlib import AbstractAsyncContextManager
from dataclasses import field
from datetime import datetime, timedelta

from sqlalchemy import Update, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.installs.installation import CLOCKS_APART, Trouble
from bot.domain.tenancy import Tenant
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.models import workspace
from bot.store.nudges.models import nudge_plan
from bot.store.tenants import tenant_key
from bot.store.tokens.installations import tell_of_change
from bot.store.tokens.keys import TokenKeys, Tokens
from bot.store.tokens.models import installation
from bot.store.tokens.rows import sealed_of, tenant_of
from bot.values import dataclass

CALL = timedelta(seconds=30)
"""Longer than any try to exchange a token lasts."""
# Clocks may be apart by a minute, both ways: a lease that has ended by another's clock has by ours.
LEASE = CALL + 2 * CLOCKS_APART


@dataclass(frozen=True, slots=True)
class Begun:
    """A token that this process is to exchange now.

    `again` tells that a try before was never answered: Slack may have exchanged the token then.
    """

    tenant: Tenant
    token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    again: bool


class RefreshStore:
    """Who exchanges which token, as one process sees it. No call of Slack's is made in here."""

    def __init__(
        self,
        *,
        reader: AsyncEngine,
        writer: AsyncEngine,
        timeout_ms: int,
        holder: str,
        keys: TokenKeys,
    ) -> None:
        """`holder` names this process, and no other that ever was."""
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms
        self._holder = holder
        self._keys = keys

    async def begin(self, tenant: Tenant, *, now: datetime, before: datetime) -> Begun | None:
        """Take a token that ends before a moment, to exchange it; None where there is none.

        There is none either where another process has taken it, for as long as its lease lasts.

        Raises:
            NoTokenKeys, TokenKeyMissing: it cannot be decrypted.
            StoreUnavailable: nothing is taken.
        """
        mine = installation.c.tenant_key == tenant_key(tenant)
        async with self._writing(tenant) as connection:
            query = select(installation).where(mine).with_for_update()
            row = (await connection.execute(query)).first()
            if row is None or row.sealed is None or row.expires_at is None:
                return None
            if row.expires_at > before or _is_held(row.refresh_until, now):
                return None
            tokens = self._keys.open(row.tenant_key, sealed_of(row))
            if tokens.refresh_token is None:
                return None
            taken = {"refreshed_by": self._holder, "refresh_until": now + LEASE}
            await connection.execute(update(installation).where(mine).values(taken))
            again = row.refreshed_by is not None
            return Begun(tenant, tokens.token, tokens.refresh_token, again)

    async def is_held(self, tenant: Tenant, *, now: datetime) -> bool:
        """Tell whether some process is exchanging a tenant's token.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        mine = installation.c.tenant_key == tenant_key(tenant)
        query = select(installation.c.refresh_until).where(mine)
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=tenant
        ) as connection:
            return _is_held(await connection.scalar(query), now)

    async def done(self, begun: Begun, tokens: Tokens, expires_at: datetime | None) -> bool:
        """Keep new tokens; False where another installation has come meanwhile, which stays.

        They are kept too where another process has taken the token since, for the lease had ended
        while the database was away: what it can do with that is to be told that it is used up.

        Raises:
            StoreUnavailable: they are not kept.
        """
        async with self._writing(begun.tenant) as connection:
            if not await self._is_same(connection, begun, whoever=True):
                return False
            sealed = self._keys.seal(tenant_key(begun.tenant), tokens)
            values = {"sealed": sealed.content, "key_id": sealed.key_id, "expires_at": expires_at}
            values |= {"refreshed_by": None, "refresh_until": None}
            values |= {"trouble": None, "trouble_since": None}
            await connection.execute(self._of(begun).values(values))
            await tell_of_change(connection, begun.tenant)
            return True

    async def refused(self, begun: Begun, trouble: Trouble | None) -> None:
        """Let go of a token that Slack did not exchange; `trouble` where it never will.

        Raises:
            StoreUnavailable: it is held until the lease ends.
        """
        values: dict[str, object] = {"refresh_until": None}
        if not begun.again:
            # Else the next try is told, too, that one before was never answered.
            values["refreshed_by"] = None
        if trouble is not None:
            values |= {"trouble": trouble.reason, "trouble_since": trouble.since}
        async with self._writing(begun.tenant) as connection:
            if await self._is_same(connection, begun):
                await connection.execute(self._of(begun).values(values))
                await tell_of_change(connection, begun.tenant)

    async def unanswered(self, begun: Begun, until: datetime) -> None:
        """Leave a token alone for a while, for nobody knows whether Slack has exchanged it.

        Raises:
            StoreUnavailable: it is held until the lease ends.
        """
        async with self._writing(begun.tenant) as connection:
            if await self._is_same(connection, begun):
                await connection.execute(self._of(begun).values(refresh_until=until))

    async def ending(
        self, *, now: datetime, before: datetime, due_before: datetime, most: int
    ) -> list[Tenant]:
        """Return whose tokens end before a moment, and who have nudges due before another.

        Who has neither asks when a token is next used: a refresh token does not end.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        due = (
            select(nudge_plan.c.member_id)
            .join(workspace, workspace.c.id == nudge_plan.c.workspace_id)
            .where(
                workspace.c.tenant_key == installation.c.tenant_key,
                nudge_plan.c.next_due_at <= due_before,
            )
        )
        free = installation.c.refresh_until.is_(None) | (installation.c.refresh_until <= now)
        query = (
            select(installation)
            .where(
                installation.c.expires_at <= before,
                installation.c.sealed.is_not(None),
                installation.c.trouble.is_(None),
                free,
                due.exists(),
            )
            .order_by(installation.c.expires_at)
            .limit(most)
        )
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.ROTATING
        ) as connection:
            return [tenant_of(row) for row in (await connection.execute(query)).all()]

    async def _is_same(
        self, connection: AsyncConnection, begun: Begun, *, whoever: bool = False
    ) -> bool:
        """Tell whether the token is still the one that was taken, by us; hold its row."""
        mine = installation.c.tenant_key == tenant_key(begun.tenant)
        row = (await connection.execute(select(installation).where(mine).with_for_update())).first()
        if row is None or row.sealed is None:
            return False
        if row.refreshed_by != self._holder and not whoever:
            return False
        return self._keys.open(row.tenant_key, sealed_of(row)).token == begun.token

    def _of(self, begun: Begun) -> Update:
        return update(installation).where(installation.c.tenant_key == tenant_key(begun.tenant))

    def _writing(self, tenant: Tenant) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._writer, timeout_ms=self._timeout_ms, reach=tenant)


def _is_held(until: datetime | None, now: datetime) -> bool:
    """A lease that ends later than any does was written by a clock that was wrong."""
    return until is not None and now < until <= now + LEASE + CLOCKS_APART
