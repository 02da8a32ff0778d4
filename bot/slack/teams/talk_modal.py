"""The modal of two people, opened and brought up to date wherever something was changed."""

from bot.cards.teams.talk_links import Of, decode_of
from bot.cards.teams.talks_view import talks_view
from bot.domain.teams.agreed import Side
from bot.domain.teams.share import LookKind
from bot.domain.teams.talk_page import TalkPage
from bot.log import get_logger
from bot.slack.context import Here
from bot.slack.press import Asked, Form, Press
from bot.slack.refusals import NOT_SHOWN, reason_of
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.opened_from import below_of

log = get_logger()
_share = decode_of(Of.SHARE)


async def open_talks(press: Press[int], here: Here) -> None:
    """Open all that the member has with the other of a share.

    Its forms need room above it: Slack stacks three modals. So it takes the place of a second one.
    """
    page = await here.services.talking.page(here.member, press.request)
    view = talks_view(page, here.tr)
    if press.is_in_modal and press.surface.below:
        await turn(here, press.surface, view)
    elif page.side is Side.OWNER:
        await open_modal(here, press, view)
    else:
        # So that it is closed to them once it is shared no more.
        shared = here.services.shared_goals
        look_id = await shared.opened(here.member, page.share.id, LookKind.TALKS)
        if view_id := await open_modal(here, press, view):
            await shared.shown_in(here.member, look_id, view_id)


async def show_page(press: Asked, here: Here, share_id: int) -> None:
    """Show what a press changed: in the modal where it was made, and on Home."""
    refresh_home(here)
    if press.is_in_modal:
        page = await here.services.talking.page(here.member, share_id)
        await turn(here, press.surface, talks_view(page, here.tr))


def show_below(form: Form[int], here: Here, share_id: int) -> None:
    """Show what a form changed, beside the answer: in the modal below it, and on Home."""
    refresh_home(here)
    if form.view.below and below_of(form.view.metadata):
        here.later(_redraw(here, form.view.below, share_id))


async def _redraw(here: Here, view_id: str, share_id: int) -> None:
    try:
        page: TalkPage = await here.services.talking.page(here.member, share_id)
        await here.client.views_update(view_id=view_id, view={**talks_view(page, here.tr)})
    except NOT_SHOWN as error:
        log.info("modal_not_redrawn", team=here.member.tenant.team_id, reason=reason_of(error))
