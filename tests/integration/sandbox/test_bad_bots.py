"""Bots that fail, are slow, or say what Slack refuses: the member is told and Slack goes on."""

import asyncio
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox.dispatch.signing import sign
from bot.sandbox.handles import NoAnswer
from bot.sandbox.local_slack import LocalSlack
from tests.integration.sandbox.bots import Serve

HEADER = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}


def button(action_id: str) -> dict[str, Any]:
    element = {
        "type": "button",
        "text": {"type": "plain_text", "text": "Go"},
        "action_id": action_id,
    }
    return {"type": "actions", "elements": [element]}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (PlainTextResponse("boom", status_code=500), "dispatch_failed"),
        (PlainTextResponse("who?", status_code=401), "dispatch_failed"),
        (Response(status_code=302, headers={"Location": "/"}), "dispatch_failed"),
        (Response('{"text": ', media_type="application/json"), "dispatch_failed"),
        (Response("[1]", media_type="application/json"), "dispatch_failed"),
        (Response(b"\xff\xfe", media_type="application/json"), "dispatch_failed"),
        (JSONResponse({"blocks": [HEADER]}), "invalid_blocks"),
        (JSONResponse({"text": "x" * 40_001}), "msg_too_long"),
    ],
)
async def test_a_command_that_fails(
    slack: LocalSlack, serve: Serve, answer: Response, error: str
) -> None:
    async def bot(_: Request) -> Response:
        return answer

    await serve(bot)
    engineer = slack.member("U0ENGINEER")
    with pytest.raises(NoAnswer, match=f'/skill failed with the error "{error}"'):
        await engineer.command("/skill mlops")
    (notice,) = engineer.messages("general")
    assert notice.message.is_notice
    assert notice.message.author_id == "USLACKBOT"
    assert notice.is_ephemeral


async def test_a_bot_that_is_down(slack: LocalSlack) -> None:
    with pytest.raises(NoAnswer, match="dispatch_failed"):
        await slack.member("U0ENGINEER").command("/skill mlops")
    slack.connect_bot("http://127.0.0.1:9/slack/events")
    with pytest.raises(NoAnswer, match="dispatch_failed"):
        await slack.member("U0ENGINEER").command("/skill mlops")
    assert "ClientConnectorError" in (slack.inspector.find(kind="slash_commands")[-1].error or "")


async def test_a_bot_that_is_late(serve: Serve, slack: LocalSlack) -> None:
    forever = asyncio.Event()

    async def bot(_: Request) -> Response:
        await forever.wait()
        return PlainTextResponse("")

    await serve(bot)
    slack.http._ack_seconds = 0.05
    with pytest.raises(NoAnswer, match="operation_timeout"):
        await slack.member("U0ENGINEER").command("/skill mlops")
    (entry,) = slack.inspector.find(kind="slash_commands")
    assert entry.late
    forever.set()


async def test_plain_text_is_shown_and_an_empty_ack_shows_nothing(
    slack: LocalSlack, serve: Serve
) -> None:
    async def bot(request: Request) -> Response:
        body = (await request.body()).decode()
        return PlainTextResponse("just words" if "words" in body else "")

    await serve(bot)
    engineer = slack.member("U0ENGINEER")
    assert (await engineer.command("/skill words")).text == "just words"
    with pytest.raises(NoAnswer, match="caused no message"):
        await engineer.command("/skill nothing")
    with pytest.raises(NoAnswer, match="opened no modal"):
        await engineer.command_view("/skill nothing")


async def test_the_request_is_signed_as_slack_signs(slack: LocalSlack, serve: Serve) -> None:
    seen: list[tuple[bytes, dict[str, str]]] = []

    async def bot(request: Request) -> Response:
        seen.append((await request.body(), dict(request.headers)))
        return PlainTextResponse("")

    await serve(bot)
    slack.advance(86_400)
    await slack.member("U0ENGINEER").command_outcome("/skill 数据 & co", channel="dm")
    ((body, headers),) = seen
    stamp = int(headers["x-slack-request-timestamp"])
    assert headers["x-slack-signature"] == sign(slack.signing_secret, stamp, body)
    # The moved clock must not make the signature look like a replay.
    assert abs(stamp - slack.clock.now().timestamp()) > 80_000
    assert b"channel_name=directmessage" in body
    assert b"%E6%95%B0%E6%8D%AE+%26+co" in body


