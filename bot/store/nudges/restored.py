"""After a backup was restored: nothing that was done since is done once more."""

from datetime import datetime
from functools import partial

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.installs.audit import Act, ActKind
from bot.domain.nudges.plan import moved_on
from bot.store.audit.acts import note_acts
from bot.store.models import effect
from bot.store.nudges.models import nudge
from bot.store.nudges.planner import plan_some
from bot.store.teams.confirmations import settle_confirmations
from bot.store.teams.helping.offers import settle_offers
from bot.store.teams.restored import settle_shares
from bot.values import dataclass

_BATCH = 500
_REASON = "restored"


@dataclass(frozen=True, slots=True)
class Restored:
    """How many plans were moved on, nudges cancelled, errands let go of, and shares ended."""

    plans: int
    nudges: int
    errands: int
    shares: int = 0


async def settle(connection: AsyncConnection, now: datetime) -> Restored:
    """Take everything that was due between the backup and `now` for done, in one transaction.

    What the backup holds as planned or under way was sent since, as far as anybody can tell.
    Deletions of workspaces stay to be done. All shares end: some may have been revoked since.
    """
    plans = 0
    while moved := await plan_some(connection, partial(moved_on, now=now), now=now, limit=_BATCH):
        plans += moved
    open_ = nudge.c.state.in_(("planned", "sending", "unknown")) & (nudge.c.due_at <= now)
    cancelled = await connection.execute(
        update(nudge).where(open_).values(state="cancelled", reason=_REASON)
    )
    errands = await connection.execute(delete(effect).where(effect.c.slack_id.is_not(None)))
    shares = await settle_shares(connection, now)
    await settle_confirmations(connection)
    await settle_offers(connection)
    await note_acts(connection, None, Act(ActKind.DATABASE_RESTORED), at=now)
    return Restored(plans, cancelled.rowcount, errands.rowcount, shares)
