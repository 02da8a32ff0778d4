"""The load generator: callers on kept-alive connections, each sending when its answer has come.

Written on a bare protocol with requests prepared beforehand, so that it needs little of the
machine that it shares with the server.
"""

import asyncio
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_OK = b"HTTP/1.1 200"
# A server that has not answered by then is broken, not slow: Slack itself waits three seconds.
_PATIENCE_SECONDS = 15.0


@dataclass(slots=True)
class Round:
    """What one round measured. `seconds` holds one time per answer, in order of arrival.

    `cpu_seconds` is what the server's process used meanwhile, where the caller fills it in.
    """

    seconds: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    cpu_seconds: float = 0.0
    bodies: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers per second over the whole round."""
        return len(self.seconds) / self.elapsed


class UnexpectedAnswer(Exception):
    """The server answered a request with something else than 200."""


class _Caller(asyncio.Protocol):
    def __init__(self, requests: Iterator[bytes], into: Round, *, keep: bool) -> None:
        self._requests = requests
        self._into = into
        self._keep = keep
        self._buffer = b""
        self._needed = 0
        self._sent_at = 0.0
        self._until = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def start(self, until: float) -> None:
        """Send requests until this moment of `perf_counter`, or until there are no more."""
        self._until = until
        self._send()

    def close(self) -> None:
        self._transport.close()

    def _send(self) -> None:
        now = perf_counter()
        request = next(self._requests, None) if now < self._until else None
        if request is None:
            self.done.set_result(None)
            return
        self._sent_at = now
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._needed:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            length = _LENGTH.search(self._buffer, 0, end)
            self._needed = end + 4 + (int(length[1]) if length else 0)
        if len(self._buffer) < self._needed:
            return
        self._into.seconds.append(perf_counter() - self._sent_at)
        answer, self._buffer, self._needed = self._buffer, b"", 0
        if not answer.startswith(_OK):
            self.done.set_exception(UnexpectedAnswer(answer[:300].decode(errors="replace")))
            return
        if self._keep:
            self._into.bodies.append(answer.partition(b"\r\n\r\n")[2])
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed the connection"))


async def drive(
    port: int,
    requests: Iterator[bytes],
    *,
    callers: int,
    seconds: float,
    keep: bool = False,
    trusted: ssl.SSLContext | None = None,
) -> Round:
    """Send requests for so many seconds, or until there are no more; only to this machine.

    Args:
        port: of the server, on 127.0.0.1.
        requests: whole HTTP requests; shared by all callers, each takes the next one.
        callers: how many connections, each with one request under way.
        seconds: how long new requests are sent.
        keep: also return the bodies.
        trusted: what the server's certificate is checked with, where it has one.

    Raises:
        UnexpectedAnswer: an answer was not a 200.
        OSError, TimeoutError: the server is not there or does not answer.
    """
    into = Round()
    loop = asyncio.get_running_loop()
    hands: list[_Caller] = []
    try:
        for _ in range(callers):
            _, hand = await loop.create_connection(
                lambda: _Caller(requests, into, keep=keep), "127.0.0.1", port, ssl=trusted
            )
            hands.append(hand)
        began = perf_counter()
        for hand in hands:
            hand.start(began + seconds)
        async with asyncio.timeout(seconds + _PATIENCE_SECONDS):
            await asyncio.gather(*(hand.done for hand in hands))
        into.elapsed = perf_counter() - began
    finally:
        for hand in hands:
            hand.close()
    return into
