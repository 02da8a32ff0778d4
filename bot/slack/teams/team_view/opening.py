"""Opens a team's view: every look at it is noted before it is shown."""

from bot.cards.teams.team_view.view import team_view
from bot.domain.teams.requests import TeamAsk
from bot.slack.context import Here
from bot.slack.press import Asked, Surface
from bot.slack.reply.forms import open_modal, turn

NOW = TeamAsk()


async def open_team(here: Here, asked: Asked, part: TeamAsk = NOW) -> None:
    """Open a page of the team of whoever asks.

    Raises:
        NoLongerShared, CannotShare: nothing may be shown to them.
    """
    page, looks = await here.services.team.look(here.member, part)
    view_id = await open_modal(here, asked, team_view(page, here.tr))
    if view_id:
        await here.services.team.shown_in(here.member, looks, view_id)


async def turn_team(here: Here, shown: Surface, part: TeamAsk) -> None:
    """Show another page, or another part, where one stands open."""
    page, looks = await here.services.team.look(here.member, part)
    await here.services.team.shown_in(here.member, looks, shown.id)
    await turn(here, shown, team_view(page, here.tr))