def test_the_signature_of_a_known_request() -> None:
    """The example of Slack's documentation (authentication, verifying requests from Slack)."""
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        b"&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        b"&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
        b"%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    secret = "8f742231b10e8888abcd99yyyzzz85a5"
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert sign(secret, 1531420618, body) == expected


async def test_actions_that_fail(slack: LocalSlack, serve: Serve) -> None:
    async def bot(request: Request) -> Response:
        if b"command=" in (await request.body()):
            return JSONResponse({"text": "card", "blocks": [button("go")]})
        return PlainTextResponse("no", status_code=404)

    await serve(bot)
    card = await slack.member("U0ENGINEER").command("/skill x")
    with pytest.raises(NoAnswer, match="Status Code 404"):
        await card.press("Go")
    assert card.text == "card"


async def test_an_ack_body_for_a_press_is_ignored_with_a_warning(
    slack: LocalSlack, serve: Serve
) -> None:
    async def bot(_: Request) -> Response:
        return JSONResponse({"text": "card", "blocks": [button("go")]})

    await serve(bot)
    engineer = slack.member("U0ENGINEER")
    card = await engineer.command("/skill x")
    assert await card.press("Go") is card
    assert len(engineer.messages("general")) == 1
    assert [w.code for w in slack.inspector.warnings] == ["ack_body_ignored"]


async def post(url: str, **options: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, **options) as response:
        return response.status, await response.text()


@pytest.fixture
async def response_url(slack: LocalSlack, serve: Serve) -> str:
    async def bot(_: Request) -> Response:
        return PlainTextResponse("")

    await serve(bot)
    await slack.member("U0ENGINEER").command_outcome("/skill x")
    return str(slack.inspector.find(kind="slash_commands")[-1].request["response_url"])


async def test_a_response_url_works_five_times(slack: LocalSlack, response_url: str) -> None:
    for n in range(5):
        assert await post(response_url, json={"text": str(n)}) == (200, "ok")
    status, body = await post(response_url, json={"text": "6"})
    assert status == 404
    assert "used_url" in body
    texts = [m.text for m in slack.member("U0ENGINEER").messages("general")]
    assert texts == ["0", "1", "2", "3", "4"]
    assert slack.member("U0MANAGER").messages("general") == []


async def test_a_response_url_works_for_thirty_minutes(
    slack: LocalSlack, response_url: str
) -> None:
    slack.advance(29 * 60)
    assert (await post(response_url, json={"text": "in time"}))[0] == 200
    slack.advance(61)
    status, body = await post(response_url, json={"text": "late"})
    assert (status, "expired_url" in body) == (404, True)


async def test_a_response_url_refuses_what_slack_refuses(
    slack: LocalSlack, response_url: str
) -> None:
    assert "invalid_blocks" in (await post(response_url, json={"blocks": [HEADER]}))[1]
    assert (await post(response_url, data=b"{"))[0] == 400
    assert (await post(response_url, json=["x"]))[0] == 400
    assert (await post(response_url, json={}))[0] == 400
    assert (await post(f"{slack.url}/response/TSAMPLE/none", json={"text": "x"}))[0] == 404
    assert slack.member("U0ENGINEER").messages("general") == []
    assert (await post(response_url, json={"text": "still five"}))[0] == 200


async def test_unknown_commands_and_escaping(slack: LocalSlack, serve: Serve) -> None:
    manifest = {
        "features": {
            "slash_commands": [
                {"command": "/skill", "should_escape": True},
                {"command": "/growth", "usage_hint": "[help]"},
            ]
        }
    }
    async with LocalSlack(manifest=manifest) as strict:
        with pytest.raises(NoAnswer, match="/knit is not a valid command"):
            await strict.member("U0ENGINEER").command("/knit")
        assert list(strict.inspector) == []

        async def echo(request: Request) -> Response:
            return PlainTextResponse(parse_qs((await request.body()).decode())["text"][0])

        await serve(echo)
        strict.connect_bot(slack.http.url or "")
        engineer = strict.member("U0ENGINEER")
        typed = "share with @manager in #engineering not a@b"
        escaped = (await engineer.command(f"/skill {typed}")).text
        assert escaped == (
            "share with <@U0MANAGER|manager> in <#C0ENGINEERING|engineering> not a@b"
        )
        assert (await engineer.command(f"/growth {typed}")).text == typed
    with pytest.raises(ValueError, match="lacks 'command'"):
        LocalSlack(manifest={"features": {"slash_commands": [{}]}})
