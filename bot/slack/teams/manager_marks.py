"""The other's own column: marked and sent by them, shown to the member, who may answer."""

from bot.cards.ids import Action, Callback
from bot.cards.teams.manager_column import NOTE, NOTED, STATUS, TAKEN_BACK, mark_view
from bot.cards.teams.own_column import REPLY, own_column_view, reply_view
from bot.cards.teams.shared_goal_card import shared_view
from bot.domain.errors import NextrungError, OutdatedCard
from bot.domain.growth.assessment import Status
from bot.domain.teams.manager_marks import STATUSES, ManagerMark
from bot.domain.teams.requests import OfItem, OfMark, OfShare
from bot.domain.teams.shared_goal import SharedGoal, SharedItem
from bot.slack.context import Here
from bot.slack.press import Form, Press, Surface
from bot.slack.reply.answering import told_at
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.letters_out import letters_out
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register what marks somebody's expectations, and what answers that."""
    on.choices(Action.MANAGER_MARK, OfItem, choose)
    on.form(Callback.MANAGER_MARK, OfItem, keep)
    on.press(Action.MARKS_SEND, OfShare, send)
    for way in (on.press, on.presses):
        way(Action.MARKS_SHOW, OfShare, show)
    on.presses(Action.MARKS_PAGE, OfShare, turn_page)
    on.presses(Action.MARK_REPLY, OfMark, ask_reply)
    on.form(Callback.MARK_REPLY, OfMark, reply)


async def choose(press: Press[OfItem], here: Here) -> None:
    """Mark as was chosen, and draw the page again; or open the form for a note."""
    request, marking = press.request, here.services.marking
    if press.chosen == NOTED:
        goal, item = await marking.item(here.member, request.share_id, request.item)
        await open_modal(here, press, mark_view(goal, item, request, here.tr))
    else:
        status = None if press.chosen == TAKEN_BACK else _status(press.chosen)
        await marking.mark(here.member, request.share_id, request.item, status)
    await _draw(here, press.surface, OfShare(request.share_id, request.page))


async def keep(form: Form[OfItem], here: Here) -> FormAnswer:
    """Keep the mark with its note; the page under the form shows it."""
    request, view = form.request, form.view
    try:
        await here.services.marking.mark(
            here.member,
            request.share_id,
            request.item,
            _status(view.at(STATUS).choice),
            view.at(NOTE).text.strip(),
        )
    except OutdatedCard:
        raise
    except NextrungError as error:
        return told_at(NOTE, error, here.tr)
    _draw_below(here, view, OfShare(request.share_id, request.page))
    return None


async def send(press: Press[OfShare], here: Here) -> None:
    """Send what was marked; the page says so by what it shows."""
    await here.services.marking.send(here.member, press.request.share_id)
    letters_out(here)
    await _draw(here, press.surface, press.request)


async def show(press: Press[OfShare], here: Here) -> None:
    """Show the member what was marked."""
    column = await here.services.shared_goals.own_column(here.member, press.request.share_id)
    await open_modal(here, press, own_column_view(column, 0, here.tr))


async def turn_page(press: Press[OfShare], here: Here) -> None:
    """Show another page of it."""
    column = await here.services.shared_goals.own_column(here.member, press.request.share_id)
    await turn(here, press.surface, own_column_view(column, press.request.page, here.tr))


async def ask_reply(press: Press[OfMark], here: Here) -> None:
    """Open the form for an answer."""
    request = press.request
    column = await here.services.shared_goals.own_column(here.member, request.share_id)
    item, mark = marked_in(column, request.mark_id)
    await open_modal(here, press, reply_view(mark, item, request, here.tr))


async def reply(form: Form[OfMark], here: Here) -> FormAnswer:
    """Keep the answer, and let it go out."""
    request, view = form.request, form.view
    try:
        await here.services.marking.reply(
            here.member, request.share_id, request.mark_id, view.at(REPLY).text
        )
    except OutdatedCard:
        raise
    except NextrungError as error:
        return told_at(REPLY, error, here.tr)
    letters_out(here)
    refresh_home(here)
    if view.below:
        here.later(_redraw_own(here, view.below, OfShare(request.share_id, request.page)))
    return None


def marked_in(goal: SharedGoal, mark_id: int) -> tuple[SharedItem, ManagerMark]:
    """Return the expectation with a mark that was sent, and the mark.

    Raises:
        OutdatedCard: another one holds by now.
    """
    for item in goal.items:
        mark = item.marked.sent
        if mark is not None and mark.id == mark_id:
            return item, mark
    raise OutdatedCard


def _status(chosen: str) -> Status:
    if chosen not in STATUSES:
        raise OutdatedCard
    return Status(chosen)


async def _draw(here: Here, surface: Surface, request: OfShare) -> None:
    goal, _ = await here.services.shared_goals.look(here.member, request.share_id)
    await turn(here, surface, shared_view(goal, request.page, here.tr))


def _draw_below(here: Here, view: Surface, request: OfShare) -> None:
    async def draw() -> None:
        await _draw(here, Surface(id=view.below), request)

    if view.below:
        here.later(draw())


async def _redraw_own(here: Here, view_id: str, request: OfShare) -> None:
    column = await here.services.shared_goals.own_column(here.member, request.share_id)
    await turn(here, Surface(id=view_id), own_column_view(column, request.page, here.tr))
