"""What Slack's answers mean for a nudge: refused, unknown, or posted, and never tried twice."""

import re
from typing import cast

import pytest

from bot.domain.nudges.cadence import NudgeSettings
from bot.domain.nudges.message import LessOften, NudgeMessage
from bot.domain.tenancy import Tenant
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ENGINEER, WORKSPACE
from bot.services.nudges.ports import DrawnNudge, OutcomeUnknown, Posted, Refusal, Refused
from bot.slack.auth import Workspaces
from bot.slack.client import slack_client
from bot.slack.nudges.post import SlackNudgePost
from bot.text.translator import load_translators
from tests.integration.nudges.slack_codes import EVERY, UNKNOWN

POST = "chat.postMessage"
HERE = Tenant(WORKSPACE)
TRANSLATORS = load_translators()


def message(nudge_id: int) -> NudgeMessage:
    return NudgeMessage(nudge_id, LessOften(NudgeSettings()))


def drawn(nudge: NudgeMessage, language: str = "en-US") -> DrawnNudge:
    return SlackNudgePost(Workspaces([]), TRANSLATORS).draw(nudge, language=language)


def post_to(slack: LocalSlack, token: str | None = None) -> SlackNudgePost:
    client = slack_client(token or slack.bot_token, api_url=slack.api_url)
    return SlackNudgePost(Workspaces([client]), TRANSLATORS)


def calls(slack: LocalSlack) -> int:
    return sum(entry.name == POST for entry in slack.inspector)


async def test_a_message_is_posted_with_the_rows_id() -> None:
    async with LocalSlack() as slack:
        posted = await post_to(slack).post_nudge(HERE, ENGINEER, drawn(message(42)))
        (kept,) = slack.world.messages[posted.channel]
        assert posted == Posted(kept.channel_id, kept.ts)
        assert kept.metadata == {"event_type": "nextrung_nudge", "event_payload": {"id": 42}}


async def test_each_code_has_its_kind_and_is_asked_once() -> None:
    async with LocalSlack() as slack:
        post = post_to(slack)
        for number, (code, kind) in enumerate(EVERY.items(), start=1):
            slack.faults.error(POST, error=code)
            with pytest.raises(Refused) as refused:
                await post.post_nudge(HERE, ENGINEER, drawn(message(1)))
            assert refused.value.kind is kind, code
            assert refused.value.code == ("ratelimited" if code == "rate_limited" else code)
            assert calls(slack) == number


async def test_slack_at_a_loss_leaves_it_unknown() -> None:
    async with LocalSlack() as slack:
        for number, code in enumerate(UNKNOWN, start=1):
            slack.faults.error(POST, error=code)
            with pytest.raises(OutcomeUnknown) as unknown:
                await post_to(slack).post_nudge(HERE, ENGINEER, drawn(message(1)))
            assert unknown.value.code == code
            assert calls(slack) == number


async def test_a_rate_limit_tells_how_long() -> None:
    async with LocalSlack() as slack:
        slack.faults.ratelimit(POST, retry_after=17)
        with pytest.raises(Refused) as refused:
            await post_to(slack).post_nudge(HERE, ENGINEER, drawn(message(1)))
        assert refused.value.kind is Refusal.LATER
        assert refused.value.retry_after == 17
        assert calls(slack) == 1


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_broken_gateway_leaves_it_unknown(status: int) -> None:
    async with LocalSlack() as slack:
        slack.faults.fail(POST, status=status)
        with pytest.raises(OutcomeUnknown) as unknown:
            await post_to(slack).post_nudge(HERE, ENGINEER, drawn(message(1)))
        assert unknown.value.code == f"http_{status}"
        assert calls(slack) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
async def test_a_lost_connection_leaves_it_unknown_and_is_not_tried_again(kind: str) -> None:
    async with LocalSlack() as slack:
        getattr(slack.faults, kind)(POST)
        with pytest.raises(OutcomeUnknown):
            await post_to(slack).post_nudge(HERE, ENGINEER, drawn(message(1)))
        assert calls(slack) == 1


async def test_nobody_there_means_it_never_left() -> None:
    async with LocalSlack() as slack:
        post = post_to(slack)
        await post.reach(HERE)
    for attempt in (
        post.post_nudge(HERE, ENGINEER, drawn(message(1))),
        post.reach(HERE),
    ):
        with pytest.raises(Refused) as refused:
            await attempt
        assert refused.value.kind is Refusal.LATER


async def test_a_workspace_without_a_token_of_ours() -> None:
    async with LocalSlack() as slack:
        with pytest.raises(Refused) as refused:
            await post_to(slack).post_nudge(Tenant("TELSE"), ENGINEER, drawn(message(1)))
        assert (refused.value.kind, refused.value.code) == (Refusal.WORKSPACE, "not_connected")


async def test_a_token_that_slack_does_not_know() -> None:
    async with LocalSlack() as slack:
        with pytest.raises(Refused) as refused:
            await post_to(slack, "xoxb-unknown").reach(HERE)
        assert (refused.value.kind, refused.value.code) == (Refusal.WORKSPACE, "invalid_auth")


async def test_what_cannot_be_drawn_is_our_fault_and_nothing_is_posted() -> None:
    async with LocalSlack() as slack:
        broken = NudgeMessage(1, cast("LessOften", object()))
        with pytest.raises(Refused) as refused:
            await post_to(slack).post_nudge(HERE, ENGINEER, drawn(broken))
        assert (refused.value.kind, refused.value.code) == (Refusal.OURS, "not_drawn")
        assert calls(slack) == 0


async def test_it_speaks_the_language_asked_for() -> None:
    async with LocalSlack() as slack:
        posted = await post_to(slack).post_nudge(HERE, ENGINEER, drawn(message(1), "zh-CN"))
        (kept,) = slack.world.messages[posted.channel]
        assert re.search(r"[\u4e00-\u9fff]", kept.text)
