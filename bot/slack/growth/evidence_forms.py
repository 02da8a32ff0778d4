"""The modals of evidence as a member sees them, and what is redrawn after a change."""

from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, quote

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards import limits
from bot.cards.blocks import View
from bot.cards.growth.evidence_views import (
    EvidenceDraft,
    Supported,
    evidence_form,
    evidence_list,
    kept_view,
)
from bot.cards.links import decode, encode
from bot.domain.errors import NextrungError, OutdatedCard
from bot.domain.growth.evidence import MAX_NOTE, Evidence
from bot.domain.growth.requests import AddEvidence, EditEvidence, ShowEvidence
from bot.domain.lookup.requests import ShowDetails
from bot.domain.nudges.message import NudgeAnswer
from bot.services.growth.cache import HeldGrowth
from bot.services.growth.evidence_targets import Supporting
from bot.slack.client import CALL_FAILED, reason_of
from bot.slack.context import Here
from bot.slack.growth.quoting import permalink, quoted
from bot.slack.lookup.details import details_modal
from bot.slack.reply.answering import as_json
from bot.slack.reply.home import refresh_home
from bot.slack.reply.nudge_redraw import redraw_nudge
from bot.slack.reply.replies import is_own
from bot.slack.reply.return_path import redraw_behind, return_url, with_return

Payload = dict[str, Any]

# What a form was opened from, in its metadata: Home, or the metadata of the modal below it.
_BELOW, _HOME = "d", "home"

log = structlog.get_logger()


async def cells_of(here: Here) -> Supporting:
    """Return what the member's evidence can be attached to."""
    return await here.services.evidence_targets.of(here.member, here.shelf)


async def form_to_add(here: Here, request: AddEvidence, body: Payload) -> View:
    """Build the form for a new piece, for the expectation where it was opened."""
    cells = await cells_of(here)
    draft = EvidenceDraft(supports=cells.named([request.cell] if request.cell else []))
    return evidence_form(draft, here.tr, metadata=_opened_from(encode(request), body))


def form_to_quote(here: Here, payload: Payload, *, api_url: str) -> View:
    """Build the form for a Slack message: its words as the note, and the link back to it."""
    note, cut = quoted(payload.get("message") or {}, MAX_NOTE, here.tr)
    draft = EvidenceDraft(note, permalink(payload, api_url=api_url), quoted=True, cut=cut)
    return evidence_form(draft, here.tr, metadata=encode(AddEvidence()))


async def form_to_edit(here: Here, piece: Evidence, body: Payload) -> View:
    """Build the form that changes or deletes a piece."""
    cells = await cells_of(here)
    supports = cells.named(piece.supports)
    draft = EvidenceDraft(piece.note, piece.url or "", supports, piece)
    return evidence_form(
        draft, here.tr, metadata=_opened_from(encode(EditEvidence(piece.id)), body)
    )


async def list_modal(here: Here, page: int) -> View:
    """Build a page of all that the member keeps; beyond the last page, the last."""
    cells, held = await cells_of(here), await here.held()
    pieces = [(each, cells.named(each.supports)) for each in held.growth.evidence]
    return evidence_list(pieces, page, here.tr)


async def kept_modal(here: Here, held: HeldGrowth, metadata: str) -> View:
    """Build what tells that the piece of a form was kept: the edited one, else the newest."""
    request, pieces = decode(metadata), held.growth.evidence
    edited = request.evidence_id if isinstance(request, EditEvidence) else None
    piece = next((each for each in pieces if edited in (None, each.id)), None)
    supports: tuple[Supported, ...] = ()
    if piece:
        supports = (await cells_of(here)).named(piece.supports)
    return kept_view(piece, supports, len(pieces), here.tr)


def _opened_from(metadata: str, body: Payload) -> str:
    """Add to a form's metadata what has to be redrawn after it, as far as there is room."""
    view = body.get("view") or {}
    if not view:
        # A channel's message must never be redrawn with what one member holds.
        return with_return(metadata, body.get("response_url") if is_own(body) else None)
    below = _HOME if view.get("type") == "home" else str(view.get("private_metadata") or "")
    longer = f"{metadata}&{_BELOW}={quote(below, safe='')}"
    return longer if below and len(longer) <= limits.PRIVATE_METADATA else metadata


def shows_itself(metadata: str, client: AsyncWebClient) -> bool:
    """Tell whether what the form was opened from is redrawn, so that nothing has to be said."""
    request = decode(metadata)
    redrawn = isinstance(request, AddEvidence) and (
        request.nudge or (request.back and return_url(metadata, client))
    )
    return bool(_below(metadata) or redrawn)


async def nudge_answered(here: Here, request: AddEvidence) -> None:
    """Note that the evidence just kept answers a nudge; one that is gone needs no answer."""
    if request.nudge is None or request.cell is None:
        return
    nudges = here.services.nudges
    with suppress(OutdatedCard):
        await nudges.answer(
            here.member, here.shelf, request.nudge, request.cell, NudgeAnswer.DID_IT
        )


def show_changed(here: Here, client: AsyncWebClient, view: Payload) -> None:
    """Redraw, beside the answer, all that shows what a form has changed."""
    refresh_home(here, client)
    metadata, below = view.get("private_metadata", ""), view.get("previous_view_id")
    request = decode(metadata)
    if isinstance(request, AddEvidence):
        redraw_behind(here, client, metadata, request.back)
        if request.nudge is not None:
            here.later(redraw_nudge(here, client, request.nudge))
    if below and _below(metadata):
        here.later(_redraw_below(here, client, str(below), _below(metadata)))


def _below(metadata: str) -> str:
    return dict(parse_qsl(metadata.partition("?")[2])).get(_BELOW, "")


async def _redraw_below(here: Here, client: AsyncWebClient, view_id: str, metadata: str) -> None:
    """Redraw the modal below the form; one that is closed meanwhile needs nothing."""
    try:
        request = decode(metadata)
        match request:
            case ShowDetails():
                url = return_url(metadata, client)
                shown = await details_modal(here, request, url=url)
                redraw_behind(here, client, metadata, request.back)
            case ShowEvidence(page):
                shown = await list_modal(here, page)
            case _:
                raise OutdatedCard
        await client.views_update(view_id=view_id, view=as_json(shown))
    except (NextrungError, *CALL_FAILED) as error:
        log.info("modal_not_redrawn", team=here.member.tenant.team_id, reason=reason_of(error))
