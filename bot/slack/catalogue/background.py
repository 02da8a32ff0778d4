"""Work on a workspace's catalogue that takes its time: told at once, done beside the answers."""

import asyncio
import secrets
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.card import Card
from bot.cards.catalogue.outcomes import (
    preview_card,
    problems_card,
    published_card,
    publishing_card,
    reading_card,
    stale_card,
)
from bot.cards.error_card import error_card, incident_card
from bot.domain.catalogue.publication import Published, StalePreview
from bot.domain.catalogue.workspace_catalogue import Upload, UploadedDraft, UploadPreview
from bot.domain.errors import NextrungError
from bot.formats.imports.report import ImportResult
from bot.slack.catalogue.uploads import fetch_upload
from bot.slack.client import refusal_code
from bot.slack.context import Here
from bot.slack.reply.answering import message
from bot.slack.reply.home import refresh_home

# Slack takes about 50 updates of a message a minute.
PROGRESS_SECONDS = 3.0

Tell = Callable[[Card], Awaitable[None]]
# Begun only when its turn has come; a card tells what came of it.
Work = Callable[[], Awaitable[Card]]

log = structlog.get_logger()


class _Rows:
    """Counts rows as another thread reads them."""

    def __init__(self) -> None:
        self.read = 0

    def add(self, rows: int) -> None:
        self.read += rows


def examine_later(here: Here, client: AsyncWebClient, upload: Upload) -> None:
    """Read an upload beside the answer; a direct message tells how far it is, then what came."""
    here.later(_examine(here, client, upload))


async def _examine(here: Here, client: AsyncWebClient, upload: Upload) -> None:
    tell = await _told_directly(here, client, reading_card(0, here.tr))
    if tell is not None:
        await _told_to_the_end(here, tell, lambda: _examined(here, client, upload, tell))


async def _examined(here: Here, client: AsyncWebClient, upload: Upload, tell: Tell) -> Card:
    result, preview = await _read(here, client, upload, tell)
    if preview is None:
        return problems_card(result, here.tr)
    return preview_card(preview, result, here.tr)


async def _read(
    here: Here, client: AsyncWebClient, upload: Upload, tell: Tell
) -> tuple[ImportResult, UploadPreview | None]:
    """Read an upload, saying every few seconds how far it is."""
    owner, rows = here.member.slack_id, _Rows()
    with tempfile.TemporaryDirectory(prefix="nextrung-upload-") as name:
        folder = Path(name)
        (folder / "mapping").mkdir()
        file = await fetch_upload(client, upload.file, owner, folder, "catalogue.csv")
        mapping = None
        if upload.mapping:
            mapping = await fetch_upload(
                client, upload.mapping, owner, folder / "mapping", "mapping.yaml"
            )
        own = here.services.own_catalogue
        reading = asyncio.ensure_future(own.examine(here.member, upload, file, mapping, rows.add))
        while not (await asyncio.wait({reading}, timeout=PROGRESS_SECONDS))[0]:
            await tell(reading_card(rows.read, here.tr))
        return reading.result()


def publish_later(here: Here, client: AsyncWebClient, draft: UploadedDraft, tell: Tell) -> None:
    """Publish a previewed upload beside the answer; a second press waits for the first."""
    work = _told_to_the_end(here, tell, lambda: _published(here, client, draft, tell))
    here.later(work, turn=("publish", here.member.tenant, draft))


async def _published(here: Here, client: AsyncWebClient, draft: UploadedDraft, tell: Tell) -> Card:
    own = here.services.own_catalogue
    await own.check(here.member)
    await tell(publishing_card(here.tr))
    content = own.kept(draft)
    if content is None:
        # Another process previewed it, or this one was restarted since: the file is still there.
        _, preview = await _read(here, client, draft.upload, tell)
        content = preview.content if preview and preview.draft.digest == draft.digest else None
    if content is None:
        return _stale(here, draft)
    try:
        published = await own.publish(here.member, draft, content)
    except StalePreview:
        return _stale(here, draft)
    refresh_home(here, client)
    return published_card(published, here.tr)


def _stale(here: Here, draft: UploadedDraft) -> Card:
    return stale_card(error_card(StalePreview.code, {}, here.tr), draft, here.tr)


def compare_later(here: Here, client: AsyncWebClient, upload: Upload, tell: Tell) -> None:
    """Read an upload anew beside the answer, and show its preview in place of the old one."""
    here.later(_told_to_the_end(here, tell, lambda: _compared(here, client, upload, tell)))


async def _compared(here: Here, client: AsyncWebClient, upload: Upload, tell: Tell) -> Card:
    await tell(reading_card(0, here.tr))
    return await _examined(here, client, upload, tell)


def rollback_later(here: Here, client: AsyncWebClient, number: int, note: str, tell: Tell) -> None:
    """Publish an earlier revision again, beside the answer."""

    async def rolled_back() -> Card:
        published: Published = await here.services.own_catalogue.rollback(here.member, number, note)
        refresh_home(here, client)
        return published_card(published, here.tr)

    here.later(_told_to_the_end(here, tell, rolled_back))


async def _told_to_the_end(here: Here, tell: Tell, work: Work) -> None:
    """Do it and tell what came of it, whatever that is."""
    try:
        card = await work()
    except Exception as error:  # noqa: BLE001 - nobody waits for this task: the member is told
        card = _failure(here, error)
    await tell(card)


def _failure(here: Here, error: Exception) -> Card:
    team = here.member.tenant.team_id
    if isinstance(error, NextrungError):
        log.warning("catalogue_work_refused", code=error.code, team=team)
        return error_card(error.code, error.params, here.tr)
    incident = secrets.token_hex(4)
    log.error("catalogue_work_failed", incident=incident, team=team, exc_info=error)
    return incident_card(incident, here.tr)


async def _told_directly(here: Here, client: AsyncWebClient, first: Card) -> Tell | None:
    """Send a direct message that tells the rest as well; None where Slack does not take it."""
    try:
        sent = await client.chat_postMessage(channel=here.member.slack_id, **message(first))
    except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
        _not_told(here, error)
        return None
    return telling(here, client, str(sent.get("channel")), str(sent.get("ts")))


def telling(here: Here, client: AsyncWebClient, channel: str, ts: str) -> Tell:
    """Return what replaces a message of ours; that Slack refuses it is logged."""

    async def tell(card: Card) -> None:
        try:
            await client.chat_update(channel=channel, ts=ts, **message(card))
        except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
            _not_told(here, error)

    return tell


def telling_in(
    here: Here, client: AsyncWebClient, view_id: str, draw: Callable[[Card], Any]
) -> Tell:
    """Return what replaces a modal; one that was closed meanwhile is let be."""

    async def tell(card: Card) -> None:
        try:
            await client.views_update(view_id=view_id, view=dict(draw(card)))
        except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
            _not_told(here, error)

    return tell


def _not_told(here: Here, error: Exception) -> None:
    reason = refusal_code(error) if isinstance(error, SlackApiError) else type(error).__name__
    log.warning("catalogue_outcome_not_told", team=here.member.tenant.team_id, reason=reason)
