"""What Slack tells of organisations: workspaces that move into one, and where one lets the app in.

An event only says that something has happened; what holds now is asked with our own token.
"""

from datetime import UTC, datetime

from bot.domain.members.effects import EffectKind, Errand
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.bundle import Services
from bot.slack.auth import Workspaces
from bot.slack.context import LaterWork
from bot.slack.press import Told
from bot.slack.routes import Routes
from bot.values import dataclass

log = get_logger()


def register(on: Routes, services: Services, workspaces: Workspaces, later: LaterWork) -> None:
    """Register the events of organisations."""
    news = _News(services, workspaces, later)
    on.news("grid_migration_started", news.started)
    on.news("grid_migration_finished", news.finished)
    on.news("team_access_granted", news.access_changed)
    on.news("team_access_revoked", news.access_changed)


@dataclass(frozen=True, slots=True)
class _News:
    """What is told of organisations."""

    services: Services
    workspaces: Workspaces
    later: LaterWork

    async def started(self, told: Told) -> None:
        """Pause a workspace until Slack tells that it has moved."""
        tenant, moves = _workspace(told), self.services.moves
        if tenant and await moves.begin(tenant, told_at=_moment(told, self.services)):
            await self._begin(Errand(tenant, EffectKind.GRID_MOVE))

    async def finished(self, told: Told) -> None:
        """Exchange the ids of its people now: they may have changed."""
        tenant, moves = _workspace(told), self.services.moves
        if tenant and await moves.finish(tenant, told_at=_moment(told, self.services)):
            self.workspaces.drop(tenant)
            await self._begin(Errand(tenant, EffectKind.GRID_MOVE))

    async def access_changed(self, told: Told) -> None:
        """Ask in which workspaces of an organisation the app may be used now."""
        tenant = Tenant(None, told.enterprise_id) if told.enterprise_id else None
        # Slack may say of this event that it is not org-wide, and name a workspace beside.
        if tenant and await self.workspaces.find(tenant):
            named = " ".join(told.team_ids)
            await self._begin(Errand(tenant, EffectKind.ORGANISATION, request=named))

    async def _begin(self, errand: Errand) -> None:
        """Keep an errand, and begin with it beside the answer."""
        effects = self.services.effects
        effect = await effects.begin(errand)

        async def work() -> None:
            await self.services.relocating.carry_out(effect)

        self.later(effects.carry_out(effect, work))


def _workspace(told: Told) -> Tenant | None:
    """Return the workspace that moves, where it is an installation of ours by itself."""
    tenant = told.tenant
    return tenant if tenant and tenant.team_id and tenant.team_id == told.team_id else None


def _moment(told: Told, services: Services) -> datetime:
    """Return when it was so, by Slack's clock; never later than it is here."""
    now = services.clock.now()
    return min(datetime.fromtimestamp(told.at, UTC), now) if told.at else now
