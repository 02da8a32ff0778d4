"""Faults on demand, seen through the real slack_sdk client."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.local_slack import LocalSlack
from tests.integration.sandbox.bots import web_client


def texts(slack: LocalSlack) -> list[str]:
    return [message.text for message in slack.member("U0ENGINEER").messages("dm")]


async def post(client: AsyncWebClient, text: str, channel: str = "U0ENGINEER") -> Any:
    return await client.chat_postMessage(channel=channel, text=text)


async def test_rate_limited_per_method_and_workspace(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    slack.faults.ratelimit("chat.postMessage", retry_after=7, workspace_id="TSAMPLE")
    other = web_client(slack, slack.world.workspaces["TOTHER"].bot_token, retry_handlers=[])
    await post(other, "elsewhere", "U0OTHER")
    await client.auth_test()
    with pytest.raises(SlackApiError) as caught:
        await post(client, "one")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert caught.value.response["error"] == "ratelimited"
    await post(client, "two")
    assert texts(slack) == ["two"]


async def test_errors_of_slacks_own(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.faults.fail("chat.postMessage", status=503)
    with pytest.raises(SlackApiError) as caught:
        await post(client, "one")
    assert caught.value.response.status_code == 503
    slack.faults.error("chat.postMessage", error="fatal_error", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            await post(client, "one")
    await post(client, "two")
    assert texts(slack) == ["two"]


async def test_dropped_before_nothing_happened(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.faults.drop_before("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await post(client, "one")
    assert texts(slack) == []


async def test_dropped_after_it_was_posted(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.faults.drop_after("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await post(client, "one")
    assert texts(slack) == ["one"]


async def test_the_default_client_posts_twice_after_a_drop(slack: LocalSlack) -> None:
    """The trap that makes the nudge sender choose its retry handlers: shown, not assumed."""
    handlers: list[AsyncRetryHandler] = [AsyncConnectionErrorRetryHandler(max_retry_count=1)]
    slack.faults.drop_after("chat.postMessage")
    handlers[0].interval_calculator = type(  # no waiting between the tries
        "AtOnce", (), {"calculate_sleep_duration": lambda *_: 0.0}
    )()
    await post(web_client(slack, retry_handlers=handlers), "twice")
    assert texts(slack) == ["twice", "twice"]


async def test_slow_answers_follow_the_local_clock(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    slack.faults.slow("chat.postMessage", seconds=3600)
    task = asyncio.create_task(post(client, "slow"))
    await slack.until(lambda: not slack.faults.waiting)
    assert texts(slack) == []
    slack.advance(1800)
    slack.advance(1801)
    await task
    assert texts(slack) == ["slow"]


async def test_a_gate_holds_a_call(slack: LocalSlack, client: AsyncWebClient) -> None:
    gate = slack.faults.hold("chat.postMessage")
    task = asyncio.create_task(post(client, "held"))
    await gate.arrived.wait()
    assert texts(slack) == []
    gate.release()
    await task
    assert texts(slack) == ["held"]


async def test_a_deactivated_member_gets_nothing(slack: LocalSlack, client: AsyncWebClient) -> None:
    await post(client, "before")
    channel = slack.world.dm("U0ENGINEER").id
    slack.world.change_member("U0ENGINEER", deleted=True)
    for place in ("U0ENGINEER", channel):
        with pytest.raises(SlackApiError, match="user_disabled"):
            await post(client, "after", place)
    with pytest.raises(AttributeError):
        slack.world.change_member("U0ENGINEER", nickname="x")


async def test_real_limits_by_tier(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.faults.tiers = True
    await post(client, "one")
    with pytest.raises(SlackApiError, match="ratelimited"):
        await post(client, "two")
    await post(client, "another channel", "U0MANAGER")
    slack.advance(1)
    await post(client, "two")
    assert texts(slack) == ["one", "two"]
    for _ in range(20):
        await client.users_list()
    with pytest.raises(SlackApiError) as caught:
        await client.users_list()
    assert int(caught.value.response.headers["Retry-After"]) > 50
    slack.advance(61)
    await client.users_list()
    slack.faults.clear()
    assert slack.faults.tiers is False


async def _posted(slack: LocalSlack) -> tuple[int, str]:
    """Post to a fresh response URL of the engineer; the status and body of the answer."""
    url = slack.world.new_response_url(
        member_id="U0ENGINEER", channel_id=slack.world.dm("U0ENGINEER").id
    )
    address = f"{slack.url}/response/{url.id}"
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, json={"text": "said"}) as answer,
    ):
        return answer.status, await answer.text()


async def test_response_urls_meet_every_fault(slack: LocalSlack) -> None:
    slack.faults.expire_response_urls()
    assert await _posted(slack) == (404, '{"ok":false,"error":"expired_url"}')
    slack.faults.error("response_url")
    assert (await _posted(slack))[0] == 500
    slack.faults.fail("response_url", status=502)
    assert (await _posted(slack))[0] == 502
    slack.faults.ratelimit("response_url", retry_after=3)
    assert (await _posted(slack))[0] == 429
    slack.faults.drop_before("response_url")
    with pytest.raises(aiohttp.ClientError):
        await _posted(slack)
    assert texts(slack) == []
    slack.faults.drop_after("response_url")
    with pytest.raises(aiohttp.ClientError):
        await _posted(slack)
    assert texts(slack) == ["said"]
    assert await _posted(slack) == (200, "ok")


async def test_a_response_url_answers_slowly(slack: LocalSlack) -> None:
    slack.faults.slow("response_url", seconds=60)
    task = asyncio.create_task(_posted(slack))
    await slack.until(lambda: not slack.faults.waiting)
    assert texts(slack) == []
    slack.advance(61)
    assert (await task)[0] == 200


async def test_the_clock_jumps_back(slack: LocalSlack, client: AsyncWebClient) -> None:
    first = (await post(client, "one"))["ts"]
    before = slack.clock.now()
    assert slack.advance(-86_400) < before
    second = (await post(client, "two"))["ts"]
    assert float(second) > float(first)  # Slack's ts never run backwards
    assert texts(slack) == ["one", "two"]


async def test_a_token_and_a_member_come_back(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.revoke()
    slack.disable("U0ENGINEER")
    with pytest.raises(SlackApiError, match="token_revoked"):
        await post(client, "one")
    slack.revoke(on=False)
    with pytest.raises(SlackApiError, match="user_disabled"):
        await post(client, "one")
    slack.disable("U0ENGINEER", on=False)
    await post(client, "one")
    assert texts(slack) == ["one"]
