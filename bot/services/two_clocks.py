"""Whether this machine's clock agrees with the database's. Where it does not, nothing is due."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from time import monotonic

from bot.log import get_logger
from bot.services.clock import Steady
from bot.services.ports import Clock
from bot.store.errors import StoreUnavailable

APART_S = 90.0
"""Clocks this far apart still agree: what is done by them comes so much early or late."""

EVENLY_S = 60.0
"""A clock that has jumped goes evenly for so long before anything is due by it again."""

_ASKED_EACH_S = 10.0
# What is deleted for being old is gone.
_EVENLY_TO_DELETE = 600.0

Moment = Callable[[], Awaitable[datetime | None]]
"""Tells the time by another clock; None where there is no other."""
Work = Callable[[], Awaitable[None]]

log = get_logger()


async def no_other() -> None:
    """Be the `Moment` of a clock that is moved by hand: nothing else goes by it."""


class TwoClocks:
    """Compares a clock with the database's, of which one is wrong where they part.

    The database is asked now and then. In between it is reckoned by a clock that only counts, so
    that a jump is seen at once; and it is asked before this one is called wrong, for a machine that
    slept has not counted. It is a `Steady`.
    """

    def __init__(
        self, clock: Clock, told: Moment, steady: Steady, counted: Callable[[], float] = monotonic
    ) -> None:
        self._clock = clock
        self._told = told
        self._steady = steady
        self._counted = counted
        self._ask_at = float("-inf")
        # The database's clock less the one that counts; None where there is no other clock.
        self._theirs: float | None = None
        self._said_wrong = False

    def ahead(self) -> float:
        """Return how many seconds this clock is ahead of the database's, as last asked."""
        if self._theirs is None:
            return 0.0
        return self._clock.now().timestamp() - self._counted() - self._theirs

    def seem_to_agree(self) -> bool:
        """Tell whether the two agree, without asking: for whoever is in the middle of something."""
        return abs(self.ahead()) <= APART_S

    def __call__(self, seconds: float) -> bool:
        """Tell whether the two seem to agree, and this one has gone evenly for so long."""
        return self._steady(seconds) and self.seem_to_agree()

    def fault(self) -> str | None:
        """Return the code of what is wrong with this clock, if anything."""
        return None if self.seem_to_agree() else "clock_wrong"

    async def right(self, *, evenly: float = EVENLY_S) -> bool:
        """Tell whether anything is due by this clock: it has gone evenly, and the two agree.

        Where they do not it is logged once, and once that they do again.

        Raises:
            StoreUnavailable: the database was never heard.
        """
        await self._compare()
        return self(evenly)

    def by_time(self, work: Work) -> Work:
        """Return `work` as it is done only by a clock that is right."""

        async def only_then() -> None:
            if await self.right():
                await work()

        return only_then

    def by_age(self, work: Work) -> Work:
        """Return `work` that deletes what is old: the clock must have gone evenly too."""

        async def only_then() -> None:
            if await self.right(evenly=_EVENLY_TO_DELETE):
                await work()

        return only_then

    async def _compare(self) -> None:
        if self._counted() >= self._ask_at or not self.seem_to_agree():
            await self._ask()
        wrong = not self.seem_to_agree()
        if wrong and not self._said_wrong:
            log.error("clock_wrong", seconds=round(self.ahead()))
        elif self._said_wrong and not wrong:
            log.info("clock_right_again")
        self._said_wrong = wrong

    async def _ask(self) -> None:
        asked = self._counted()
        try:
            told = await self._told()
        except StoreUnavailable:
            if self._ask_at == float("-inf"):
                raise
            return  # what it told before holds, and so does the clock that counts
        answered = self._counted()
        self._theirs = told.timestamp() - (asked + answered) / 2 if told else None
        self._ask_at = answered + _ASKED_EACH_S
