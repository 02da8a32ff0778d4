"""Requests that trickle in: each ends in time, and holds up nobody else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from structlog.testing import capture_logs

from bot.cli.serving import serving

SECONDS = 0.08
PATIENCE_SECONDS = 60.0  # only a hang may end a test


class Site:
    """Answers a POST with the length of its body; `gone` are the bodies that never came whole."""

    def __init__(self) -> None:
        self.gone = 0

    async def measure(self, request: Request) -> Response:
        try:
            return PlainTextResponse(str(len(await request.body())))
        except ClientDisconnect:
            self.gone += 1
            raise

    async def refuse(self, _request: Request) -> Response:
        return PlainTextResponse("unread", status_code=413)

    @asynccontextmanager
    async def served(self, leaving: asyncio.Event | None = None) -> AsyncIterator["Caller"]:
        routes = [
            Route("/", self.measure, methods=["POST"]),
            Route("/refuse", self.refuse, methods=["POST"]),
        ]
        async with serving(
            Starlette(routes=routes),
            host="127.0.0.1",
            port=0,
            keep_alive_seconds=1,
            request_seconds=SECONDS,
            leaving=leaving,
        ) as address:
            caller = Caller(str(urlsplit(address).hostname), int(urlsplit(address).port or 0))
            try:
                yield caller
            finally:
                caller.close()


class Caller:
    """Writes requests as slowly as a test likes."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._writers: list[asyncio.StreamWriter] = []

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(*self._address)
        self._writers.append(writer)
        return reader, writer

    def close(self) -> None:
        for each in self._writers:
            each.close()


async def all_of(reader: asyncio.StreamReader) -> str:
    """Return what comes until the server closes, which it does in time."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        return (await reader.read()).decode()


async def answer_of(reader: asyncio.StreamReader, length: int = 1) -> str:
    """Return one answer whose body is so long; the connection stays open."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        head = await reader.readuntil(b"\r\n\r\n")
        return (head + await reader.readexactly(length)).decode()


def post(body: bytes, *, path: str = "/", length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return b"POST %s HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n%s" % (
        path.encode(),
        size,
        body,
    )


@pytest.mark.parametrize(
    ("sent", "reads"),
    [
        (b"P", False),
        (post(b"")[:-2], False),
        (post(b"four", length=9), True),
        (b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n4\r\nfour\r\n", True),
    ],
)
async def test_what_does_not_come_whole_is_told_and_closed(sent: bytes, reads: bool) -> None:
    site = Site()
    async with site.served() as caller:
        reader, writer = await caller.connect()
        with capture_logs() as logs:
            writer.write(sent)
            answer = await all_of(reader)
    assert answer.startswith("HTTP/1.1 408 ")
    assert "connection: close" in answer.lower()
    rejected = [each for each in logs if each["event"] == "request_rejected"]
    assert [(each["status"], each["reason"]) for each in rejected] == [(408, "too slow")]
    assert site.gone == reads


async def test_a_byte_now_and_then_gains_no_time() -> None:
    async with Site().served() as caller:
        reader, writer = await caller.connect()
        ending = asyncio.create_task(all_of(reader))
        head = b"POST / HTTP/1.1\r\nx-slow: "
        with capture_logs() as logs:
            for each in range(1000):
                writer.write(head[each : each + 1] or b"a")
                await asyncio.sleep(0.005)
                if ending.done():
                    break
        # Who goes on writing may never read the answer.
        ending.exception()
        assert [each["status"] for each in logs if "status" in each] == [408]


async def test_others_are_answered_meanwhile_and_keep_their_connections() -> None:
    async with Site().served() as caller:
        slow = [await caller.connect() for _ in range(20)]
        for _, writer in slow:
            writer.write(post(b"", length=5))
        reader, writer = await caller.connect()
        endings = asyncio.gather(*(all_of(each) for each, _ in slow))
        while not endings.done():
            writer.write(post(b"12345"))
            assert (await answer_of(reader)).endswith("5")
            await asyncio.sleep(0.01)
        assert all(each.startswith("HTTP/1.1 408 ") for each in await endings)
        # An idle connection is no slow request.
        await asyncio.sleep(SECONDS * 1.5)
        # In pieces, each in time.
        for piece in (post(b"1234567")[:20], post(b"1234567")[20:-3], b"567"):
            writer.write(piece)
            await asyncio.sleep(0)
        assert (await answer_of(reader)).endswith("7")


async def test_requests_in_one_piece_are_answered_in_turn() -> None:
    async with Site().served() as caller:
        reader, writer = await caller.connect()
        writer.write(post(b"1") + post(b"12") + post(b"123")[:-1])
        assert (await answer_of(reader)).endswith("1")
        assert (await answer_of(reader)).endswith("2")
        writer.write(b"3")
        assert (await answer_of(reader)).endswith("3")


async def test_a_body_that_nobody_wants_is_not_waited_for() -> None:
    async with Site().served() as caller:
        reader, writer = await caller.connect()
        writer.write(post(b"12", path="/refuse", length=9))
        answer = await all_of(reader)
    # Answered once, and then closed: the rest never came.
    assert answer.count("HTTP/1.1") == 1
    assert answer.endswith("unread")


async def test_a_connection_on_which_nothing_comes_is_closed_like_an_idle_one() -> None:
    async with Site().served() as caller:
        reader, _ = await caller.connect()
        assert await all_of(reader) == ""


async def test_who_leaves_keeps_no_connection() -> None:
    leaving = asyncio.Event()
    async with Site().served(leaving) as caller:
        reader, writer = await caller.connect()
        writer.write(post(b"1"))
        assert "connection: close" not in await answer_of(reader)
        leaving.set()
        writer.write(post(b"1"))
        answer = await all_of(reader)
    assert "connection: close" in answer
    assert answer.endswith("1")
