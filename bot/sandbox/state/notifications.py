"""How live pages and waiting tests learn of changes."""

import asyncio
from collections.abc import AsyncIterator, Callable

from bot.sandbox.model import WorldEvent

QUEUE_SIZE = 1000


class Subscription(AsyncIterator[WorldEvent]):
    """An endless stream of changes from the moment it was made; `close()` ends it.

    A reader that falls behind loses the oldest changes rather than holding up the world.
    """

    def __init__(self, on_close: Callable[["Subscription"], None]) -> None:
        self._queue: asyncio.Queue[WorldEvent | None] = asyncio.Queue(QUEUE_SIZE)
        self._on_close = on_close
        self._closed = False

    def put(self, event: WorldEvent | None) -> None:
        """Hand a change to the reader; None ends the stream."""
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait(event)

    def close(self) -> None:
        """End the stream; reading on raises StopAsyncIteration."""
        if not self._closed:
            self._closed = True
            self._on_close(self)
            self.put(None)

    def __aiter__(self) -> "Subscription":
        return self

    async def __anext__(self) -> WorldEvent:
        if self._closed and self._queue.empty():
            raise StopAsyncIteration
        event = await self._queue.get()
        if event is None:
            raise StopAsyncIteration
        return event


class Notifier:
    """Hands every change to every subscription."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()

    def subscribe(self) -> Subscription:
        """Return a stream of the changes from now on."""
        subscription = Subscription(self._subscriptions.discard)
        self._subscriptions.add(subscription)
        return subscription

    def publish(self, event: WorldEvent) -> None:
        """Hand `event` to every subscription, without waiting."""
        for subscription in tuple(self._subscriptions):
            subscription.put(event)

    def close(self) -> None:
        """End every subscription."""
        for subscription in tuple(self._subscriptions):
            subscription.close()
