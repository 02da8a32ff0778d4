"""A tiny bot of the tests' own, with one of everything that the page must be able to show."""

import asyncio
import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser import sample_modals as modals
from tests.browser import sample_views as views

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Nextrung"},
    "features": {
        "slash_commands": [
            {
                "command": "/skill",
                "description": "Look up what a skill asks for at a level",
                "usage_hint": "[skill or group] [level] [role]",
            },
            {
                "command": "/promote-gap",
                "description": "See what the next level adds",
                "usage_hint": "[role] [target level]",
            },
            {"command": "/broken", "description": "Answer with blocks that Slack refuses"},
            {"command": "/crash", "description": "Answer with an error"},
            {"command": "/slow", "description": "Never answer"},
            {"command": "/echo", "description": "Say how long the text was"},
        ],
        "shortcuts": [
            {
                "callback_id": "find",
                "name": "Find a skill",
                "type": "global",
                "description": "Opens a search",
            },
            {
                "callback_id": "evidence",
                "name": "Save as growth evidence",
                "type": "message",
                "description": "Private to you",
            },
        ],
    },
    "oauth_config": {
        "scopes": {"bot": ["commands", "chat:write", "im:write", "users:read", "files:write"]}
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}
SKILLS = [f"Sample Skill {number}" for number in range(1, 30)] + ["MLOps", "Machine Learning"]


def build_app(*, base_url: str, token: str, signing_secret: str) -> AsyncApp:
    """The bot, talking to the local Slack at `base_url`."""
    client = AsyncWebClient(token=token, base_url=base_url)
    app = AsyncApp(
        name="sample-bot",
        client=client,
        signing_secret=signing_secret,
        process_before_response=True,
        request_verification_enabled=True,
    )
    _commands(app)
    _presses(app)
    _modals(app)
    _others(app)
    return app


def _commands(app: AsyncApp) -> None:
    @app.command("/skill")
    async def skill(ack: Any, body: dict[str, Any]) -> None:
        chinese = body["user_id"] == "U0CHINESE"
        await ack(text="ML Experiment Tracking", blocks=views.card("Middle", chinese=chinese))

    @app.command("/promote-gap")
    async def gap(ack: Any) -> None:
        await ack(text="Every element", blocks=views.everything())

    @app.command("/broken")
    async def broken(ack: Any) -> None:
        await ack(
            text="x", blocks=[{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
        )

    @app.command("/crash")
    async def crash() -> None:
        raise RuntimeError("a crash on purpose")

    @app.command("/slow")
    async def slow() -> None:
        await asyncio.Event().wait()

    @app.command("/echo")
    async def echo(ack: Any, body: dict[str, Any]) -> None:
        await ack(text=f"{len(body['text'])} characters")


def _presses(app: AsyncApp) -> None:
    @app.action("level")
    async def level(ack: Any, body: dict[str, Any], respond: Any) -> None:
        chosen = body["actions"][0]["selected_option"]["value"]
        await ack()
        await respond(
            text="ML Experiment Tracking",
            blocks=views.card(chosen, chinese=body["user"]["id"] == "U0CHINESE"),
            replace_original=True,
        )

    @app.action("share")
    async def share(ack: Any, respond: Any) -> None:
        await ack()
        await respond(
            text="Shared: *ML Experiment Tracking*",
            response_type="in_channel",
            replace_original=False,
        )

    @app.action("remove")
    async def remove(ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    @app.action("details")
    async def details(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modals.details())

    @app.action("find_skill")
    async def found(ack: Any, body: dict[str, Any], respond: Any) -> None:
        chosen = body["actions"][0]["selected_option"]["text"]["text"]
        await ack()
        await respond(text=f"You chose {chosen}", replace_original=False)

    @app.action("more")
    async def more(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        await respond(
            text=f"Menu: {body['actions'][0]['selected_option']['value']}", replace_original=False
        )

    @app.options("find_skill")
    async def options(ack: Any, payload: dict[str, Any]) -> None:
        wanted = payload["value"].lower()
        await ack(options=[views.option(name) for name in SKILLS if wanted in name.lower()])


def _modals(app: AsyncApp) -> None:
    @app.action("deeper")
    async def deeper(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        depth = int(body["actions"][0]["value"])
        await client.views_push(trigger_id=body["trigger_id"], view=modals.stacked(depth))

    @app.view("evidence_form")
    async def evidence(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        values = body["view"]["state"]["values"]
        note = values["note"]["note"]["value"]
        if "bad" in note:
            await ack(response_action="errors", errors={"note": "Say what was good instead."})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Saved: {note}")

    @app.view("details")
    async def submitted(ack: Any) -> None:
        await ack()


def _others(app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view=modals.home())

    @app.shortcut("find")
    async def find(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modals.details())

    @app.shortcut("evidence")
    async def evidence(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modals.evidence_form())

    @app.action("add_evidence")
    async def add(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modals.evidence_form())

    @app.action(re.compile("."))
    async def anything(ack: Any) -> None:
        await ack()
