"""What Slack's answers mean for a nudge: refused, unknown, or posted, and never tried twice."""

import pytest

from bot.domain.tenancy import Tenant
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ENGINEER, WORKSPACE
from bot.services.nudge_ports import NudgeCard, OutcomeUnknown, Posted, Refusal, Refused
from bot.slack.auth import Workspaces
from bot.slack.client import slack_client
from bot.slack.nudge_post import SlackNudgePost

POST = "chat.postMessage"
HERE = Tenant(WORKSPACE)
CARD = NudgeCard("A nudge", [{"type": "section", "text": {"type": "mrkdwn", "text": "A nudge"}}])
CODES = {
    "user_disabled": Refusal.MEMBER,
    "cannot_dm_bot": Refusal.MEMBER,
    "channel_not_found": Refusal.MEMBER,
    "account_inactive": Refusal.WORKSPACE,
    "token_revoked": Refusal.WORKSPACE,
    "token_expired": Refusal.WORKSPACE,
    "missing_scope": Refusal.WORKSPACE,
    "messages_tab_disabled": Refusal.WORKSPACE,
    "service_unavailable": Refusal.LATER,
    "team_added_to_org": Refusal.LATER,
    "invalid_blocks": Refusal.OURS,
    "metadata_too_large": Refusal.OURS,
    "a_code_of_next_year": Refusal.OURS,
}


def post_to(slack: LocalSlack, token: str | None = None) -> SlackNudgePost:
    client = slack_client(token or slack.bot_token, api_url=slack.api_url)
    return SlackNudgePost(Workspaces([client]))


def calls(slack: LocalSlack) -> int:
    return sum(entry.name == POST for entry in slack.inspector)


async def test_a_message_is_posted_with_the_rows_id() -> None:
    async with LocalSlack() as slack:
        posted = await post_to(slack).post_nudge(HERE, ENGINEER, CARD, outbox_id=42)
        (message,) = slack.world.messages[posted.channel]
        assert posted == Posted(message.channel_id, message.ts)
        assert message.metadata == {"event_type": "nextrung_nudge", "event_payload": {"id": 42}}


@pytest.mark.parametrize(("code", "kind"), CODES.items())
async def test_each_refusal_has_its_kind(code: str, kind: Refusal) -> None:
    async with LocalSlack() as slack:
        slack.faults.error(POST, error=code)
        with pytest.raises(Refused) as refused:
            await post_to(slack).post_nudge(HERE, ENGINEER, CARD, outbox_id=1)
        assert (refused.value.kind, refused.value.code) == (kind, code)
        assert calls(slack) == 1


async def test_a_rate_limit_tells_how_long() -> None:
    async with LocalSlack() as slack:
        slack.faults.ratelimit(POST, retry_after=17)
        with pytest.raises(Refused) as refused:
            await post_to(slack).post_nudge(HERE, ENGINEER, CARD, outbox_id=1)
        assert refused.value.kind is Refusal.LATER
        assert refused.value.retry_after == 17
        assert calls(slack) == 1


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_broken_gateway_leaves_it_unknown(status: int) -> None:
    async with LocalSlack() as slack:
        slack.faults.fail(POST, status=status)
        with pytest.raises(OutcomeUnknown) as unknown:
            await post_to(slack).post_nudge(HERE, ENGINEER, CARD, outbox_id=1)
        assert unknown.value.code == f"http_{status}"
        assert calls(slack) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
async def test_a_lost_connection_leaves_it_unknown_and_is_not_tried_again(kind: str) -> None:
    async with LocalSlack() as slack:
        getattr(slack.faults, kind)(POST)
        with pytest.raises(OutcomeUnknown):
            await post_to(slack).post_nudge(HERE, ENGINEER, CARD, outbox_id=1)
        assert calls(slack) == 1


async def test_nobody_there_means_it_never_left() -> None:
    async with LocalSlack() as slack:
        post = post_to(slack)
        await post.reach(HERE)
    for attempt in (post.post_nudge(HERE, ENGINEER, CARD, outbox_id=1), post.reach(HERE)):
        with pytest.raises(Refused) as refused:
            await attempt
        assert refused.value.kind is Refusal.LATER


async def test_a_workspace_without_a_token_of_ours() -> None:
    async with LocalSlack() as slack:
        with pytest.raises(Refused) as refused:
            await post_to(slack).post_nudge(Tenant("TELSE"), ENGINEER, CARD, outbox_id=1)
        assert (refused.value.kind, refused.value.code) == (Refusal.WORKSPACE, "not_connected")


async def test_a_token_that_slack_does_not_know() -> None:
    async with LocalSlack() as slack:
        with pytest.raises(Refused) as refused:
            await post_to(slack, "xoxb-unknown").reach(HERE)
        assert (refused.value.kind, refused.value.code) == (Refusal.WORKSPACE, "invalid_auth")
