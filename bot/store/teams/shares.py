"""The repository of shares: who sees whose goal, since when, and how much of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.growth.goal import GoalState, Unshared, unshared
from bot.domain.teams.share import (
    CHECKED_EVERY,
    RENEW_AFTER,
    Share,
    ShareEnd,
    ShareState,
)
from bot.domain.tenancy import Tenant
from bot.store.dialect import insert_into
from bot.store.growth.models import evidence, goal
from bot.store.models import member
from bot.store.owners import Owner, Owners, keeping
from bot.store.teams.due import lapsed
from bot.store.teams.ending import end_shares
from bot.store.teams.models import share, share_evidence

_owner, _other = member.alias("share_owner"), member.alias("share_other")
_OPEN = share.c.state != ShareState.ENDED.value
_ACTIVE = goal.c.state == GoalState.ACTIVE.value


class ShareRepository:
    """Reads and writes the shares of one tenant."""

    def __init__(self, connection: AsyncConnection, tenant: Tenant, owners: Owners) -> None:
        self._connection = connection
        self._tenant = tenant
        self._owners = owners

    async def ask(
        self,
        owner: Owner,
        other: str,
        *,
        goal_id: int,
        shows_from: datetime | None,
        evidence_ids: Collection[int] = (),
        at: datetime,
    ) -> int | None:
        """Ask somebody whom we know whether they want to see a goal; None where it is shared.

        Raises:
            LookupError: the other is nobody whom we know here, or the goal is not the owner's.
        """
        values = {
            "state": ShareState.ASKED.value,
            "asked_at": at,
            "shows_from": shows_from,
            # Whoever asks has just been told who the other is.
            "checked_at": at,
        }
        source = (
            select(
                literal(owner.member_id),
                member.c.id,
                goal.c.id,
                *(literal(each, type_=share.c[name].type) for name, each in values.items()),
            )
            .select_from(member)
            .join(goal, goal.c.id == goal_id)
            .where(self._owners.is_owner(other), goal.c.member_id == owner.member_id, _ACTIVE)
        )
        if not (await self._connection.execute(keeping(source, member))).all():
            raise LookupError("there is no such goal, or nobody to share it with")
        columns = ["member_id", "other_member_id", "goal_id", *values]
        added = (
            insert_into(self._connection, share)
            .from_select(columns, source)
            .on_conflict_do_nothing()
            .returning(share.c.id)
        )
        share_id: int | None = await self._connection.scalar(added)
        if share_id is not None:
            await self.show_evidence(owner, share_id, evidence_ids)
        return share_id

    async def show_evidence(
        self, owner: Owner, share_id: int, evidence_ids: Collection[int]
    ) -> None:
        """Let just these pieces of the owner's be seen, and no others."""
        shown = share_evidence.c.share_id == share_id
        await self._connection.execute(delete(share_evidence).where(shown))
        if not evidence_ids:
            return
        mine = (
            select(share.c.id, evidence.c.id)
            .join(evidence, evidence.c.member_id == share.c.member_id)
            .where(
                share.c.id == share_id,
                share.c.member_id == owner.member_id,
                evidence.c.id.in_(sorted(evidence_ids)),
            )
        )
        added = insert(share_evidence).from_select(["share_id", "evidence_id"], mine)
        await self._connection.execute(added)

    async def of(self, share_id: int) -> Share | None:
        """Return a share of this tenant, ended or not."""
        return next(iter(await self._read(self._select().where(share.c.id == share_id))), None)

    async def held(self, share_id: int) -> Share | None:
        """Return the same, with its two kept as they are until this transaction ends.

        Before anything is written of both: see `bot.store.owners`.
        """
        query = self._select().where(share.c.id == share_id)
        return next(iter(await self._read(keeping(query, _owner, _other))), None)

    async def by(self, slack_id: str) -> tuple[Share, ...]:
        """Return what a member shares, asked or accepted, the oldest first."""
        return await self._read(self._select().where(_owner.c.slack_id == slack_id, _OPEN))

    async def with_whom(
        self, slack_id: str, *, skip: int = 0, most: int = 1000
    ) -> tuple[Share, ...]:
        """Return what is shared with a member, and accepted, the oldest first."""
        query = self._select().where(
            _other.c.slack_id == slack_id,
            share.c.state == ShareState.ACCEPTED.value,
        )
        return await self._read(query.offset(skip).limit(most))

    async def kept_of(self, slack_id: str) -> tuple[Share, ...]:
        """Return every share by or with a member, ended ones too, the oldest first."""
        either = or_(_owner.c.slack_id == slack_id, _other.c.slack_id == slack_id)
        return await self._read(self._select().where(either))

    async def ended_with(self, owner: str, other: str, *, since: datetime) -> tuple[Share, ...]:
        """Return what a member shared with another and has ended since, the oldest first."""
        two = (_owner.c.slack_id == owner) & (_other.c.slack_id == other)
        return await self._read(self._select().where(two, share.c.ended_at > since))

    async def count_with(self, slack_id: str) -> int:
        """Return how many shares with a member are accepted."""
        query = (
            select(func.count())
            .select_from(share)
            .join(_other, _other.c.id == share.c.other_member_id)
            .join(goal, goal.c.id == share.c.goal_id)
            .where(
                _other.c.workspace_id == self._owners.workspace_id(),
                _other.c.slack_id == slack_id,
                share.c.state == ShareState.ACCEPTED.value,
                _ACTIVE,
            )
        )
        return int((await self._connection.execute(query)).scalar_one())

    async def change(
        self,
        owner: Owner,
        share_id: int,
        *,
        shows_from: datetime | None,
        evidence_ids: Collection[int],
    ) -> None:
        """Show more or less of a goal that the owner shares."""
        mine = share.c.member_id == owner.member_id
        await self._change(share_id, mine, _OPEN, shows_from=shows_from)
        await self.show_evidence(owner, share_id, evidence_ids)

    async def accept(self, share_id: int, other: str, *, at: datetime) -> bool:
        """Accept what somebody was asked; False where they are not asked (any more)."""
        return await self._change(
            share_id,
            share.c.other_member_id.in_(self._named(other)),
            share.c.state == ShareState.ASKED.value,
            exists().where(goal.c.id == share.c.goal_id, _ACTIVE),
            state=ShareState.ACCEPTED.value,
            accepted_at=at,
            renew_at=at + RENEW_AFTER,
            checked_at=at,
        )

    async def renew(self, share_id: int, owner: str, *, at: datetime) -> bool:
        """Go on sharing for another while; False where there is nothing to go on with."""
        return await self._change(
            share_id,
            share.c.member_id.in_(self._named(owner)),
            share.c.state == ShareState.ACCEPTED.value,
            renew_at=at + RENEW_AFTER,
            asked_again_at=None,
        )

    async def asked_again(self, share_id: int, *, at: datetime) -> bool:
        """Note that the member is asked again; True for the one caller that asks."""
        return await self._change(
            share_id,
            share.c.state == ShareState.ACCEPTED.value,
            or_(share.c.asked_again_at.is_(None), share.c.asked_again_at > at + CHECKED_EVERY),
            asked_again_at=at,
        )

    async def checked(self, share_id: int, *, at: datetime) -> None:
        """Note that Slack was asked who the two are."""
        await self._change(share_id, _OPEN, checked_at=at)

    async def end(self, share_id: int, why: ShareEnd, *, at: datetime) -> bool:
        """End a share at once; False where it had ended before, or cannot lapse, being answered."""
        which = (share.c.id == share_id) & self._here()
        which &= lapsed(at) if why is ShareEnd.LAPSED else true()
        return bool(await end_shares(self._connection, self._tenant, which, why, at=at))

    async def end_of(self, slack_id: str, why: ShareEnd, *, at: datetime) -> int:
        """End all shares by and with a member; return how many."""
        ids = self._named(slack_id)
        which = or_(share.c.member_id.in_(ids), share.c.other_member_id.in_(ids))
        return len(await end_shares(self._connection, self._tenant, which, why, at=at))

    async def goal_over(self, owner: Owner, *, at: datetime) -> Unshared:
        """End the shares of goals that the owner does not work towards any more; say with whom."""
        over = select(goal.c.id).where(goal.c.member_id == owner.member_id, ~_ACTIVE)
        which = (share.c.member_id == owner.member_id) & share.c.goal_id.in_(over)
        ended = await end_shares(self._connection, self._tenant, which, ShareEnd.GOAL_OVER, at=at)
        return unshared(((each.other, each.accepted) for each in ended), at)

    def _select(self) -> Select[Any]:
        return (
            select(share, _owner.c.slack_id.label("owner"), _other.c.slack_id.label("other"))
            .join(_owner, _owner.c.id == share.c.member_id)
            .join(_other, _other.c.id == share.c.other_member_id)
            .join(goal, goal.c.id == share.c.goal_id)
            .where(
                _owner.c.workspace_id == self._owners.workspace_id(),
                # Whatever else may have gone wrong: with its goal a share has ended.
                or_(~_OPEN, _ACTIVE),
            )
            .order_by(share.c.id)
        )

    async def _read(self, query: Select[Any]) -> tuple[Share, ...]:
        rows = (await self._connection.execute(query)).all()
        return shares_in(rows, await self._evidence([row.id for row in rows]))

    async def _evidence(self, ids: Sequence[int]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        if ids:
            query = select(share_evidence).where(share_evidence.c.share_id.in_(ids))
            for row in (await self._connection.execute(query)).all():
                found[row.share_id].add(row.evidence_id)
        return found

    async def _change(self, share_id: int, *where: ColumnElement[bool], **values: Any) -> bool:
        changed = update(share).where(share.c.id == share_id, self._here(), *where)
        return (await self._connection.execute(changed.values(**values))).rowcount == 1

    def _here(self) -> ColumnElement[bool]:
        return share.c.member_id.in_(
            select(member.c.id).where(member.c.workspace_id == self._owners.workspace_id())
        )

    def _named(self, slack_id: str) -> Select[Any]:
        return select(member.c.id).where(self._owners.is_owner(slack_id))


def shares_in(rows: Iterable[Row[Any]], pieces: dict[int, set[int]]) -> tuple[Share, ...]:
    """Return shares as values; `pieces` are the evidence of each, by its id."""
    return tuple(
        Share(
            id=row.id,
            goal_id=row.goal_id,
            owner=row.owner,
            other=row.other,
            state=ShareState(row.state),
            asked_at=row.asked_at,
            accepted_at=row.accepted_at,
            shows_from=row.shows_from,
            renew_at=row.renew_at,
            ended_at=row.ended_at,
            end=ShareEnd(row.why_ended) if row.why_ended else None,
            evidence=frozenset(pieces.get(row.id, ())),
            asked_again_at=row.asked_again_at,
            checked_at=row.checked_at,
        )
        for row in rows
    )
