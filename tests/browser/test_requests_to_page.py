"""Requests that the page's own scripts would never make: answered plainly, and nothing breaks."""

from typing import Any

import httpx
import pytest

from tests.browser.desk import Desk

ENGINEER = "/as/U0ENGINEER"
JSON = {"Content-Type": "application/json"}
PRESS: dict[str, Any] = {"block_id": "b", "action_id": "a"}

WRONG: list[tuple[str, Any, int, str]] = [
    ("say", {"text": "x"}, 400, "channel must be a string"),
    ("say", {"text": 5, "channel": "C0GENERAL"}, 400, "text must be a string"),
    ("say", {"text": "x", "channel": "C0NOWHERE"}, 404, "C0NOWHERE"),
    ("say", {"text": "x", "channel": "C0OTHERGENERAL"}, 400, "not in channel"),
    ("act", {}, 400, "container must be an object"),
    ("act", {"container": {"kind": "view"}, **PRESS}, 400, "id must be a string"),
    ("act", {"container": {"kind": "view", "id": "V0"}, **PRESS}, 404, "view V0"),
    ("act", {"container": {"channel": "C0GENERAL", "ts": "1.0"}, **PRESS}, 404, "message 1.0"),
    ("submit", {"view": "V0"}, 404, "view V0"),
    ("close", {"view": None}, 400, "view must be a string"),
    ("shortcut", {"callback_id": "find", "message": "m"}, 400, "container must be an object"),
    ("options", {"container": {"channel": "C", "ts": "1"}}, 404, "message 1"),
    ("clock", {"advance": "soon"}, 400, "soon"),
    ("clock", {"advance": "nan"}, 400, "at most a year"),
    ("clock", {"advance": "1e12"}, 400, "at most a year"),
    ("faults", {"do": "dance"}, 400, "dance"),
    ("faults", {"do": "add", "kind": "hold"}, 400, "choose what goes wrong"),
    ("faults", {"do": "add", "kind": "slow", "value": "²"}, 400, "whole number"),
    ("faults", {"do": "again"}, 400, "no event was sent yet"),
    ("apps", {"do": "dance"}, 400, "dance"),
    ("apps", {"do": "install", "place": "T0NOWHERE"}, 404, "T0NOWHERE"),
    ("apps", {"do": "remove", "place": "TOTHER"}, 400, "an owner of the organisation"),
    ("apps", {"do": "give", "place": "TSAMPLE"}, 400, "in no organisation"),
    ("apps", {"do": "migrate", "place": "TSAMPLE"}, 404, "E0SAMPLE"),
    ("apps", {"do": "send", "kind": "x", "place": "TSAMPLE"}, 400, "choose an event"),
    ("apps", {"do": "send", "kind": "team_access_granted", "place": "TSAMPLE"}, 400, "not sent"),
    ("apps", {"do": "again", "number": "²"}, 400, "whole number"),
    ("apps", {"do": "switch", "name": "x"}, 400, "no switch"),
    ("nothing", {}, 405, ""),
]


@pytest.mark.parametrize(("deed", "body", "status", "said"), WRONG)
async def test_a_wrong_deed_is_explained(
    desk: Desk, deed: str, body: Any, status: int, said: str
) -> None:
    async with httpx.AsyncClient(base_url=desk.slack.url) as client:
        answer = await client.post(f"{ENGINEER}/{deed}", json=body)
    assert answer.status_code == status
    assert said in answer.text


async def test_a_link_to_a_conversation_opens_it_for_its_member(desk: Desk) -> None:
    dm = desk.slack.world.dm("U0ENGINEER")
    places = {
        dm.id: (307, f"{ENGINEER}/{dm.id}"),
        "C0GENERAL": (307, f"{ENGINEER}/C0GENERAL"),
        "C0NOWHERE": (404, None),
    }
    async with httpx.AsyncClient(base_url=desk.slack.url) as client:
        for channel, (status, place) in places.items():
            answer = await client.get("/app_redirect", params={"channel": channel, "team": "T1"})
            assert (answer.status_code, answer.headers.get("location")) == (status, place)
        assert (await client.get("/app_redirect")).status_code == 404


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"{", JSON, 400),
        (b"[]", JSON, 400),
        (b"\xff\xfe", JSON, 400),
        (b"[" * 100_000, JSON, 400),
        (b"", JSON, 400),
        (b"text=x&channel=C0GENERAL", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (b'{"text": "x", "channel": "C0GENERAL"}', {"Content-Type": "text/plain"}, 415),
    ],
)
async def test_only_well_formed_json_is_taken(
    desk: Desk, content: bytes, headers: dict[str, str], status: int
) -> None:
    async with httpx.AsyncClient(base_url=desk.slack.url) as client:
        answer = await client.post(f"{ENGINEER}/say", content=content, headers=headers)
    assert answer.status_code == status
    assert desk.slack.world.messages["C0GENERAL"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/as/U0NOBODY",
        "/as/U0BOT/C0ENGINEERING",
        "/as/U0ENGINEER/C0NOWHERE",
        "/as/U0ENGINEER/drawer/kitchen",
        "/as/U0ENGINEER/message/C0GENERAL/1.0",
        "/files/F0NONE",
        "/assets/../routes.py",
        "/assets/%2e%2e/routes.py",
    ],
)
async def test_what_is_not_there_is_not_found(desk: Desk, path: str) -> None:
    async with httpx.AsyncClient(base_url=desk.slack.url) as client:
        assert (await client.get(path)).status_code == 404


async def test_another_members_private_message_cannot_be_pressed_or_read(desk: Desk) -> None:
    card = await desk.slack.member("U0MANAGER").command("/skill", channel="general")
    message = desk.slack.world.messages["C0GENERAL"][-1]
    container = {"channel": "C0GENERAL", "ts": message.ts}
    async with httpx.AsyncClient(base_url=desk.slack.url) as client:
        body = {"container": container, "block_id": "row", "action_id": "share"}
        pressed = await client.post(f"{ENGINEER}/act", json=body)
        read = await client.get(f"{ENGINEER}/message/C0GENERAL/{message.ts}")
        page = await client.get(f"{ENGINEER}/C0GENERAL")
    assert (pressed.status_code, read.status_code) == (404, 404)
    assert card.text not in page.text


async def test_the_page_may_load_nothing_from_elsewhere(desk: Desk) -> None:
    async with httpx.AsyncClient(base_url=desk.slack.url) as client:
        answer = await client.get(f"{ENGINEER}/C0GENERAL")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    outside = answer.text.replace('xmlns="http', "")
    assert "https://" not in outside
    assert " style=" not in outside


async def test_a_foreign_host_name_is_refused(desk: Desk) -> None:
    async with httpx.AsyncClient(base_url=desk.slack.url) as client:
        answer = await client.get("/", headers={"Host": "rebound.example"})
    assert answer.status_code == 403
