"""A real Bolt app against the local Slack, over signed HTTP and over Socket Mode."""

from contextlib import AsyncExitStack
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.handles import NoAnswer, NoSuchElement, WrongSurface
from bot.sandbox.local_slack import LocalSlack
from tests.integration.sandbox.bots import bolt, connect

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(name: str) -> Json:
    return {"text": plain(name), "value": name.lower()}


def modal(title: str, *blocks: Json, callback_id: str = "note", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "submit": plain("Save"),
        "blocks": list(blocks),
        **more,
    }


NOTE = {
    "type": "input",
    "block_id": "note",
    "label": plain("Note"),
    "element": {"type": "plain_text_input", "action_id": "text", "max_length": 10},
}


def button(label: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def controls() -> Json:
    return {
        "type": "actions",
        "block_id": "controls",
        "elements": [
            button("Details", "details"),
            button("Replace", "replace", confirm=confirm()),
            button("Remove", "remove"),
            button("Share", "share"),
            button("Silent", "silent"),
            {
                "type": "static_select",
                "action_id": "level",
                "placeholder": plain("Level"),
                "options": [option("Junior"), option("Senior")],
            },
            {
                "type": "external_select",
                "action_id": "skill",
                "placeholder": plain("Find a skill"),
                "min_query_length": 2,
            },
        ],
    }


def confirm() -> Json:
    return {
        "title": plain("Sure?"),
        "text": plain("Really"),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }


def register_commands(app: AsyncApp, seen: list[Json]) -> None:
    @app.command("/skill")
    async def skill(ack: Any, body: Json) -> None:
        seen.append(body)
        section = {"type": "section", "text": {"type": "mrkdwn", "text": f"*{body['text']}*"}}
        await ack(text=body["text"], blocks=[section, controls()])

    @app.action("details")
    async def details(ack: Any, body: Json, client: AsyncWebClient) -> None:
        seen.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal("Details", NOTE))

    @app.shortcut("find")
    async def find(ack: Any, body: Json, client: AsyncWebClient) -> None:
        seen.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal("Find", NOTE))


def register_answers(app: AsyncApp) -> None:
    @app.action("replace")
    async def replace(ack: Any, respond: Any) -> None:
        await respond(text="replaced", replace_original=True)
        await ack()

    @app.action("remove")
    async def remove(ack: Any, respond: Any) -> None:
        await respond(delete_original=True)
        await ack()

    @app.action("share")
    async def share(ack: Any, respond: Any) -> None:
        await respond(text="shared", response_type="in_channel", replace_original=False)
        await ack()

    @app.action("silent")
    async def silent(ack: Any) -> None:
        await ack()


def register_menus(app: AsyncApp, seen: list[Json]) -> None:
    @app.action("level")
    async def level(ack: Any, body: Json, respond: Any) -> None:
        seen.append(body)
        chosen = body["actions"][0]["selected_option"]["value"]
        await respond(text=f"level {chosen}", replace_original=True)
        await ack()

    @app.options("skill")
    async def suggest(ack: Any, body: Json) -> None:
        seen.append(body)
        names = [
            name for name in ("MLOps", "Model Serving") if body["value"].lower() in name.lower()
        ]
        await ack(options=[option(name) for name in names])

    @app.action("skill")
    async def chosen(ack: Any, body: Json, respond: Any) -> None:
        await respond(text=body["actions"][0]["selected_option"]["text"]["text"])
        await ack()


