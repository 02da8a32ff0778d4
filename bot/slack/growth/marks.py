"""Marks: *Met* and the other statuses, from cards, from Home and from the Details modal."""

from bot.cards.blocks import View
from bot.cards.ids import Action, Callback
from bot.cards.standing_lines import marked_block, undone_block, with_lead
from bot.domain.errors import NextrungError, OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import MarkCell, MarkOtherwise, UndoMark
from bot.domain.lookup.requests import ShowDetails
from bot.services.growth.assessing import Marked
from bot.slack.context import Here
from bot.slack.lookup.details import details_modal
from bot.slack.press import Form, Press, Surface, Turned, requested
from bot.slack.reply.answering import card_for, told_at
from bot.slack.reply.celebration import celebration
from bot.slack.reply.forms import turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.replies import redraw
from bot.slack.reply.return_path import redraw_behind, return_url
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register what marks an expectation."""
    on.presses(Action.MARK, MarkCell, mark)
    on.press(Action.UNDO_MARK, UndoMark, undo)
    on.choices(Action.MARK_MENU, MarkOtherwise, mark_otherwise)
    on.form(Callback.DETAILS, ShowDetails, save_note)


async def mark_otherwise(press: Press[MarkOtherwise], here: Here) -> None:
    """Mark with the status chosen in an item's menu; the menu's block names the item."""
    if press.chosen not in set(Status):
        raise OutdatedCard
    waiting = press.request
    request = MarkCell(waiting.cell, Status(press.chosen), waiting.back)
    await mark(press.carrying(request), here)


async def mark(press: Press[MarkCell], here: Here) -> None:
    """Mark what the button names, and redraw what it stands on."""
    request, view = press.request, press.view
    marked = await here.services.assessing.mark(
        here.member,
        here.shelf,
        request.cell,
        request.status,
        note=_note(view),
        # Home shows the goal as the revision has it that the goal is pinned to.
        on_goal=view is not None and view.kind == "home",
    )
    refresh_home(here)
    if view and view.callback_id == Callback.DETAILS:
        shown = await _after(here, view.metadata, marked)
        # First, for the card below shows the mark also where the modal is not turned.
        redraw_behind(here, view.metadata, requested(ShowDetails, view.metadata).back)
        await turn(here, view, shown)
    if not view and request.back:
        card = await card_for(here, request.back)
        skill, reason = marked.expectation.skill, marked.wants_reason
        lead = marked_block(request, skill, marked.mark, here.tr, wants_reason=reason)
        await redraw(press, with_lead(card, [*celebration(here, marked), lead]))


async def undo(press: Press[UndoMark], here: Here) -> None:
    """Take back the mark that the receipt is about, and redraw the card below it."""
    request = press.request
    undone = await here.services.assessing.undo(
        here.member, here.shelf, request.cell, request.stamp
    )
    refresh_home(here)
    if request.back:
        card = await card_for(here, request.back)
        lead = undone_block(undone.expectation.skill, undone.reopened, here.tr)
        await redraw(press, with_lead(card, [lead]))


async def save_note(form: Form[ShowDetails], here: Here) -> FormAnswer:
    """Keep the note with the status as it is; the modal stays, and shows it."""
    request, note, metadata = form.request, _note(form.view), form.view.metadata
    if not note:
        return None
    cell = CellKey(request.role, request.level, request.skill)
    try:
        marked = await here.services.assessing.mark(here.member, here.shelf, cell, None, note=note)
    except NextrungError as error:
        return told_at(form.view.of(Action.MARK_NOTED).block_id, error, here.tr)
    shown = await _after(here, metadata, marked)
    refresh_home(here)
    redraw_behind(here, metadata, request.back)
    return Turned(shown)


async def _after(here: Here, metadata: str, marked: Marked) -> View:
    """Build the Details modal as it is after a mark."""
    request, url = requested(ShowDetails, metadata), return_url(here, metadata)
    return await details_modal(here, request, url=url, lead=celebration(here, marked))


def _note(view: Surface | None) -> str:
    """Return what was typed into a modal's note; empty where there is none."""
    return view.of(Action.MARK_NOTED).text.strip() if view else ""
