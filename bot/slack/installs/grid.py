"""What Slack tells of organisations: workspaces that move into one, and where one lets the app in.

An event only says that something has happened; what holds now is asked with our own token.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from bot.domain.members.effects import EffectKind, Errand
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.bundle import Services
from bot.slack.auth import Workspaces
from bot.slack.context import LaterWork
from bot.slack.press import Told
from bot.slack.routes import Routes

log = get_logger()


def register(on: Routes, services: Services, workspaces: Workspaces, later: LaterWork) -> None:
    """Register the events of organisations."""

    async def begin(errand: Errand) -> None:
        """Keep an errand, and begin with it beside the answer."""
        effect = await services.effects.begin(errand)

        async def work() -> None:
            await services.relocating.carry_out(effect)

        later(services.effects.carry_out(effect, work))

    async def started(told: Told) -> None:
        """Pause a workspace until Slack tells that it has moved."""
        tenant = _workspace(told)
        if tenant and await services.moves.begin(tenant, told_at=_moment(told, services)):
            await begin(Errand(tenant, EffectKind.GRID_MOVE))

    async def finished(told: Told) -> None:
        """Exchange the ids of its people now: they may have changed."""
        tenant = _workspace(told)
        if tenant and await services.moves.finish(tenant, told_at=_moment(told, services)):
            workspaces.drop(tenant)
            await begin(Errand(tenant, EffectKind.GRID_MOVE))

    async def access_changed(told: Told) -> None:
        """Ask in which workspaces of an organisation the app may be used now."""
        tenant = Tenant(None, told.enterprise_id) if told.enterprise_id else None
        # Slack may say of this event that it is not org-wide, and name a workspace beside.
        if tenant and await workspaces.find(tenant):
            named = " ".join(told.team_ids)
            await begin(Errand(tenant, EffectKind.ORGANISATION, request=named))

    events: dict[str, Callable[[Told], Awaitable[None]]] = {
        "grid_migration_started": started,
        "grid_migration_finished": finished,
        "team_access_granted": access_changed,
        "team_access_revoked": access_changed,
    }
    for name, listener in events.items():
        on.news(name, listener)


def _workspace(told: Told) -> Tenant | None:
    """Return the workspace that moves, where it is an installation of ours by itself."""
    tenant = told.tenant
    return tenant if tenant and tenant.team_id and tenant.team_id == told.team_id else None


def _moment(told: Told, services: Services) -> datetime:
    """Return when it was so, by Slack's clock; never later than it is here."""
    now = services.clock.now()
    return min(datetime.fromtimestamp(told.at, UTC), now) if told.at else now