def register_views(app: AsyncApp, seen: list[Json]) -> None:
    @app.view("note")
    async def note(ack: Any, body: Json, client: AsyncWebClient) -> None:
        seen.append(body)
        text = body["view"]["state"]["values"]["note"]["text"]["value"]
        if text == "bad":
            await ack(response_action="errors", errors={"note": "Not this"})
        elif text == "push":
            await ack(response_action="push", view=modal("Second", NOTE, notify_on_close=True))
        elif text == "update":
            await ack(response_action="update", view=modal("Updated", NOTE))
        elif text == "clear":
            await ack(response_action="clear")
        elif text == "broken":
            await ack(response_action="update", view=modal("x" * 25, NOTE))
        else:
            await client.chat_postMessage(channel=body["user"]["id"], text=f"saved {text}")
            await ack()

    @app.view_closed("note")
    async def closed(ack: Any, body: Json) -> None:
        seen.append(body)
        await ack()

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        section = {"type": "section", "text": plain("Welcome")}
        await client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [section]}
        )


@pytest.fixture
def seen() -> list[Json]:
    return []


@pytest.fixture
async def bot(either: LocalSlack, seen: list[Json], until_the_end: AsyncExitStack) -> LocalSlack:
    app = bolt(either)
    register_commands(app, seen)
    register_answers(app)
    register_menus(app, seen)
    register_views(app, seen)
    await connect(either, app, until_the_end)
    return either


async def test_a_command_shows_its_ack_to_one_member(bot: LocalSlack, seen: list[Json]) -> None:
    engineer = bot.member("U0ENGINEER")
    card = await engineer.command("/skill mlops senior", channel="general")
    assert card.text == "mlops senior"
    assert card.is_ephemeral
    assert card.plain.startswith("*mlops senior*\nDetails")
    assert card.buttons == ["Details", "Replace", "Remove", "Share", "Silent"]
    assert [m.text for m in engineer.messages("general")] == ["mlops senior"]
    assert bot.member("U0MANAGER").messages("general") == []
    (payload,) = seen
    assert set(payload) == {
        "token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name",
        "command", "text", "api_app_id", "is_enterprise_install", "response_url", "trigger_id",
    }  # fmt: skip
    (entry,) = bot.inspector.find(kind="slash_commands")
    assert entry.seconds is not None
    assert not entry.late
    assert entry.response["text"] == "mlops senior"


async def test_a_press_opens_a_modal_and_its_submission_posts(
    bot: LocalSlack, seen: list[Json]
) -> None:
    engineer = bot.member("U0ENGINEER")
    card = await engineer.command("/skill mlops")
    details = await card.press("Details")
    assert details.title == "Details"
    assert bot.world.modals["U0ENGINEER"][0].blocks == details.blocks
    await details.fill({"Note": "hello"})
    message = await details.submit()
    assert message.text == "saved hello"
    assert engineer.modal is None
    assert [m.text for m in engineer.messages("dm")] == ["saved hello"]
    _, press, submission = seen
    assert press["container"]["is_ephemeral"] is True
    assert "message" not in press
    assert press["actions"][0]["block_id"] == "controls"
    assert press["user"]["id"] == "U0ENGINEER"
    assert submission["view"]["state"]["values"] == {
        "note": {"text": {"type": "plain_text_input", "value": "hello"}}
    }


async def test_what_slack_itself_checks_is_not_sent(bot: LocalSlack, seen: list[Json]) -> None:
    card = await bot.member("U0ENGINEER").command("/skill mlops")
    details = await card.press("Details")
    assert (await details.submit()) is details
    assert bot.member("U0ENGINEER").modal is not None
    assert details.errors == {"Note": "Please complete this required field."}
    await details.fill({"Note": "far too long a note"})
    assert (await details.submit()).errors == {"Note": "Please enter at most 10 characters."}
    assert [body["type"] for body in seen[1:]] == ["block_actions"]


async def test_response_actions(bot: LocalSlack, seen: list[Json]) -> None:
    engineer = bot.member("U0ENGINEER")
    card = await engineer.command("/skill mlops")
    first = await card.press("Details")
    await first.fill({"Note": "bad"})
    again = await first.submit()
    assert again.errors == {"Note": "Not this"}
    await first.fill({"Note": "update"})
    assert (await first.submit()).title == "Updated"
    assert len(bot.world.modals["U0ENGINEER"]) == 1
    await first.fill({"Note": "push"})
    second = await first.submit()
    assert second.title == "Second"
    assert len(bot.world.modals["U0ENGINEER"]) == 2
    below = await second.close()
    assert below is not None
    assert below.title == "Updated"
    assert seen[-1]["type"] == "view_closed"
    assert seen[-1]["is_cleared"] is False
    await first.fill({"Note": "push"})
    second = await first.submit()
    await second.fill({"Note": "clear"})
    await second.submit()
    assert engineer.modal is None


