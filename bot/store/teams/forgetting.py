"""Forgets what two people had between them, where one of them is forgotten."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members.effects import EffectKind
from bot.domain.tenancy import Tenant
from bot.store.models import effect, member
from bot.store.teams.ending import close_modals, redraw_homes
from bot.store.teams.letters.kept import take_back_letters, take_back_of_members
from bot.store.teams.letters.looks import letters_of
from bot.store.teams.models import letter, letter_share, share, share_look


async def forget_shares(
    connection: AsyncConnection, tenant: Tenant, ids: Sequence[int], *, at: datetime
) -> int:
    """Take back what was sent to and by members, and delete what they share or see: so many.

    What is to be taken back stays as an errand that names a message and nobody.
    """
    if not ids:
        return 0
    of_them = or_(share.c.member_id.in_(ids), share.c.other_member_id.in_(ids))
    shares = select(share.c.id).where(of_them)
    # Before their letters, as whoever ends a share: see `bot.store.owners`.
    await connection.execute(shares.order_by(share.c.id).with_for_update())
    await take_back_of_members(connection, tenant, ids, at=at)
    showing = letters_of(letter_share.c.share_id.in_(shares))
    await take_back_letters(connection, tenant, showing, at=at)
    await close_modals(connection, tenant, share_look.c.share_id.in_(shares), at=at)
    people = (
        select(each).where(of_them, share.c.state != "ended", each.not_in(ids))
        for each in (share.c.member_id, share.c.other_member_id)
    )
    left = or_(*(member.c.id.in_(each) for each in people))
    await redraw_homes(connection, tenant, left, at=at)
    theirs = or_(letter.c.member_id.in_(ids), letter.c.author_member_id.in_(ids))
    await connection.execute(delete(letter).where(theirs))
    return (await connection.execute(delete(share).where(of_them))).rowcount


async def forget_taking_back(connection: AsyncConnection, key: str) -> None:
    """Take nothing back any more in a tenant that is gone: nobody can."""
    nothing = delete(effect).where(
        effect.c.tenant_key == key, effect.c.kind == EffectKind.TAKE_BACK.value
    )
    await connection.execute(nothing)
