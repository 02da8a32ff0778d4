"""Marks: *Met* and the other statuses, from cards, from Home and from the Details modal."""

from dataclasses import replace
from typing import TypeVar

from bot.cards.blocks import View
from bot.cards.card import Card
from bot.cards.growth.aside_view import REASON, aside_card, aside_view
from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.cards.lookup.item import DETAILS, EVIDENCE
from bot.cards.standing_lines import reopened_block, with_lead
from bot.domain.answers import Receipt
from bot.domain.errors import DoneButLeft, LeftCatalogue, NextrungError, OutdatedCard
from bot.domain.framework import CellKey, Expectation
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import AddEvidence, MarkCell, MarkOtherwise, UndoMark
from bot.domain.lookup.requests import ShowCard, ShowDetails
from bot.services.growth.assessing import Marked
from bot.slack.context import Here
from bot.slack.growth.evidence_forms import form_to_add
from bot.slack.lookup.details import details_modal
from bot.slack.press import Asked, Form, Press, Surface, Turned, is_direct, requested
from bot.slack.reply.answering import card_for, told_at
from bot.slack.reply.celebration import celebration
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.replies import redraw, redraw_later
from bot.slack.reply.return_path import redraw_behind, return_url, with_return
from bot.slack.routes import FormAnswer, Routes

R = TypeVar("R")


def register(on: Routes) -> None:
    """Register what marks an expectation."""
    on.presses(Action.MARK, MarkCell, mark)
    on.press(Action.UNDO_MARK, UndoMark, undo)
    on.choices(Action.MARK_MENU, MarkOtherwise, choose)
    on.form(Callback.ASIDE, MarkCell, put_aside)
    on.form(Callback.DETAILS, ShowDetails, save_note)


async def choose(press: Press[MarkOtherwise], here: Here) -> None:
    """Do what was chosen in an item's menu; the menu's block names the item.

    Whatever comes of it, the card is drawn again: Slack's clients would go on showing the choice.
    """
    if press.chosen not in {*Status, DETAILS, EVIDENCE}:
        raise OutdatedCard
    drawn = False
    try:
        drawn = await _chosen(press, here)
    finally:
        if not drawn:
            _draw_again(press, here)


def _draw_again(press: Press[MarkOtherwise], here: Here) -> None:
    if press.request.back is None:
        refresh_home(here)
    else:
        redraw_later(here, press, press.request.back)


async def _chosen(press: Press[MarkOtherwise], here: Here) -> bool:
    """Mark, and tell that the card was drawn anew with that; or open the modal that was chosen."""
    cell, back = press.request.cell, press.request.back
    if press.chosen == DETAILS:
        request = ShowDetails(cell.skill, cell.role, cell.level, back)
        await open_modal(here, press, await details_modal(here, request, url=press.own_url))
    elif press.chosen == EVIDENCE:
        adding = press.carrying(AddEvidence(cell, back))
        await open_modal(here, press, await form_to_add(here, adding))
    elif press.chosen == Status.NOT_RELEVANT and (asked := await _required(here, press, cell)):
        carried = with_return(encode(MarkCell(cell, Status.NOT_RELEVANT, back)), press.own_url)
        await open_modal(here, press, aside_view(asked, here.tr, metadata=carried))
    else:
        await mark(press.carrying(MarkCell(cell, Status(press.chosen), back)), here)
        return True
    return False


async def _required(here: Here, press: Press[MarkOtherwise], cell: CellKey) -> Expectation | None:
    """Return the expectation where the member's revision requires it; else None."""
    found = await here.services.assessing.shown(
        here.member, here.shelf, cell, on_goal=_on_home(press)
    )
    return found if found.required else None


async def mark(press: Press[MarkCell], here: Here) -> None:
    """Mark what the button names, and redraw what it stands on, with a receipt in its place."""
    request, view = press.request, press.view
    marked = await here.services.assessing.mark(
        here.member,
        here.shelf,
        request.cell,
        request.status,
        note=_note(view),
        # Home shows the goal as the revision has it that the goal is pinned to.
        on_goal=_on_home(press),
    )
    receipt = _receipt(request, marked)
    refresh_home(here, receipt if _on_home(press) else None)
    if view and view.callback_id == Callback.DETAILS:
        shown = await _after(here, view.metadata, marked)
        # First, for the card below shows the mark also where the modal is not turned.
        back = requested(ShowDetails, view.metadata).back
        redraw_behind(here, view.metadata, back, below=view.below)
        await turn(here, view, shown)
    elif request.back:
        card = await _card_after(here, request.back, receipt)
        await redraw(here, _own(press), with_lead(card, celebration(here, marked)))


