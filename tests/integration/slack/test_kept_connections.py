"""Connections that stay open between calls, and a Slack that closes them whenever it likes."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from bot.domain.tenancy import Tenant
from bot.services.nudges.ports import OutcomeUnknown, Refusal, Refused
from bot.slack import client as module
from bot.slack.auth import Connected, Workspaces
from bot.slack.client import NotSent, SlackClient, slack_client, unrepeating_client
from bot.slack.network import Network, Pool
from bot.slack.reply.answering import Message
from bot.slack.reply.posting import DirectMessages
from bot.store.errors import StoreUnavailable

TENANT = Tenant(team_id="T0SAMPLE", enterprise_id=None)
# What becomes of a connection: called with how many requests it has brought, before the answer to
# the last of them and after it; True closes it there.
Ends = Callable[[int, str], Awaitable[bool]]


async def never(_requests: int, _moment: str) -> bool:
    return False


class Server:
    """Takes calls as Slack does; `taken` counts by their text what it carried out."""

    def __init__(self, ends: Ends = never) -> None:
        self.ends = ends
        self.connections = 0
        self.taken: Counter[str] = Counter()
        self.heads: list[str] = []
        self.api_url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        requests = 0
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = head.partition("content-length: ")[2].partition("\r\n")[0]
                body = await reader.readexactly(int(length or 0))
                requests += 1
                self.heads.append(head)
                text = (
                    json.loads(body).get("text", "") if body.startswith(b"{") else head.split()[1]
                )
                self.taken[text] += 1
                if await self.ends(requests, "before"):
                    break
                answer = json.dumps({"ok": True, "channel": "D1", "ts": "1.0", **WHO}).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    b"Set-Cookie: b=1\r\nContent-Length: %d\r\n\r\n" % len(answer)
                )
                writer.write(answer)
                await writer.drain()
                if await self.ends(requests, "after"):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the caller closed it
        finally:
            writer.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.api_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/"
        async with server:
            yield
            server.close()


WHO = {"team_id": "T0SAMPLE", "user_id": "U0BOT"}


@asynccontextmanager
async def calling(server: Server, pool: Pool | None = None) -> AsyncIterator[SlackClient]:
    """Yield a client that keeps connections open, and never repeats a call."""
    pool = pool or Pool()
    network = Network(pool=pool)
    async with server.running():
        client = slack_client("xoxb-sample", api_url=server.api_url, network=network)
        try:
            yield unrepeating_client(client, seconds=5)
        finally:
            await pool.close()


async def say(client: SlackClient, text: str) -> None:
    await client.chat_postMessage(channel="U1", text=text)


async def test_one_connection_serves_one_call_after_another() -> None:
    server = Server()
    async with calling(server) as client:
        for number in range(5):
            await say(client, str(number))
            await client.auth_test()

    assert server.connections == 1
    assert {text: server.taken[text] for text in "01234"} == dict.fromkeys("01234", 1)
    # Workspaces share connections, not what Slack remembers by a cookie.
    assert not any("cookie" in each for each in server.heads)


async def test_calls_at_once_do_not_wait_for_each_other() -> None:
    everybody = asyncio.Barrier(4)

    async def together(_requests: int, moment: str) -> bool:
        if moment == "before":
            await everybody.wait()
        return False

    server = Server(together)
    async with calling(server) as client:
        await asyncio.gather(*(say(client, text) for text in "abcd"))
    assert server.connections == 4


async def test_what_was_idle_for_too_long_is_not_used_again() -> None:
    server = Server()
    async with calling(server, Pool(kept_seconds=0)) as client:
        for text in "abc":
            await say(client, text)
    assert server.connections == 3


async def test_a_connection_closed_while_idle_is_replaced() -> None:
    async def after_each(_requests: int, moment: str) -> bool:
        return moment == "after"

    server = Server(after_each)
    async with calling(server) as client:
        for text in "abcde":
            await say(client, text)
            await asyncio.sleep(0.005)  # the end of the connection travels
    assert server.connections == 5
    assert server.taken == Counter("abcde")


@pytest.fixture
def closed_before_writing(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Close the connection of a call that is about to be written, for each True in the list."""
    closes: list[bool] = []
    write = module._Body.write_with_length

    async def closing(self: Any, writer: Any, length: int | None) -> None:
        if closes and closes.pop(0):
            writer.transport.close()
        await write(self, writer, length)

    monkeypatch.setattr(module._Body, "write_with_length", closing)
    return closes


