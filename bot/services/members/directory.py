"""Who is asking: a member with locale, role and level, kept close at hand."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from time import monotonic

from bot.domain.installs.moves import EXTERNAL, NotOfThisWorkspace
from bot.domain.lookup.gone import gone_rung
from bot.domain.tenancy import Member, Tenant
from bot.log import get_logger
from bot.services.growth.cache import GrowthCache
from bot.services.growth.enrolment import concerns, doubt, follow_profile
from bot.services.lookup.shelves import Shelf
from bot.services.memo import Memo, Tally
from bot.services.ports import Clock, Profile, Profiles
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from bot.store.members.changes import Changes, Mark

_REMEMBERED = 50_000
# Whatever else may go wrong, nothing is remembered longer (seconds).
_REMEMBERED_FOR = 3600.0
# Who belongs to another workspace is asked about again after this (seconds).
_OUTSIDE_FOR = 600.0

log = get_logger()


class Members:
    """Members by tenant and Slack id. `refresh` drops what other processes have changed."""

    def __init__(
        self,
        database: Database,
        profiles: Profiles,
        clock: Clock,
        growth: GrowthCache,
        *,
        counted: Callable[[], float] = monotonic,
    ) -> None:
        """`counted` tells how long something has been at hand, in seconds, and only counts."""
        self._database = database
        self._profiles = profiles
        self._clock = clock
        self._growth = growth
        self._counted = counted
        self.tally = Tally()
        self._known: Memo[Member] = Memo(_REMEMBERED, self.tally)
        self._outsiders: Memo[float] = Memo(_REMEMBERED)
        self._changes = 0
        self._mark: Mark | None = None
        self._expires = self._counted() + _REMEMBERED_FOR

    async def find(self, tenant: Tenant, slack_id: str) -> Member:
        """Return the member; someone new is introduced with the profile that Slack tells.

        At most one query, none for a member who was here before and has not changed since.

        Raises:
            NotOfThisWorkspace: Slack says that somebody new belongs to another workspace.
            StoreUnavailable: the member is not at hand and the store does not answer.
        """
        return await self.known(tenant, slack_id) or await self._introduce(tenant, slack_id)

    async def known(self, tenant: Tenant, slack_id: str) -> Member | None:
        """Return the member, or None for someone new, who is not introduced by this.

        Raises:
            StoreUnavailable: the member is not at hand and the store does not answer.
        """
        found = self.at_hand(tenant, slack_id)
        if found is None:
            before, growth_before = self._changes, self._growth.changes
            async with self._database.read(tenant) as work:
                read = await work.states.known(slack_id)
            if read is not None:
                # What they hold is asked for next, as good as always: it came along.
                found, growth = read
                self._remember(found, before)
                self._growth.read(found, growth, growth_before)
        return found

    def at_hand(self, tenant: Tenant, slack_id: str) -> Member | None:
        """Return the member if remembered, without asking the store."""
        return self._known.known((tenant, slack_id))

    async def save(self, member: Member) -> None:
        """Keep what a member told, in the store and at hand.

        Raises:
            StoreUnavailable: nothing was saved.
        """
        async with self._database.write(member.tenant) as work:
            await work.members.save(member, at=self._clock.now())
        self.drop(member.tenant, member.slack_id)

    async def choose_role(self, member: Member, shelf: Shelf, role: str, level: str) -> Member:
        """Record the member's role and level.

        Raises:
            LeftCatalogue: the catalogue has no such role, or its ladder no such level.
            StoreUnavailable: nothing was saved.
        """
        lost = gone_rung(shelf.catalogue, role, level)
        if lost is not None:
            raise lost
        return await self._change(member, {"role_key": role, "level_key": level})

    async def choose_language(self, member: Member, language: str | None) -> Member:
        """Record the language to speak; None follows Slack's.

        Raises:
            StoreUnavailable: nothing was saved.
        """
        return await self._change(member, {"language": language})

    async def profile_changed(self, tenant: Tenant, slack_id: str, profile: Profile) -> bool:
        """Take over what Slack now says of a member we know; False where nothing changed.

        Raises:
            StoreUnavailable: nothing was saved.
        """
        async with self._database.read(tenant) as work:
            known = await work.members.get(slack_id)
            plan = await work.plans.of(slack_id) if known else None
            account = await work.offers.account_of(slack_id) if known else None
        if known is None:
            return False
        same = (known.locale, known.time_zone) == (profile.locale, profile.time_zone)
        shown_as_before = account is None or account.barred == profile.barred
        if same and shown_as_before and (plan is None or not concerns(plan, profile)):
            return False
        fields = {"locale": profile.locale, "time_zone": profile.time_zone}
        now = self._clock.now()
        async with self._database.write(tenant) as work:
            # First, for it holds the member's row: the plan is read when nobody else changes it.
            await work.members.change(slack_id, fields, at=now)
            await follow_profile(work, slack_id, profile, now=now)
            if account is not None:
                await work.offers.account_is(slack_id, profile.barred, at=now)
        self.drop(tenant, slack_id)
        return True

    async def ask_anew(self, tenant: Tenant, slack_id: str) -> None:
        """Take over what Slack says of a member by now; where it says nothing, nothing is known.

        Raises:
            StoreUnavailable: nothing was saved.
        """
        profile = await self._profiles.profile(tenant, slack_id)
        if profile is not None:
            await self.profile_changed(tenant, slack_id, profile)
            return
        now = self._clock.now()
        async with self._database.write(tenant) as work:
            await doubt(work, slack_id, now=now)

    def drop(self, tenant: Tenant, slack_id: str) -> None:
        """Forget what is at hand of a member."""
        self._changes += 1
        self._known.drop((tenant, slack_id))

    def clear(self) -> None:
        """Forget all that is at hand."""
        self._changes += 1
        self._known.clear()

    async def refresh(self) -> Changes:
        """Drop what any process changed since the last call, and return it. One cheap query.

        Raises:
            DatabaseWentBack: a backup was restored; this process must end.
            StoreUnavailable: the store did not answer; what is remembered stays in use.
        """
        changes = await self._database.changes_since(self._mark)
        if changes.everything or self._counted() >= self._expires:
            self.clear()
            self._growth.clear()
            self._expires = self._counted() + _REMEMBERED_FOR
        for key in changes.members:
            self.drop(*key)
            self._growth.drop(*key)
        self._mark = changes.mark
        return changes

    async def _change(self, member: Member, fields: Mapping[str, str | None]) -> Member:
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            found = await work.members.change(member.slack_id, fields, at=now)
            if found is None:
                # Slack has not told their profile so far, or they were just forgotten.
                await work.members.add(member.newcomer, at=now)
                found = await work.members.change(member.slack_id, fields, at=now)
        self.drop(member.tenant, member.slack_id)
        if found is None:
            raise RuntimeError("a member who was just added is not there")
        return found

    async def _introduce(self, tenant: Tenant, slack_id: str) -> Member:
        member = Member(tenant, slack_id)
        if (self._outsiders.known((tenant, slack_id)) or 0.0) > self._counted():
            raise NotOfThisWorkspace
        profile = await self._profiles.profile(tenant, slack_id)
        if profile is None:
            return member
        if profile.barred == EXTERNAL:
            self._outsiders.put((tenant, slack_id), self._counted() + _OUTSIDE_FOR)
            raise NotOfThisWorkspace
        member = replace(member, locale=profile.locale, time_zone=profile.time_zone)
        before = self._changes
        try:
            member = await self._add(member)
        except StoreUnavailable as error:
            log.warning("member_not_saved", reason=str(error))
        else:
            self._remember(member, before)
        return member

    async def _add(self, member: Member) -> Member:
        """Add the member and return what the store holds, the workspace's catalogue included."""
        growth_before = self._growth.changes
        async with self._database.write(member.tenant) as work:
            await work.members.add(member, at=self._clock.now())
            read = await work.states.known(member.slack_id)
        if read is None:
            return member
        self._growth.read(*read, growth_before)
        return read[0]

    def _remember(self, member: Member, before: int) -> None:
        """Keep a member at hand, unless anything has changed since `before`.

        What was read then may be older than the change.
        """
        if self._changes != before:
            return
        self._known.put((member.tenant, member.slack_id), member)
