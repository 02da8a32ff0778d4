"""The form that asks a colleague: opened from an expectation's menu and from its Details."""

from typing import TypeVar

from bot.cards.links import encode
from bot.cards.teams.confirming.forms import ask_view
from bot.domain.teams.confirmation import AskColleague
from bot.slack.context import Here
from bot.slack.press import Press
from bot.slack.reply.forms import open_modal
from bot.slack.reply.return_path import return_url, with_return

R = TypeVar("R")


async def open_ask(here: Here, press: Press[R], request: AskColleague) -> None:
    """Open it. It carries what Details carry, so that those can be drawn anew.

    Raises:
        LeftCatalogue: there is no such expectation any more.
    """
    expectation = await here.services.confirmations.asked_of(here.member, here.shelf, request.cell)
    url = return_url(here, press.view.metadata) if press.view else press.own_url
    metadata = with_return(encode(request), url)
    await open_modal(here, press, ask_view(expectation, here.tr, metadata=metadata))
