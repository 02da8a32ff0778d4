"""“This text is unclear”, from the Details modal."""

from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.cards.lookup.details.unclear_view import SENTENCE, said_view, unclear_view
from bot.domain.errors import LeftCatalogue, NextrungError
from bot.domain.lookup.requests import ShowDetails
from bot.services.catalogue.unclear import shown_expectation
from bot.slack.context import Here
from bot.slack.press import Form, Press, Turned
from bot.slack.reply.answering import told_at
from bot.slack.reply.forms import open_modal
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register the button and its form."""
    on.press(Action.UNCLEAR, ShowDetails, open_form)
    on.form(Callback.UNCLEAR, ShowDetails, take)


async def open_form(press: Press[ShowDetails], here: Here) -> None:
    """Open the form on top of the Details; nothing is kept before it is sent."""
    expectation = shown_expectation(here.shelf.catalogue, press.request)
    view = unclear_view(expectation, here.tr, metadata=encode(press.request))
    await open_modal(here, press, view)


async def take(form: Form[ShowDetails], here: Here) -> FormAnswer:
    """Keep what was said, without who said it."""
    sentence = form.view.at(SENTENCE).text
    try:
        counted = await here.services.unclear.report(
            here.member, here.shelf, form.request, sentence
        )
    except LeftCatalogue:
        raise  # it is told at the form's first field, with the name of what has gone
    except NextrungError as error:
        return told_at(SENTENCE, error, here.tr)
    return Turned(said_view(counted, here.tr))
