"""Many tasks' small wishes to the store, gathered into one transaction after another."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.spans import apart

Wish = TypeVar("Wish")
Outcome = TypeVar("Outcome")


class Batching(Generic[Wish, Outcome]):
    """While one batch is carried out, the next gathers: a wish waits for one batch and a pause."""

    def __init__(
        self,
        work: Callable[[Sequence[Wish]], Awaitable[Sequence[Outcome]]],
        *,
        most: int = 200,
        pause_seconds: float = 0.0,
    ) -> None:
        """`work` returns an outcome per wish, in order; an error of it is every wish's error.

        Before each batch there is a pause, in which others may join.
        """
        self._work = work
        self._pause = pause_seconds
        self._most = most
        self._wishes: list[tuple[Wish, asyncio.Future[Outcome]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def do(self, wish: Wish) -> Outcome:
        """Carry out a wish, with others; raise what `work` raised."""
        done: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._wishes.append((wish, done))
        if self._worker is None:
            self._worker = asyncio.create_task(self._carry_out(), context=apart())
        return await done

    async def _carry_out(self) -> None:
        try:
            while self._wishes:
                await asyncio.sleep(self._pause)
                batch, self._wishes = self._wishes[: self._most], self._wishes[self._most :]
                await self._one(batch)
        finally:
            self._worker = None

    async def _one(self, batch: Sequence[tuple[Wish, asyncio.Future[Outcome]]]) -> None:
        try:
            outcomes = await self._work([wish for wish, _ in batch])
        except Exception as error:  # noqa: BLE001 - each waiting task handles it
            for _, done in batch:
                if not done.done():
                    done.set_exception(error)
            return
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            if not done.done():
                done.set_result(outcome)
