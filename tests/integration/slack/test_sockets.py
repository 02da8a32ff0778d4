"""Connections of Socket Mode that end, fail, freeze and are renewed: against real sockets."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiohttp import WSMsgType, web
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.bootstrap import Nextrung, bootstrap
from bot.config import Settings
from bot.sandbox.handles import NoAnswer
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ADMIN, APP_TOKEN, GUEST
from bot.services.bundle import Services
from bot.slack.app import NextrungApp, build_app
from bot.slack.auth import Workspaces
from bot.slack.installs.manifest import build_manifest
from bot.slack.socket_mode import SocketMode
from bot.slack.sockets import line
from bot.slack.sockets.opening import MOST_SECONDS, REFUSED_SECONDS
from bot.text.translator import load_translators

SKILL = "/skill mlops senior"


class Waits:
    """Stands in for sleeping: notes for how long, and lets others run."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(mode="socket", manifest=build_manifest()) as slack:
        yield slack


@pytest.fixture
async def nextrung(slack: LocalSlack, sqlite_bot_url: str) -> AsyncIterator[Nextrung]:
    nextrung = bootstrap(
        Settings(
            slack_bot_token=SecretStr(slack.bot_token),
            slack_api_url=slack.api_url,
            database_url=sqlite_bot_url,
        ),
        clock=slack.clock,
    )
    await nextrung.start()
    yield nextrung
    await nextrung.stop()


def app_of(api_url: str) -> NextrungApp:
    """Return an app that answers nothing, for connections on which nothing is asked."""
    services = cast("Services", SimpleNamespace(translators=load_translators()))
    return build_app(services, workspaces=Workspaces([]), api_url=api_url, signing_secret="x")


@asynccontextmanager
async def open_sockets(app: NextrungApp, **how: Any) -> AsyncIterator[SocketMode]:
    socket = SocketMode(app, app_token=APP_TOKEN, **how)
    try:
        async with asyncio.timeout(20):
            await socket.connect()
        yield socket
    finally:
        await socket.close()


async def stand(slack: LocalSlack, socket: SocketMode, count: int) -> None:
    """Return once both sides see so many connections."""
    async with asyncio.timeout(20):
        await slack.socket.connected(count)
        while socket.connected < count:  # noqa: ASYNC110 - it comes on another task of this loop
            await asyncio.sleep(0)


async def test_several_stand_and_a_broken_one_is_replaced_at_once(slack: LocalSlack) -> None:
    waits = Waits()
    async with open_sockets(app_of(slack.api_url), connections=3, wait=waits) as socket:
        await stand(slack, socket, 3)
        with capture_logs() as logs:
            slack.socket.cut()
            await slack.socket.disconnected()
            await stand(slack, socket, 3)

    assert [each["event"] for each in logs] == ["socket_lost"] * 3
    # They had stood for a moment only: so the next is not asked for in a hurry.
    assert len(waits.seconds) == 3
    assert sum(waits.seconds) < 3


async def test_opening_is_tried_less_and_less_often_and_never_given_up(slack: LocalSlack) -> None:
    slack.faults.fail("apps.connections.open", times=3)
    slack.faults.drop_before("apps.connections.open", times=2)
    slack.faults.error("apps.connections.open", error="internal_error", times=4)
    waits = Waits()
    with capture_logs() as logs:
        async with open_sockets(app_of(slack.api_url), connections=1, wait=waits):
            pass

    assert [each["reason"] for each in logs if each["event"] == "socket_not_opened"] == [
        *["unreadable"] * 3,
        *["ServerDisconnectedError"] * 2,
        *["internal_error"] * 4,
    ]
    assert not any("exc_info" in each for each in logs)
    assert len(waits.seconds) == 9
    assert sum(waits.seconds[:5]) <= 15
    assert all(2 <= each <= MOST_SECONDS for each in waits.seconds[4:])


async def test_slack_says_how_long_to_wait(slack: LocalSlack) -> None:
    slack.faults.ratelimit("apps.connections.open", retry_after=37)
    slack.faults.error("apps.connections.open", error="invalid_auth")
    waits = Waits()
    async with open_sockets(app_of(slack.api_url), connections=2, wait=waits) as socket:
        await stand(slack, socket, 2)

    # The other one waits for the first, and asks nothing meanwhile.
    assert waits.seconds == [37, REFUSED_SECONDS]
    assert len(slack.inspector.find(kind="api", name="apps.connections.open")) == 4


async def test_a_command_under_way_is_answered_by_the_connection_that_is_to_end(
    slack: LocalSlack, nextrung: Nextrung
) -> None:
    async with open_sockets(nextrung.app, connections=1) as socket:
        gate = slack.faults.hold("users.info")
        asking = asyncio.create_task(slack.member(GUEST).command(SKILL))
        await gate.arrived.wait()
        await slack.socket.warn()
        await stand(slack, socket, 1)
        # The new one serves while the old one still has something to say.
        assert (await slack.member(ADMIN).command("/skill help")).plain
        gate.release()

        assert (await asking).plain.startswith("MLOps")


