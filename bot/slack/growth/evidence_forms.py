"""The modals of evidence as a member sees them, and what is redrawn after a change."""

from contextlib import suppress

from bot.cards.blocks import View
from bot.cards.card import Card
from bot.cards.growth.evidence_views import (
    EvidenceDraft,
    Supported,
    evidence_form,
    evidence_list,
    kept_card,
    kept_view,
)
from bot.cards.links import Request, decode, encode
from bot.cards.lookup.details.actions import ended_card
from bot.domain.errors import OutdatedCard
from bot.domain.growth.assessment import Status
from bot.domain.growth.evidence import MAX_NOTE, Evidence
from bot.domain.growth.planned.action import DatedAction
from bot.domain.growth.requests import AddEvidence, EditEvidence, ShowActions, ShowEvidence
from bot.domain.lookup.requests import ShowDetails, ShowGap
from bot.domain.nudges.message import NudgeAnswer, NudgeMessage
from bot.log import get_logger
from bot.services.growth.cache import HeldGrowth
from bot.services.growth.evidence_targets import Supporting
from bot.slack.context import Here
from bot.slack.growth.action_forms import actions_modal, named
from bot.slack.growth.quoting import permalink, quoted
from bot.slack.lookup.details import details_modal
from bot.slack.press import Press, QuotedMessage, Surface
from bot.slack.refusals import NOT_SHOWN, reason_of
from bot.slack.reply.answering import card_for
from bot.slack.reply.home import refresh_home
from bot.slack.reply.nudge_redraw import redraw_nudge
from bot.slack.reply.opened_from import below_of, opened_from
from bot.slack.reply.replies import Draw, redraw_view, reply_later
from bot.slack.reply.return_path import redraw_behind, return_url

log = get_logger()


async def cells_of(here: Here) -> Supporting:
    """Return what the member's evidence can be attached to."""
    return await here.services.evidence_targets.of(here.member, here.shelf)


async def form_to_add(here: Here, press: Press[AddEvidence], question: str = "") -> View:
    """Build the form for a new piece, for the expectation where it was opened.

    `question` is what a nudge asked; the form then says it again, and may stay empty.
    """
    cells, request = await cells_of(here), press.request
    supports = cells.named([request.cell] if request.cell else [])
    note = ""
    if request.action is not None:
        note = (await here.services.actions.find(here.member, request.action)).text
    draft = EvidenceDraft(note, supports=supports, question=question)
    return evidence_form(draft, here.tr, metadata=opened_from(encode(request), press))


async def form_to_quote(here: Here, message: QuotedMessage) -> View:
    """Build the form for a Slack message: its words as the note, and the link back to it."""
    note, cut = quoted(message.content, MAX_NOTE, here.tr)
    nameless = not message.team_domain and here.member.tenant.team_id is None
    home = await _home_of(here) if nameless else ""
    link = permalink(message, api_url=here.client.base_url, home=home)
    draft = EvidenceDraft(note, link, quoted=True, cut=cut)
    return evidence_form(draft, here.tr, metadata=encode(AddEvidence()))


async def _home_of(here: Here) -> str:
    """Return the address of the organisation; empty where Slack does not tell it in time."""
    try:
        return str((await here.client.auth_test()).get("url") or "")
    except NOT_SHOWN as error:
        log.info("organisation_address_unknown", reason=reason_of(error))
        return ""


async def form_to_edit(here: Here, piece: Evidence, press: Press[EditEvidence]) -> View:
    """Build the form that changes or deletes a piece."""
    cells = await cells_of(here)
    draft = EvidenceDraft(piece.note, piece.url or "", cells.named(piece.supports), piece)
    metadata = opened_from(encode(EditEvidence(piece.id)), press)
    return evidence_form(draft, here.tr, metadata=metadata)


async def list_modal(here: Here, page: int) -> View:
    """Build a page of all that the member keeps; beyond the last page, the last."""
    cells, held = await cells_of(here), await here.held()
    pieces = [(each, cells.named(each.supports)) for each in held.growth.evidence]
    return evidence_list(pieces, page, here.tr)


