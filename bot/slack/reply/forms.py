"""Modals: opened, turned, and remembering where they were opened from."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.choosers import renewed
from bot.domain.errors import TriggerPast
from bot.domain.named_in import settled
from bot.domain.tenancy import Member
from bot.slack.context import Here
from bot.slack.press import Asked, Command, Surface
from bot.slack.reply.return_path import with_return

# Where a form was opened decides how the hub is shown when it is done.
FROM_MESSAGE, FROM_COMMAND, FROM_VIEW = "form?o=message", "form?o=command", "form?o=view"


async def with_member(here: Here, member: Member) -> Here:
    """Return what the same request knows once the member is another than they were.

    Raises:
        StoreUnavailable: their workspace uses another catalogue by now, which is not at hand.
    """
    services = here.services
    shelf = await services.catalogues.of(member.catalogue_key)
    tr = services.translators.for_locale(member.spoken)
    return replace(here, member=settled(member, shelf.catalogue), shelf=shelf, tr=tr)


def form_origin(asked: Asked) -> str:
    """Return what a form carries, so that the hub can be shown where it was opened."""
    if isinstance(asked, Command):
        return with_return(FROM_COMMAND, asked.url)
    return with_return(FROM_MESSAGE, asked.url) if asked.is_message else FROM_VIEW


async def open_modal(here: Here, asked: Asked, view: Mapping[str, Any]) -> str:
    """Open a modal, on top of the one where it was asked for; return its id.

    Raises:
        TriggerPast: it cannot be opened from there.
        SlackApiError: Slack refused it.
    """
    return await show_modal(here.client, asked, view)


async def show_modal(client: AsyncWebClient, asked: Asked, view: Mapping[str, Any]) -> str:
    """Do the same where nobody is known yet."""
    if not asked.trigger:
        raise TriggerPast(reason="missing")
    show = client.views_push if asked.is_in_modal else client.views_open
    opened = await show(trigger_id=asked.trigger, view={**view})
    return str((opened.get("view") or {}).get("id") or "")


async def turn(here: Here, shown: Surface, view: Mapping[str, Any]) -> None:
    """Put another view in place of an open one, unless that was turned meanwhile."""
    turned = {**view, "blocks": renewed(view["blocks"], shown.hash)}
    await here.client.views_update(view_id=shown.id, hash=shown.hash or None, view=turned)
