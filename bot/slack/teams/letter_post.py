"""Letters as Slack messages: one drawer for each kind, posted once, deleted when taken back."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Self

from slack_sdk.errors import SlackApiError

from bot.cards.card import Card
from bot.domain.document import Document
from bot.domain.teams.letter import Letter, LetterKind
from bot.domain.tenancy import Tenant
from bot.services.nudges.ports import OutcomeUnknown, Refusal, Refused
from bot.services.teams.letters import Carries, PostedLetter
from bot.slack.auth import Workspaces
from bot.slack.client import patient_client
from bot.slack.context import Here
from bot.slack.refusals import (
    BLOCKS_REFUSED,
    FILES_NOT_ALLOWED,
    INVALID_BLOCKS,
    UNANSWERED,
    reason_of,
    refusal_code,
    retry_after,
    why_refused,
)
from bot.slack.reply.answering import message
from bot.slack.reply.posting import DirectMessages
from bot.values import dataclass

_ALT_TEXT = 1000


@dataclass(frozen=True, slots=True)
class DrawnLetter:
    """A letter as it will be posted. `files` are made in a thread, and sent before the message.

    Where Slack refuses its blocks, `refused` is told, and `instead` is posted in its place.
    """

    card: Card
    files: Callable[[], Sequence[Document]] | None = None
    instead: Self | None = None
    refused: Callable[[], Awaitable[None]] | None = None


Drawer = Callable[[Here, Letter], Awaitable[DrawnLetter | None]]
"""Draws a letter for its reader; None where there is nothing to say any more. Decides nothing:
whether it may be said, a service tells."""


class SlackLetterPost:
    """Draws and posts letters to one member; see `LetterPost`."""

    def __init__(
        self, here: Here, workspaces: Workspaces, drawers: Mapping[LetterKind, Drawer]
    ) -> None:
        self._here = here
        self._messages = DirectMessages(workspaces)
        self._drawers = drawers

    async def draw(self, letter: Letter) -> DrawnLetter | None:
        """Draw a letter in its reader's language."""
        drawer = self._drawers.get(letter.kind)
        return None if drawer is None else await drawer(self._here, letter)

    async def post(
        self, tenant: Tenant, letter: Letter, drawn: DrawnLetter, carries: Carries
    ) -> PostedLetter:
        """Post it once, the files first: what cannot be sent is not announced.

        What Slack refuses has not arrived: then what is drawn to be sent instead is.
        """
        try:
            return await self._post(tenant, letter, drawn, carries)
        except Refused as refused:
            if drawn.instead is None or refused.code not in BLOCKS_REFUSED:
                raise
            if drawn.refused is not None and refused.code == INVALID_BLOCKS:
                await drawn.refused()
        return await self.post(tenant, letter, drawn.instead, carries)

    async def _post(
        self, tenant: Tenant, letter: Letter, drawn: DrawnLetter, carries: Carries
    ) -> PostedLetter:
        files = await self._upload(letter, drawn) if drawn.files else ()
        if files:
            await carries(files)
        posted = await self._messages.post(
            tenant, letter.to, message(drawn.card), event="nextrung_letter", id_=letter.id
        )
        return PostedLetter(posted.channel, posted.ts, files)

    async def _upload(self, letter: Letter, drawn: DrawnLetter) -> tuple[str, ...]:
        if drawn.files is None:
            return ()
        documents = await asyncio.to_thread(drawn.files)
        client = patient_client(self._here.client)
        try:
            opened = await client.conversations_open(users=letter.to)
            answer = await client.files_upload_v2(
                file_uploads=[_upload_of(each) for each in documents],
                channel=str((opened.get("channel") or {}).get("id")),
            )
        except SlackApiError as error:
            kind = Refusal.OURS if why_refused(error) in FILES_NOT_ALLOWED else Refusal.LATER
            raise Refused(kind, refusal_code(error), retry_after=retry_after(error)) from error
        except UNANSWERED as error:
            raise OutcomeUnknown(reason_of(error)) from error
        return tuple(str(each.get("id")) for each in answer.get("files") or ())


def _upload_of(file: Document) -> dict[str, object]:
    upload: dict[str, object] = {
        "filename": file.name,
        "content": file.content,
        "title": file.name,
    }
    if file.alt_text:
        upload["alt_txt"] = file.alt_text[:_ALT_TEXT]
    return upload
