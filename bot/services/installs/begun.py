"""Installations begun in a browser: each is finished once, by the browser that began it."""

import hashlib
import secrets
from datetime import timedelta

from bot.services.ports import Clock
from bot.store.database import Database

HOLDS_FOR = timedelta(minutes=10)
"""As long as Slack's own code. A minute between the clocks of two replicas makes it nine to eleven.
"""


def new_secret() -> str:
    """Return what nobody can guess: 43 letters, digits, hyphens and underscores."""
    return secrets.token_urlsafe(32)


class BegunInstalls:
    """States of OAuth. Only digests are kept, so the database lets nobody finish one."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, browser: str) -> str:
        """Return the state of a new installation; `browser` is a secret that this browser has.

        Raises:
            StoreUnavailable: nothing was begun.
        """
        state = new_secret()
        await self._database.oauth_states.keep(
            _digest(state),
            browser=_digest(browser),
            now=self._clock.now(),
            holds_for=HOLDS_FOR,
        )
        return state

    async def finish(self, state: str, browser: str) -> bool:
        """Use the state up; False where it was used, is too old, or is another browser's.

        Raises:
            StoreUnavailable: it can be finished later, by the same address.
        """
        return await self._database.oauth_states.take(
            _digest(state), browser=_digest(browser), now=self._clock.now()
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
