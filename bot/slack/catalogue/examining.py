"""Reads an upload beside the answer, and shows the next page of its way where its owner is."""

from dataclasses import replace

from bot.cards.blocks import View
from bot.cards.card import Card
from bot.cards.catalogue.outcomes import reading_card
from bot.cards.catalogue.views import told_view
from bot.cards.catalogue.wizard import reach_view, step_card, understood_view
from bot.domain.catalogue.uploading import BegunUpload
from bot.domain.catalogue.workspace_catalogue import (
    DraftGone,
    UploadClosed,
    UploadPreview,
)
from bot.domain.errors import NextrungError
from bot.formats.imports.report import ImportResult
from bot.slack.catalogue.background import explained, surely_told
from bot.slack.catalogue.reading import read_begun
from bot.slack.context import Here
from bot.slack.reply.home import refresh_home
from bot.slack.reply.telling import (
    posted_directly,
    tell_directly,
    telling_at,
    updating_modal,
)


async def examine_later(
    here: Here, upload: BegunUpload, view_id: str = "", *, onward: bool = False
) -> None:
    """Read an upload beside the answer; its message and the modal `view_id` tell what came of it.

    `onward` shows the last page where nothing is open any more: what was understood has been seen.
    """
    await surely_told(
        here,
        lambda: _examine(here, upload, view_id, onward=onward),
        turn=("upload", here.member.tenant, upload.id),
    )


async def tell_in_message(here: Here, upload: BegunUpload, card: Card) -> None:
    """Put a card in place of what an upload's message says, where it has one."""
    if upload.ts:
        await telling_at(here, upload.channel, upload.ts)(card)


def reading_view(here: Here) -> View:
    """Build what a modal shows meanwhile."""
    return _told(here, reading_card(0, here.tr))


async def _examine(here: Here, upload: BegunUpload, view_id: str, *, onward: bool) -> None:
    upload = await _with_message(here, upload)
    in_message = telling_at(here, upload.channel, upload.ts)
    show = updating_modal(here, view_id)

    async def tell(card: Card) -> bool:
        await show(_told(here, card))
        return bool(upload.ts) and await in_message(card)

    try:
        read = await read_begun(here, upload, tell)
        card, view = step_card(upload, *read, here.tr), _page(upload, *read, here, onward=onward)
    except Exception as error:  # noqa: BLE001 - nobody waits for this task: the member is told
        card = explained(here, error)
        view = _told(here, card)
        await _let_go(here, upload, error)
    await show(view)
    if not upload.ts or not await in_message(card):
        await tell_directly(here, card)
    refresh_home(here)


def _page(
    upload: BegunUpload,
    result: ImportResult,
    preview: UploadPreview | None,
    here: Here,
    *,
    onward: bool,
) -> View:
    if onward and preview is not None:
        return reach_view(upload, preview, here.tr)
    return understood_view(upload, result, preview, here.tr)


async def _let_go(here: Here, upload: BegunUpload, error: Exception) -> None:
    """Let an upload go whose file is no longer in Slack: nobody can go on with it."""
    if isinstance(error, DraftGone) and not isinstance(error, UploadClosed):
        try:
            await here.services.uploads.drop(here.member, upload.id)
        except NextrungError:
            return  # the next look at it says the same, and lets it go then


async def _with_message(here: Here, upload: BegunUpload) -> BegunUpload:
    """Return an upload with the message that tells of it: a new one where it has none any more."""
    first = reading_card(0, here.tr)
    if upload.ts and await telling_at(here, upload.channel, upload.ts)(first):
        return upload
    channel, ts = await posted_directly(here, first) or ("", "")
    return replace(upload, channel=channel, ts=ts)


def _told(here: Here, card: Card) -> View:
    return told_view(here.tr("Your upload"), card, here.tr)
