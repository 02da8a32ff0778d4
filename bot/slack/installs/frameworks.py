"""Picking the framework of an organisation: the modal from Home."""

from bot.cards.ids import Action
from bot.cards.installs.frameworks import OWN, frameworks_view, picked_card
from bot.domain.errors import OutdatedCard
from bot.domain.installs.organisation import FrameworksSeen
from bot.slack.context import Here
from bot.slack.press import Press, as_it_is
from bot.slack.reply.answering import notice_view
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.routes import Routes


def register(on: Routes) -> None:
    """Register what picks a framework."""
    on.press(Action.ORGANISATION_FRAMEWORKS, as_it_is, choose)
    on.press(Action.ORGANISATION_PAGE, as_it_is, show_page)
    on.presses(Action.ORGANISATION_PICK, as_it_is, pick)


async def choose(press: Press[str], here: Here) -> None:
    """Show the frameworks that the organisation has met."""
    await open_modal(here, press, frameworks_view(await _seen(here), 0, here.tr))


async def show_page(press: Press[str], here: Here) -> None:
    """Show more of them, or the first again."""
    seen = await _seen(here)
    start = int(press.request) if press.request.isdecimal() else 0
    await turn(here, press.surface, frameworks_view(seen, start, here.tr))


async def pick(press: Press[str], here: Here) -> None:
    """Let everybody in the organisation see the chosen one."""
    team_id = None if press.request == OWN else press.request
    part = await here.services.frameworks.pick(here.member, team_id)
    await turn(here, press.surface, notice_view(picked_card(part, here.tr), here.tr))
    refresh_home(here)


async def _seen(here: Here) -> FrameworksSeen:
    seen = await here.services.frameworks.seen(here.member)
    if seen is None:
        raise OutdatedCard
    return seen
