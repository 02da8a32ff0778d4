"""Installations that were begun and not finished: each is finished once, wherever it was begun."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engine import transaction
from bot.store.installs.oauth.models import oauth_state

# Longer than any state holds by anybody's clock. What lies further ahead was written by a clock
# that was wrong; what is longer past nobody can finish, however clocks differ.
_AHEAD = timedelta(days=1)
_PAST = timedelta(hours=1)


class OAuthStates:
    """States by their digests, each bound to the digest of its browser's secret."""

    def __init__(self, *, writer: AsyncEngine, timeout_ms: int) -> None:
        self._writer = writer
        self._timeout_ms = timeout_ms

    async def keep(self, state: str, *, browser: str, now: datetime, holds_for: timedelta) -> None:
        """Keep a new state, and let go of those that nobody can use any more.

        Raises:
            StoreUnavailable: it is not kept, so it must not be given out.
        """
        gone = or_(
            oauth_state.c.expires_at < now - _PAST,
            oauth_state.c.expires_at > now + holds_for + _AHEAD,
        )
        values = {"state": state, "browser": browser, "expires_at": now + holds_for}
        async with transaction(self._writer, timeout_ms=self._timeout_ms, reach=None) as connection:
            await connection.execute(delete(oauth_state).where(gone))
            await connection.execute(insert(oauth_state).values(values))

    async def take(self, state: str, *, browser: str, now: datetime) -> bool:
        """Use a state up; False where there is none such, or only of the past.

        It is one statement: of two that ask at once, in whichever process, one gets it. That of
        another browser stays for whoever it belongs to.

        Raises:
            StoreUnavailable: it is not used up, unless the connection broke during the commit.
        """
        mine = (oauth_state.c.state == state) & (oauth_state.c.browser == browser)
        used = delete(oauth_state).where(mine).returning(oauth_state.c.expires_at)
        async with transaction(self._writer, timeout_ms=self._timeout_ms, reach=None) as connection:
            expires_at: datetime | None = (await connection.execute(used)).scalar_one_or_none()
        return expires_at is not None and now <= expires_at
