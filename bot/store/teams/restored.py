"""After a backup was restored: nobody can tell which shares were ended since, so all are."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.teams.letter import LetterState
from bot.domain.teams.share import ShareEnd, ShareState
from bot.domain.tenancy import Tenant
from bot.store.models import member, workspace
from bot.store.teams.ending import end_shares
from bot.store.teams.models import letter, share

_REASON = "restored"


async def settle_shares(connection: AsyncConnection, now: datetime) -> int:
    """End every share, and send no letter that the backup holds as unsent; return how many ended.

    Showing nothing for a while is mended by sharing again; what was shown wrongly is not.
    """
    waiting = (LetterState.PLANNED.value, LetterState.SENDING.value)
    unsent = update(letter).where(letter.c.state.in_(waiting))
    await connection.execute(unsent.values(state=LetterState.WITHHELD.value, reason=_REASON))
    theirs = (
        select(workspace.c.id, workspace.c.team_id, workspace.c.enterprise_id)
        .join(member, member.c.workspace_id == workspace.c.id)
        .join(share, share.c.member_id == member.c.id)
        .where(share.c.state != ShareState.ENDED.value)
        .distinct()
    )
    ended = 0
    for row in (await connection.execute(theirs)).all():
        ids = select(member.c.id).where(member.c.workspace_id == row.id)
        tenant = Tenant(row.team_id, row.enterprise_id)
        which = share.c.member_id.in_(ids)
        ended += len(await end_shares(connection, tenant, which, ShareEnd.LAPSED, at=now))
    return ended
