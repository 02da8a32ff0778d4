"""What Slack tells of a workspace: a profile that changed, the app removed, a token revoked."""

from bot.domain.members.effects import EffectKind, Errand
from bot.log import get_logger
from bot.services.bundle import Services
from bot.services.ports import Profile
from bot.slack.auth import Workspaces
from bot.slack.context import LaterWork
from bot.slack.installs.removal import Removal
from bot.slack.members.profiles import barrier_of, zone_of
from bot.slack.press import Told
from bot.slack.routes import Routes

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
        elif tenant and known:
            profile = Profile(
                locale=person.locale or known.locale,
                time_zone=zone_of(person.value) or known.time_zone,
                barred=barrier_of(person.value),
            )
            await services.members.profile_changed(tenant, known.slack_id, profile)

    async def removed(told: Told) -> None:
        """Delete all that is held of a workspace that removed the app, when Slack confirms it."""
        tenant, effects = told.tenant, services.effects
        if tenant:
            workspaces.drop(tenant)
            effect = await effects.begin(Errand(tenant, EffectKind.FORGET_WORKSPACE))

            async def forget() -> None:
                await removal.carry_out(effect)

            if not later(effects.carry_out(effect, forget), turn=("forget", tenant)):
                await effects.drop(effect)

    async def revoked(told: Told) -> None:
        """Use a revoked bot token no more.

        What members hold stays: a token is also revoked when it leaked, and the app stays then.
        """
        if told.tenant and workspaces.may_be(told.tenant, told.revoked_bots):
            workspaces.drop(told.tenant)
            log.warning("token_revoked", team=told.team_id)

    on.news("user_change", profile_changed)
    on.news("app_uninstalled", removed)
    on.news("tokens_revoked", revoked)
