"""Corners of modals: closing the stack, answers that make no sense, response URLs, values."""

import json
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.handles import NoAnswer, ViewHandle, WrongSurface
from bot.sandbox.local_slack import LocalSlack
from tests.integration.sandbox.bots import Serve

Json = dict[str, Any]
TEXT = {"type": "plain_text", "text": "Text"}
NOTE = {
    "type": "input",
    "block_id": "note",
    "label": TEXT,
    "element": {"type": "plain_text_input", "action_id": "text", "initial_value": "x"},
}
WHERE = {
    "type": "input",
    "block_id": "where",
    "label": {"type": "plain_text", "text": "Where"},
    "element": {
        "type": "conversations_select",
        "action_id": "place",
        "response_url_enabled": True,
        "initial_conversation": "C0GENERAL",
    },
}


def modal(*blocks: Json, **more: Any) -> Json:
    view = {"type": "modal", "title": TEXT, "submit": TEXT, "blocks": list(blocks) or [NOTE]}
    return {**view, **more}


class Bot:
    """A bot that answers every interaction the same and remembers what it was sent."""

    def __init__(self, answer: Any = None) -> None:
        self.reply = answer
        self.seen: list[Json] = []

    async def answer(self, request: Request) -> Response:
        form = parse_qs((await request.body()).decode())
        self.seen.append(json.loads(form["payload"][0]))
        return Response() if self.reply is None else JSONResponse(self.reply)


def shown(slack: LocalSlack, *views: Json) -> list[ViewHandle]:
    member = slack.member("U0ENGINEER")
    slack.views.open(member.id, views[0])
    for view in views[1:]:
        slack.views.push(member.id, view)
    found = slack.world.modals[member.id]
    return [ViewHandle(slack.interactions, slack.world, member.id, view) for view in found]


async def test_the_cross_closes_the_whole_stack(slack: LocalSlack, serve: Serve) -> None:
    bot = Bot()
    await serve(bot.answer)
    told, untold = modal(notify_on_close=True, callback_id="told"), modal()
    _, top, _ = shown(slack, told, untold, told)
    last = slack.member("U0ENGINEER").modal
    assert last is not None
    assert await last.close(clear=True) is None
    assert [body["type"] for body in bot.seen] == ["view_closed"] * 2
    assert all(body["is_cleared"] for body in bot.seen)
    with pytest.raises(ValueError, match="only an open modal"):
        await top.close()
    with pytest.raises(ValueError, match="only an open modal"):
        await top.submit()


async def test_clear_on_close(slack: LocalSlack) -> None:
    *_, top = shown(slack, modal(), modal(clear_on_close=True))
    assert await top.close() is None
    assert slack.member("U0ENGINEER").modal is None


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"elsewhere": "no"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": "no"},
        {"response_action": "dance"},
        {"response_action": "update"},
        {"response_action": "push", "view": modal(type="home")},
        {"text": "thanks"},
        ["x"],
    ],
)
async def test_answers_that_make_no_sense(slack: LocalSlack, serve: Serve, answer: Any) -> None:
    await serve(Bot(answer).answer)
    (view,) = shown(slack, modal())
    with pytest.raises(NoAnswer, match="trouble connecting"):
        await view.submit()
    assert view.is_open
    (entry,) = slack.inspector.find(kind="view_submission")
    assert entry.error


async def test_a_fourth_modal_is_refused(slack: LocalSlack, serve: Serve) -> None:
    await serve(Bot({"response_action": "push", "view": modal()}).answer)
    *_, top = shown(slack, modal(), modal(), modal())
    with pytest.raises(NoAnswer):
        await top.submit()
    assert slack.inspector.find(kind="view_submission")[0].error == "push_limit_reached"


async def test_a_submission_leads_back_to_the_modal_below(slack: LocalSlack, serve: Serve) -> None:
    await serve(Bot().answer)
    below, top = shown(slack, modal(), modal())
    seen = await top.submit()
    assert isinstance(seen, ViewHandle)
    assert seen.view is below.view


async def test_response_urls_of_a_view(slack: LocalSlack, serve: Serve) -> None:
    bot = Bot()
    await serve(bot.answer)
    (view,) = shown(slack, modal(WHERE))
    assert view.value("Where")["selected_conversation"] == "C0GENERAL"
    await view.submit()
    (entry,) = bot.seen[0]["response_urls"]
    assert (entry["block_id"], entry["action_id"], entry["channel_id"]) == (
        "where",
        "place",
        "C0GENERAL",
    )
    said = {"text": "hello", "response_type": "in_channel"}
    async with aiohttp.ClientSession() as session:
        await session.post(entry["response_url"], json=said)
    assert [m.text for m in slack.member("U0MANAGER").messages("general")] == ["hello"]


async def test_entered_values_outlive_an_update(slack: LocalSlack) -> None:
    (view,) = shown(slack, modal())
    await view.fill({"note": "typed"})
    slack.views.update(view.view, modal(NOTE, WHERE))
    assert view.state["note"]["text"]["value"] == "typed"
    assert view.state["where"]["place"]["selected_conversation"] == "C0GENERAL"


async def test_a_press_in_home_has_a_view_and_no_response_url(
    slack: LocalSlack, serve: Serve
) -> None:
    bot = Bot()
    await serve(bot.answer)
    button = {"type": "button", "text": TEXT, "action_id": "go", "value": "7"}
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}
    slack.views.publish("U0ENGINEER", home)
    surface = slack.member("U0ENGINEER").home
    assert await surface.press(action_id="go") is surface
    (body,) = bot.seen
    assert body["container"] == {"type": "view", "view_id": surface.view.id}
    assert body["actions"][0]["value"] == "7"
    assert "response_url" not in body
    with pytest.raises(WrongSurface):
        await surface.close()


async def test_dispatching_inputs(slack: LocalSlack, serve: Serve) -> None:
    bot = Bot()
    await serve(bot.answer)
    (view,) = shown(slack, modal({**NOTE, "dispatch_action": True}))
    await view.fill({"Text": "typed"})
    (body,) = bot.seen
    assert body["actions"][0]["value"] == "typed"
    assert body["view"]["state"]["values"]["note"]["text"]["value"] == "typed"
