"""Joins what two rows hold of the same person: histories become one. Many people at a time.

A batch is a number of statements, however many people it has. Rows keep their ids, which are in
the order they came, so of two marks the newer stays the newer.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    Table,
    and_,
    case,
    cast,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.dialect import listed
from bot.store.growth.models import assessment, dated_action, evidence, goal
from bot.store.installs.same_offers import join_offers
from bot.store.models import RowId, member
from bot.store.nudges.models import nudge, nudge_later, nudge_plan
from bot.store.teams.confirmations import join_confirmations
from bot.store.teams.helping.told import tell_of_offers
from bot.store.teams.joining import join_shares
from bot.store.types import Key
from bot.values import dataclass

_CELL = ("role_key", "level_key", "skill_key")


@dataclass(frozen=True, slots=True)
class People:
    """How many were moved, how many of them were in both parts (`people`).

    Of theirs, `goals` ended because a newer one is active, and `nudges` are gone: another one of
    the same slot stays.
    """

    moved: int = 0
    people: int = 0
    goals: int = 0
    nudges: int = 0

    def __add__(self, other: "People") -> "People":
        return People(
            self.moved + other.moved,
            self.people + other.people,
            self.goals + other.goals,
            self.nudges + other.nudges,
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows of one person: `gone` is joined into `stays`."""

    gone: int
    stays: int


async def move_people(
    connection: AsyncConnection, *, gone: int, stays: int, at: datetime, most: int
) -> People:
    """Give what the workspace `gone` holds of people to the workspace `stays`.

    It takes at most so many people; none were moved where nobody is left.
    """
    theirs = member.alias("theirs")
    some = select(theirs.c.id, theirs.c.slack_id).where(theirs.c.workspace_id == gone)
    some = some.order_by(theirs.c.id).limit(most).with_for_update()
    found = (await connection.execute(some)).all()
    if not found:
        return People()
    known = select(member.c.slack_id, member.c.id).where(
        member.c.workspace_id == stays, member.c.slack_id.in_([row.slack_id for row in found])
    )
    rows = (await connection.execute(known.with_for_update())).all()
    ours = {row.slack_id: row.id for row in rows}
    pairs = [Pair(row.id, ours[row.slack_id]) for row in found if row.slack_id in ours]
    only_there = [row.id for row in found if row.slack_id not in ours]
    joined = await join_pairs(connection, pairs, stays=stays, at=at)
    for workspace_id in (gone, stays):
        await tell_of_offers(connection, workspace_id)
    for table, whose in (
        (member, member.c.id),
        (nudge, nudge.c.member_id),
        (nudge_plan, nudge_plan.c.member_id),
    ):
        if only_there:
            moved = update(table).where(whose.in_(only_there)).values(workspace_id=stays)
            await connection.execute(moved)
    return joined + People(moved=len(found))


async def join_pairs(
    connection: AsyncConnection, pairs: Sequence[Pair], *, stays: int, at: datetime
) -> People:
    """Join rows of the same people within or into the workspace `stays`; no row is in two pairs.

    Of what both know the newer row's holds, and what only one knows.
    """
    if not pairs:
        return People()
    rows = [(each.gone, each.stays) for each in pairs]
    pair = listed(connection, "pair", rows, gone=RowId, stays=RowId)
    goals = await _join_goals(connection, pair, at)
    await join_shares(connection, pair, stays=stays, at=at)
    await join_confirmations(connection, pair)
    nudges = await _join_nudges(connection, pair, stays)
    await _join_tokens(connection, evidence, pair)
    await _give(connection, assessment, pair)
    await join_offers(connection, pair)
    await _join_tokens(connection, dated_action, pair)
    await _join_facts(connection, pair)
    await connection.execute(delete(member).where(member.c.id.in_(select(pair.c.gone))))
    return People(people=len(pairs), goals=goals, nudges=nudges)


async def _give(connection: AsyncConnection, table: Table, pair: CTE, **more: Any) -> None:
    """Let rows of `table` belong to the row that stays."""
    moved = update(table).where(table.c.member_id == pair.c.gone)
    await connection.execute(moved.values(member_id=pair.c.stays, **more))


async def _join_facts(connection: AsyncConnection, pair: CTE) -> None:
    theirs, ours = member.alias("theirs"), member
    newer = theirs.c.changed_at > ours.c.changed_at

    def of(newest: ColumnElement[bool], *names: str) -> dict[str, ColumnElement[Any]]:
        return {name: case((newest, theirs.c[name]), else_=ours.c[name]) for name in names}

    def told(fact: str, at: str) -> ColumnElement[bool]:
        """Return whether theirs is the newer word on it, or the only one."""
        theirs_at = func.coalesce(theirs.c[at], theirs.c.changed_at)
        newest = theirs_at > func.coalesce(ours.c[at], ours.c.changed_at)
        return and_(theirs.c[fact].is_not(None), or_(ours.c[fact].is_(None), newest))

    version = case(
        (theirs.c.growth_version > ours.c.growth_version, theirs.c.growth_version),
        else_=ours.c.growth_version,
    )
    kept = (
        update(ours)
        .where(ours.c.id == pair.c.stays, theirs.c.id == pair.c.gone)
        .values(
            # When they were changed, not when they were joined: a third part may be newer.
            **of(newer, "locale", "time_zone", "changed_at"),
            # A role and a level are one fact.
            **of(told("role_key", "role_at"), "role_key", "level_key", "role_at"),
            **of(told("language", "language_at"), "language", "language_at"),
            growth_version=version + 1,
        )
    )
    await connection.execute(kept)


