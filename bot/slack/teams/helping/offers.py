"""Help each other: who offers it, what the member offers and wants, and how to take it back."""

from dataclasses import replace

from bot.cards.blocks import View
from bot.cards.ids import Action
from bot.cards.lookup.helpers_line import decode_helpers, encode_helpers, is_helpers
from bot.cards.teams.helping.helpers_view import helpers_view
from bot.cards.teams.helping.offer_links import decode_offer, decode_pair
from bot.cards.teams.helping.offers_view import MY_OFFERS, changed_card, my_offers_view
from bot.domain.lookup.requests import ShowSkill
from bot.domain.lookup.skill_offer import named_offers
from bot.domain.teams.requests import AnswerPair, ChangeOffer, ShowHelpers
from bot.slack.context import Here
from bot.slack.press import Press, as_it_is
from bot.slack.reply.answering import message
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.letters_out import letters_out
from bot.slack.reply.replies import redraw, show
from bot.slack.reply.return_path import redraw_behind, return_url, with_return
from bot.slack.routes import Routes
from bot.slack.teams.helping.pair_letter import shown_pair


def register(on: Routes) -> None:
    """Register what the controls of helpers do."""
    on.presses(Action.HELPERS, decode_helpers, show_helpers)
    on.presses(Action.CHANGE_OFFER, decode_offer, change_offer)
    on.press(Action.MY_OFFERS, as_it_is, show_mine)
    on.presses(Action.ANSWER_PAIR, decode_pair, answer_pair)


async def show_helpers(press: Press[ShowHelpers], here: Here) -> None:
    """Show who offers help with a skill; turn the page where that is open already."""
    request = press.request
    view = await _helpers(here, request)
    if press.view is not None and is_helpers(press.view.metadata):
        url = return_url(here, press.view.metadata)
        view["private_metadata"] = with_return(encode_helpers(request), url)
        await turn(here, press.view, view)
    else:
        view["private_metadata"] = with_return(encode_helpers(request), press.own_url)
        await open_modal(here, press, view)


async def change_offer(press: Press[ChangeOffer], here: Here) -> None:
    """Offer help or want to learn, or no longer; show where that leaves the member."""
    asked = press.request
    catalogue, member = here.shelf.catalogue, here.member
    await here.services.help_offers.change(member, catalogue, asked.skill, asked.side, on=asked.on)
    refresh_home(here)
    opened = press.view.metadata if press.view else ""
    if is_helpers(opened):
        await _turn_helpers(press, here)
    elif press.view is not None and opened == MY_OFFERS:
        await turn(here, press.view, await _mine(here))
    elif press.is_message and (skill := catalogue.skill(asked.skill)):
        await redraw(here, press, changed_card(skill, asked.side, here.tr, on=asked.on))


async def show_mine(press: Press[str], here: Here) -> None:
    """List what the member offers and wants."""
    await open_modal(here, press, await _mine(here))


async def answer_pair(press: Press[AnswerPair], here: Here) -> None:
    """Keep the answer, and say in the same message what follows from it."""
    asked = press.request
    pair = await here.services.pairing.answer(here.member, asked.pair, yes=asked.yes)
    letters_out(here)
    # In its own place: it is a letter, which can be taken back.
    await show(here, press.url, **message(shown_pair(here, pair)), replace_original=True)


async def _turn_helpers(press: Press[ChangeOffer], here: Here) -> None:
    """Show the modal as it is now, and the card behind it."""
    shown = press.surface
    request = decode_helpers(shown.metadata)
    view = await _helpers(here, request)
    url = return_url(here, shown.metadata)
    view["private_metadata"] = with_return(encode_helpers(request), url)
    await turn(here, shown, view)
    if url:
        back = ShowSkill(request.skill, request.levels, request.role)
        redraw_behind(here, shown.metadata, back)


async def _helpers(here: Here, request: ShowHelpers) -> View:
    seen = await here.services.help_offers.seen(
        here.member, here.shelf.catalogue, request.skill, request.page
    )
    request = replace(request, page=seen.page)
    return helpers_view(seen, request, here.tr, me=here.member.slack_id)


async def _mine(here: Here) -> View:
    growth = (await here.services.growth.of(here.member)).growth
    former = await here.services.former_names.skills(growth, here.shelf)
    return my_offers_view(named_offers(growth.offers, here.shelf.catalogue, former), here.tr)
