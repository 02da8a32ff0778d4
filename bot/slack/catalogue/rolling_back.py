"""Going back to a revision from Home: chosen, looked at where something ends, and done."""

from bot.cards.blocks import View
from bot.cards.card import Card
from bot.cards.catalogue import views
from bot.cards.catalogue.outcomes import publishing_card
from bot.cards.catalogue.publish_view import NAME_FIELD
from bot.cards.catalogue.take_back import BackWish, back_view, comparing_card, decode_wish
from bot.cards.ids import Action, Callback
from bot.cards.mrkdwn import clip
from bot.domain.errors import OutdatedCard
from bot.slack.catalogue.background import explained, rollback_later
from bot.slack.catalogue.opening import name_not_typed
from bot.slack.context import Here
from bot.slack.press import Form, Press, Turned, Wrong, as_it_is
from bot.slack.reply.forms import open_modal
from bot.slack.reply.telling import Tell, telling_in, updating_modal
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register the ways back that start on Home."""
    on.press(Action.CATALOGUE_ROLLBACK, as_it_is, open_rollback)
    on.form(Callback.CATALOGUE_ROLLBACK, as_it_is, roll_back)
    on.press(Action.CATALOGUE_BUILT_IN, as_it_is, use_built_in)
    on.form(Callback.CATALOGUE_BACK, decode_wish, go_back)


async def open_rollback(press: Press[str], here: Here) -> None:
    """Ask for the revision."""
    own = here.services.own_catalogue
    await own.check(here.member)
    panel = await own.panel(here.member)
    if panel is None:
        raise OutdatedCard
    current = panel.current.number if panel.uses_own else None
    view = views.rollback_view(panel.revisions, current, here.member.time_zone, here.tr)
    await open_modal(here, press, view)


async def roll_back(form: Form[str], here: Here) -> Turned:
    """Go back to the chosen revision, or show first what ends with that."""
    await here.services.own_catalogue.check(here.member)
    chosen = form.view.at(views.REVISION).choice
    if not chosen.isdecimal():
        raise OutdatedCard
    note = clip(form.view.at(views.NOTE).text, views.MOST_NOTE)
    base = int(form.request) if form.request.isdecimal() else None
    _look_later(here, BackWish(int(chosen), base, note), form.view.id)
    return Turned(_told(here, comparing_card(here.tr)))


async def use_built_in(press: Press[str], here: Here) -> None:
    """Go back to the built-in catalogue, or show first what ends with that."""
    await here.services.own_catalogue.check(here.member)
    view_id = await open_modal(here, press, _told(here, comparing_card(here.tr)))
    _look_later(here, BackWish(0), view_id)


async def go_back(form: Form[BackWish], here: Here) -> FormAnswer:
    """Go back, once the name is typed where roles end."""
    await here.services.own_catalogue.check(here.member)
    wish = form.request
    wrong = name_not_typed(form.view, wish.name, here)
    if wrong:
        return Wrong(wrong)
    typed = form.view.at(NAME_FIELD).text
    await _go_back(here, wish, typed, form.view.id)
    return Turned(_told(here, publishing_card(here.tr)))


def _look_later(here: Here, wish: BackWish, view_id: str) -> None:
    show, tell = updating_modal(here, view_id), _telling(here, view_id)

    async def looked() -> None:
        try:
            way = await here.services.own_catalogue.way_back(here.member, wish.number, wish.base)
            if way.goings:
                await show(back_view(way, wish, here.tr))
            else:
                await _go_back(here, wish, "", view_id)
        except Exception as error:  # noqa: BLE001 - nobody waits for this task: the member is told
            await tell(explained(here, error))

    here.later(looked())


async def _go_back(here: Here, wish: BackWish, typed: str, view_id: str) -> None:
    note = wish.note or here.tr("Back to revision {number}", number=wish.number)
    tell = _telling(here, view_id)
    await rollback_later(here, wish.number, note, wish.base, tell, typed_name=typed)


def _telling(here: Here, view_id: str) -> Tell:
    return telling_in(here, view_id, lambda card: _told(here, card))


def _told(here: Here, card: Card) -> View:
    return views.told_view(here.tr("Roll back"), card, here.tr)
