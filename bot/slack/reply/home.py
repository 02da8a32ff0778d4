"""The App Home: published anew when a member opens it, and after every change of theirs."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from bot.cards.choosers import renewed
from bot.cards.growth.home.view import home_view
from bot.domain.answers import Receipt
from bot.domain.named_in import settled
from bot.domain.tenancy import Member
from bot.log import get_logger
from bot.slack.context import Here
from bot.slack.refusals import NOT_SHOWN, reason_of

log = get_logger()


def refresh_home(here: Here, receipt: Receipt | None = None) -> None:
    """Bring the member's Home up to date beside the answer; call it once the change is made.

    Homes of one member are published one after another, so that the last change is the one shown.
    `receipt` is what a press on Home has just done.
    """
    turn = ("home", here.member.tenant, here.member.slack_id)
    here.later(publish_home(here, receipt=receipt), turn=turn)


async def publish_home(
    here: Here, *, choosing: str | None = None, receipt: Receipt | None = None
) -> None:
    """Publish the member's Home as everything stands now; where that fails, it is logged.

    `choosing` is the key of a role that was chosen while its level has yet to be.
    """
    try:
        await draw_home(here, choosing=choosing, receipt=receipt)
    except NOT_SHOWN as error:
        team = here.member.tenant.team_id
        log.warning("home_not_published", team=team, reason=reason_of(error))


async def draw_home(
    here: Here, *, choosing: str | None = None, receipt: Receipt | None = None
) -> None:
    """Do the same, and say where it fails.

    Raises:
        NextrungError, SlackApiError, OSError, aiohttp.ClientError: Home shows what it showed.
    """
    view = await _home(here, choosing, receipt)
    view["blocks"] = renewed(view["blocks"], uuid4().hex)
    await here.client.views_publish(user_id=here.member.slack_id, view=view)


async def _home(here: Here, choosing: str | None, receipt: Receipt | None) -> dict[str, Any]:
    member, services = await _as_known_now(here), here.services
    shelf = await services.catalogues.of(member.catalogue_key)
    member = settled(member, shelf.catalogue)
    page = await services.home_pages.of(member, shelf)
    panel = await services.own_catalogue.panel(member)
    if panel is not None:
        panel = replace(panel, upload=await services.uploads.current(member))
    page = replace(page, panel=panel, frameworks=await services.frameworks.seen(member))
    tr = services.translators.for_locale(member.spoken)
    return {**home_view(page, tr, choosing=choosing, receipt=receipt)}


async def _as_known_now(here: Here) -> Member:
    """Return the member after the change; one who was forgotten is not introduced again."""
    then = here.member
    return await here.services.members.known(then.tenant, then.slack_id) or then.newcomer