async def kept_modal(here: Here, held: HeldGrowth, request: Request) -> View:
    """Build what tells that the piece of a form was kept: the edited one, else the newest."""
    pieces = held.growth.evidence
    edited = request.evidence_id if isinstance(request, EditEvidence) else None
    piece = next((each for each in pieces if edited in (None, each.id)), None)
    supports: tuple[Supported, ...] = ()
    if piece:
        supports = (await cells_of(here)).named(piece.supports)
    return kept_view(piece, supports, len(pieces), here.tr)


def shows_itself(here: Here, metadata: str) -> bool:
    """Tell whether what the form was opened from is redrawn, so that nothing has to be said."""
    request = decode(metadata)
    redrawn = isinstance(request, AddEvidence) and (
        request.nudge or request.action or (request.back and return_url(here, metadata))
    )
    return bool(below_of(metadata) or redrawn)


async def nudge_answered(
    here: Here, request: AddEvidence, answer: NudgeAnswer
) -> NudgeMessage | None:
    """Answer the nudge that a form belongs to; one that is gone needs no answer.

    Return it as it stands then; None where there is none.
    """
    if request.nudge is None or request.cell is None:
        return None
    with suppress(OutdatedCard):
        return await here.services.nudges.answer(
            here.member, here.shelf, request.nudge, request.cell, answer
        )
    return None


async def met_without_evidence(here: Here, request: AddEvidence) -> NudgeMessage | None:
    """Take "did it" for *met*: the nudge is answered, or where it is gone, the cell is marked."""
    answered = await nudge_answered(here, request, NudgeAnswer.MET)
    if answered is None and request.cell is not None:
        await here.services.assessing.mark(
            here.member, here.shelf, request.cell, Status.MET, on_goal=True
        )
    return answered


def show_changed(
    here: Here,
    form: Surface,
    answered: NudgeMessage | None = None,
    ended: DatedAction | None = None,
) -> None:
    """Redraw, beside the answer, all that shows what a form has changed.

    `answered` is the nudge as the form's answer left it, `ended` the action that it ended.
    """
    refresh_home(here)
    request, metadata = decode(form.metadata), form.metadata
    if isinstance(request, AddEvidence):
        redraw_behind(here, metadata, request.back, otherwise=_kept(here, metadata))
        if request.nudge is not None:
            here.later(redraw_nudge(here, request.nudge, answered))
        if ended is not None:
            show_action(here, metadata, ended)
    if form.below and below_of(metadata):
        here.later(redraw_below(here, form.below, below_of(metadata)))


def show_action(here: Here, metadata: str, action: DatedAction) -> None:
    """Show what became of an action in the message where the form was opened, if it was one."""

    async def draw() -> Card:
        return ended_card(await named(here, action), here.tr)

    reply_later(here, return_url(here, metadata), draw, replace_original=True)


def _kept(here: Here, metadata: str) -> Draw | None:
    """Return what says that a piece was kept, where only the card behind the form would show it."""
    if not return_url(here, metadata):
        return None

    async def draw() -> Card:
        return kept_card(here.tr)

    return draw


async def redraw_below(here: Here, view_id: str, metadata: str) -> None:
    """Redraw the modal below the form; one that is closed meanwhile needs nothing."""
    try:
        request = decode(metadata)
        match request:
            case ShowDetails():
                url = return_url(here, metadata)
                shown = await details_modal(here, request, url=url)
                redraw_behind(here, metadata, request.back)
            case ShowEvidence(page):
                shown = await list_modal(here, page)
            case ShowActions(page):
                shown = await actions_modal(here, page)
            case ShowGap():
                await redraw_view(here, view_id, await card_for(here, request), metadata)
                return
            case _:
                raise OutdatedCard
        await here.client.views_update(view_id=view_id, view={**shown})
    except NOT_SHOWN as error:
        log.info("modal_not_redrawn", team=here.member.tenant.team_id, reason=reason_of(error))
