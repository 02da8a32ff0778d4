"""Threads, feedback buttons, and what Slack itself says in a member's language."""

import re
from contextlib import AsyncExitStack
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.handles import NoAnswer
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.model import Json
from tests.integration.sandbox.bots import bolt, connect


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


FEEDBACK: Json = {
    "type": "feedback_buttons",
    "action_id": "judge",
    "positive_button": {"text": plain("Good"), "value": "up"},
    "negative_button": {"text": plain("Bad"), "value": "down"},
}
TRASH: Json = {"type": "icon_button", "action_id": "drop", "icon": "trash", "text": plain("Delete")}


@pytest.fixture
async def pressed(slack: LocalSlack, until_the_end: AsyncExitStack) -> list[Json]:
    """What a bot with one message was told of the presses on it."""
    app, told = bolt(slack), []
    row = {"type": "context_actions", "block_id": "row", "elements": [FEEDBACK, TRASH]}

    @app.command("/ask")
    async def ask(ack: Any) -> None:
        await ack(text="How was it?", blocks=[row], response_type="in_channel")

    @app.action(re.compile("judge|drop"))
    async def heard(ack: Any, body: Json) -> None:
        told.extend(body["actions"])
        await ack()

    await connect(slack, app, until_the_end)
    return told


async def test_feedback_and_icon_buttons(slack: LocalSlack, pressed: list[Json]) -> None:
    card = await slack.member("U0ENGINEER").command("/ask")
    assert card.buttons == ["Good", "Bad", "Delete"]
    for label in card.buttons:
        await card.press(label)
    up, down, drop = pressed
    assert (up["type"], up["value"], up["text"]) == ("feedback_buttons", "up", plain("Good"))
    assert (down["value"], down["action_id"], down["block_id"]) == ("down", "judge", "row")
    assert (drop["type"], drop["text"], drop["icon"]) == ("icon_button", plain("Delete"), "trash")
    with pytest.raises(ValueError, match="no feedback button"):
        await slack.interactions.action("U0ENGINEER", card.place, "row", "judge", "sideways")


async def test_feedback_buttons_stand_in_messages_only(client: AsyncWebClient) -> None:
    block = {"type": "context_actions", "elements": [FEEDBACK]}
    view: Json = {"type": "modal", "title": plain("No"), "blocks": [block]}
    refused = await client.api_call("blocks.validate", json={"blocks": [block]})
    assert refused["ok"] is True
    with pytest.raises(Exception, match="invalid"):
        await client.api_call("blocks.validate", json={"view": view})


async def test_a_thread_takes_messages_but_no_commands(slack: LocalSlack) -> None:
    engineer = slack.member("U0ENGINEER")
    parent = await engineer.say("a question")
    reply = await engineer.say("an answer", thread_ts=parent.ts)
    assert reply.message.thread_ts == parent.ts
    outcome = await slack.interactions.command(
        "U0ENGINEER", "/skill mlops", "C0GENERAL", thread_ts=parent.ts
    )
    assert outcome.notice == "/skill is not supported in threads. Sorry!"
    (notice,) = outcome.messages
    assert (notice.thread_ts, notice.ephemeral_to) == (parent.ts, "U0ENGINEER")
    assert len(slack.inspector.entries) == 0
    with pytest.raises(ValueError, match="begins a thread"):
        await engineer.say("deeper", thread_ts=reply.ts)
    with pytest.raises(KeyError):
        await engineer.say("nowhere", thread_ts="1.000001")


async def test_slack_speaks_the_members_language(slack: LocalSlack, pressed: list[Json]) -> None:
    chinese, text = slack.member("U0CHINESE"), {"type": "plain_text_input", "action_id": "a"}
    block = {"type": "input", "block_id": "b", "label": plain("Note"), "element": text}
    view = slack.views.open("U0CHINESE", {"type": "modal", "title": plain("x"), "blocks": [block]})
    assert (await slack.interactions.submit(view)).errors == {"b": "请填写此必填字段。"}
    slack.connect_bot("http://127.0.0.1:9/nobody")
    with pytest.raises(NoAnswer, match="/ask 失败，错误为“dispatch_failed”"):
        await chinese.command("/ask")
    with pytest.raises(NoAnswer, match="连接时遇到问题"):
        await chinese.global_shortcut("find")
    with pytest.raises(NoAnswer, match='/ask failed with the error "dispatch_failed"'):
        await slack.member("U0ENGINEER").command("/ask")
    assert pressed == []
