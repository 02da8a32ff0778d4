"""The end of a workspace: what is held of it is deleted once Slack confirms that we are out."""

from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError

from bot.domain.installs.installation import InstalledMeanwhile
from bot.domain.members.effects import Effect, NotYet
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.bundle import Services
from bot.services.clock import Steady
from bot.services.installs.directory import NoAnswer
from bot.slack.auth import Workspaces
from bot.slack.installs.putting_off import put_off
from bot.slack.refusals import NOT_SHOWN, refusal_code
from bot.values import dataclass

# Slack says these of a token that was taken back; `invalid_auth` may also be an address that the
# workspace does not allow.
DEAD = frozenset({"account_inactive", "token_revoked"})
# So long after a jump of the clock nothing is deleted for being old.
_STEADY = timedelta(minutes=10)
_ASK_AGAIN = timedelta(hours=1)
_ASKED_WITHIN = timedelta(days=30)

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

        Slack may tell of a removal late, once more, and after a new installation. The tokens go at
        once. What members hold goes some time after the removal was first confirmed.

        Raises:
            NotYet: it is kept for a while, in which a new installation finds everything; or Slack
                does not say if the token works, which cannot be decrypted, or the store does not
                answer, so some may be deleted already.
            SlackApiError, OSError, aiohttp.ClientError, NextrungError: the same, for too long.
        """
        try:
            await self._carry_out(effect)
        except NOT_SHOWN as error:
            if effect.last:
                # Slack tells of a removal once: what was given up would stay for ever.
                most, now = self.kept_for + _ASKED_WITHIN, self.services.clock.now()
                put_off(effect, error, now=now, most=most, again=_ASK_AGAIN)
            raise

    async def _carry_out(self, effect: Effect) -> None:
        tenant, services = effect.errand.tenant, self.services
        await services.effects.stand_for_older(effect)
        try:
            since = await self._removed_since(tenant) or effect.since
        except InstalledMeanwhile:
            log.warning("removal_not_confirmed", team=tenant.team_id)
            await services.installing.take_back()
            return
        now, until = services.clock.now(), since + self.kept_for
        if now < until:
            log.info("workspace_removed", team=tenant.team_id, kept_until=until.isoformat())
            raise NotYet(until)
        if self.kept_for and not self.steady(_STEADY.total_seconds()):
            raise NotYet(now + _STEADY)
        try:
            if await services.relocating.belongs_to(tenant):
                log.info("workspace_kept_for_organisation", team=tenant.team_id)
                return
            parts = await services.relocating.parts_to_forget(tenant)
        except NoAnswer as error:
            raise NotYet(now + _ASK_AGAIN) from error
        for each in (*parts, tenant):
            await services.records.forget_workspace(each)

    async def check_token(self, tenant: Tenant) -> None:
        """Delete the token that is kept of a tenant, where Slack says that it is dead.

        Raises:
            SlackApiError, OSError, aiohttp.ClientError: Slack does not say if the token works.
            NextrungError: the store does not answer, or the token cannot be decrypted.
        """
        token = await self.services.installing.token_of(tenant)
        if token is None:
            return
        try:
            await self.workspaces.confirmed(tenant)
        except SlackApiError as error:
            if refusal_code(error) not in DEAD:
                raise
            code = refusal_code(error)
            await self.services.installing.revoked(tenant, token=token, reason=code)

    async def _removed_since(self, tenant: Tenant) -> datetime | None:
        """Return since when the app is removed, as Slack confirms; None where nothing is held.

        Raises:
            InstalledMeanwhile: a token works, or another one has come.
        """
        installing = self.services.installing
        await installing.take_back()
        token = await installing.token_of(tenant)
        try:
            if await self.workspaces.confirmed(tenant) is not None:
                raise InstalledMeanwhile
        except SlackApiError as error:
            if refusal_code(error) not in DEAD:
                raise
        return await installing.removed(tenant, token=token)
