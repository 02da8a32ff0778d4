"""Sharing a goal: asked, accepted, looked at and ended, wherever its controls stand."""

from bot.cards.card import Card
from bot.cards.ids import Action, Callback
from bot.cards.teams.own_shares_view import own_shares_view
from bot.cards.teams.share_letters import accepted_card, declined_card, kept_card, stopped_card
from bot.cards.teams.shared_goal_card import people_view, shared_view
from bot.domain.errors import OutdatedCard
from bot.domain.teams.errors import CannotShare
from bot.domain.teams.requests import OfShare
from bot.services.teams.shared_goals import PAGE
from bot.services.teams.sharing import PAGE as OWN_PAGE
from bot.slack.context import Here
from bot.slack.press import Form, Press, Turned, as_it_is
from bot.slack.reply.answering import notice_view, told_at
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.in_place import about_one_thing
from bot.slack.reply.letters_out import letters_out
from bot.slack.reply.telling import telling_at
from bot.slack.routes import FormAnswer, Routes
from bot.slack.teams.share_forms import open_form, saved, wrong_field


def register(on: Routes) -> None:
    """Register what the controls of shares do."""
    on.press(Action.SHARE_GOAL, as_it_is, ask_whom)
    on.presses(Action.SHARE_CHANGE, OfShare, ask_how_much)
    on.form(Callback.SHARE, as_it_is, save)
    for way in (on.press, on.presses):
        way(Action.SHARE_ACCEPT, OfShare, accept)
        way(Action.SHARE_DECLINE, OfShare, decline)
        way(Action.SHARE_STOP, OfShare, stop)
        way(Action.SHARE_OPEN, OfShare, look)
    on.press(Action.SHARE_KEEP, OfShare, go_on)
    on.presses(Action.SHARE_PAGE, OfShare, turn_page)
    on.press(Action.SHARE_LIST, as_it_is, list_people)
    on.presses(Action.SHARE_LIST, as_it_is, turn_people)
    on.press(Action.SHARE_MINE, as_it_is, list_mine)
    on.presses(Action.SHARE_MINE, as_it_is, turn_mine)


async def ask_whom(press: Press[str], here: Here) -> None:
    """Open the form for a new share."""
    await open_form(here, press, await here.services.sharing.form(here.member, here.shelf))


async def ask_how_much(press: Press[OfShare], here: Here) -> None:
    """Open the form for what somebody sees already."""
    sharing, share_id = here.services.sharing, press.request.share_id
    await open_form(here, press, await sharing.form(here.member, here.shelf, share_id=share_id))


async def save(form: Form[str], here: Here) -> FormAnswer:
    """Ask whom the form names, or show as much as it says; what is wrong is told at its field."""
    try:
        told = await saved(here, form)
    except CannotShare as error:
        if field := wrong_field(error):
            return told_at(field, error, here.tr)
        raise
    _at_once(here)
    return Turned(notice_view(told, here.tr))


async def accept(press: Press[OfShare], here: Here) -> None:
    """See what was offered from now on."""
    with about_one_thing(press):
        share = await here.services.sharing.accept(here.member, press.request.share_id)
    await _told(press, here, accepted_card(share, here.tr))


async def decline(press: Press[OfShare], here: Here) -> None:
    """Not see it, or no longer."""
    with about_one_thing(press):
        share = await here.services.sharing.decline(here.member, press.request.share_id)
    await _told(press, here, declined_card(share, here.tr))


async def stop(press: Press[OfShare], here: Here) -> None:
    """End a share of one's own."""
    with about_one_thing(press):
        share = await here.services.sharing.revoke(here.member, press.request.share_id)
    await _told(press, here, stopped_card(share, here.tr))


async def go_on(press: Press[OfShare], here: Here) -> None:
    """Share for another quarter of a year."""
    with about_one_thing(press):
        share = await here.services.sharing.renew(here.member, press.request.share_id)
    await _told(press, here, kept_card(share, here.tr))


async def look(press: Press[OfShare], here: Here) -> None:
    """Open what somebody shares; that it was looked at is noted first."""
    shared = here.services.shared_goals
    goal, look_id = await shared.look(here.member, press.request.share_id)
    view_id = await open_modal(here, press, shared_view(goal, 0, here.tr))
    if view_id:
        await shared.shown_in(here.member, look_id, view_id)


async def turn_page(press: Press[OfShare], here: Here) -> None:
    """Show another page of it."""
    goal, _ = await here.services.shared_goals.look(here.member, press.request.share_id)
    await turn(here, press.surface, shared_view(goal, press.request.page, here.tr))


async def list_people(press: Press[str], here: Here) -> None:
    """List all who share with the member."""
    page = await here.services.shared_goals.page(here.member, 0)
    await open_modal(here, press, people_view(page, PAGE, here.tr))


async def turn_people(press: Press[str], here: Here) -> None:
    """Show another page of them."""
    page = await here.services.shared_goals.page(here.member, _page(press))
    await turn(here, press.surface, people_view(page, PAGE, here.tr))


async def list_mine(press: Press[str], here: Here) -> None:
    """List all who see the member's goal."""
    page = await here.services.sharing.mine(here.member, 0)
    await open_modal(here, press, own_shares_view(page, OWN_PAGE, here.tr))


async def turn_mine(press: Press[str], here: Here) -> None:
    """Show another page of them."""
    page = await here.services.sharing.mine(here.member, _page(press))
    await turn(here, press.surface, own_shares_view(page, OWN_PAGE, here.tr))


def _page(press: Press[str]) -> int:
    if not press.request.isdecimal() or not press.request.isascii():
        raise OutdatedCard
    return int(press.request[:9])


async def _told(press: Press[OfShare], here: Here, card: Card) -> None:
    """Say in place of what was pressed what came of it; Home says it by itself."""
    _at_once(here)
    if press.is_in_modal:
        await turn(here, press.surface, notice_view(card, here.tr))
    elif press.is_message:
        await telling_at(here, press.channel, press.ts)(card)


def _at_once(here: Here) -> None:
    """Bring Home up to date, and let letters go out and come back now, beside the answer."""
    refresh_home(here)
    letters_out(here)
