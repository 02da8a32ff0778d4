"""Letters: written with what they tell of, sent once, taken back wherever they are."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import timedelta
from functools import partial
from typing import Generic, Protocol, TypeVar

from bot.domain.members.effects import NotYet
from bot.domain.teams.letter import GIVEN_UP_AFTER, Letter, LetterKind, LetterState
from bot.domain.teams.letter_time import may_come_at
from bot.domain.teams.taken_back import TakenBack
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.nudges.ports import OutcomeUnknown, Refusal, Refused
from bot.services.ports import Clock, Profiles
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from bot.store.unit_of_work import UnitOfWork
from bot.values import dataclass

_SOON = timedelta(minutes=1)
_ASK_AGAIN = timedelta(minutes=15)
AGAIN_S = 0.5
"""Seconds until it is tried again to keep how a letter ended."""

log = get_logger()
Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class PostedLetter:
    """What Slack calls a message, and the files that were sent with it."""

    channel: str
    ts: str
    files: tuple[str, ...] = ()


Carries = Callable[[tuple[str, ...]], Awaitable[None]]


class LetterPost(Protocol, Generic[Drawn]):
    """Draws letters to one member and posts them."""

    async def draw(self, letter: Letter) -> Drawn | None:
        """Draw a letter from what is stored now; None where there is nothing to say any more.

        Raises:
            StoreUnavailable, CatalogueUnavailable: it cannot be drawn now.
        """
        ...

    async def post(
        self, tenant: Tenant, letter: Letter, drawn: Drawn, carries: Carries
    ) -> PostedLetter:
        """Post it as a direct message once; it is never repeated here, whatever happens.

        `carries` hears what Slack calls the files that go with it, before the message is posted.

        Raises:
            Refused: it has not arrived.
            OutcomeUnknown: nobody knows whether it has.
        """
        ...


class Letters:
    """Everything that is sent to somebody because of another person's act."""

    def __init__(self, database: Database, profiles: Profiles, clock: Clock) -> None:
        self._database = database
        self._profiles = profiles
        self._clock = clock

    async def write(
        self,
        work: UnitOfWork,
        *,
        to: str,
        author: str,
        kind: LetterKind,
        subject: int,
        share_id: int | None = None,
        shares: Collection[int] = (),
    ) -> int:
        """Keep a letter in the transaction of what it tells of; it is sent soon after. Return its
        id.

        `to` and `author` are Slack ids, `subject` is the id of the row that it is about. With
        `share_id` it is taken back when that share ends, with `shares` when any of them does.

        Raises:
            LookupError: either of the two is nobody whom we know here.
        """
        return await work.letters.add(
            to_whom=to,
            by=author,
            kind=kind,
            subject=subject,
            share_id=share_id,
            shares=shares,
            at=self._clock.now(),
        )

    async def recall(
        self, work: UnitOfWork, *, subject: int, kind: LetterKind | None = None
    ) -> None:
        """Take back what was sent about a row, and send nothing more about it.

        Without a `kind` that are all letters with this subject: only where its id is of one table.
        """
        await work.letters.recall(kind=kind, subject=subject, at=self._clock.now())

    async def deliver(self, tenant: Tenant, letter_id: int, post: LetterPost[Drawn]) -> None:
        """Send a letter, unless it was taken back, or either of the two may get or send nothing.

        Raises:
            NotYet: it is sent later.
            StoreUnavailable: it is tried again.
        """
        async with self._database.read(tenant) as work:
            letter = await work.letters.get(letter_id)
        if letter is None:
            return
        if letter.state is LetterState.SENDING:
            # The process that sent it has ended: whether it arrived, nobody knows.
            await self._unknown(tenant, letter, "process_ended")
            return
        if letter.state is not LetterState.PLANNED:
            return
        if self._clock.now() - letter.at > GIVEN_UP_AFTER:
            await self._withhold(tenant, letter, "too_late")
            return
        why = await self._barrier(tenant, letter)
        if why is not None:
            await self._withhold(tenant, letter, why)
            return
        drawn = await post.draw(letter)
        if drawn is None:
            await self._withhold(tenant, letter, "nothing_to_say")
        else:
            await self._send(tenant, letter, partial(post.post, tenant, letter, drawn))

    async def _send(
        self, tenant: Tenant, letter: Letter, post: Callable[[Carries], Awaitable[PostedLetter]]
    ) -> None:
        async with self._database.write(tenant) as work:
            if not await work.letters.begin(letter.id, at=self._clock.now()):
                return
        files: list[str] = []

        async def carries(sent: tuple[str, ...]) -> None:
            files.extend(sent)
            await self._keep(tenant, letter, lambda work: work.letters.carries(letter.id, sent))

        try:
            posted = await post(carries)
        except (Refused, OutcomeUnknown) as error:
            if files:
                await self._keep(tenant, letter, lambda work: self._not_told(work, letter, files))
            if isinstance(error, Refused):
                await self._refused(tenant, letter, error)
            else:
                await self._unknown(tenant, letter, error.code)
            return
        await self._keep(tenant, letter, lambda work: self._arrived(work, letter, posted))

    async def _not_told(self, work: UnitOfWork, letter: Letter, files: Sequence[str]) -> None:
        """Take back files that no message tells of."""
        await work.letters.carries(letter.id, ())
        await work.letters.take_back(TakenBack(files=tuple(files)), at=self._clock.now())

    async def _keep(
        self, tenant: Tenant, letter: Letter, how: Callable[[UnitOfWork], Awaitable[object]]
    ) -> None:
        """Keep how it ended, however long the store is away: only this process knows.

        Nobody could take back, or send again, what nobody knows of. `how` is done once more where
        the answer to a commit was lost.
        """
        while True:
            try:
                async with self._database.write(tenant) as work:
                    await how(work)
            except StoreUnavailable as error:
                log.warning("letter_ending_not_kept", letter=letter.id, code=error.code)
                await asyncio.sleep(AGAIN_S)
            else:
                return

    async def _arrived(self, work: UnitOfWork, letter: Letter, posted: PostedLetter) -> None:
        await self._looked(work, letter)
        known = await work.letters.sent(letter.id, posted.channel, posted.ts, posted.files)
        if not known:
            # Taken back, or somebody was forgotten, while it was on its way.
            what = TakenBack(((posted.channel, posted.ts),), posted.files)
            await work.letters.take_back(what, at=self._clock.now())

    async def _barrier(self, tenant: Tenant, letter: Letter) -> str | None:
        """Return why it is never sent; None where nothing stands in its way now.

        Raises:
            NotYet: it may come later; also where Slack does not say who the two are.
        """
        for who in (letter.to, letter.author):
            profile = await self._profiles.profile(tenant, who)
            if profile is None:
                raise NotYet(self._clock.now() + _ASK_AGAIN)
            if profile.barred is not None:
                return profile.barred
        if not letter.kind.by_itself:
            return None
        async with self._database.read(tenant) as work:
            member = await work.members.get(letter.to)
            policy, plan = await work.plans.policy(), await work.plans.of(letter.to)
            brief = letter.kind is LetterKind.BRIEF
            talk = await work.talks.get(letter.subject) if brief else None
        if member is None:
            return "unknown_member"
        now = self._clock.now()
        moment = may_come_at(
            letter.kind,
            policy=policy,
            zone_name=plan.plan.zone if plan else member.time_zone,
            paused_until=plan.plan.settings.paused_until if plan else None,
            now=now,
            talk_at=talk.at if talk else None,
        )
        if moment is None:
            return "no_working_time"
        if moment > now:
            raise NotYet(moment)
        return None

    async def _refused(self, tenant: Tenant, letter: Letter, refused: Refused) -> None:
        log.warning("letter_refused", letter=letter.id, kind=refused.kind.value, code=refused.code)
        if refused.kind in {Refusal.MEMBER, Refusal.OURS}:
            await self._withhold(tenant, letter, refused.code)
            return
        await self._keep(
            tenant, letter, lambda work: work.letters.put_back(letter.id, refused.code)
        )
        wait = timedelta(seconds=refused.retry_after) if refused.retry_after else _SOON
        raise NotYet(
            self._clock.now() + (_ASK_AGAIN if refused.kind is Refusal.WORKSPACE else wait)
        )

    async def _unknown(self, tenant: Tenant, letter: Letter, code: str) -> None:
        log.error("letter_unknown", letter=letter.id, kind=letter.kind.value, code=code)

        async def maybe(work: UnitOfWork) -> None:
            if await work.letters.unknown(letter.id, code):
                # It may have been seen.
                await self._looked(work, letter)

        await self._keep(tenant, letter, maybe)

    async def _looked(self, work: UnitOfWork, letter: Letter) -> None:
        """Note that a letter which arrived shows something of others, where it does."""
        if letter.kind.look is not None:
            await work.looks.by_letter(letter.id, letter.kind.look, at=self._clock.now())

    async def _withhold(self, tenant: Tenant, letter: Letter, code: str) -> None:
        log.info("letter_withheld", letter=letter.id, kind=letter.kind.value, code=code)
        await self._keep(tenant, letter, lambda work: work.letters.withhold(letter.id, code))
