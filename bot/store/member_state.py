"""Everything that a change of a member may have to know, read in one statement."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.growth.goal import Goal
from bot.domain.growth.holdings import NO_GROWTH, Growth
from bot.domain.home_page import TALKS
from bot.domain.nudges.cadence import NudgePolicy
from bot.domain.nudges.decision import PlanStatus
from bot.domain.teams.home import NOTHING_SHARED, SharingSeen
from bot.domain.teams.talk_page import HomeTalk
from bot.domain.tenancy import Member, Tenant
from bot.store.members.held_growth import goals_in, growth_queries, growths_in
from bot.store.models import catalogue, workspace, workspace_owner
from bot.store.nudges.answers import NudgeInHand, nudge_in, nudge_queries
from bot.store.nudges.models import nudge_later, nudge_plan
from bot.store.nudges.past import cell_in, recent_since
from bot.store.nudges.plans import POLICY_COLUMNS, STATUS_COLUMNS, policy_of, status_of
from bot.store.owners import KEPT, OWNER, THE_OWNER, Owners
from bot.store.teams.home_talks import talk_queries, talks_in
from bot.store.teams.seen import seen_in, seen_queries
from bot.store.together import Rows, Together
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class MemberState:
    """What a member holds, and all about their nudges. `goals`: not dropped, the newest first.

    `nudge` is the one that was asked for; None where the member has no such nudge.
    """

    growth: Growth = NO_GROWTH
    goals: tuple[Goal, ...] = ()
    plan: PlanStatus | None = None
    policy: NudgePolicy = field(default_factory=NudgePolicy)
    put_off: Mapping[CellKey, datetime] = field(default_factory=dict, hash=False)
    nudge: NudgeInHand | None = None


@dataclass(frozen=True, slots=True)
class HomeState:
    """What Home shows besides what the member holds.

    `owners` were granted the catalogue, `sharing` is who sees what, both ways,
    `talks` what they have with others.
    """

    plan: PlanStatus | None
    policy: NudgePolicy
    owners: frozenset[str]
    sharing: SharingSeen = NOTHING_SHARED
    talks: tuple[HomeTalk, ...] = ()


class StateReader:
    """Reads one tenant's members, each method in one statement."""

    def __init__(self, connection: AsyncConnection, tenant: Tenant, owners: Owners) -> None:
        self._connection = connection
        self._tenant = tenant
        self._owners = owners

    async def of(self, slack_id: str, *, now: datetime, nudge_id: int | None = None) -> MemberState:
        """Return a member's state; an empty one where the member is unknown."""
        values: dict[str, Any] = {**self._owners.named(slack_id)}
        if nudge_id is not None:
            values |= {"nudge_id": nudge_id, "recent_since": recent_since(now)}
        rows = await _state(nudge_id is not None).read(self._connection, values)
        put_off = {cell_in(row): row.until for row in rows["put_off"]}
        return MemberState(
            growth=next(iter(growths_in(rows).values()), NO_GROWTH),
            goals=goals_in(rows),
            plan=_plan(rows),
            policy=_policy(rows),
            put_off=put_off,
            nudge=None if nudge_id is None else nudge_in(rows, put_off),
        )

    async def known(self, slack_id: str) -> tuple[Member, Growth] | None:
        """Return a member with what they hold; None where nothing is known of them."""
        rows = await _known().read(self._connection, self._owners.named(slack_id))
        for row in rows["owners"]:
            values = {name: getattr(row, name) for name in (*KEPT, "catalogue_key")}
            return Member(tenant=self._tenant, **values), growths_in(rows)[row.id]
        return None

    async def home(self, slack_id: str) -> HomeState:
        """Return what a member's Home shows besides what they hold."""
        rows = await _home().read(self._connection, self._owners.named(slack_id))
        owners = frozenset(row.slack_id for row in rows["catalogue_owners"])
        talks = talks_in(rows, most=TALKS)
        return HomeState(_plan(rows), _policy(rows), owners, seen_in(rows), talks)


@cache
def _state(with_nudge: bool) -> Together:
    queries = {
        "owners": select(OWNER.c.id, OWNER.c.growth_version),
        **growth_queries(THE_OWNER),
        "put_off": select(nudge_later).where(nudge_later.c.member_id.in_(THE_OWNER)),
        **_settings(),
    }
    return Together(queries | nudge_queries(THE_OWNER) if with_nudge else queries)


@cache
def _known() -> Together:
    owner = (
        select(
            OWNER.c.id,
            OWNER.c.growth_version,
            *(OWNER.c[name] for name in KEPT),
            catalogue.c.key.label("catalogue_key"),
        )
        .join(workspace, workspace.c.id == OWNER.c.workspace_id)
        .outerjoin(catalogue, catalogue.c.id == workspace.c.catalogue_id)
    )
    return Together({"owners": owner, **growth_queries(THE_OWNER)})


@cache
def _home() -> Together:
    granted = (
        select(workspace_owner.c.slack_id)
        .join(workspace, workspace.c.id == workspace_owner.c.workspace_id)
        .where(workspace.c.tenant_key == bindparam("tenant_key"))
    )
    return Together(
        {**_settings(), "catalogue_owners": granted, **seen_queries(), **talk_queries()}
    )


def _settings() -> dict[str, Select[Any]]:
    plan = select(*(nudge_plan.c[name] for name in STATUS_COLUMNS))
    policy = select(*(workspace.c[name] for name in POLICY_COLUMNS))
    return {
        "plan": plan.where(nudge_plan.c.member_id.in_(THE_OWNER)),
        "policy": policy.where(workspace.c.tenant_key == bindparam("tenant_key")),
    }


def _plan(rows: Mapping[str, Rows]) -> PlanStatus | None:
    return next(map(status_of, rows["plan"]), None)


def _policy(rows: Mapping[str, Rows]) -> NudgePolicy:
    return next(map(policy_of, rows["policy"]), NudgePolicy())