async def test_a_broken_next_view_is_refused_and_the_modal_stays(bot: LocalSlack) -> None:
    engineer = bot.member("U0ENGINEER")
    details = await (await engineer.command("/skill mlops")).press("Details")
    await details.fill({"Note": "broken"})
    with pytest.raises(NoAnswer, match="trouble connecting"):
        await details.submit()
    assert engineer.modal is not None
    assert [v.pointer for v in bot.inspector.violations] == ["/view/title/text"]


async def test_response_urls_replace_delete_and_share(bot: LocalSlack) -> None:
    engineer = bot.member("U0ENGINEER")
    card = await engineer.command("/skill mlops")
    assert await card.press("Replace", confirm=False) is card
    replaced = await card.press("Replace")
    assert replaced.text == card.text == "replaced"
    shared = await (await engineer.command("/skill x")).press("Share")
    assert [m.text for m in bot.member("U0MANAGER").messages("general")] == [shared.text]
    third = await engineer.command("/skill y")
    await third.press("Remove")
    assert third.deleted
    fourth = await engineer.command("/skill z")
    assert await fourth.press("Silent") is fourth


async def test_menus(bot: LocalSlack, seen: list[Json]) -> None:
    engineer = bot.member("U0ENGINEER")
    card = await engineer.command("/skill mlops")
    assert card.options("Level") == ["Junior", "Senior"]
    with pytest.raises(ValueError, match="does not offer"):
        await card.choose("Level", "Principal")
    chosen = await card.choose("Level", "Senior")
    assert chosen.text == "level senior"
    state = seen[-1]["state"]["values"]["controls"]["level"]
    assert state["selected_option"]["value"] == "senior"
    card = await engineer.command("/skill mlops")
    assert await card.suggest("skill", "m") == []
    assert await card.suggest("skill", "mo") == ["Model Serving"]
    assert await card.suggest("Find a skill", "ml") == ["MLOps"]
    with pytest.raises(NoSuchElement):
        await card.choose("skill", "Knitting")
    assert (await card.choose("skill", "MLOps")).text == "MLOps"


async def test_home_and_shortcuts(bot: LocalSlack, seen: list[Json]) -> None:
    engineer = bot.member("U0ENGINEER")
    with pytest.raises(NoAnswer):
        _ = engineer.home
    assert (await engineer.open_home()).plain == "Welcome"
    again = await engineer.open_home()
    assert again.view is engineer.home.view
    assert (await engineer.global_shortcut("find")).title == "Find"
    assert seen[-1]["type"] == "shortcut"
    said = await engineer.say("I shipped it")
    assert (await engineer.message_shortcut("find", said.ts)).title == "Find"
    assert seen[-1]["type"] == "message_action"
    assert seen[-1]["message"]["text"] == "I shipped it"
    with pytest.raises(KeyError):
        await engineer.message_shortcut("find", "1.000001")


async def test_handles_say_what_there_is(bot: LocalSlack) -> None:
    card = await bot.member("U0ENGINEER").command("/skill mlops")
    with pytest.raises(NoSuchElement, match="Details"):
        await card.press("Nothing")
    with pytest.raises(NoSuchElement, match="Level"):
        await card.choose("Nothing", "x")
    with pytest.raises(WrongSurface):
        await card.submit()
    with pytest.raises(WrongSurface):
        _ = card.title
    with pytest.raises(ValueError, match="deactivated"):
        await bot.member("U0DEACTIVATED").command("/skill x", channel="dm")
