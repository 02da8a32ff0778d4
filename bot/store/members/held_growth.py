"""Reads everything that a member holds, in one statement."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.goal import Goal, GoalState
from bot.domain.growth.holdings import NO_GROWTH, Growth, growth_of
from bot.domain.growth.planned.action import ActionState, DatedAction
from bot.domain.lookup.skill_offer import HelpSide, SkillOffer
from bot.store.growth.actions import action_of
from bot.store.growth.models import (
    assessment,
    dated_action,
    evidence,
    evidence_support,
    goal,
    skill_offer,
)
from bot.store.models import member
from bot.store.owners import OWNER, THE_OWNER, Owners
from bot.store.teams.agreed import agreed_of, agreements_in
from bot.store.together import Rows, Together

Members = Select[Any] | BindParameter[Any]
"""What says whose rows are meant: ids of members."""


class GrowthReader:
    """Reads one tenant's members' growth."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def of(self, slack_id: str) -> Growth:
        """Return what the member holds; nothing where the member is unknown."""
        rows = await _of_one().read(self._connection, self._owners.named(slack_id))
        return next(iter(growths_in(rows).values()), NO_GROWTH)

    async def history_of(self, slack_id: str) -> tuple[Assessment, ...]:
        """Return every mark the member ever made, oldest first."""
        query = (
            select(assessment)
            .join(member, member.c.id == assessment.c.member_id)
            .where(self._owners.is_owner(slack_id))
            .order_by(assessment.c.id)
        )
        return tuple(map(_mark, (await self._connection.execute(query)).all()))

    async def goals_of(self, slack_id: str) -> tuple[Goal, ...]:
        """Return every goal the member ever set, oldest first."""
        query = (
            select(goal)
            .join(member, member.c.id == goal.c.member_id)
            .where(self._owners.is_owner(slack_id))
            .order_by(goal.c.id)
        )
        return tuple(map(_goal, (await self._connection.execute(query)).all()))


@cache
def _of_one() -> Together:
    owner = select(OWNER.c.id, OWNER.c.growth_version)
    return Together({"owners": owner, **growth_queries(THE_OWNER)})


def growth_queries(members: Members) -> Mapping[str, Select[Any]]:
    """Return what `growths_in` needs, but for "owners": each one's `id` and `growth_version`."""
    supports = (
        select(evidence_support)
        .join(evidence, evidence.c.id == evidence_support.c.evidence_id)
        .where(evidence.c.member_id.in_(members))
    )
    goals = select(goal).where(
        goal.c.member_id.in_(members), goal.c.state != GoalState.DROPPED.value
    )
    return {
        "goals": goals,
        "marks": select(assessment).where(assessment.c.member_id.in_(members)),
        "evidence": select(evidence).where(evidence.c.member_id.in_(members)),
        "supports": supports,
        "agreed": agreed_of(members),
        "actions": select(dated_action).where(
            dated_action.c.member_id.in_(members), dated_action.c.state == ActionState.OPEN.value
        ),
        "offers": select(skill_offer).where(skill_offer.c.member_id.in_(members)),
    }


def growths_in(rows: Mapping[str, Rows]) -> Mapping[int, Growth]:
    """Return what each owner holds, by the member's id."""
    histories: dict[int, list[Assessment]] = defaultdict(list)
    for row in sorted(rows["marks"], key=_id):
        histories[row.member_id].append(_mark(row))
    pieces = _evidence(rows)
    agreed = agreements_in(rows["agreed"])
    actions: dict[int, list[DatedAction]] = defaultdict(list)
    for row in rows["actions"]:
        actions[row.member_id].append(action_of(row))
    goals = {row.member_id: _goal(row) for row in sorted(rows["goals"], key=_id)}
    offers: dict[int, list[SkillOffer]] = defaultdict(list)
    for row in sorted(rows["offers"], key=_id):
        offers[row.member_id].append(SkillOffer(row.skill_key, HelpSide(row.side), row.at))
    return {
        row.id: growth_of(
            histories[row.id],
            tuple(pieces[row.id]),
            goals.get(row.id),
            row.growth_version,
            actions[row.id],
            agreed[row.id],
            tuple(offers[row.id]),
        )
        for row in rows["owners"]
    }


def goals_in(rows: Mapping[str, Rows]) -> tuple[Goal, ...]:
    """Return the goals that were not dropped, newest first: of the one owner that was asked for."""
    return tuple(_goal(row) for row in sorted(rows["goals"], key=_id, reverse=True))


def _evidence(rows: Mapping[str, Rows]) -> Mapping[int, list[Evidence]]:
    """Return each member's evidence, newest first."""
    supports: dict[int, list[CellKey]] = defaultdict(list)
    for row in rows["supports"]:
        supports[row.evidence_id].append(CellKey(row.role_key, row.level_key, row.skill_key))
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in sorted(rows["evidence"], key=_id, reverse=True):
        kind, cells = EvidenceKind(row.kind), frozenset(supports[row.id])
        found[row.member_id].append(Evidence(row.id, kind, row.note, row.url, row.added_at, cells))
    return found


def _id(row: Any) -> int:
    found: int = row.id
    return found


def _mark(row: Row[Any]) -> Assessment:
    return Assessment(
        CellKey(row.role_key, row.level_key, row.skill_key),
        Status(row.status),
        row.at,
        row.proficiency_key,
        row.note,
        row.revision_id,
        bool(row.withdraws),
    )


def _goal(row: Row[Any]) -> Goal:
    return Goal(
        id=row.id,
        role=row.role_key,
        level=row.level_key,
        revision_id=row.revision_id,
        set_at=row.set_at,
        state=GoalState(row.state),
        origin_role=row.origin_role_key,
        origin_level=row.origin_level_key,
        ended_at=row.ended_at,
        recounted_at=row.recounted_at,
        recount_told_at=row.recount_told_at,
        kept_revision_id=row.kept_revision_id,
        news_revision_id=row.news_revision_id,
        news_at=row.news_at,
        by=row.by_day,
    )
