"""Joins what two rows of the same person offer, and whom they were brought together with."""

from sqlalchemy import CTE, ColumnElement, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.growth.models import skill_offer
from bot.store.teams.helping.offer_models import helper, skill_pair


async def join_offers(connection: AsyncConnection, pair: CTE) -> None:
    """Let offers, wishes and pairs belong to the row that stays; of two alike one is left.

    `pair` has the rows of the same people: `gone`, and which one `stays`.
    """
    ours = skill_offer.alias("ours")
    twin = select(ours.c.id).where(
        skill_offer.c.member_id == pair.c.gone,
        ours.c.member_id == pair.c.stays,
        *(ours.c[name] == skill_offer.c[name] for name in ("side", "skill_key")),
    )
    await connection.execute(delete(skill_offer).where(twin.exists()))
    moved = update(skill_offer).where(skill_offer.c.member_id == pair.c.gone)
    await connection.execute(moved.values(member_id=pair.c.stays))
    await _join_accounts(connection, pair)
    await _join_pairs(connection, pair)


async def _join_accounts(connection: AsyncConnection, pair: CTE) -> None:
    """Keep what Slack said last, and when they were last asked about somebody."""
    theirs = helper.alias("theirs")
    newer = theirs.c.checked_at > helper.c.checked_at
    both = update(helper).where(
        helper.c.member_id == pair.c.stays, theirs.c.member_id == pair.c.gone
    )
    await connection.execute(
        both.values(
            barred=case((newer, theirs.c.barred), else_=helper.c.barred),
            checked_at=case((newer, theirs.c.checked_at), else_=helper.c.checked_at),
            asked_at=_later(theirs.c.asked_at, helper.c.asked_at),
        )
    )
    ours = helper.alias("ours")
    known = select(ours.c.member_id).where(ours.c.member_id == pair.c.stays)
    only_there = update(helper).where(helper.c.member_id == pair.c.gone, ~known.exists())
    await connection.execute(only_there.values(member_id=pair.c.stays))


def _later(theirs: ColumnElement[object], ours: ColumnElement[object]) -> ColumnElement[object]:
    return case((or_(ours.is_(None), theirs > ours), func.coalesce(theirs, ours)), else_=ours)


async def _join_pairs(connection: AsyncConnection, pair: CTE) -> None:
    """Keep the older of two pairs of the same people, and none of somebody with themself."""
    for mine, other in (("helper_id", "learner_id"), ("learner_id", "helper_id")):
        ours = skill_pair.alias("ours")
        known = select(ours.c.id).where(
            skill_pair.c[mine] == pair.c.gone,
            ours.c[mine] == pair.c.stays,
            ours.c[other] == skill_pair.c[other],
            ours.c.skill_key == skill_pair.c.skill_key,
        )
        await connection.execute(delete(skill_pair).where(known.exists()))
        moved = update(skill_pair).where(skill_pair.c[mine] == pair.c.gone)
        await connection.execute(moved.values({mine: pair.c.stays}))
    alone = skill_pair.c.helper_id == skill_pair.c.learner_id
    await connection.execute(delete(skill_pair).where(alone))
