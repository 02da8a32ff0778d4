"""What counts until a day: proposed, answered, withdrawn, from the modal and from letters."""

from datetime import date, timedelta

from bot.cards.ids import Action, Callback
from bot.cards.teams.talk_cards import agreed_card
from bot.cards.teams.talk_forms import CELL, DAY, propose_view
from bot.cards.teams.talk_links import Of, decode_of, encode_of
from bot.domain.errors import NextrungError, OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.teams.agreed import AgreedAct, CannotAgree, SharedDelta
from bot.slack.context import Here
from bot.slack.press import Form, Press
from bot.slack.reply.answering import told_at
from bot.slack.reply.forms import open_modal
from bot.slack.reply.in_place import about_one_thing
from bot.slack.reply.letters_out import letters_out
from bot.slack.reply.opened_from import opened_from
from bot.slack.reply.replies import redraw
from bot.slack.routes import FormAnswer, Routes
from bot.slack.teams.talk_modal import open_talks, show_below, show_page

_USUAL = timedelta(days=28)
_share, _step = decode_of(Of.SHARE), decode_of(Of.STEP)


def register(on: Routes) -> None:
    """Register what the controls of agreements do."""
    on.press(Action.TALKS, _share, open_talks)
    on.presses(Action.TALKS, _share, open_talks)
    on.press(Action.AGREED_PROPOSE, _share, open_to_propose)
    on.press(Action.AGREED_MOVE, _step, open_to_move)
    on.presses(Action.AGREED_MOVE, _step, open_to_move)
    on.press(Action.AGREED_OFF, _step, take_off)
    on.presses(Action.AGREED_ACCEPT, _step, accept)
    on.presses(Action.AGREED_DECLINE, _step, decline)
    on.presses(Action.AGREED_WITHDRAW, _step, withdraw)
    on.form(Callback.AGREED, _read, save)


def _read(text: str) -> int:
    """Read what the form carries: a share, or a step on the expectation that is proposed again."""
    try:
        return _share(text)
    except OutdatedCard:
        return _step(text)


async def open_to_propose(press: Press[int], here: Here) -> None:
    """Open the form for a proposal."""
    seen = await here.services.agreeing.seen(here.member, press.request)
    metadata = opened_from(encode_of(Of.SHARE, seen.share.id), press)
    view = propose_view(seen.asked, _day(here), here.tr, metadata=metadata)
    await open_modal(here, press, view)


async def open_to_move(press: Press[int], here: Here) -> None:
    """Open the form for another day, of what counts or of what the other proposed."""
    seen = await here.services.agreeing.step(here.member, press.request)
    cell = _cell(seen, press.request)
    metadata = opened_from(encode_of(Of.STEP, press.request), press)
    held = seen.delta.item(cell)
    # Another day than the one that holds.
    day = max(_day(here), held.until + _USUAL) if held else _day(here)
    view = propose_view(seen.asked, day, here.tr, metadata=metadata, cell=cell)
    await open_modal(here, press, view)


async def take_off(press: Press[int], here: Here) -> None:
    """Propose that an expectation counts no more."""
    agreeing = here.services.agreeing
    seen = await agreeing.step(here.member, press.request)
    cell = _cell(seen, press.request)
    await agreeing.propose(here.member, seen.share.id, cell, None)
    letters_out(here)
    await show_page(press, here, seen.share.id)


async def accept(press: Press[int], here: Here) -> None:
    """Accept what the other proposed."""
    await _answer(press, here, AgreedAct.ACCEPTED)


async def decline(press: Press[int], here: Here) -> None:
    """Decline what the other proposed."""
    await _answer(press, here, AgreedAct.DECLINED)


async def withdraw(press: Press[int], here: Here) -> None:
    """Withdraw what one proposed oneself."""
    await _answer(press, here, AgreedAct.WITHDRAWN)


async def _answer(press: Press[int], here: Here, act: AgreedAct) -> None:
    with about_one_thing(press):
        seen = await here.services.agreeing.answer(here.member, press.request, act)
    letters_out(here)
    await show_page(press, here, seen.share.id)
    if press.is_message:
        step = seen.delta.history[-1]
        await redraw(here, press, agreed_card(step, seen, here.tr))


async def save(form: Form[int], here: Here) -> FormAnswer:
    """Propose what was filled in; what is wrong is told at its field."""
    agreeing = here.services.agreeing
    try:
        day = date.fromisoformat(form.view.at(DAY).text)
    except ValueError:
        raise OutdatedCard from None
    try:
        if form.view.metadata.startswith(encode_of(Of.STEP, form.request)):
            seen = await agreeing.step(here.member, form.request)
            cell = _cell(seen, form.request)
        else:
            seen = await agreeing.seen(here.member, form.request)
            cell = _chosen(seen, form.view.at(CELL).choice)
        await agreeing.propose(here.member, seen.share.id, cell, day)
    except CannotAgree as error:
        return told_at(CELL if form.view.at(CELL).choice else DAY, error, here.tr)
    except OutdatedCard:
        raise
    except NextrungError as error:
        return told_at(DAY, error, here.tr)
    letters_out(here)
    show_below(form, here, seen.share.id)
    return None


def _chosen(seen: SharedDelta, place: str) -> CellKey:
    """Return the expectation at a place of the list that the form offered."""
    cells = [*seen.asked]
    if not (place.isascii() and place.isdecimal()) or int(place) >= len(cells):
        raise OutdatedCard
    return cells[int(place)]


def _cell(seen: SharedDelta, step_id: int) -> CellKey:
    step = seen.delta.step(step_id)
    if step is None:
        raise OutdatedCard
    return step.cell


def _day(here: Here) -> date:
    return here.services.actions.today(here.member) + _USUAL