async def _join_goals(connection: AsyncConnection, pair: CTE, at: datetime) -> int:
    """Let the newest goal be the active one; return how many ended for it."""
    theirs, ours = goal.alias("theirs"), goal.alias("ours")
    newer = or_(
        theirs.c.set_at > ours.c.set_at,
        and_(theirs.c.set_at == ours.c.set_at, theirs.c.id > ours.c.id),
    )
    older = select(case((newer, ours.c.id), else_=theirs.c.id)).where(
        theirs.c.member_id == pair.c.gone,
        ours.c.member_id == pair.c.stays,
        theirs.c.state == "active",
        ours.c.state == "active",
    )
    ended = update(goal).where(goal.c.id.in_(older)).values(state="dropped", ended_at=at)
    # Counted by what comes back: Python's driver counts nothing that begins with WITH.
    dropped = (await connection.scalars(ended.returning(goal.c.id))).all()
    await _give(connection, goal, pair)
    return len(dropped)


async def _join_tokens(connection: AsyncConnection, table: Table, pair: CTE) -> None:
    """Move what was kept by the token of a form; of two with the same token both stay."""
    ours = table.alias("ours")
    twin = select(ours.c.id).where(
        ours.c.member_id == pair.c.stays,
        table.c.member_id == pair.c.gone,
        ours.c.token == table.c.token,
    )
    apart = table.c.token + "-joined-" + cast(table.c.id, Key)
    await connection.execute(update(table).where(twin.exists()).values(token=apart))
    await _give(connection, table, pair)


async def _join_nudges(connection: AsyncConnection, pair: CTE, stays: int) -> int:
    """Keep the newer plan, and one nudge a slot; return how many of the same slot are gone."""
    older = _older_plans(pair)
    # Planned by the plan that is gone; the one that stays plans its own.
    waiting = update(nudge).where(nudge.c.member_id.in_(older), nudge.c.state == "planned")
    await connection.execute(waiting.values(state="cancelled", reason="collapsed"))
    await connection.execute(delete(nudge_plan).where(nudge_plan.c.member_id.in_(older)))
    await _give(connection, nudge_plan, pair, workspace_id=stays)
    await _join_put_off(connection, pair)
    ours, theirs = nudge.alias("ours"), nudge.alias("theirs")
    same = [ours.c[name] == theirs.c[name] for name in ("kind", "slot_day")]
    lesser = case((_worth(theirs) > _worth(ours), ours.c.id), else_=theirs.c.id)
    double = select(lesser).where(
        theirs.c.member_id == pair.c.gone, ours.c.member_id == pair.c.stays, *same
    )
    twins = delete(nudge).where(nudge.c.id.in_(double)).returning(nudge.c.id)
    gone = (await connection.scalars(twins)).all()
    await _give(connection, nudge, pair, workspace_id=stays)
    return len(gone)


def _worth(table: FromClause) -> ColumnElement[int]:
    """Rank nudges of the same slot: what was sent counts most, then what still waits."""
    sent = table.c.state.in_(("sending", "sent", "unknown"))
    return case((sent, 3), (table.c.state == "planned", 2), else_=1)


def _older_plans(pair: CTE) -> Select[Any]:
    """Return whose plan goes, where both rows of a person have one."""
    theirs, ours = member.alias("theirs"), member.alias("ours")
    first, second = nudge_plan.alias("first"), nudge_plan.alias("second")
    older = case((theirs.c.changed_at > ours.c.changed_at, ours.c.id), else_=theirs.c.id)
    return select(older).where(
        theirs.c.id == pair.c.gone,
        ours.c.id == pair.c.stays,
        first.c.member_id == pair.c.gone,
        second.c.member_id == pair.c.stays,
    )


async def _join_put_off(connection: AsyncConnection, pair: CTE) -> None:
    """Let what was put off come back at the later of two moments."""
    for mine, its in ((pair.c.gone, pair.c.stays), (pair.c.stays, pair.c.gone)):
        other = nudge_later.alias("other")
        later = select(other.c.member_id).where(
            nudge_later.c.member_id == mine,
            other.c.member_id == its,
            *(other.c[name] == nudge_later.c[name] for name in _CELL),
            other.c.until >= nudge_later.c.until,
        )
        await connection.execute(delete(nudge_later).where(later.exists()))
    await _give(connection, nudge_later, pair)
