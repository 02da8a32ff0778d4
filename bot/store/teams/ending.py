"""The end of shares: whatever was sent to the other is taken back, and what stands open redrawn."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members.effects import EffectKind, Errand
from bot.domain.teams.share import BY_OTHER, LookKind, ShareEnd, ShareState
from bot.domain.teams.taken_back import TakenBack
from bot.domain.tenancy import Tenant
from bot.store.effects import keep_errands
from bot.store.models import member
from bot.store.teams.letters.kept import keep_taking_back, take_back_letters
from bot.store.teams.letters.looks import letters_of
from bot.store.teams.manager_marks import drop_drafts
from bot.store.teams.models import letter, letter_share, share, share_look
from bot.store.teams.told import tell_of_members
from bot.values import dataclass

OPEN_FOR = timedelta(days=1)
"""No modal is taken to stand open for longer."""


@dataclass(frozen=True, slots=True)
class Ended:
    """With whom a share was that ended, as a Slack id, and whether they had accepted it."""

    other: str
    accepted: bool


async def end_shares(
    connection: AsyncConnection,
    tenant: Tenant,
    which: ColumnElement[bool],
    why: ShareEnd,
    *,
    at: datetime,
) -> tuple[Ended, ...]:
    """End shares of a tenant that have not ended; return each with whom it was.

    What the other was sent for them is taken back, modals that may stand open are redrawn, and so
    is the Home of both. What shows several shares goes with each of them, whoever ended it. One
    statement where there are none.
    """
    ended = (
        update(share)
        .where(which, share.c.state != ShareState.ENDED.value)
        .values(state=ShareState.ENDED.value, ended_at=at, why_ended=why.value)
        .returning(share.c.id, share.c.member_id, share.c.other_member_id, share.c.accepted_at)
    )
    rows = (await connection.execute(ended)).all()
    if not rows:
        return ()
    ids = [row.id for row in rows]
    theirs = letters_of(letter_share.c.share_id.in_(ids))
    if why not in BY_OTHER:
        others = {row.other_member_id for row in rows}
        theirs |= letter.c.share_id.in_(ids) & letter.c.member_id.in_(others)
    await take_back_letters(connection, tenant, theirs, at=at)
    await drop_drafts(connection, ids)
    await close_modals(connection, tenant, share_look.c.share_id.in_(ids), at=at)
    # What was agreed in it counts no more, and nothing else says so to who has it at hand.
    await tell_of_members(connection, {row.member_id for row in rows})
    people = {each for row in rows for each in (row.member_id, row.other_member_id)}
    names = await redraw_homes(connection, tenant, member.c.id.in_(people), at=at)
    return tuple(
        Ended(names[row.other_member_id], row.accepted_at is not None)
        for row in sorted(rows, key=lambda each: each.id)
    )


async def close_modals(
    connection: AsyncConnection, tenant: Tenant, which: ColumnElement[bool], *, at: datetime
) -> None:
    """Let modals that show something shared, and may stand open, say that it is shared no more."""
    lately = share_look.c.at.between(at - OPEN_FOR, at + OPEN_FOR)
    language = func.coalesce(member.c.language, member.c.locale).label("language")
    query = (
        select(share_look.c.view_id, language, share_look.c.what)
        .distinct()
        .join(share, share.c.id == share_look.c.share_id)
        .join(member, member.c.id == share.c.other_member_id)
        .where(which, share_look.c.view_id.is_not(None), lately)
        .order_by(share_look.c.view_id)
    )
    rows = (await connection.execute(query)).all()
    # One modal may show several shares, and one share stand in several modals.
    listed = [(view, row) for row in rows for view in str(row.view_id).split()]
    views = tuple(dict.fromkeys((view, str(row.language)) for view, row in listed))
    teams = frozenset(view for view, row in listed if row.what == LookKind.TEAM.value)
    await keep_taking_back(connection, tenant, TakenBack(views=views, teams=teams), at=at)


async def redraw_homes(
    connection: AsyncConnection, tenant: Tenant, which: ColumnElement[bool], *, at: datetime
) -> Mapping[int, str]:
    """Let the Home of members be published anew; return their Slack ids by their own."""
    rows = (await connection.execute(select(member.c.id, member.c.slack_id).where(which))).all()
    homes = [Errand(tenant, EffectKind.HOME, row.slack_id) for row in rows]
    await keep_errands(connection, homes, now=at)
    return {row.id: row.slack_id for row in rows}
