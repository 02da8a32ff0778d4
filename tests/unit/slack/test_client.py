"""The Web API client, and what its errors say."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.local_slack import LocalSlack
from bot.services.clock import SystemClock
from bot.slack.client import slack_client
from bot.slack.installs.checkup import check_app_token, check_bot_token
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
