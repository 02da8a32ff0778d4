"""A member's choice is their client's own: kept over updates, and never made twice."""

import json
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.handles import MessageHandle
from bot.sandbox.local_slack import LocalSlack
from tests.integration.sandbox.bots import Serve

Json = dict[str, Any]
ENGINEER, MANAGER = "U0ENGINEER", "U0MANAGER"


def option(name: str) -> Json:
    return {"text": {"type": "plain_text", "text": name}, "value": name.lower()}


def row(shown: str | None, *, block_id: str = "row", kind: str = "static_select") -> list[Json]:
    element: Json = {
        "type": kind,
        "action_id": "grade",
        "options": [option(name) for name in ("One", "Two", "Three")],
    }
    if shown:
        element["initial_option"] = option(shown)
    return [{"type": "actions", "block_id": block_id, "elements": [element]}]


class Bot:
    """A bot that remembers what it was sent."""

    def __init__(self) -> None:
        self.seen: list[Json] = []

    async def answer(self, request: Request) -> Response:
        form = parse_qs((await request.body()).decode())
        self.seen.append(json.loads(form["payload"][0]))
        return Response()

    @property
    def chosen(self) -> list[str]:
        return [seen["actions"][0]["selected_option"]["value"] for seen in self.seen]

    def state(self) -> str | None:
        """What the newest payload says stands in the menu."""
        (actions,) = self.seen[-1]["state"]["values"].values()
        held = actions["grade"]["selected_option"]
        return held and str(held["value"])


@pytest.fixture
async def bot(serve: Serve) -> Bot:
    made = Bot()
    await serve(made.answer)
    return made


async def posted(
    slack: LocalSlack, client: AsyncWebClient, blocks: list[Json]
) -> list[MessageHandle]:
    """A message in a channel, as the engineer and as the manager see it."""
    await client.chat_postMessage(channel="C0ENGINEERING", text="x", blocks=blocks)
    return [slack.member(name).messages("engineering")[-1] for name in (ENGINEER, MANAGER)]


@pytest.mark.parametrize("kind", ["static_select", "radio_buttons"])
async def test_what_is_chosen_already_is_not_sent(
    slack: LocalSlack, client: AsyncWebClient, bot: Bot, kind: str
) -> None:
    card, _ = await posted(slack, client, row("One", kind=kind))
    for name in ("One", "Two", "Two", "One"):
        await card.choose("grade", name)
    assert bot.chosen == ["two", "one"]


async def test_a_choice_outlives_updates_until_the_block_id_changes(
    slack: LocalSlack, client: AsyncWebClient, bot: Bot
) -> None:
    card, _ = await posted(slack, client, row(None))
    await card.choose("grade", "Two")
    await client.chat_update(channel="C0ENGINEERING", ts=card.ts, text="x", blocks=row("Three"))
    await card.choose("grade", "Two")
    assert bot.chosen == ["two"]
    changed = row("Three", block_id="row 2")
    await client.chat_update(channel="C0ENGINEERING", ts=card.ts, text="x", blocks=changed)
    await card.choose("grade", "Three")
    assert bot.chosen == ["two"]
    await card.choose("grade", "Two")
    assert bot.chosen == ["two", "two"]


async def test_a_choice_outlives_what_a_response_url_replaces(
    slack: LocalSlack, client: AsyncWebClient, bot: Bot
) -> None:
    card, _ = await posted(slack, client, row("One"))
    await card.choose("grade", "Two")
    body = {"replace_original": True, "text": "x", "blocks": row("One")}
    async with aiohttp.ClientSession() as session:
        await session.post(bot.seen[0]["response_url"], json=body)
    await card.choose("grade", "Two")
    assert bot.chosen == ["two"]


async def test_an_initial_option_that_nobody_touched_gives_way(
    slack: LocalSlack, client: AsyncWebClient, bot: Bot
) -> None:
    card, _ = await posted(slack, client, row("One"))
    await client.chat_update(channel="C0ENGINEERING", ts=card.ts, text="x", blocks=row("Three"))
    await card.choose("grade", "One")
    assert (bot.chosen, bot.state()) == (["one"], "one")


async def test_each_member_has_a_choice_of_their_own(
    slack: LocalSlack, client: AsyncWebClient, bot: Bot
) -> None:
    card, theirs = await posted(slack, client, row("One"))
    await card.choose("grade", "Two")
    await theirs.choose("grade", "Two")
    await theirs.choose("grade", "Three")
    await card.choose("grade", "Three")
    assert bot.chosen == ["two", "two", "three", "three"]


async def test_the_app_home_keeps_a_choice_when_published_again(
    slack: LocalSlack, client: AsyncWebClient, bot: Bot
) -> None:
    async def publish(*blocks: Json) -> None:
        await client.views_publish(user_id=ENGINEER, view={"type": "home", "blocks": list(blocks)})

    def held() -> str:
        (actions,) = slack.member(ENGINEER).home.state.values()
        return str(actions["grade"]["selected_option"]["value"])

    await publish(*row("One"))
    await publish(*row("Three"))
    assert held() == "three"  # nobody had chosen
    await slack.member(ENGINEER).home.choose("grade", "Two")
    await publish(*row("One"))
    assert held() == "two"
    await publish(*row("One", block_id="row 2"))
    assert held() == "one"
    assert bot.chosen == ["two"]
