"""The member's settings."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.ids import Action
from bot.cards.members.settings_view import AS_IN_SLACK
from bot.domain.errors import OutdatedCard
from bot.slack.context import here_of
from bot.slack.members.settings_view import settings_of
from bot.slack.reply.answering import as_json
from bot.slack.reply.forms import open_modal, with_member
from bot.slack.reply.home import refresh_home

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register what the settings modal does."""
    app.action(Action.SETTINGS)(open_settings)
    app.action(Action.LANGUAGE)(choose_language)


async def open_settings(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open the settings."""
    await open_modal(client, body, settings_of(here_of(context)))
    await ack()


async def choose_language(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Speak the chosen language from now on, beginning with this modal."""
    here, view = here_of(context), body.get("view") or {}
    chosen = (action.get("selected_option") or {}).get("value")
    if chosen != AS_IN_SLACK and chosen not in here.services.translators.locales:
        raise OutdatedCard
    language = None if chosen == AS_IN_SLACK else chosen
    here = with_member(here, await here.services.members.choose_language(here.member, language))
    refresh_home(here, client)
    turned = as_json(settings_of(here))
    await client.views_update(view_id=view["id"], hash=view.get("hash"), view=turned)
    await ack()
