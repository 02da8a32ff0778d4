"""What Slack tells of a workspace: a profile that changed, the app removed, a token revoked."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.domain.tenancy import Tenant
from bot.services.bundle import Services
from bot.services.ports import Profile
from bot.slack.auth import Workspaces
from bot.slack.context import LaterWork, tenant_of
from bot.slack.profiles import barrier_of, zone_of

Payload = dict[str, Any]

log = structlog.get_logger()


def register(app: AsyncApp, services: Services, workspaces: Workspaces, later: LaterWork) -> None:
    """Register the events of a workspace."""

    async def profile_changed(ack: AsyncAck, event: Payload, context: AsyncBoltContext) -> None:
        """Take over the language and time zone of a member we know."""
        await ack()
        tenant, person = tenant_of(context), event.get("user") or {}
        known = await services.members.known(tenant, person.get("id") or "") if tenant else None
        if tenant and known:
            profile = Profile(
                locale=person.get("locale") or known.locale,
                time_zone=zone_of(person) or known.time_zone,
                barred=barrier_of(person),
            )
            await services.members.profile_changed(tenant, known.slack_id, profile)

    async def removed(ack: AsyncAck, context: AsyncBoltContext) -> None:
        """Delete all that is held of a workspace that removed the app."""
        await ack()
        workspaces.drop(context.team_id)
        tenant = tenant_of(context)
        if tenant:
            later(_forget(tenant), turn=("forget", tenant))

    async def _forget(tenant: Tenant) -> None:
        await services.records.forget_workspace(tenant)

    async def revoked(ack: AsyncAck, event: Payload, context: AsyncBoltContext) -> None:
        """Use a revoked bot token no more.

        What members hold stays: a token is also revoked when it leaked, and the app stays then.
        """
        await ack()
        if (event.get("tokens") or {}).get("bot"):
            workspaces.drop(context.team_id)
            log.warning("token_revoked", team=context.team_id)

    app.event("user_change")(profile_changed)
    app.event("app_uninstalled")(removed)
    app.event("tokens_revoked")(revoked)
