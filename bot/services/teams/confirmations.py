"""Confirmations: a member asks one colleague about one expectation, who answers or does not.

Only the two see it. What is over leaves no words, and the message to the colleague goes.
"""

import asyncio
from collections.abc import Sequence

from bot.domain.errors import OutdatedCard, TextTooLong
from bot.domain.framework import CellKey, Expectation
from bot.domain.growth.packet import Saw, Voice
from bot.domain.installs.moves import EXTERNAL
from bot.domain.members.effects import Errand, NotYet
from bot.domain.named_in import NamedIn
from bot.domain.revision import Catalogue
from bot.domain.teams.confirmation import (
    MAX_WORDS,
    SAME_ASK_AFTER,
    CannotAsk,
    Confirmation,
    NoLongerAsked,
    check_limits,
    checked_sentence,
)
from bot.domain.teams.letter import LetterKind
from bot.domain.tenancy import Member, Tenant
from bot.domain.text import storable
from bot.services.growth.assessing import Assessing
from bot.services.growth.cache import GrowthCache
from bot.services.lookup.shelves import Shelf
from bot.services.members.directory import Members
from bot.services.ports import Clock, Profiles
from bot.services.teams.letters import Letters
from bot.store.database import Database
from bot.store.unit_of_work import UnitOfWork

_BARRED = frozenset({"deactivated", "bot", "guest", EXTERNAL})


