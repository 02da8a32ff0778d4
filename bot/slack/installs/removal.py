"""The end of a workspace: what is held of it is deleted once Slack confirms that we are out."""

from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.errors import SlackApiError

from bot.domain.members.effects import Effect, NotYet
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.bundle import Services
from bot.services.clock import Steady
from bot.slack.auth import Workspaces
from bot.slack.refusals import refusal_code

# Slack says these of a token that was taken back; `invalid_auth` may also be an address that the
# workspace does not allow.
_DEAD = frozenset({"account_inactive", "token_revoked"})
# So long after a jump of the clock nothing is deleted for being old.
_STEADY = timedelta(minutes=10)

log = get_logger()


@dataclass(frozen=True, slots=True)
class Removal:
    """Deletes what is held of workspaces that removed the app, some time after they did."""

    services: Services
    workspaces: Workspaces
    kept_for: timedelta
    steady: Steady

    async def carry_out(self, effect: Effect) -> None:
        """Delete all, unless our token works: then the app is installed.

        Slack may tell of a removal late, once more, and after a new installation.

        Raises:
            NotYet: it is kept for a while, in which a new installation finds everything.
            SlackApiError, OSError, aiohttp.ClientError: Slack does not say if the token works.
            StoreUnavailable: some may be deleted already.
        """
        tenant = effect.errand.tenant
        await self.services.effects.stand_for_older(effect)
        if await self._is_installed(tenant):
            log.warning("removal_not_confirmed", team=tenant.team_id)
            return
        now, until = self.services.clock.now(), effect.since + self.kept_for
        if now < until:
            log.info("workspace_removed", team=tenant.team_id, kept_until=until.isoformat())
            raise NotYet(until)
        if self.kept_for and not self.steady(_STEADY.total_seconds()):
            raise NotYet(now + _STEADY)
        await self.services.records.forget_workspace(tenant)

    async def _is_installed(self, tenant: Tenant) -> bool:
        self.workspaces.drop(tenant)
        try:
            return await self.workspaces.find(tenant) is not None
        except SlackApiError as error:
            if refusal_code(error) in _DEAD:
                return False
            raise
