"""The Events API: retries with their headers, duplicates, uninstalling; and the URL challenge."""

import json
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox.local_slack import LocalSlack
from tests.integration.sandbox.bots import Serve

Json = dict[str, Any]


class Recorder:
    """A bot that fails as often as it is told to and remembers what it was sent."""

    def __init__(self, failures: int, headers: dict[str, str] | None = None) -> None:
        self.failures = failures
        self.headers = headers
        self.bodies: list[Json] = []
        self.retries: list[tuple[str | None, str | None]] = []

    async def answer(self, request: Request) -> Response:
        self.bodies.append(json.loads(await request.body()))
        headers = request.headers
        self.retries.append((headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")))
        if len(self.bodies) <= self.failures:
            return PlainTextResponse("no", status_code=500, headers=self.headers)
        return PlainTextResponse("")


async def test_an_event_is_sent_once_when_it_is_taken(slack: LocalSlack, serve: Serve) -> None:
    bot = Recorder(0)
    await serve(bot.answer)
    answer = await slack.event({"type": "user_change", "user": {"id": "U0ENGINEER"}})
    assert answer.error is None
    (body,) = bot.bodies
    assert body["type"] == "event_callback"
    assert body["authorizations"][0]["user_id"] == "U0BOT"
    assert body["event_id"].startswith("Ev")
    assert bot.retries == [(None, None)]


async def test_retries_come_at_once_after_a_minute_and_after_five(
    slack: LocalSlack, serve: Serve
) -> None:
    bot = Recorder(9)
    await serve(bot.answer)
    await slack.event({"type": "user_change"})
    assert bot.retries == [(None, None), ("1", "http_error")]
    slack.advance(61)
    await slack.until(lambda: len(slack.inspector.find(kind="events_api")) == 3)
    slack.advance(240)
    await slack.until(lambda: len(slack.inspector.find(kind="events_api")) == 4)
    assert [num for num, _ in bot.retries] == [None, "1", "2", "3"]
    assert len({body["event_id"] for body in bot.bodies}) == 1


async def test_a_bot_may_decline_retries(slack: LocalSlack, serve: Serve) -> None:
    bot = Recorder(9, {"X-Slack-No-Retry": "1"})
    await serve(bot.answer)
    answer = await slack.event({"type": "user_change"})
    assert answer.error == "dispatch_failed"
    assert len(bot.bodies) == 1


async def test_duplicates_and_uninstalling(slack: LocalSlack, serve: Serve) -> None:
    bot = Recorder(0)
    await serve(bot.answer)
    for _ in range(2):
        await slack.event({"type": "app_home_opened"}, event_id="Ev1", workspace_id="TOTHER")
    assert [(b["event_id"], b["team_id"]) for b in bot.bodies] == [("Ev1", "TOTHER")] * 2
    await slack.uninstall("TOTHER")
    assert [b["event"]["type"] for b in bot.bodies[2:]] == ["tokens_revoked", "app_uninstalled"]
    assert slack.world.tokens[slack.world.workspaces["TOTHER"].bot_token].revoked
    assert not slack.world.tokens[slack.bot_token].revoked


async def test_the_url_challenge(slack: LocalSlack, serve: Serve) -> None:
    async def bot(request: Request) -> Response:
        return JSONResponse({"challenge": json.loads(await request.body())["challenge"]})

    assert await slack.events.verify_url() is False
    await serve(bot)
    assert await slack.events.verify_url() is True


async def test_an_event_is_overtaken_by_the_next(slack: LocalSlack, serve: Serve) -> None:
    bot = Recorder(0)
    await serve(bot.answer)
    slack.faults.hold_back_events()
    answer = await slack.event({"type": "user_change", "number": 1})
    assert (answer.error, bot.bodies, slack.events.held) == (None, [], 1)
    for number in (2, 3):
        await slack.event({"type": "user_change", "number": number})
    assert [body["event"]["number"] for body in bot.bodies] == [2, 1, 3]
    assert slack.events.held == 0


async def test_the_newest_event_is_repeated(slack: LocalSlack, serve: Serve) -> None:
    bot = Recorder(0)
    await serve(bot.answer)
    with pytest.raises(ValueError, match="no event"):
        await slack.repeat_event()
    await slack.event({"type": "app_home_opened"})
    await slack.repeat_event()
    assert len(bot.bodies) == 2
    assert bot.bodies[0] == bot.bodies[1]
