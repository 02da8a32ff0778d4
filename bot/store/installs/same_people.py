"""Joins what two parts of a workspace hold of the same people: histories become one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.growth.models import assessment, evidence, goal
from bot.store.models import member
from bot.store.nudges.models import nudge, nudge_later, nudge_plan

_CELL = ("role_key", "level_key", "skill_key")


@dataclass(frozen=True, slots=True)
class People:
    """How many were in both parts, how many `goals` ended for it, how many `nudges` are gone."""

    people: int = 0
    goals: int = 0
    nudges: int = 0


async def join_people(
    connection: AsyncConnection, *, gone: int, stays: int, at: datetime
) -> People:
    """Give what the workspace `gone` holds of people to the same people of the workspace `stays`.

    Who is only in `gone` is left there. Rows keep their ids, which are in the order they came.
    """
    theirs, ours = member.alias("theirs"), member.alias("ours")
    both = select(theirs, ours).where(
        theirs.c.workspace_id == gone,
        ours.c.workspace_id == stays,
        theirs.c.slack_id == ours.c.slack_id,
    )
    columns = [
        side.c[each.name].label(f"{side.name}_{each.name}")
        for side in (theirs, ours)
        for each in member.c
    ]
    found = (await connection.execute(both.with_only_columns(*columns))).all()
    if not found:
        return People()
    goals = nudges = 0
    for row in found:
        goals += await _join_goals(connection, row.theirs_id, row.ours_id, at)
        nudges += await _join_nudges(connection, row, stays)
        await _join_evidence(connection, row.theirs_id, row.ours_id)
        marks = update(assessment).where(assessment.c.member_id == row.theirs_id)
        await connection.execute(marks.values(member_id=row.ours_id))
        kept = update(member).where(member.c.id == row.ours_id)
        await connection.execute(kept.values(**_facts(row), changed_at=at))
        await connection.execute(delete(member).where(member.c.id == row.theirs_id))
    return People(len(found), goals, nudges)


def _facts(row: Row[Any]) -> dict[str, Any]:
    """Return a person's row: each fact as the newer one has it, or the only one."""
    newer, older = "ours", "theirs"
    if row.theirs_changed_at > row.ours_changed_at:
        newer, older = older, newer
    facts = {name: getattr(row, f"{newer}_{name}") for name in ("locale", "time_zone")}
    # A role and a level are one fact.
    side = newer if getattr(row, f"{newer}_role_key") else older
    facts |= {name: getattr(row, f"{side}_{name}") for name in ("role_key", "level_key")}
    facts["language"] = getattr(row, f"{newer}_language") or getattr(row, f"{older}_language")
    facts["growth_version"] = 1 + max(row.theirs_growth_version, row.ours_growth_version)
    return facts


async def _join_goals(connection: AsyncConnection, theirs: int, ours: int, at: datetime) -> int:
    """Let the newest goal be the active one; return how many ended for it."""
    active = select(goal.c.id).where(goal.c.member_id.in_((theirs, ours)), goal.c.state == "active")
    ids = (await connection.scalars(active.order_by(goal.c.set_at, goal.c.id))).all()
    for id_ in ids[:-1]:
        older = update(goal).where(goal.c.id == id_)
        await connection.execute(older.values(state="dropped", ended_at=at))
    moved = update(goal).where(goal.c.member_id == theirs)
    await connection.execute(moved.values(member_id=ours))
    return max(0, len(ids) - 1)


async def _join_evidence(connection: AsyncConnection, theirs: int, ours: int) -> None:
    tokens = select(evidence.c.token).where(evidence.c.member_id == ours)
    same = update(evidence).where(evidence.c.member_id == theirs, evidence.c.token.in_(tokens))
    await connection.execute(same.values(token=evidence.c.token + "-joined"))
    moved = update(evidence).where(evidence.c.member_id == theirs)
    await connection.execute(moved.values(member_id=ours))


async def _join_nudges(connection: AsyncConnection, row: Row[Any], stays: int) -> int:
    """Keep the newer plan, and one nudge a slot; return how many of the same slot are gone."""
    theirs, ours = row.theirs_id, row.ours_id
    older = ours if row.theirs_changed_at > row.ours_changed_at else theirs
    plans = select(nudge_plan.c.member_id).where(nudge_plan.c.member_id.in_((theirs, ours)))
    if len((await connection.scalars(plans)).all()) == 2:
        await connection.execute(delete(nudge_plan).where(nudge_plan.c.member_id == older))
        # Planned by the plan that is gone; the one that stays plans its own.
        waiting = update(nudge).where(nudge.c.member_id == older, nudge.c.state == "planned")
        await connection.execute(waiting.values(state="cancelled", reason="collapsed"))
    moved = update(nudge_plan).where(nudge_plan.c.member_id == theirs)
    await connection.execute(moved.values(member_id=ours, workspace_id=stays))
    await _join_put_off(connection, theirs, ours)
    other = nudge.alias()
    same = [other.c[name] == nudge.c[name] for name in ("kind", "slot_day")]
    twin = select(other.c.id).where(other.c.member_id == ours, *same)
    double = delete(nudge).where(nudge.c.member_id == theirs, twin.exists())
    count = (await connection.execute(double)).rowcount
    rest = update(nudge).where(nudge.c.member_id == theirs)
    await connection.execute(rest.values(member_id=ours, workspace_id=stays))
    return count


async def _join_put_off(connection: AsyncConnection, theirs: int, ours: int) -> None:
    """Let what was put off come back at the later of two moments."""
    other = nudge_later.alias()
    for mine, its in ((theirs, ours), (ours, theirs)):
        later = select(other.c.member_id).where(
            other.c.member_id == its,
            *(other.c[name] == nudge_later.c[name] for name in _CELL),
            other.c.until >= nudge_later.c.until,
        )
        gone = delete(nudge_later).where(nudge_later.c.member_id == mine, later.exists())
        await connection.execute(gone)
    moved = update(nudge_later).where(nudge_later.c.member_id == theirs)
    await connection.execute(moved.values(member_id=ours))
