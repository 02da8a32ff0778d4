"""The control endpoints, the guards in front of the server, OAuth, and waiting."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import LocalClock
from bot.sandbox.handles import NoAnswer
from bot.sandbox.inspector import LOG_SIZE
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.server import NotLoopbackError, loopback_socket
from tests.integration.sandbox.bots import bolt, connect, web_client

Json = dict[str, Any]
Ask = Callable[..., Awaitable[tuple[int, Json]]]


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as running:
        yield running


@pytest.fixture
def ask(slack: LocalSlack, session: aiohttp.ClientSession) -> Ask:
    async def send(method: str, path: str, body: Any = None) -> tuple[int, Json]:
        address = f"{slack.url}/_local/{path}"
        async with session.request(method, address, json=body) as response:
            return response.status, await response.json()

    return send


@pytest.fixture
async def bot(slack: LocalSlack, until_the_end: AsyncExitStack) -> LocalSlack:
    """A bot with a command, a typeahead, a modal, a shortcut and a home."""
    app = bolt(slack)
    text = {"type": "plain_text", "text": "Go"}
    note = {
        "type": "input",
        "block_id": "note",
        "label": text,
        "element": {"type": "plain_text_input", "action_id": "text"},
    }
    view = {"type": "modal", "callback_id": "note", "title": text, "submit": text, "blocks": [note]}
    find = {"type": "external_select", "action_id": "find", "min_query_length": 0}
    go = {"type": "button", "text": text, "action_id": "go"}
    row = {"type": "actions", "block_id": "row", "elements": [go, find]}

    @app.command("/skill")
    async def skill(ack: Any) -> None:
        await ack(text="card", blocks=[row])

    @app.action("go")
    @app.shortcut("find")
    async def open_modal(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @app.options("find")
    async def options(ack: Any) -> None:
        await ack(options=[{"text": text, "value": "go"}])

    @app.view("note")
    async def saved(ack: Any, body: Json, client: AsyncWebClient) -> None:
        value = body["view"]["state"]["values"]["note"]["text"]["value"]
        await client.chat_postMessage(channel=body["user"]["id"], text=value)
        await ack()

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": []})

    await connect(slack, app, until_the_end)
    return slack


async def test_a_whole_journey_by_http(bot: LocalSlack, ask: Ask) -> None:
    member = {"member": "U0ENGINEER"}
    status, card = await ask("POST", "command", {**member, "text": "/skill x"})
    assert (status, card["ok"], card["notice"]) == (200, True, None)
    assert card["seconds"] < 3
    (message,) = card["messages"]
    assert message["is_ephemeral"] is True
    place = {**member, "channel": "general", "ts": message["ts"], "block_id": "row"}
    _, offered = await ask("POST", "suggest", {**place, "action_id": "find", "value": ""})
    assert [option["value"] for option in offered["options"]] == ["go"]
    _, pressed = await ask("POST", "action", {**place, "action_id": "go"})
    view_id = pressed["view"]["id"]
    _, empty = await ask("POST", "submission", {"view_id": view_id})
    assert empty["errors"] == {"note": "Please complete this required field."}
    values = {"note": {"text": "written"}}
    _, done = await ask("POST", "submission", {"view_id": view_id, "values": values})
    assert [m["text"] for m in done["messages"]] == ["written"]
    _, seen = await ask("GET", "messages/U0ENGINEER")
    assert [m["text"] for m in seen["messages"]] == ["written"]
    _, seen = await ask("GET", "messages/U0ENGINEER?channel=general")
    assert [m["text"] for m in seen["messages"]] == ["card"]


async def test_shortcuts_home_views_and_events(bot: LocalSlack, ask: Ask) -> None:
    member = {"member": "U0ENGINEER"}
    _, used = await ask("POST", "shortcut", {**member, "callback_id": "find"})
    _, views = await ask("GET", "views/U0ENGINEER")
    assert [view["id"] for view in views["modals"]] == [used["view"]["id"]]
    assert views["home"] is None
    await ask("POST", "close", {"view_id": used["view"]["id"]})
    said = bot.world.post(channel=bot.world.channels["C0GENERAL"], author_id="U0MANAGER", text="m")
    place = {"channel": "general", "ts": said.ts}
    _, used = await ask("POST", "shortcut", {**member, "callback_id": "find", **place})
    assert used["view"]["title"]["text"] == "Go"
    assert (await ask("POST", "home", member))[1]["view"]["type"] == "home"
    assert (await ask("GET", "views/U0ENGINEER"))[1]["home"]["type"] == "home"
    event = {"event": {"type": "app_home_opened", "user": "U0MANAGER", "tab": "home"}}
    assert (await ask("POST", "event", event))[1]["error"] is None
    assert bot.member("U0MANAGER").home.view.type == "home"
    assert len((await ask("GET", "members"))[1]["members"]) == len(bot.world.members)


async def test_clock_faults_and_inspector(slack: LocalSlack, ask: Ask) -> None:
    before = slack.clock.now()
    _, moved = await ask("POST", "clock", {"advance": 3600})
    assert moved["offset"] == 3600
    assert (slack.clock.now() - before).total_seconds() >= 3600
    assert (await ask("GET", "clock"))[1]["offset"] == 3600
    fault = {"kind": "ratelimited", "method": "auth.test", "retry_after": 3}
    _, listed = await ask("POST", "faults", fault)
    assert listed["faults"][0]["retry_after"] == 3
    assert (await ask("POST", "faults", {"tiers": True}))[1]["tiers"] is True
    _, listed = await ask("POST", "faults", {"kind": "expired_trigger", "times": 2})
    assert listed["expired_triggers"] == 2
    await ask("POST", "faults", {"kind": "revoked_token", "workspace_id": "TOTHER"})
    assert slack.world.tokens[slack.world.workspaces["TOTHER"].bot_token].revoked
    assert (await ask("DELETE", "faults"))[1] == {
        "faults": [],
        "tiers": False,
        "expired_triggers": 0,
        "late_events": 0,
        "held_events": 0,
    }
    with pytest.raises(NoAnswer):
        await slack.member("U0ENGINEER").command("/skill x")
    (entry,) = (await ask("GET", "inspector"))[1]["entries"]
    assert (entry["kind"], entry["error"]) == ("slash_commands", "no bot is connected")
    assert (await ask("DELETE", "inspector"))[1] == {"entries": []}
    assert list(slack.inspector) == []


BAD: list[tuple[str, Any]] = [
    ("command", {}),
    ("command", []),
    ("command", {"member": "U0NOBODY", "text": "/skill"}),
    ("command", {"member": "U0ENGINEER", "text": "/skill", "channel": "nowhere"}),
    ("command", {"member": "U0ENGINEER", "text": 5}),
    ("command", {"member": "U0DEACTIVATED", "text": "/skill", "channel": "dm"}),
    ("action", {"member": "U0ENGINEER", "view_id": "V0NONE", "block_id": "b", "action_id": "a"}),
    ("action", {"member": "U0ENGINEER", "channel": "general", "ts": "1.0", "block_id": "b"}),
    ("submission", {"view_id": "V0NONE"}),
    ("submission", {}),
    ("close", {"view_id": 7}),
    ("shortcut", {"member": "U0ENGINEER"}),
    ("home", {"member": "U0BOT"}),
    ("event", {"event": "x"}),
    ("event", {"event": {}, "workspace": "TNOWHERE"}),
    ("clock", {}),
    ("clock", {"advance": "soon"}),
    ("clock", {"advance": True}),
    ("clock", {"advance": 1e30}),
    ("faults", {"kind": "earthquake"}),
    ("faults", {"kind": "slow", "colour": "red"}),
]


@pytest.mark.parametrize(("path", "body"), BAD)
async def test_malformed_control_requests(ask: Ask, path: str, body: Any) -> None:
    status, answer = await ask("POST", path, body)
    assert status == 400
    assert answer["error"]


async def test_bodies_that_are_no_json(slack: LocalSlack, session: aiohttp.ClientSession) -> None:
    address = f"{slack.url}/_local/command"
    headers = {"Content-Type": "application/json"}
    for body in (b"", b"{", b"\xff", b"[" * 100_000):
        async with session.post(address, data=body, headers=headers) as response:
            assert response.status == 400
            assert "cannot be read" in (await response.json())["error"]
    async with session.post(address, data=b"{}", headers={"Content-Type": "text/plain"}) as form:
        assert form.status == 400


async def test_other_hosts_and_origins_are_refused(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    address = f"{slack.url}/_local/clock"
    port = slack.url.rpartition(":")[2]
    for headers, status in (
        ({"Host": "evil.example"}, 403),
        ({"Host": f"evil.example:{port}"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": slack.url}, 200),
        ({"Host": f"localhost:{port}"}, 200),
    ):
        async with session.get(address, headers=headers) as response:
            assert response.status == status, headers
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await session.ws_connect(f"{slack.url}/link/", headers={"Origin": "https://evil.example"})


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::", ""])  # noqa: S104
async def test_only_loopback(host: str) -> None:
    with pytest.raises(NotLoopbackError, match=r"listens on 127\.0\.0\.1 only"):
        async with LocalSlack(host=host):
            pass


def test_a_port_in_use_is_an_error_at_once() -> None:
    with loopback_socket("127.0.0.1", 0) as taken, pytest.raises(OSError, match="in use"):
        loopback_socket("localhost", taken.getsockname()[1])


# The SDK itself uses what aiohttp is about to remove.
@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_form_bodies_and_query_tokens(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    async def call(method: str, **options: Any) -> Json:
        async with session.post(f"{slack.api_url}{method}", **options) as response:
            body: Json = await response.json()
            return body

    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Hi"}}
    form = {"token": slack.bot_token, "channel": "U0ENGINEER", "blocks": json.dumps([section])}
    assert (await call("chat.postMessage", data=form))["ok"]
    assert slack.member("U0ENGINEER").messages("dm")[0].plain == "Hi"
    parts = aiohttp.FormData({"token": slack.bot_token}, default_to_multipart=True)
    assert (await call("auth.test", data=parts))["ok"]
    bearer = {"Authorization": f"Bearer {slack.bot_token}"}
    kinds = {"Content-Type": "application/json"}
    assert (await call("auth.test", data=b"[1]", headers=kinds | bearer))["error"] == (
        "json_not_object"
    )
    assert (await call("auth.test", data=b"{", headers=kinds | bearer))["error"] == "invalid_json"
    text = {"Content-Type": "text/plain"}
    assert (await call("auth.test", data=b"x", headers=text | bearer))["error"] == (
        "invalid_post_type"
    )


async def test_until_and_settled(slack: LocalSlack) -> None:
    client = web_client(slack)
    later = asyncio.create_task(client.chat_postMessage(channel="U0ENGINEER", text="later"))
    await slack.until(lambda: bool(slack.member("U0ENGINEER").messages("dm")))
    await later
    more = asyncio.create_task(client.chat_postMessage(channel="U0ENGINEER", text="more"))
    await slack.settled()
    assert more.done()
    with pytest.raises(TimeoutError):
        await slack.until(lambda: False, seconds=0.01)


async def test_subscribers_hear_of_changes_until_the_end() -> None:
    async with LocalSlack() as slack:
        changes = slack.world.subscribe()
        await web_client(slack).chat_postMessage(channel="U0ENGINEER", text="x")
        slack.advance(60)
    kinds = [(change.kind, change.member_id) async for change in changes]
    assert [kind for kind, _ in kinds] == [
        "channel_opened",
        "message_posted",
        "inspector",
        "clock",
    ]
    assert kinds[0] == ("channel_opened", "U0ENGINEER")


async def test_the_log_is_bounded(slack: LocalSlack) -> None:
    for _ in range(LOG_SIZE + 5):
        slack.inspector.start(direction="to_bot", kind="x", name="x", request={})
    numbers = [entry.number for entry in slack.inspector]
    assert (len(numbers), numbers[0], numbers[-1]) == (LOG_SIZE, 6, LOG_SIZE + 5)


async def test_the_clock_runs_on_a_given_base() -> None:
    real = LocalClock().now()
    frozen = LocalClock(lambda: real)
    assert frozen.now() == real
    assert (frozen.advance(90) - real).total_seconds() == 90
    with pytest.raises(OverflowError):
        frozen.advance(1e30)
    assert frozen.offset.total_seconds() == 90
