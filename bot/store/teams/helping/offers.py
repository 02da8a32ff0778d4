"""Offers of help and wishes to learn: changed by their member, found by the others."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.teams.helping.helpers import CONFIRMED_FOR, HelperAccount
from bot.domain.teams.helping.pairs import PairState
from bot.store.dialect import insert_into
from bot.store.growth.models import skill_offer
from bot.store.models import member
from bot.store.owners import Owner, Owners
from bot.store.teams.helping.offer_models import helper, skill_pair
from bot.store.teams.helping.told import tell_of_offers


class OfferRepository:
    """Offers and wishes of one tenant's members."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def put(self, owner: Owner, skill: str, side: HelpSide, *, at: datetime) -> None:
        """Keep an offer or wish of a full member, as Slack has just said of them.

        One that is kept already stays as it is.
        """
        added = insert_into(self._connection, skill_offer).values(
            member_id=owner.member_id, side=side.value, skill_key=skill, at=at
        )
        await self._connection.execute(added.on_conflict_do_nothing())
        known = insert_into(self._connection, helper).values(
            member_id=owner.member_id, barred=None, checked_at=at
        )
        told = {"barred": None, "checked_at": at}
        await self._connection.execute(
            known.on_conflict_do_update(index_elements=[helper.c.member_id], set_=told)
        )
        await self.note()

    async def take_back(self, owner: Owner, skills: frozenset[str], side: HelpSide) -> None:
        """Forget a member's offer or wish, by each key that its skill ever had.

        What was proposed because of it is over, and nobody is told.
        """
        await self._connection.execute(
            delete(skill_offer).where(
                skill_offer.c.member_id == owner.member_id,
                skill_offer.c.side == side.value,
                skill_offer.c.skill_key.in_(sorted(skills)),
            )
        )
        part = skill_pair.c.helper_id if side is HelpSide.HELP else skill_pair.c.learner_id
        await self._connection.execute(
            update(skill_pair)
            .where(
                part == owner.member_id,
                skill_pair.c.skill_key.in_(sorted(skills)),
                skill_pair.c.state == PairState.PROPOSED.value,
            )
            .values(state=PairState.LAPSED.value)
        )
        await self.note()

    async def note(self) -> None:
        """Let every process read anew who offers help in this tenant."""
        await tell_of_offers(self._connection, self._owners.workspace_id())

    async def helpers(self, *, now: datetime) -> Mapping[str, tuple[str, ...]]:
        """Return the Slack ids of who offers help, by key of the skill; see `Helpers`."""
        query = (
            select(skill_offer.c.skill_key, member.c.slack_id)
            .join(member, member.c.id == skill_offer.c.member_id)
            .join(helper, helper.c.member_id == skill_offer.c.member_id)
            .where(
                member.c.workspace_id == self._owners.workspace_id(),
                skill_offer.c.side == HelpSide.HELP.value,
                helper.c.barred.is_(None),
                helper.c.checked_at > now - CONFIRMED_FOR,
            )
            .order_by(skill_offer.c.at, skill_offer.c.id)
        )
        found: dict[str, list[str]] = defaultdict(list)
        for skill, slack_id in (await self._connection.execute(query)).all():
            found[skill].append(slack_id)
        return {skill: tuple(people) for skill, people in found.items()}

    async def account_is(self, slack_id: str, barred: str | None, *, at: datetime) -> None:
        """Keep what Slack said of an account, where it is one of a helper or learner."""
        found = select(helper.c.member_id, helper.c.barred).join(
            member, member.c.id == helper.c.member_id
        )
        mine = found.where(self._owners.is_owner(slack_id)).with_for_update(of=helper)
        row = (await self._connection.execute(mine)).one_or_none()
        if row is None:
            return
        told = update(helper).where(helper.c.member_id == row.member_id)
        await self._connection.execute(told.values(barred=barred, checked_at=at))
        if row.barred != barred:
            await self.note()

    async def account_of(self, slack_id: str) -> HelperAccount | None:
        """Return what is kept of an account; None for who offers and wants nothing."""
        query = (
            select(helper.c.barred, helper.c.checked_at)
            .join(member, member.c.id == helper.c.member_id)
            .where(self._owners.is_owner(slack_id))
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else HelperAccount(row.barred, row.checked_at)


async def settle_offers(connection: AsyncConnection) -> None:
    """Take back every offer and wish of a backup: which were taken back since, nobody can tell.

    Who is shown nowhere for a while offers again; a name that was shown wrongly was shown.
    """
    await connection.execute(delete(skill_offer))
    over = update(skill_pair).where(skill_pair.c.state == PairState.PROPOSED.value)
    await connection.execute(over.values(state=PairState.LAPSED.value))
