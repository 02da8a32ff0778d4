"""A team's view: opened, turned, narrowed to a level or a role, and sent."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.cards.blocks import section
from bot.cards.card import Card
from bot.cards.ids import Action
from bot.cards.teams.team_view.view import ALL
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.requests import TeamAsk
from bot.slack.context import Here
from bot.slack.press import Press
from bot.slack.reply.answering import notice_view
from bot.slack.reply.forms import open_modal
from bot.slack.routes import Routes
from bot.slack.teams.team_view.opening import open_team, turn_team


def register(on: Routes) -> None:
    """Register what the controls of the view do."""
    on.press(Action.TEAM, TeamAsk, show)
    on.presses(Action.TEAM_PAGE, TeamAsk, turn_page)
    on.choice(Action.TEAM_LEVEL, TeamAsk, choose_level)
    on.choice(Action.TEAM_ROLE, TeamAsk, choose_role)
    on.press(Action.TEAM_TABLE, TeamAsk, _sending(LetterKind.TEAM_TABLE))
    on.press(Action.TEAM_PICTURE, TeamAsk, _sending(LetterKind.TEAM_PICTURE))
    on.press(Action.TEAM_FILE, TeamAsk, _sending(LetterKind.TEAM_FILE))


async def show(press: Press[TeamAsk], here: Here) -> None:
    """Open the view."""
    await open_team(here, press, press.request)


async def turn_page(press: Press[TeamAsk], here: Here) -> None:
    """Show another page."""
    await turn_team(here, press.surface, press.request)


async def choose_level(press: Press[TeamAsk], here: Here) -> None:
    """Show only those whose goal is of a level."""
    await turn_team(here, press.surface, replace(press.request, level=_chosen(press), page=0))


async def choose_role(press: Press[TeamAsk], here: Here) -> None:
    """Show only those whose goal is of a role."""
    await turn_team(here, press.surface, replace(press.request, role=_chosen(press), page=0))


def _chosen(press: Press[TeamAsk]) -> str:
    return "" if press.chosen == ALL else press.chosen


def _sending(kind: LetterKind) -> Callable[[Press[TeamAsk], Here], Awaitable[None]]:
    async def send(press: Press[TeamAsk], here: Here) -> None:
        """Let it be sent, and say so."""
        await here.services.team.send(here.member, press.request, kind)
        told = here.tr(
            "It comes as a direct message in a moment. Each who stands in it sees that you got it."
        )
        await open_modal(here, press, notice_view(Card(told, [section(told)]), here.tr))
        here.later(here.services.effects.soon(here.member.tenant))

    send.__name__ = f"send_{kind.value}"
    return send
