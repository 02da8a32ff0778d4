"""Who is asking: a member with locale, role and level, kept close at hand."""

from dataclasses import replace
from datetime import timedelta

import structlog

from bot.domain.errors import OutdatedCard
from bot.domain.requests import Viewer
from bot.domain.tenancy import Member, Tenant
from bot.services.books import Books
from bot.services.catalogues import Shelf
from bot.services.ports import Clock, Profile, Profiles
from bot.store.database import CHANGE_FEED_LIMIT, Database
from bot.store.errors import StoreUnavailable

_REMEMBERED = 50_000
# A change becomes visible when its transaction commits, which may be after its own moment, and the
# clocks of two machines differ a little.
_OVERLAP = timedelta(seconds=10)

log = structlog.get_logger()


def viewer_of(member: Member) -> Viewer:
    """Return what of a member shapes a card."""
    return Viewer(member.role_key, member.level_key)


class Members:
    """Members by tenant and Slack id. `refresh` drops what other processes have changed."""

    def __init__(self, database: Database, profiles: Profiles, clock: Clock, books: Books) -> None:
        self._database = database
        self._profiles = profiles
        self._clock = clock
        self._books = books
        self._known: dict[tuple[Tenant, str], Member] = {}
        self._seen = clock.now() - _OVERLAP

    async def find(self, tenant: Tenant, slack_id: str) -> Member:
        """Return the member; someone new is introduced with the profile that Slack tells.

        At most one query, none for a member who was here before and has not changed since.

        Raises:
            StoreUnavailable: the member is not at hand and the store does not answer.
        """
        known = self.at_hand(tenant, slack_id)
        if known is not None:
            return known
        async with self._database.read(tenant) as work:
            found = await work.members.get(slack_id)
        if found is None:
            return await self._introduce(tenant, slack_id)
        self._remember(found)
        return found

    def at_hand(self, tenant: Tenant, slack_id: str) -> Member | None:
        """Return the member if remembered, without asking the store."""
        return self._known.get((tenant, slack_id))

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
            OutdatedCard: the catalogue has no such role, or its ladder no such level.
            StoreUnavailable: nothing was saved.
        """
        found = shelf.catalogue.role(role)
        if found is None or found.ladder.level(level) is None:
            raise OutdatedCard
        chosen = replace(member, role_key=role, level_key=level)
        await self.save(chosen)
        return chosen

    async def choose_language(self, member: Member, language: str | None) -> Member:
        """Record the language to speak; None follows Slack's.

        Raises:
            StoreUnavailable: nothing was saved.
        """
        chosen = replace(member, language=language)
        await self.save(chosen)
        return chosen

    async def profile_changed(self, tenant: Tenant, slack_id: str, profile: Profile) -> bool:
        """Take over what Slack now says of a member we know; False where nothing changed.

        Raises:
            StoreUnavailable: nothing was saved.
        """
        async with self._database.read(tenant) as work:
            known = await work.members.get(slack_id)
        if known is None:
            return False
        moved = replace(known, locale=profile.locale, time_zone=profile.time_zone)
        if moved == known:
            return False
        await self.save(moved)
        return True

    def drop(self, tenant: Tenant, slack_id: str) -> None:
        """Forget what is at hand of a member."""
        self._known.pop((tenant, slack_id), None)

    def clear(self) -> None:
        """Forget all that is at hand."""
        self._known.clear()

    async def refresh(self) -> None:
        """Drop what any process changed since the last call. One cheap query.

        Raises:
            StoreUnavailable: the store did not answer; what is remembered stays in use.
        """
        now = self._clock.now()
        changed = await self._database.members_changed_since(self._seen)
        if len(changed) >= CHANGE_FEED_LIMIT:
            self._known.clear()
            self._books.clear()
        for key in changed:
            self._known.pop(key, None)
            self._books.drop(*key)
        self._seen = now - _OVERLAP

    async def _introduce(self, tenant: Tenant, slack_id: str) -> Member:
        member = Member(tenant, slack_id)
        profile = await self._profiles.profile(tenant, slack_id)
        if profile is None:
            return member
        member = replace(member, locale=profile.locale, time_zone=profile.time_zone)
        try:
            member = await self._add(member)
        except StoreUnavailable as error:
            log.warning("member_not_saved", reason=str(error))
        else:
            self._remember(member)
        return member

    async def _add(self, member: Member) -> Member:
        """Add the member and return what the store holds, the workspace's catalogue included."""
        async with self._database.write(member.tenant) as work:
            await work.members.add(member, at=self._clock.now())
            return await work.members.get(member.slack_id) or member

    def _remember(self, member: Member) -> None:
        if len(self._known) >= _REMEMBERED:
            self._known.pop(next(iter(self._known)))
        self._known[member.tenant, member.slack_id] = member
