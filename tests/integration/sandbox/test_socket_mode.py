"""Socket Mode beyond the round trip: several connections, refresh, loss, tickets, envelopes."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox.dispatch.socket import MAX_CONNECTIONS
from bot.sandbox.handles import NoAnswer
from bot.sandbox.local_slack import LocalSlack
from tests.integration.sandbox.bots import PATIENCE_SECONDS, web_client


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(mode="socket", ack_seconds=PATIENCE_SECONDS) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as running:
        yield running


async def link(slack: LocalSlack) -> str:
    opened = await web_client(slack, slack.app_token).apps_connections_open(
        app_token=slack.app_token
    )
    return str(opened["url"])


async def opened(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> aiohttp.ClientWebSocketResponse:
    socket = await session.ws_connect(await link(slack))
    assert (await socket.receive_json())["type"] == "hello"
    return socket


async def test_without_a_connection(slack: LocalSlack) -> None:
    with pytest.raises(NoAnswer, match="dispatch_failed"):
        await slack.member("U0ENGINEER").command("/skill x")


async def test_each_payload_goes_to_one_connection(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    sockets = [await opened(slack, session) for _ in range(2)]
    await slack.socket.connected(2)
    for number, socket in enumerate(sockets):
        typed = asyncio.create_task(slack.member("U0ENGINEER").command(f"/skill {number}"))
        envelope = await socket.receive_json()
        assert envelope["type"] == "slash_commands"
        assert envelope["accepts_response_payload"] is True
        assert envelope["payload"]["text"] == str(number)
        await socket.send_json(
            {"envelope_id": envelope["envelope_id"], "payload": {"text": f"answer {number}"}}
        )
        assert (await typed).text == f"answer {number}"


async def test_events_carry_no_response_and_are_sent_again(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    slack.socket._ack_seconds = 0.05
    socket = await opened(slack, session)
    await slack.socket.connected()
    sent = asyncio.create_task(slack.event({"type": "user_change"}))
    first, second = await socket.receive_json(), await socket.receive_json()
    assert first["accepts_response_payload"] is False
    assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
    assert second["retry_reason"] == "timeout"
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert (await sent).error == "operation_timeout"


async def test_no_ack_in_time(slack: LocalSlack, session: aiohttp.ClientSession) -> None:
    slack.socket._ack_seconds = 0.05
    socket = await opened(slack, session)
    await slack.socket.connected()
    with pytest.raises(NoAnswer, match="operation_timeout"):
        await slack.member("U0ENGINEER").command("/skill x")
    assert not socket.closed


async def test_a_connection_lost_before_the_ack(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    socket = await opened(slack, session)
    await slack.socket.connected()
    typed = asyncio.create_task(slack.member("U0ENGINEER").command("/skill x"))
    await socket.receive_json()
    await socket.close()
    with pytest.raises(NoAnswer, match="dispatch_failed"):
        await typed
    assert slack.socket.connections == 0


async def test_refresh_asks_and_closes(slack: LocalSlack, session: aiohttp.ClientSession) -> None:
    socket = await opened(slack, session)
    await slack.socket.connected()
    await slack.socket.refresh()
    message = await socket.receive_json()
    assert (message["type"], message["reason"]) == ("disconnect", "refresh_requested")
    assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
    assert slack.socket.connections == 0


async def test_a_ticket_opens_one_connection(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    address = await link(slack)
    await session.ws_connect(address)
    for again in (address, address.replace("ticket-", "forged-")):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(again)


async def test_ten_connections_and_no_more(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    first_ten = [await opened(slack, session) for _ in range(MAX_CONNECTIONS)]
    await slack.socket.connected(MAX_CONNECTIONS)
    eleventh = await session.ws_connect(await link(slack))
    assert (await eleventh.receive_json())["reason"] == "too_many_websockets"
    assert slack.socket.connections == len(first_ten)


@pytest.mark.parametrize("nonsense", ["{", "[1]", '"x"'])
async def test_nonsense_ends_the_connection(
    slack: LocalSlack, session: aiohttp.ClientSession, nonsense: str
) -> None:
    socket = await opened(slack, session)
    await slack.socket.connected()
    await socket.send_str(nonsense)
    closing: Any = await socket.receive()
    assert closing.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
    assert slack.socket.connections == 0


async def test_an_unknown_envelope_is_ignored(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    socket = await opened(slack, session)
    await slack.socket.connected()
    await socket.send_json({"envelope_id": "nobody"})
    typed = asyncio.create_task(slack.member("U0ENGINEER").command("/skill x"))
    envelope = await socket.receive_json()
    await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "fine"}})
    assert (await typed).text == "fine"
