"""Forget me: the modal that asks."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.members.forget_view import forget_view
from bot.domain.members.personal_data import Forgotten
from bot.slack.context import Here
from bot.slack.reply.forms import open_modal


async def open_forget(here: Here, client: AsyncWebClient, body: Mapping[str, Any]) -> None:
    """Ask once, with all that would be deleted; from within a modal, on top of it.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    record = await here.services.records.everything(here.member)
    held = Forgotten(
        members=1,
        assessments=len(record.assessments),
        evidence=len(record.evidence),
        goals=len(record.goals),
    )
    await open_modal(client, body, forget_view(held, here.tr))
