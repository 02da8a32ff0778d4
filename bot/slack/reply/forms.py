"""Forms: opened, and remembering where they were opened from."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.tenancy import Member
from bot.slack.context import Here
from bot.slack.reply.return_path import with_return

Payload = Mapping[str, Any]

# Where a form was opened decides how the hub is shown when it is done.
FROM_MESSAGE, FROM_COMMAND, FROM_VIEW = "form?o=message", "form?o=command", "form?o=view"


def with_member(here: Here, member: Member) -> Here:
    """Return what the same request knows once the member is another than they were."""
    services = here.services
    shelf = services.catalogues.shelf(member.catalogue_key)
    tr = services.translators.for_locale(member.spoken)
    return replace(here, member=member, shelf=shelf, tr=tr)


def is_message(body: Payload) -> bool:
    """Tell whether the press was made in a message, not on Home or in a modal."""
    return (body.get("container") or {}).get("type") == "message"


def form_origin(body: Payload) -> str:
    """Return what a form carries, so that the hub can be shown where it was opened."""
    if "command" in body:
        return with_return(FROM_COMMAND, body.get("response_url"))
    return with_return(FROM_MESSAGE, body.get("response_url")) if is_message(body) else FROM_VIEW


async def open_modal(client: AsyncWebClient, body: Payload, view: Mapping[str, Any]) -> None:
    """Open a modal; from within a modal, on top of it."""
    inside = (body.get("view") or {}).get("type") == "modal"
    show = client.views_push if inside else client.views_open
    await show(trigger_id=str(body.get("trigger_id") or ""), view=dict(view))