async def put_aside(form: Form[MarkCell], here: Here) -> FormAnswer:
    """Put something required aside, with the reason that was given, if any."""
    request, reason = form.request, form.view.at(REASON).text.strip()
    try:
        marked = await here.services.assessing.mark(
            here.member,
            here.shelf,
            request.cell,
            request.status,
            note=reason,
            on_goal=request.back is None,
        )
    except LeftCatalogue:
        raise  # it is told at the form's first field, with the name of what has gone
    except NextrungError as error:
        return told_at(REASON, error, here.tr)
    receipt, view = _receipt(request, marked), form.view
    refresh_home(here, receipt if request.back is None else None)

    lead = celebration(here, marked)

    async def told() -> Card:
        return with_lead(aside_card(marked.expectation, here.tr), lead)

    redraw_behind(
        here,
        view.metadata,
        request.back,
        below=view.below,
        receipt=receipt,
        lead=lead,
        otherwise=told if return_url(here, view.metadata) else None,
    )
    return None


def _own(press: Press[R]) -> Press[R]:
    """Return a press on what marks, which in a direct message stands on the member's own card."""
    return replace(press, is_own=press.is_own or is_direct(press.channel))


def _on_home(press: Asked) -> bool:
    return press.view is not None and press.view.kind == "home"


def _receipt(request: MarkCell, marked: Marked) -> Receipt:
    mark, pieces = marked.mark, marked.held.growth.evidence
    return Receipt(
        request.cell,
        request.status,
        mark.stamp if mark else 0,
        sum(request.cell in each.supports for each in pieces),
        mark.note if mark else "",
    )


async def undo(press: Press[UndoMark], here: Here) -> None:
    """Take back the mark that the receipt is about, and redraw the card with the item as it was."""
    request = press.request
    undone = await here.services.assessing.undo(
        here.member, here.shelf, request.cell, request.stamp
    )
    receipt = Receipt(request.cell, None)
    refresh_home(here, receipt if _on_home(press) else None)
    if request.back:
        card = await _card_after(here, request.back, receipt)
        lead = [reopened_block(here.tr)] if undone.reopened else celebration(here, undone)
        await redraw(here, _own(press), with_lead(card, lead))


async def _card_after(here: Here, back: ShowCard, receipt: Receipt) -> Card:
    """Draw the card again that a mark was made on, or taken back.

    Raises:
        DoneButLeft: only the revision of the goal still has what it shows; the mark counts there.
    """
    try:
        return await card_for(here, back, receipt=receipt)
    except LeftCatalogue as error:
        raise DoneButLeft from error


async def save_note(form: Form[ShowDetails], here: Here) -> FormAnswer:
    """Keep the note with the status as it is; the modal stays, and shows it."""
    request, note, metadata = form.request, _note(form.view), form.view.metadata
    if not note:
        return None
    cell = CellKey(request.role, request.level, request.skill)
    try:
        marked = await here.services.assessing.mark(here.member, here.shelf, cell, None, note=note)
    except LeftCatalogue:
        raise  # it is told at the form's first field, with the name of what has gone
    except NextrungError as error:
        return told_at(form.view.of(Action.MARK_NOTED).block_id, error, here.tr)
    shown = await _after(here, metadata, marked)
    refresh_home(here)
    redraw_behind(here, metadata, request.back, below=form.view.below)
    return Turned(shown)


async def _after(here: Here, metadata: str, marked: Marked) -> View:
    """Build the Details modal as it is after a mark."""
    request, url = requested(ShowDetails, metadata), return_url(here, metadata)
    return await details_modal(here, request, url=url, lead=celebration(here, marked))


def _note(view: Surface | None) -> str:
    """Return what was typed into a modal's note; empty where there is none."""
    return view.of(Action.MARK_NOTED).text.strip() if view else ""