async def test_what_was_not_sent_is_sent(closed_before_writing: list[bool]) -> None:
    server = Server()
    async with calling(server) as client:
        await say(client, "first")
        closed_before_writing[:] = [True, True]
        await say(client, "second")
    assert server.taken == Counter(("first", "second"))


async def test_what_can_not_be_sent_is_told_as_such(closed_before_writing: list[bool]) -> None:
    server = Server()
    async with calling(server) as client:
        messages = DirectMessages(Workspaces([client]))
        await messages.reach(TENANT)
        closed_before_writing[:] = [True] * 6
        with pytest.raises(NotSent):
            await say(client, "never")
        with pytest.raises(Refused) as caught:
            await messages.post(TENANT, "U1", {"text": "never", "blocks": []}, event="e", id_=1)
    assert (caught.value.kind, caught.value.code) == (Refusal.LATER, "not_reached")
    assert server.taken["never"] == 0


async def test_what_may_have_been_sent_is_unknown_and_never_sent_again() -> None:
    async def unanswered(requests: int, moment: str) -> bool:
        return moment == "before" and requests == 3

    server = Server(unanswered)
    async with calling(server) as client:
        messages = DirectMessages(Workspaces([client]))
        await messages.reach(TENANT)
        with pytest.raises(OutcomeUnknown):
            await messages.post(TENANT, "U1", {"text": "perhaps", "blocks": []}, event="e", id_=1)
        await say(client, "next")
    assert server.taken["perhaps"] == server.taken["next"] == 1


async def test_a_token_that_is_not_at_hand_is_no_unknown_outcome() -> None:
    class Away(Workspaces):
        async def find(self, tenant: Tenant) -> Connected | None:
            raise StoreUnavailable(reason=tenant.team_id or "")

    message: Message = {"text": "never", "blocks": []}
    with pytest.raises(Refused) as caught:
        await DirectMessages(Away([])).post(TENANT, "U1", message, event="e", id_=1)
    assert (caught.value.kind, caught.value.code) == (Refusal.LATER, "store_unavailable")


async def test_a_time_that_is_over_before_anything_was_sent_is_no_unknown_outcome(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def late(*_args: Any, **_more: Any) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(aiohttp.TCPConnector, "connect", late)
    async with calling(Server()) as client:
        client.timeout = 0.01  # type: ignore[assignment] # whole seconds, to slack_sdk
        with pytest.raises(NotSent):
            await say(client, "never")


@pytest.mark.parametrize("seed", range(4))
async def test_a_slack_that_closes_at_any_moment_makes_nothing_double_and_nothing_vanish(
    seed: int,
) -> None:
    moments = random.Random(seed)  # noqa: S311 - no secret

    async def at_any_moment(_requests: int, _moment: str) -> bool:
        for _ in range(moments.randrange(6)):
            await asyncio.sleep(0)
        return moments.random() < 0.25

    server, outcomes = Server(at_any_moment), dict[str, str]()
    async with calling(server) as client:

        async def one(text: str) -> None:
            for _ in range(moments.randrange(8)):
                await asyncio.sleep(0)
            try:
                await say(client, text)
            except NotSent:
                outcomes[text] = "not sent"
            except aiohttp.ClientError:
                outcomes[text] = "unknown"
            else:
                outcomes[text] = "sent"

        for first in range(0, 150, 3):
            await asyncio.gather(*(one(f"m{first + each}") for each in range(3)))

    for text, outcome in outcomes.items():
        most = {"sent": (1,), "not sent": (0,), "unknown": (0, 1)}[outcome]
        assert server.taken[text] in most, (text, outcome)
    found = Counter(outcomes.values())
    assert found["sent"] > 75
    assert found["unknown"] > 10


async def test_after_its_end_calls_go_their_own_way() -> None:
    server, pool = Server(), Pool()
    async with calling(server, pool) as client:
        await say(client, "before")
        await pool.close()
        await say(client, "after")
        assert pool.session() is None
    assert server.taken == Counter(("before", "after"))
    assert server.connections == 2


def test_another_event_loop_has_no_part_in_it() -> None:
    pool = Pool()

    async def first() -> None:
        assert pool.session() is pool.session() is not None

    async def second() -> None:
        assert pool.session() is None
        await pool.close()

    asyncio.run(first())
    asyncio.run(second())
