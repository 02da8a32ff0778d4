"""The Web API client, and what its errors say."""

import json

import aiohttp
import orjson
import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ENGINEER
from bot.services.clock import SystemClock
from bot.slack.client import _written, slack_client
from bot.slack.installs.checkup import check_app_token, check_bot_token
from bot.slack.network import Network, Pool, _read
from bot.slack.refusals import refusal_code


async def test_slack_names_its_refusal() -> None:
    async with LocalSlack() as slack:
        with pytest.raises(SlackApiError) as caught:
            await slack_client("xoxb-wrong", api_url=slack.api_url).auth_test()
    assert refusal_code(caught.value) == "invalid_auth"


async def test_a_gateway_that_answers_in_slacks_place_is_no_crash() -> None:
    async with LocalSlack() as slack:
        client = slack_client(slack.bot_token, api_url=slack.api_url)
        slack.faults.fail("auth.test")
        slack.faults.fail("apps.connections.open")
        bot = await check_bot_token(client, now=SystemClock().now)
        app = await check_app_token(client, slack.app_token)
    assert [(each.ok, each.detail) for each in (*bot, app)] == [(False, "unreadable")] * 2


async def test_nothing_is_sent_again_after_a_lost_connection() -> None:
    async with LocalSlack() as slack:
        client = slack_client(slack.bot_token, api_url=slack.api_url)
        slack.faults.drop_after("auth.test")
        with pytest.raises((aiohttp.ClientError, OSError)):
            await client.auth_test()
        assert len(slack.inspector.find(kind="api", name="auth.test")) == 1


async def test_a_text_goes_to_slack_and_comes_back() -> None:
    words, pool = "Café 晋级", Pool()
    async with LocalSlack() as slack:
        network = Network(pool=pool)
        client = slack_client(slack.bot_token, api_url=slack.api_url, network=network)
        answer = await client.chat_postMessage(channel=ENGINEER, text=words)
        (kept,) = slack.world.messages[answer["channel"]]
        await pool.close()
    assert kept.text == words
    assert answer["message"]["text"] == words


def test_half_a_surrogate_pair_is_written_and_read() -> None:
    """What writes and reads JSON fast refuses it; a call is not to fail by that."""
    half = "half a pair: \ud83d"
    assert json.loads(_written({"text": half})) == {"text": half}
    assert _read(json.dumps({"text": half})) == {"text": half}


def test_what_is_json_already_goes_into_its_place() -> None:
    blocks = [{"type": "divider"}]
    drawn = orjson.Fragment(json.dumps(blocks))
    assert json.loads(_written({"text": "Nudge", "blocks": drawn})) == {
        "text": "Nudge",
        "blocks": blocks,
    }
