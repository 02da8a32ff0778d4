"""The bot's HTTP server at its end: it takes nothing new, and answers what it has taken."""

import asyncio

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from structlog.testing import capture_logs

from bot.cli import serving as module
from bot.cli.serving import serving


class Page:
    """A page that answers when it is let, and tells that it was asked."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.let = asyncio.Event()
        self.broken_off = False

    async def answer(self, _request: Request) -> Response:
        self.asked.set()
        try:
            await self.let.wait()
        except asyncio.CancelledError:
            self.broken_off = True
            raise
        return PlainTextResponse("answered")

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/", self.answer)])


async def asking(session: aiohttp.ClientSession, address: str) -> str:
    async with session.get(address) as response:
        return await response.text()


async def test_what_is_under_way_is_answered_and_nothing_new_is_taken() -> None:
    page = Page()
    async with aiohttp.ClientSession() as session:
        server = serving(page.app(), host="127.0.0.1", port=0)
        address = await server.__aenter__()
        answer = asyncio.create_task(asking(session, address))
        await page.asked.wait()
        end = asyncio.create_task(server.__aexit__(None, None, None))
        await asyncio.sleep(0)
        with pytest.raises(aiohttp.ClientConnectionError):
            await asking(session, address)
        assert not end.done()
        page.let.set()
        await end
        assert await answer == "answered"


async def test_an_open_connection_that_asks_nothing_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[float] = []
    sleep = asyncio.sleep

    async def counted(seconds: float) -> None:
        waited.append(seconds)
        await sleep(0)

    page = Page()
    page.let.set()
    server = serving(page.app(), host="127.0.0.1", port=0)
    async with aiohttp.ClientSession() as session, server as address:
        assert await asking(session, address) == "answered"
        # The connection stays open for the next request.
        monkeypatch.setattr(asyncio, "sleep", counted)
    assert sum(waited) < 0.1


async def test_what_takes_too_long_is_broken_off_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.0)
    page = Page()
    async with aiohttp.ClientSession() as session:
        with capture_logs() as logs:
            async with serving(page.app(), host="127.0.0.1", port=0) as address:
                answer = asyncio.create_task(asking(session, address))
                await page.asked.wait()
        assert await answer == "Internal Server Error"
    assert page.broken_off
    assert [(each["event"], each["count"]) for each in logs] == [("answers_broken_off", 1)]
