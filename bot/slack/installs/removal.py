"""The end of a workspace: what is held of it is deleted once Slack confirms that we are out."""

from slack_sdk.errors import SlackApiError

from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.bundle import Services
from bot.slack.auth import Workspaces
from bot.slack.refusals import WhyRefused, why_refused

log = get_logger()


async def forget_removed(tenant: Tenant, services: Services, workspaces: Workspaces) -> None:
    """Delete all that is held of a workspace, unless our token for it works: then it is installed.

    Slack may tell of a removal late, once more, and after a new installation.

    Raises:
        SlackApiError, OSError, aiohttp.ClientError: Slack does not tell whether the token works.
        StoreUnavailable: some may be deleted already.
    """
    workspaces.drop(tenant)
    try:
        found = await workspaces.find(tenant)
    except SlackApiError as error:
        if why_refused(error) is not WhyRefused.TOKEN:
            raise
        found = None
    if found is not None:
        log.warning("removal_not_confirmed", team=tenant.team_id)
        return
    await services.records.forget_workspace(tenant)
