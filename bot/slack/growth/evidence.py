"""Evidence: added, changed and deleted in a form, and listed. All of it is the member's own."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from bot.cards.elements import Option
from bot.cards.errors.card import card_of
from bot.cards.growth.cell_options import cell_option, cells_chosen
from bot.cards.growth.evidence_views import (
    CELLS,
    LINK,
    NOTE,
    deleted_view,
    gone_text,
    gone_view,
    vanished_text,
)
from bot.cards.ids import Action, Callback
from bot.cards.links import Request, decode
from bot.domain.errors import EvidenceGone, NextrungError, OutdatedCard, UnusableLink
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.planned.action import ActionState, DatedAction
from bot.domain.growth.requests import AddEvidence, EditEvidence, ShowEvidence
from bot.domain.nudges.message import NudgeAnswer, NudgeMessage
from bot.services.growth.cache import HeldGrowth
from bot.slack.context import Here
from bot.slack.growth.evidence_forms import (
    cells_of,
    form_to_add,
    form_to_edit,
    kept_modal,
    list_modal,
    met_without_evidence,
    nudge_answered,
    show_changed,
    shows_itself,
)
from bot.slack.press import Form, Press, Suggestion, Surface, Turned, Wrong
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.in_place import about_one_thing
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register what the controls of evidence do."""
    on.presses(Action.ADD_EVIDENCE, AddEvidence, open_to_add)
    on.presses(Action.EDIT_EVIDENCE, EditEvidence, open_to_edit)
    on.presses(Action.LIST_EVIDENCE, ShowEvidence, show_list)
    on.press(Action.DELETE_EVIDENCE, EditEvidence, delete)
    on.suggestion(Action.EVIDENCE_CELLS, suggest)
    on.choice(Action.PLACE_EVIDENCE, EditEvidence, place)
    on.suggestion(Action.PLACE_EVIDENCE, suggest)
    on.form(Callback.EVIDENCE, decode, save)


async def open_to_add(press: Press[AddEvidence], here: Here) -> None:
    """Open the empty form, for the expectation that the button names."""
    with about_one_thing(press):
        form = await form_to_add(here, press)
    await open_modal(here, press, form)


async def open_to_edit(press: Press[EditEvidence], here: Here) -> None:
    """Open a piece in the form; for one that the member does not have, say that it is gone."""
    try:
        piece = await here.services.evidence.find(here.member, press.request.evidence_id)
        view = await form_to_edit(here, piece, press)
    except EvidenceGone:
        view = gone_view(here.tr)
        refresh_home(here)
    await open_modal(here, press, view)


async def show_list(press: Press[ShowEvidence], here: Here) -> None:
    """Open the list of all evidence, or turn the open one to another page."""
    shown = await list_modal(here, press.request.page)
    if press.view and press.view.callback_id == Callback.EVIDENCE_LIST:
        await turn(here, press.view, shown)
    else:
        await open_modal(here, press, shown)


async def suggest(suggestion: Suggestion, here: Here) -> Sequence[Option]:
    """Suggest expectations for what was typed so far."""
    found = (await cells_of(here)).suggest(suggestion.typed)
    return [cell_option(key_of(each), each, here.tr) for each in found]


async def place(press: Press[EditEvidence], here: Here) -> None:
    """Tie the piece just kept to the expectation that was chosen."""
    known = (await cells_of(here)).known_cells
    cells = cells_chosen([press.chosen], known)
    held = await here.services.evidence.place(here.member, press.request.evidence_id, cells)
    refresh_home(here)
    await turn(here, press.surface, await kept_modal(here, held, press.request))


async def save(form: Form[Request], here: Here) -> FormAnswer:
    """Keep what was filled in; what is wrong is told at its field, and nothing typed is lost."""
    try:
        kept = await _keep(here, form)
    except NextrungError as error:
        return Wrong(_told(error, here))
    shows = shows_itself(here, form.view.metadata)
    show_changed(here, form.view, kept.nudge, kept.ended)
    if kept.held is None or shows:
        return None
    return Turned(await kept_modal(here, kept.held, form.request))


async def delete(press: Press[EditEvidence], here: Here) -> None:
    """Delete the piece that the form shows; Slack has asked once more before."""
    view = press.surface
    await here.services.evidence.delete(here.member, press.request.evidence_id)
    show_changed(here, view)
    await turn(here, view, deleted_view(here.tr))


class _Kept(NamedTuple):
    """What a form led to: all that is held, None where no piece was kept; its nudge, its action."""

    held: HeldGrowth | None
    nudge: NudgeMessage | None = None
    ended: DatedAction | None = None


async def _keep(here: Here, form: Form[Request]) -> _Kept:
    """Add or change a piece as the form says. The form's own id names the submission."""
    note, link = form.view.at(NOTE).text, form.view.at(LINK).text
    keeping, member = here.services.evidence, here.member
    match form.request:
        case AddEvidence(nudge=int()) as request if not (note.strip() or link.strip()):
            return _Kept(None, await met_without_evidence(here, request))
        case AddEvidence() as request:
            supports = await _chosen(here, form.view)
            ended = await _ends(here, request)
            held = await keeping.add(
                member,
                note=note,
                link=link,
                supports=supports,
                token=form.view.id,
                action_id=request.action,
            )
            return _Kept(held, await nudge_answered(here, request, NudgeAnswer.DID_IT), ended)
        case EditEvidence(number):
            supports = await _chosen(here, form.view)
            return _Kept(
                await keeping.edit(member, number, note=note, link=link, supports=supports)
            )
        case _:
            raise OutdatedCard


async def _ends(here: Here, request: AddEvidence) -> DatedAction | None:
    """Return the action that a form ends, as it is then; None where there is none any more."""
    if request.action is None:
        return None
    with suppress(OutdatedCard):
        found = await here.services.actions.find(here.member, request.action)
        return replace(found, state=ActionState.DONE)
    return None


async def _chosen(here: Here, form: Surface) -> frozenset[CellKey]:
    cells = await cells_of(here)
    try:
        return cells_chosen([*form.at(CELLS).chosen], cells.known_cells)
    except OutdatedCard:
        raise _Vanished from None


class _Vanished(OutdatedCard):
    """What was chosen stands for nothing any more."""


def _told(error: NextrungError, here: Here) -> dict[str, str]:
    """Return the words for an error by the block of the field that they concern."""
    tr = here.tr
    match error:
        case _Vanished():
            return {CELLS: vanished_text(tr)}
        case EvidenceGone():
            return {NOTE: gone_text(tr)}
    at_link = isinstance(error, UnusableLink) or error.params.get("field") == "link"
    return {LINK if at_link else NOTE: card_of(error, tr).text}