class Confirmations:
    """Asks colleagues, and keeps what they answer."""

    def __init__(
        self,
        database: Database,
        members: Members,
        assessing: Assessing,
        letters: Letters,
        profiles: Profiles,
        clock: Clock,
        growth: GrowthCache,
    ) -> None:
        self._database = database
        self._growth = growth
        self._members = members
        self._assessing = assessing
        self._letters = letters
        self._profiles = profiles
        self._clock = clock

    async def asked_of(self, member: Member, shelf: Shelf, cell: CellKey) -> Expectation:
        """Return what a colleague would be asked about, as the member has it before them.

        Raises:
            LeftCatalogue: neither the catalogue nor the member's goal has it any more.
        """
        return await self._assessing.shown(member, shelf, cell)

    async def ask(
        self, member: Member, shelf: Shelf, cell: CellKey, *, other: str, sentence: str
    ) -> Confirmation:
        """Ask a colleague about one expectation, in the member's own words.

        Raises:
            CannotAsk: nobody is asked: whom, and how many, has limits.
            LeftCatalogue: there is no such expectation any more.
            StoreUnavailable: nobody was asked.
        """
        text = checked_sentence(sentence)
        await self.asked_of(member, shelf, cell)
        await self._may_be_asked(member, other)
        await self._members.find(member.tenant, other)
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            owner = await work.members.hold(member.slack_id, at=now)
            if owner is None:
                raise OutdatedCard  # forgotten while the form was open
            asked = await work.confirmations.by(member.slack_id)
            check_limits(asked, other, cell, now, member.time_zone)
            try:
                id_ = await work.confirmations.ask(owner, other, cell, text, at=now)
            except LookupError:
                raise CannotAsk(why="unknown") from None
            await self._letters.write(
                work, to=other, author=member.slack_id, kind=LetterKind.CONFIRM_ASK, subject=id_
            )
            found = await work.confirmations.of(id_)
        if found is None:
            raise RuntimeError("an ask that was just kept is not there")
        self._growth.asked_anew(member.tenant, member.slack_id)
        return found

    async def of(self, member: Member, confirmation_id: int) -> Confirmation:
        """Return a confirmation to either of its two, while it is not over.

        Raises:
            NoLongerAsked: it is over, or none of theirs.
        """
        async with self._database.read(member.tenant) as work:
            return self._theirs(await work.confirmations.of(confirmation_id), member)

    async def about(self, found: Confirmation, tenant: Tenant, shelf: Shelf) -> Expectation | None:
        """Return what an ask is about, as its asker has it; None where that is gone."""
        asker = await self._members.known(tenant, found.owner)
        if asker is None:
            return None
        try:
            return await self.asked_of(asker, shelf, _named(found.cell, shelf.catalogue, shelf))
        except OutdatedCard:
            return None

    async def answer(
        self, member: Member, confirmation_id: int, saw: Saw, words: str
    ) -> Confirmation:
        """Keep a colleague's answer, and tell who asked. The first answer holds.

        Raises:
            NoLongerAsked: it is over, or answered already, or they are not asked.
            TextTooLong: the words are.
            StoreUnavailable: nothing was kept.
        """
        text, now = storable(words).strip(), self._clock.now()
        if len(text) > MAX_WORDS:
            raise TextTooLong(limit=MAX_WORDS)
        profile = await self._profiles.profile(member.tenant, member.slack_id)
        if profile is not None and profile.barred is not None:
            raise NoLongerAsked
        async with self._database.write(member.tenant) as work:
            repository, who = work.confirmations, member.slack_id
            held = await repository.held(confirmation_id)
            kept = held and await repository.answer(confirmation_id, who, saw, text, at=now)
            found = await repository.of(confirmation_id)
            if not kept or found is None:
                raise NoLongerAsked
            await self._letters.write(
                work,
                to=found.owner,
                author=who,
                kind=LetterKind.CONFIRM_ANSWER,
                subject=confirmation_id,
            )
        self._growth.asked_anew(member.tenant, found.owner)
        return found

    async def decline(self, member: Member, confirmation_id: int) -> None:
        """End it on the colleague's word, before or after they answered; nobody is told.

        What was not answered goes on to wait, as far as the asker can tell.

        Raises:
            NoLongerAsked: it is over, or none of theirs.
            StoreUnavailable: nothing ended.
        """
        async with self._database.write(member.tenant) as work:
            owner = await work.confirmations.decline(confirmation_id, member.slack_id)
            if owner is None:
                raise NoLongerAsked
            await self._letters.recall(
                work, kind=LetterKind.CONFIRM_ANSWER, subject=confirmation_id
            )
        self._growth.asked_anew(member.tenant, owner)

    async def withdraw(self, member: Member, confirmation_id: int) -> None:
        """End it on the asker's word: the ask, or the answer with it.

        Raises:
            NoLongerAsked: it is over, or none of theirs.
            StoreUnavailable: nothing ended.
        """
        async with self._database.write(member.tenant) as work:
            if not await work.confirmations.withdraw(confirmation_id, member.slack_id):
                raise NoLongerAsked
            await self._recall(work, confirmation_id)
        self._growth.asked_anew(member.tenant, member.slack_id)

    async def include(
        self, member: Member, confirmation_id: int, *, included: bool
    ) -> Confirmation:
        """Take an answer along in packets from now on, or leave it out.

        Raises:
            NoLongerAsked: there is no such answer of theirs.
            StoreUnavailable: it stays as it was.
        """
        since = self._clock.now() if included else None
        async with self._database.write(member.tenant) as work:
            repository = work.confirmations
            if not await repository.include(confirmation_id, member.slack_id, since):
                raise NoLongerAsked
            found = self._theirs(await repository.of(confirmation_id), member)
        self._growth.asked_anew(member.tenant, member.slack_id)
        return found

    async def of_cell(
        self, member: Member, shelf: Shelf, cell: CellKey, catalogue: Catalogue
    ) -> tuple[Confirmation, ...]:
        """Return what a member asked about an expectation that is not over, the newest first.

        No query where it is at hand with what the member holds.

        Raises:
            StoreUnavailable: it is not at hand and the store does not answer.
        """
        now = self._clock.now()
        held = await self._growth.of(member)
        found = held.asked
        if found is None:
            before = self._growth.changes
            async with self._database.read(member.tenant) as work:
                found = await work.confirmations.by(member.slack_id)
            # What was read may be older than a change that happened meanwhile: it is used once.
            if self._growth.changes == before:
                held.asked = found
        return tuple(
            each
            for each in reversed(found)
            if (each.answered or each.seems_open_at(now))
            and _named(each.cell, catalogue, shelf) == cell
        )

    async def voices(self, member: Member, shelf: Shelf, catalogue: Catalogue) -> tuple[Voice, ...]:
        """Return the answers that a member takes along, by the names that Slack shows.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(member.tenant) as work:
            found = await work.confirmations.by(member.slack_id)
        included = [each for each in found if each.answered and each.included_at]
        names = await self._names(member.tenant, [each.other for each in included])
        told = (
            each.voice(_named(each.cell, catalogue, shelf), name)
            for each, name in zip(included, names, strict=True)
        )
        return tuple(each for each in told if each is not None)

    async def over(self, errand: Errand) -> None:
        """Once its time is over, end an ask that nobody answered, and the message with it.

        Raises:
            NotYet: its time is not over, or the same may not be asked again yet.
            StoreUnavailable: it is tried again.
        """
        now, id_ = self._clock.now(), int(errand.request)
        async with self._database.write(errand.tenant) as work:
            found = await work.confirmations.of(id_)
            if found is None or found.answered:
                return
            if found.young_at(now):
                raise NotYet(found.until)
            await self._recall(work, id_)
            if found.held_at(now):
                await work.confirmations.expire(id_)
            else:
                await work.confirmations.drop(id_)
        if found.held_at(now):
            raise NotYet(found.asked_at + SAME_ASK_AFTER)

    async def _recall(self, work: UnitOfWork, confirmation_id: int) -> None:
        for kind in (LetterKind.CONFIRM_ASK, LetterKind.CONFIRM_ANSWER):
            await self._letters.recall(work, kind=kind, subject=confirmation_id)

    async def _may_be_asked(self, member: Member, other: str) -> None:
        if not other:
            raise CannotAsk(why="nobody")
        if other == member.slack_id:
            raise CannotAsk(why="self")
        profile = await self._profiles.profile(member.tenant, other)
        if profile is None:
            raise CannotAsk(why="unknown")
        if profile.barred is not None:
            raise CannotAsk(why=profile.barred if profile.barred in _BARRED else "refused")

    async def _names(self, tenant: Tenant, people: Sequence[str]) -> list[str]:
        found = await asyncio.gather(*(self._profiles.profile(tenant, each) for each in people))
        return [each.name if each else "" for each in found]

    def _theirs(self, found: Confirmation | None, member: Member) -> Confirmation:
        if found is None or member.slack_id not in {found.owner, found.other}:
            raise NoLongerAsked
        now, asker = self._clock.now(), member.slack_id == found.owner
        waits = found.seems_open_at(now) if asker else found.open_at(now)
        if not (found.answered or waits):
            raise NoLongerAsked
        return found


def _named(cell: CellKey, catalogue: Catalogue, shelf: Shelf) -> CellKey:
    """Return what an expectation that was asked about is called in a revision."""
    return NamedIn(catalogue, shelf.catalogue.moves).cell(cell)
