"""The repository of what two agreed: steps appended, what holds folded from them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Select, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.growth.planned.agreement import Agreement
from bot.domain.teams.agreed import AgreedAct, AgreedStep, Delta, Side, folded
from bot.domain.teams.share import ShareState
from bot.store.models import member
from bot.store.owners import Owners
from bot.store.teams.models import agreed_step, share

_other = member.alias("agreed_with")


class AgreedRepository:
    """Reads and appends steps. Who may take them, a service decides, holding the owner's row."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def of(self, share_id: int) -> Delta:
        """Return what the two of a share agreed."""
        query = (
            select(agreed_step).where(agreed_step.c.share_id == share_id).order_by(agreed_step.c.id)
        )
        return folded(map(step_of, (await self._connection.execute(query)).all()))

    async def add(
        self,
        share_id: int,
        *,
        cell: CellKey,
        act: AgreedAct,
        by: Side,
        until: date | None,
        at: datetime,
    ) -> int:
        """Append a step and return its id."""
        added = insert(agreed_step).values(
            share_id=share_id,
            role_key=cell.role,
            level_key=cell.level,
            skill_key=cell.skill,
            act=act.value,
            side=by.value,
            until=until,
            at=at,
        )
        return int((await self._connection.execute(added.returning(agreed_step.c.id))).scalar_one())

    async def share_of(self, step_id: int) -> int | None:
        """Return the share that a step is about."""
        query = select(agreed_step.c.share_id).where(agreed_step.c.id == step_id)
        found: int | None = await self._connection.scalar(query)
        return found

    async def kept_of(self, slack_id: str) -> tuple[tuple[int, AgreedStep], ...]:
        """Return every step in shares by or with a member, with the share's id, oldest first."""
        mine = select(member.c.id).where(self._owners.is_owner(slack_id))
        query = (
            select(agreed_step)
            .join(share, share.c.id == agreed_step.c.share_id)
            .where(or_(share.c.member_id.in_(mine), share.c.other_member_id.in_(mine)))
            .order_by(agreed_step.c.id)
        )
        rows = (await self._connection.execute(query)).all()
        return tuple((row.share_id, step_of(row)) for row in rows)


def agreed_of(members: Select[Any] | BindParameter[Any]) -> Select[Any]:
    """Return what `agreements_in` needs of these owners of shares that go on."""
    return (
        select(agreed_step, share.c.member_id, _other.c.slack_id.label("with_whom"))
        .join(share, share.c.id == agreed_step.c.share_id)
        .join(_other, _other.c.id == share.c.other_member_id)
        .where(share.c.member_id.in_(members), share.c.state == ShareState.ACCEPTED.value)
    )


def agreements_in(rows: Iterable[Any]) -> Mapping[int, tuple[Agreement, ...]]:
    """Return what each owner agreed with others, by the member's id; the nearest day first."""
    steps: dict[int, list[AgreedStep]] = defaultdict(list)
    whose: dict[int, tuple[int, str]] = {}
    for row in sorted(rows, key=_id):
        steps[row.share_id].append(step_of(row))
        whose[row.share_id] = (row.member_id, row.with_whom)
    found: dict[int, list[Agreement]] = defaultdict(list)
    for share_id, (member_id, with_whom) in whose.items():
        for item in folded(steps[share_id]).items:
            found[member_id].append(Agreement(item.cell, with_whom, item.until))
    kept = {key: tuple(sorted(each, key=_until)) for key, each in found.items()}
    return defaultdict(tuple, kept)


def _until(agreement: Agreement) -> date:
    return agreement.until


def _id(row: Any) -> int:
    found: int = row.id
    return found


def step_of(row: Any) -> AgreedStep:
    """Return the step that a row holds."""
    return AgreedStep(
        id=row.id,
        cell=CellKey(row.role_key, row.level_key, row.skill_key),
        act=AgreedAct(row.act),
        by=Side(row.side),
        until=row.until,
        at=row.at,
    )
