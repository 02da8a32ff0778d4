"""Confirmations: a colleague asked, an answer given and taken back, taken along or left out."""

from bot.cards.card import Card
from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.cards.teams.confirming.forms import SENTENCE, WHOM, WORDS, answer_view
from bot.cards.teams.confirming.letters import answer_card, declined_card, given_card
from bot.cards.teams.confirming.lines import asked_card, over_card
from bot.domain.errors import OutdatedCard, TextTooLong
from bot.domain.lookup.requests import ShowDetails
from bot.domain.teams.confirmation import AskColleague, CannotAsk, NoLongerAsked, OfConfirmation
from bot.slack.context import Here
from bot.slack.lookup.details import details_modal
from bot.slack.press import Form, Press, Turned, is_direct, requested
from bot.slack.reply.answering import notice_view, told_at
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.in_place import about_one_thing
from bot.slack.reply.letters_out import letters_out
from bot.slack.reply.replies import reply_later
from bot.slack.reply.return_path import return_url, with_return
from bot.slack.reply.telling import telling_at, updating_modal
from bot.slack.routes import FormAnswer, Routes
from bot.slack.teams.confirmation_drawers import skill_of
from bot.slack.teams.confirmation_forms import open_ask


def register(on: Routes) -> None:
    """Register what the controls of confirmations do."""
    on.press(Action.CONFIRM_ASK, AskColleague, ask_whom)
    on.form(Callback.CONFIRM_ASK, AskColleague, ask)
    on.presses(Action.CONFIRM_ANSWER, OfConfirmation, answer_how)
    on.form(Callback.CONFIRM_ANSWER, OfConfirmation, answer)
    on.press(Action.CONFIRM_DECLINE, OfConfirmation, decline)
    on.presses(Action.CONFIRM_WITHDRAW, OfConfirmation, withdraw)
    on.presses(Action.CONFIRM_INCLUDE, OfConfirmation, include)
    on.presses(Action.CONFIRM_LEAVE_OUT, OfConfirmation, leave_out)


async def ask_whom(press: Press[AskColleague], here: Here) -> None:
    """Open the form over Details."""
    await open_ask(here, press, press.request)


async def ask(form: Form[AskColleague], here: Here) -> FormAnswer:
    """Ask whom the form names; what is wrong is told at its field, and nothing typed is lost."""
    view, request = form.view, form.request
    other = next(iter(view.at(WHOM).people), "")
    try:
        found = await here.services.confirmations.ask(
            here.member, here.shelf, request.cell, other=other, sentence=view.at(SENTENCE).text
        )
    except CannotAsk as error:
        at = SENTENCE if error.params.get("why") == "no_sentence" else WHOM
        return told_at(at, error, here.tr)
    letters_out(here)
    if request.in_details and view.below:
        here.later(_details_below(here, request, view.below, return_url(here, view.metadata)))
    return Turned(notice_view(asked_card(found, here.tr), here.tr))


async def _details_below(here: Here, request: AskColleague, view_id: str, url: str) -> None:
    """Draw the Details under the form anew, with the ask in them."""
    cell = request.cell
    shown = ShowDetails(cell.skill, cell.role, cell.level, request.back)
    await updating_modal(here, view_id)(await details_modal(here, shown, url=url))


async def answer_how(press: Press[OfConfirmation], here: Here) -> None:
    """Open the form for a colleague's words; nothing is answered before it is sent."""
    request = press.request
    if request.saw is None:
        raise OutdatedCard
    with about_one_thing(press):
        found = await here.services.confirmations.of(here.member, request.confirmation_id)
        if found.answered or found.other != here.member.slack_id:
            raise NoLongerAsked
    # The ask stands in a direct message to the presser alone.
    metadata = with_return(encode(request), press.url if is_direct(press.channel) else "")
    await open_modal(here, press, answer_view(found, request.saw, here.tr, metadata=metadata))


async def answer(form: Form[OfConfirmation], here: Here) -> FormAnswer:
    """Keep the answer, and show it in place of the ask."""
    request, view = form.request, form.view
    if request.saw is None:
        raise OutdatedCard
    try:
        found = await here.services.confirmations.answer(
            here.member, request.confirmation_id, request.saw, view.at(WORDS).text
        )
    except (TextTooLong, NoLongerAsked) as error:
        return told_at(WORDS, error, here.tr)
    letters_out(here)

    async def given() -> Card:
        return given_card(found, here.tr)

    url = return_url(here, view.metadata)
    reply_later(here, url, given, otherwise=given, replace_original=True)
    return None


async def decline(press: Press[OfConfirmation], here: Here) -> None:
    """Give no answer, or take one back."""
    with about_one_thing(press):
        await here.services.confirmations.decline(here.member, press.request.confirmation_id)
    letters_out(here)
    await telling_at(here, press.channel, press.ts)(declined_card(here.tr))


async def withdraw(press: Press[OfConfirmation], here: Here) -> None:
    """Take an ask back, or delete an answer; Details show it no more."""
    with about_one_thing(press):
        await here.services.confirmations.withdraw(here.member, press.request.confirmation_id)
    letters_out(here)
    await _again(press, here, over_card(here.tr))


async def include(press: Press[OfConfirmation], here: Here) -> None:
    """Take an answer along."""
    await _included(press, here, included=True)


async def leave_out(press: Press[OfConfirmation], here: Here) -> None:
    """Leave an answer out again."""
    await _included(press, here, included=False)


async def _included(press: Press[OfConfirmation], here: Here, *, included: bool) -> None:
    with about_one_thing(press):
        found = await here.services.confirmations.include(
            here.member, press.request.confirmation_id, included=included
        )
    await _again(press, here, answer_card(found, await skill_of(here, found), here.tr))


async def _again(press: Press[OfConfirmation], here: Here, card: Card) -> None:
    """Draw what was pressed anew: Details as they are now, or the card in place of the message."""
    if press.view is None:
        await telling_at(here, press.channel, press.ts)(card)
        return
    metadata = press.view.metadata
    request = requested(ShowDetails, metadata)
    url = return_url(here, metadata)
    await turn(here, press.view, await details_modal(here, request, url=url))
