"""Delivery over Socket Mode: envelopes on a WebSocket that the bot opened."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.dispatch.transport import FAILED, TIMEOUT, Answer, Delivery
from bot.sandbox.model import Json
from bot.sandbox.samples import APP_ID

MAX_CONNECTIONS = 10


class SocketTransport:
    """Sends each payload to one of the bot's connections, in turn, and waits for its ack."""

    def __init__(
        self, *, ack_seconds: float, abort: Callable[[WebSocket], None] | None = None
    ) -> None:
        self._ack_seconds = ack_seconds
        self._abort = abort
        self._connections: deque[WebSocket] = deque()
        self._warned: set[WebSocket] = set()
        self._changed = asyncio.Condition()
        self._opening = 0
        self._tickets: set[str] = set()
        self._waiting: dict[str, tuple[WebSocket, asyncio.Future[Answer]]] = {}
        self._serial = count(1)

    @property
    def connections(self) -> int:
        """How many connections the bot has open."""
        return len(self._connections)

    def new_ticket(self) -> str:
        """Return a ticket that opens one connection."""
        ticket = f"ticket-{next(self._serial):08d}"
        self._tickets.add(ticket)
        return ticket

    async def connected(self, at_least: int = 1) -> None:
        """Return once the bot has this many connections open."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self._connections) >= at_least)

    async def disconnected(self) -> None:
        """Return once the bot has no connection open."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._connections)

    async def deliver(self, delivery: Delivery) -> Answer:
        """Send a payload and return the answer; never raises for what the bot did."""
        if self._opening and not self._connections:
            await self.connected()
        if not self._connections:
            return Answer(
                error=FAILED,
                detail="no Socket Mode connection is open",
                retry_reason="connection_failed",
            )
        started = time.perf_counter()
        answer = await self._exchange(delivery)
        return replace(answer, seconds=time.perf_counter() - started)

    async def _exchange(self, delivery: Delivery) -> Answer:
        connection = self._connections[0]
        self._connections.rotate(-1)
        envelope_id = f"envelope-{next(self._serial):08d}"
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (connection, future)
        try:
            async with asyncio.timeout(self._ack_seconds):
                await connection.send_json(_envelope(envelope_id, delivery))
                return await future
        except TimeoutError:
            return Answer(
                error=TIMEOUT,
                detail=f"no ack within {self._ack_seconds:g} s",
                retry_reason="timeout",
            )
        except (WebSocketDisconnect, RuntimeError, OSError) as exc:
            return _lost(f"{type(exc).__name__}: {exc}")
        finally:
            self._waiting.pop(envelope_id, None)

    async def serve(self, websocket: WebSocket) -> None:
        """Serve one connection of the bot until it ends."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close(code=1008, reason="link_disabled")
            return
        self._tickets.discard(ticket)
        if len(self._connections) >= MAX_CONNECTIONS:
            await websocket.accept()
            await websocket.send_json(_disconnect("too_many_websockets"))
            await websocket.close()
            return
        self._opening += 1
        try:
            await self._welcome(websocket)
        finally:
            self._opening -= 1
        try:
            while True:
                self._acknowledge(await websocket.receive_json())
        except (WebSocketDisconnect, ValueError, TypeError, KeyError, RuntimeError):
            # The connection ended, or the bot sent what no Socket Mode client sends: it is over.
            pass
        finally:
            await self._forget(websocket)

    async def refresh(self) -> None:
        """Ask every connection to be opened anew, as Slack does now and then, and close it."""
        for connection in tuple(self._connections):
            await self._forget(connection)
            await connection.send_json(_disconnect("refresh_requested"))
            await connection.close()

    async def warn(self) -> None:
        """Say that every connection will be closed soon, as Slack does some seconds before.

        Nothing new is sent by them; what was sent may still be acknowledged.
        """
        async with self._changed:
            warned = tuple(self._connections)
            self._connections.clear()
        self._warned.update(warned)
        for connection in warned:
            await connection.send_json(_disconnect("warning"))

    def cut(self) -> None:
        """Break every connection off, as a network does that fails."""
        if self._abort is None:
            raise ValueError("nobody said how a connection is broken off")
        for connection in tuple(self._connections):
            self._abort(connection)

    async def drop(self) -> None:
        """Close every connection without a word."""
        for connection in (*self._connections, *self._warned):
            await self._forget(connection)
            await connection.close(code=1001)

    async def close(self) -> None:
        """Close every connection for good."""
        await self.drop()

    async def _welcome(self, websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_json(
            {
                "type": "hello",
                "num_connections": len(self._connections) + 1,
                "debug_info": {"host": "local", "build_number": 1},
                "connection_info": {"app_id": APP_ID},
            }
        )
        async with self._changed:
            self._connections.append(websocket)
            self._changed.notify_all()

    async def _forget(self, websocket: WebSocket) -> None:
        async with self._changed:
            if websocket in self._connections:
                self._connections.remove(websocket)
            self._warned.discard(websocket)
            self._changed.notify_all()
        for connection, future in list(self._waiting.values()):
            if connection is websocket and not future.done():
                future.set_result(_lost("the connection was closed before the ack"))

    def _acknowledge(self, ack: Any) -> None:
        if not isinstance(ack, dict):
            raise TypeError("an ack must be an object")
        waiting = self._waiting.get(str(ack.get("envelope_id")))
        if waiting is not None and not waiting[1].done():
            waiting[1].set_result(Answer(body=ack.get("payload") or None))


def _envelope(envelope_id: str, delivery: Delivery) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": delivery.retry_num, "retry_reason": delivery.retry_reason}
    return envelope


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}


def _lost(detail: str) -> Answer:
    return Answer(error=FAILED, detail=detail, retry_reason="connection_failed")
