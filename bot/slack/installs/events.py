"""What Slack tells of a workspace: a profile that changed, the app removed, a token revoked."""

from datetime import UTC, datetime

from bot.domain.errors import NextrungError
from bot.domain.members.effects import EffectKind, Errand
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.bundle import Services
from bot.services.ports import Profile
from bot.slack.auth import Workspaces
from bot.slack.context import LaterWork
from bot.slack.installs.removal import Removal
from bot.slack.members.profiles import barrier_of, zone_of
from bot.slack.press import Told
from bot.slack.refusals import CALL_FAILED, reason_of
from bot.slack.routes import Routes
from bot.values import dataclass

# What is told later than this (seconds) may have been overtaken by what came after it.
_LATE = 300

log = get_logger()


def register(
    on: Routes, services: Services, workspaces: Workspaces, removal: Removal, later: LaterWork
) -> None:
    """Register the events of a workspace."""

    async def profile_changed(told: Told) -> None:
        """Take over the language and time zone of a member we know, and whether they left."""
        tenant, person = told.tenant, told.person
        known = await services.members.known(tenant, person.id) if tenant else None
        if tenant and known and int(services.clock.now().timestamp()) - told.at > _LATE:
            await services.members.ask_anew(tenant, known.slack_id)
            await services.share_care.look_at(tenant, known.slack_id)
        elif tenant and known:
            profile = Profile(
                locale=person.locale or known.locale,
                time_zone=zone_of(person.value) or known.time_zone,
                barred=barrier_of(person.value, tenant, services.moves.refused(tenant)),
            )
            services.help_offers.accounts.told(tenant, known.slack_id, profile)
            if await services.members.profile_changed(tenant, known.slack_id, profile):
                services.help_offers.index.drop(tenant)
            if profile.barred is not None:
                await services.two_people.left(tenant, known.slack_id, profile.barred)

    on.news("user_change", profile_changed)
    ends = _Ends(services, workspaces, removal, later)
    on.news("app_uninstalled", ends.removed)
    on.news("tokens_revoked", ends.revoked)


@dataclass(frozen=True, slots=True)
class _Ends:
    """What is told of the end of an app, or of its token. Slack is asked whether it is so."""

    services: Services
    workspaces: Workspaces
    removal: Removal
    later: LaterWork

    async def removed(self, told: Told) -> None:
        """Delete all that is held of a workspace that removed the app, when Slack confirms it."""
        tenant, effects = told.tenant, self.services.effects
        if tenant is None:
            return
        installing = self.services.installing
        if told.at and await installing.is_newer(tenant, datetime.fromtimestamp(told.at, UTC)):
            log.info("removal_before_installation", team=told.team_id)
            return
        self.workspaces.drop(tenant)
        effect = await effects.begin(Errand(tenant, EffectKind.FORGET_WORKSPACE))

        async def forget() -> None:
            await self.removal.carry_out(effect)

        if not self.later(effects.carry_out(effect, forget), turn=("forget", tenant)):
            await effects.drop(effect)
        await self.services.relocating.ask_of(tenant)

    async def revoked(self, told: Told) -> None:
        """Use a revoked bot token no more; where Slack says that it is dead, it goes at once.

        What members hold stays: a token is also revoked when it leaked, and the app stays then.
        """
        tenant, bots = told.tenant, told.revoked_bots
        if tenant is None or not self.workspaces.may_be(tenant, bots):
            return
        if await self.services.installing.may_be(tenant, bots):
            self.workspaces.drop(tenant)
            log.warning("token_revoked", team=told.team_id)
            self.later(self._check_token(tenant), turn=("token", tenant))

    async def _check_token(self, tenant: Tenant) -> None:
        try:
            await self.removal.check_token(tenant)
        except (NextrungError, *CALL_FAILED) as error:
            # It is marked when it is next used.
            log.warning("token_not_checked", team=tenant.team_id, reason=reason_of(error))
