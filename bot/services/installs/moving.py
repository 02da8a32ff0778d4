"""Which workspaces are paused while they move, and in which an organisation refuses the app."""

from datetime import datetime, timedelta

from bot.domain.installs.moves import GridMove, WorkspaceMoving, WorkspaceRefused
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.ports import Clock
from bot.store.database import Database
from bot.store.installs.moves import Standing

# An errand of a member of a paused workspace is looked at again after this.
_AGAIN = timedelta(minutes=1)

log = get_logger()


class Moves:
    """Asks the store when it changes, and now and then; a request costs no query."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._take(Standing())

    async def refresh(self) -> None:
        """Take over what any process knows by now. One small query.

        Raises:
            StoreUnavailable: the store did not answer; what is known stays in use.
        """
        self._take(await self._database.moves.standing())

    def check(self, tenant: Tenant, team_id: str | None) -> None:
        """Return where a request from the workspace `team_id` of this installation is served.

        Raises:
            WorkspaceMoving: the workspace is moving.
            WorkspaceRefused: the organisation has taken the app from it.
        """
        if self._moves and self.pause(Tenant(team_id) if team_id else tenant):
            raise WorkspaceMoving
        if self._refused and team_id and (tenant.enterprise_id, team_id) in self._refused:
            raise WorkspaceRefused

    def pause(self, tenant: Tenant) -> GridMove | None:
        """Return the move that pauses a workspace now, if one does."""
        move = self._moves.get(tenant)
        return move if move and move.pauses(self._clock.now()) else None

    def again_at(self, tenant: Tenant) -> datetime | None:
        """Return when to look again whether work for a workspace may be done; None for now."""
        move = self.pause(tenant)
        return min(move.until, self._clock.now() + _AGAIN) if move else None

    def refused(self, tenant: Tenant) -> frozenset[str]:
        """Return the workspaces that the organisation has taken the app from."""
        theirs = (team for whose, team in self._refused if whose == tenant.enterprise_id)
        return frozenset(theirs) if tenant.enterprise_id else frozenset()

    async def begin(self, tenant: Tenant, *, told_at: datetime) -> bool:
        """Pause a workspace that begins to move; False where that was known, or is long past.

        Raises:
            StoreUnavailable: nothing was kept.
        """
        now = self._clock.now()
        begun = await self._database.moves.begin(tenant, told_at=told_at, now=now)
        if begun:
            log.warning("workspace_moving", team=tenant.team_id)
        await self.refresh()
        return begun

    async def finish(self, tenant: Tenant, *, told_at: datetime) -> bool:
        """Note that a workspace has moved; False where that was known.

        Raises:
            StoreUnavailable: nothing was kept.
        """
        now = self._clock.now()
        finished = await self._database.moves.finish(tenant, told_at=told_at, now=now)
        await self.refresh()
        return finished

    def _take(self, standing: Standing) -> None:
        self._moves = {each.tenant: each for each in standing.moves}
        self._refused = standing.refused
