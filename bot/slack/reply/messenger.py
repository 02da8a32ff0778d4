"""Direct messages to members: sent once, and what Slack says of them sorted out."""

import asyncio
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.domain.document import Document, Parcel, Sent
from bot.domain.errors import FilesNotAllowed, NotDelivered
from bot.domain.tenancy import Tenant
from bot.slack.auth import Workspaces
from bot.slack.client import SlackClient, patient_client
from bot.slack.places import conversation_link
from bot.slack.refusals import FILES_NOT_ALLOWED, UNANSWERED, reason_of, refusal_code, why_refused

_ALT_TEXT = 1000

# Who gets which parcel, by its name.
Delivery = tuple[Tenant, str, str]


class SlackMessenger:
    """Sends with the token of the member's workspace."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._under_way: dict[Delivery, asyncio.Task[Sent]] = {}

    async def send(self, tenant: Tenant, slack_id: str, parcel: Parcel) -> Sent:
        """Make and send files in one direct message; see `Messenger`."""
        delivery = (tenant, slack_id, parcel.name)
        task = self._under_way.get(delivery)
        if task is None:
            task = asyncio.ensure_future(self._deliver(tenant, slack_id, parcel))
            self._under_way[delivery] = task
            task.add_done_callback(lambda _: self._under_way.pop(delivery, None))
        return await asyncio.shield(task)

    async def _deliver(self, tenant: Tenant, slack_id: str, parcel: Parcel) -> Sent:
        files = await asyncio.to_thread(parcel.make)
        try:
            connected = await self._workspaces.find(tenant)
            if connected is None:
                raise NotDelivered(reason="workspace_not_connected")
            client = patient_client(connected.client)
            return await _send(client, tenant, slack_id, files, parcel.said_of(files))
        except SlackApiError as error:
            kind = FilesNotAllowed if why_refused(error) in FILES_NOT_ALLOWED else NotDelivered
            raise kind(reason=refusal_code(error)) from error
        except UNANSWERED as error:
            raise NotDelivered(reason=reason_of(error)) from error


async def _send(
    client: SlackClient, tenant: Tenant, slack_id: str, files: Sequence[Document], text: str
) -> Sent:
    opened = await client.conversations_open(users=slack_id)
    channel: dict[str, Any] = opened.get("channel") or {}
    answer = await client.files_upload_v2(
        file_uploads=[_upload(each) for each in files],
        channel=channel.get("id"),
        initial_comment=text,
    )
    told: Sequence[dict[str, Any]] = answer.get("files") or ()
    links = [str(each.get("permalink") or "") for each in told]
    return Sent(
        conversation_link(client.base_url, tenant.team_id, str(channel.get("id") or "")),
        tuple(zip_longest((each.name for each in files), links[: len(files)], fillvalue="")),
    )


def _upload(file: Document) -> dict[str, Any]:
    upload: dict[str, Any] = {"filename": file.name, "content": file.content, "title": file.name}
    if file.alt_text:
        upload["alt_txt"] = file.alt_text[:_ALT_TEXT]
    return upload