async def test_an_answer_whose_connection_broke_is_shown_all_the_same(
    slack: LocalSlack, nextrung: Nextrung
) -> None:
    async with open_sockets(nextrung.app, connections=1) as socket:
        gate = slack.faults.hold("users.info")
        asking = asyncio.create_task(slack.member(GUEST).command(SKILL))
        await gate.arrived.wait()
        with capture_logs() as logs:
            slack.socket.cut()
            with pytest.raises(NoAnswer):
                await asking
            gate.release()
            await stand(slack, socket, 1)
            await slack.settled()

        (shown,) = slack.inspector.find(kind="response_url")
        assert "MLOps" in str(shown.request)
        late = [each for each in logs if each["event"] == "answer_late"]
        assert [(each["kind"], each["shown"]) for each in late] == [("slash_commands", True)]
        assert (await slack.member(ADMIN).command(SKILL)).plain.startswith("MLOps")


async def test_a_refresh_is_no_trouble(slack: LocalSlack) -> None:
    waits = Waits()
    async with open_sockets(app_of(slack.api_url), connections=2, wait=waits) as socket:
        for _ in range(3):
            await stand(slack, socket, 2)
            with capture_logs() as logs:
                await slack.socket.refresh()
                await stand(slack, socket, 2)
            assert {each["event"] for each in logs} == {"socket_refreshed"}
    assert waits.seconds == []


async def test_at_the_end_what_comes_is_answered_until_nothing_is_under_way(
    slack: LocalSlack, nextrung: Nextrung
) -> None:
    async with open_sockets(nextrung.app, connections=1) as socket:
        gate = slack.faults.hold("users.info")
        asking = asyncio.create_task(slack.member(GUEST).command(SKILL))
        await gate.arrived.wait()
        ending = asyncio.create_task(socket.drain(10))
        assert (await slack.member(ADMIN).command("/skill help")).plain
        gate.release()

        assert (await asking).plain.startswith("MLOps")
        await ending
        assert (socket.connected, socket.fault()) == (0, "socket_closed")


async def test_without_a_connection_the_process_is_unready(
    slack: LocalSlack, nextrung: Nextrung
) -> None:
    socket = SocketMode(nextrung.app, app_token=slack.app_token, connections=1)
    nextrung.health.watch(socket.fault)
    assert await nextrung.health.faults() == ["socket_closed"]
    await socket.connect()
    assert await nextrung.health.faults() == []
    nextrung.health.leave()
    assert await nextrung.health.faults() == ["stopping"]
    await socket.close()


class OwnSlack:
    """A Slack whose sockets do as a test says: `talk` holds each as long as it likes."""

    def __init__(self, talk: Callable[[web.WebSocketResponse, int], Any]) -> None:
        self._talk = talk
        self.opened = 0
        self.again = asyncio.Event()
        self.api_url = ""

    async def _open(self, request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "url": f"ws://{request.host}/link"})

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        # Without an answer to pings of its own accord.
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self.opened += 1
        if self.opened > 1:
            self.again.set()
        await self._talk(socket, self.opened)
        return socket

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_post("/api/apps.connections.open", self._open)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.api_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        try:
            yield
        finally:
            await runner.cleanup()


async def hear(socket: web.WebSocketResponse, *, answer_pings: bool) -> int:
    """Say hello, then listen to the end; return how many pings came."""
    await socket.send_json({"type": "hello"})
    pings = 0
    async for message in socket:
        if message.type is WSMsgType.PING:
            pings += 1
            if answer_pings:
                await socket.pong(message.data)
    return pings


async def test_a_connection_that_went_silent_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "HEARTBEAT_SECONDS", 0.04)

    async def talk(socket: web.WebSocketResponse, number: int) -> None:
        await hear(socket, answer_pings=number > 1)

    slack = OwnSlack(talk)
    async with slack.running():
        with capture_logs() as logs:
            app = app_of(slack.api_url)
            async with open_sockets(app, connections=1, wait=Waits()) as socket:
                await slack.again.wait()
                async with asyncio.timeout(20):
                    while not socket.connected:  # noqa: ASYNC110 - likewise
                        await asyncio.sleep(0)
    assert [each["event"] for each in logs] == ["socket_lost"]


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        ({"type": "disconnect", "reason": "too_many_websockets"}, "too_many_websockets"),
        ({"type": "disconnect", "reason": "link_disabled"}, "link_disabled"),
        ("no JSON", "JSONDecodeError"),
        (["a list"], "unreadable"),
        (None, "closed"),
    ],
)
async def test_a_connection_without_a_hello_is_none(first: Any, reason: str) -> None:
    async def talk(socket: web.WebSocketResponse, number: int) -> None:
        if number == 1:
            if isinstance(first, str):
                await socket.send_str(first)
            elif first is not None:
                await socket.send_json(first)
            return
        await hear(socket, answer_pings=True)

    slack, waits = OwnSlack(talk), Waits()
    async with slack.running():
        with capture_logs() as logs:
            async with open_sockets(app_of(slack.api_url), connections=1, wait=waits) as socket:
                assert socket.connected == 1
    assert [each["reason"] for each in logs] == [reason]
    assert len(waits.seconds) == 1


async def test_what_nobody_can_read_ends_nothing() -> None:
    async def talk(socket: web.WebSocketResponse, number: int) -> None:
        assert number == 1
        await socket.send_json({"type": "hello"})
        for each in (
            "{",
            "7",
            "null",
            "{}",
            '{"type": 5}',
            '{"type": "other", "envelope_id": "E"}',
        ):
            await socket.send_str(each)
        read.set()
        await socket.receive()

    read = asyncio.Event()
    slack = OwnSlack(talk)
    async with slack.running(), open_sockets(app_of(slack.api_url), connections=1) as socket:
        await read.wait()
        await asyncio.sleep(0.01)
        assert socket.connected == 1
