"""Pairs of a helper and a learner: proposed once, answered by each, known to both or to neither."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.teams.helping.helpers import CONFIRMED_FOR
from bot.domain.teams.helping.pairs import (
    DAY,
    LAPSES_AFTER,
    RARELY,
    Hand,
    KeptPair,
    Meeting,
    Pair,
    PairState,
    Proposal,
    Proposed,
    state_after,
)
from bot.store.dialect import insert_into
from bot.store.growth.models import skill_offer
from bot.store.models import member
from bot.store.owners import Owners
from bot.store.teams.helping.offer_models import helper, skill_pair

_helper, _learner = member.alias("the_helper"), member.alias("the_learner")


class PairRepository:
    """Pairs of one tenant's members."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def meeting(self, *, now: datetime) -> Meeting:
        """Return who offers and who wants what, and what was proposed before."""
        ours = member.c.workspace_id == self._owners.workspace_id()
        hands = (
            select(skill_offer, member.c.slack_id, helper.c.asked_at)
            .join(member, member.c.id == skill_offer.c.member_id)
            .join(helper, helper.c.member_id == skill_offer.c.member_id)
            .where(ours, helper.c.barred.is_(None), helper.c.checked_at > now - CONFIRMED_FOR)
        )
        proposed = select(skill_pair).join(member, member.c.id == skill_pair.c.helper_id)
        found = (await self._connection.execute(hands)).all()
        before = (await self._connection.execute(proposed.where(ours))).all()
        return Meeting(
            tuple(
                Hand(
                    each.id,
                    each.member_id,
                    each.slack_id,
                    each.skill_key,
                    HelpSide(each.side),
                    each.at,
                )
                for each in found
            ),
            tuple(
                Proposed(each.skill_key, each.helper_id, each.learner_id, PairState(each.state))
                for each in before
            ),
            {each.member_id: each.asked_at for each in found if each.asked_at},
        )

    async def propose(self, proposal: Proposal, *, at: datetime) -> int | None:
        """Keep a pair and return its id; None where one of the two was asked just now by
        somebody else, or has taken back what they offered or wanted."""
        both = sorted((proposal.helper.member, proposal.learner.member))
        free = (
            select(helper.c.member_id)
            .where(
                helper.c.member_id.in_(both),
                or_(
                    helper.c.asked_at.is_(None),
                    helper.c.asked_at <= at - RARELY,
                    helper.c.asked_at > at + DAY,
                ),
            )
            .order_by(helper.c.member_id)
            .with_for_update()
        )
        if len((await self._connection.scalars(free)).all()) < len(both):
            return None
        # Held: taken back just now, it is not spoken of any more.
        hands = select(skill_offer.c.id).where(
            skill_offer.c.id.in_((proposal.helper.id, proposal.learner.id))
        )
        if len((await self._connection.scalars(hands.with_for_update())).all()) < len(both):
            return None
        new = insert_into(self._connection, skill_pair).values(
            helper_id=proposal.helper.member,
            learner_id=proposal.learner.member,
            skill_key=proposal.skill,
            state=PairState.PROPOSED.value,
            at=at,
        )
        kept = new.on_conflict_do_nothing().returning(skill_pair.c.id)
        pair_id: int | None = await self._connection.scalar(kept)
        if pair_id is not None:
            asked = update(helper).where(helper.c.member_id.in_(both))
            await self._connection.execute(asked.values(asked_at=at))
        return pair_id

    async def lapse(self, *, now: datetime) -> None:
        """Let those be over that two people did not answer for long."""
        ours = select(member.c.id).where(member.c.workspace_id == self._owners.workspace_id())
        over = update(skill_pair).where(
            skill_pair.c.state == PairState.PROPOSED.value,
            skill_pair.c.at < now - LAPSES_AFTER,
            skill_pair.c.helper_id.in_(ours),
        )
        await self._connection.execute(over.values(state=PairState.LAPSED.value))

    async def of(self, slack_id: str, pair_id: int) -> Pair | None:
        """Return a pair as one of the two sees it; None where they are neither."""
        query = self._seen(slack_id).where(skill_pair.c.id == pair_id)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _pair(row, slack_id)

    async def answer(self, slack_id: str, pair_id: int, *, yes: bool) -> Pair | None:
        """Keep somebody's answer, the first that they gave; return the pair as it is then."""
        locked = select(skill_pair.c.id).where(skill_pair.c.id == pair_id).with_for_update()
        await self._connection.execute(locked)
        before = await self.of(slack_id, pair_id)
        if before is None or before.said is not None:
            return before
        column = "helper_said" if before.side is HelpSide.HELP else "learner_said"
        answered = (
            update(skill_pair)
            .where(skill_pair.c.id == pair_id)
            .values({column: yes})
            .returning(*skill_pair.c)
        )
        row = (await self._connection.execute(answered)).one()
        if before.state is PairState.PROPOSED:
            state = state_after(row.helper_said, row.learner_said)
            if state is PairState.INTRODUCED and not await self._are_shown(row):
                state = PairState.LAPSED
            moved = update(skill_pair).where(skill_pair.c.id == pair_id)
            await self._connection.execute(moved.values(state=state.value))
        return await self.of(slack_id, pair_id)

    async def _are_shown(self, row: Row[Any]) -> bool:
        """Tell whether both are full members, as far as Slack has said: nobody else is named."""
        shown = select(helper.c.member_id).where(
            helper.c.member_id.in_((row.helper_id, row.learner_id)), helper.c.barred.is_(None)
        )
        return len((await self._connection.scalars(shown)).all()) == 2

    async def kept_of(self, slack_id: str) -> tuple[KeptPair, ...]:
        """Return what is held of a member's pairs, oldest first."""
        rows = (await self._connection.execute(self._seen(slack_id))).all()
        pairs = [_pair(row, slack_id) for row in rows]
        return tuple(
            KeptPair(
                each.skill, each.side, each.at, each.said, each.other if each.introduced else None
            )
            for each in pairs
        )

    def _seen(self, slack_id: str) -> Select[Any]:
        ours = self._owners.workspace_id()
        return (
            select(
                skill_pair,
                _helper.c.slack_id.label("helper_slack_id"),
                _learner.c.slack_id.label("learner_slack_id"),
            )
            .join(_helper, _helper.c.id == skill_pair.c.helper_id)
            .join(_learner, _learner.c.id == skill_pair.c.learner_id)
            .where(
                _helper.c.workspace_id == ours,
                _learner.c.workspace_id == ours,
                or_(_helper.c.slack_id == slack_id, _learner.c.slack_id == slack_id),
            )
            .order_by(skill_pair.c.id)
        )


def _pair(row: Row[Any], slack_id: str) -> Pair:
    helps = row.helper_slack_id == slack_id
    return Pair(
        id=row.id,
        skill=row.skill_key,
        side=HelpSide.HELP if helps else HelpSide.LEARN,
        other=row.learner_slack_id if helps else row.helper_slack_id,
        state=PairState(row.state),
        said=row.helper_said if helps else row.learner_said,
        at=row.at,
    )
