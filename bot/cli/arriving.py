"""How long an HTTP request may take to arrive: one that trickles in holds nothing for long."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from bot.log import get_logger

log = get_logger()

_LATE = 408


class TimedProtocol(H11Protocol):
    """uvicorn's HTTP, which waits for the rest of a request without end, with an end to it.

    Headers have so many `seconds`, and so has a body after them. A connection on which nothing
    comes at all is closed like one that is kept alive.
    """

    seconds: float
    _arrives: asyncio.TimerHandle | None = None
    _timed: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # theirs
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def data_received(self, data: bytes) -> None:
        """Take a part of a request, or several requests."""
        super().data_received(data)
        self._time()

    def on_response_complete(self) -> None:
        """Go on with what came meanwhile."""
        super().on_response_complete()
        self._time()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._untime()
        super().connection_lost(exc)

    def _time(self) -> None:
        """Let time run while a request has begun and is not whole."""
        theirs = self.conn.their_state
        begun = theirs is h11.IDLE and bool(self.conn.trailing_data[0])
        if self.transport.is_closing() or not (begun or theirs is h11.SEND_BODY):
            self._untime()
        elif self._arrives is None or self._timed is not self.cycle:
            self._untime()
            self._timed = self.cycle
            self._arrives = self.loop.call_later(self.seconds, self._too_slow)

    def _untime(self) -> None:
        if self._arrives is not None:
            self._arrives.cancel()
            self._arrives = None

    def _too_slow(self) -> None:
        self._arrives = None
        if self.transport.is_closing():
            return
        log.info("request_rejected", status=_LATE, reason="too slow")
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            headers = [(b"content-length", b"0"), (b"connection", b"close")]
            answer = h11.Response(status_code=_LATE, headers=headers, reason=STATUS_PHRASES[_LATE])
            for event in (answer, h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        if self.conn.their_state is h11.SEND_BODY:
            # Whoever reads it hears that there is nobody any more.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()


def timed(seconds: float) -> type[TimedProtocol]:
    """Return uvicorn's protocol for requests that must be there within so many seconds."""
    return type("Timed", (TimedProtocol,), {"seconds": seconds})
