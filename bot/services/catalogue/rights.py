"""Who may publish a workspace's catalogue, and who chooses them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain.catalogue.publication import Author
from bot.domain.catalogue.workspace_catalogue import Rights
from bot.domain.installs.audit import Act, ActKind
from bot.domain.tenancy import Member
from bot.log import get_logger
from bot.services.memo import Memo
from bot.services.ports import Clock, Profiles
from bot.store.database import Database

# How long Home may show a panel to somebody who lost it meanwhile. What they do is checked afresh.
_FRESH = timedelta(minutes=1)
_REMEMBERED = 10_000

log = get_logger()


class CatalogueRights:
    """The owners that the settings name, and those that an admin of the workspace granted."""

    def __init__(
        self, database: Database, profiles: Profiles, clock: Clock, *, named: frozenset[str]
    ) -> None:
        self._database = database
        self._profiles = profiles
        self._clock = clock
        self._named = named
        self._known: Memo[tuple[datetime, Rights]] = Memo(_REMEMBERED)

    async def at_hand(self, member: Member) -> Rights:
        """Return what the member may see, asked for within the last minute; to decide, use `of`.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        return self.known(member) or await self.of(member)

    def known(self, member: Member) -> Rights | None:
        """Return what was asked for within the last minute, if anything was."""
        now, found = self._clock.now(), self._known.known((member.tenant, member.slack_id))
        if found is None or not found[0] <= now < found[0] + _FRESH:
            return None
        return found[1]

    async def of(self, member: Member) -> Rights:
        """Return what the member may do now. Whom Slack does not vouch for is no admin.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(member.tenant) as work:
            granted = await work.workspaces.catalogue_owners()
        return await self.by_grants(member, granted)

    async def check(self, member: Member) -> Rights:
        """Return the member's rights where they may publish.

        Raises:
            NotCatalogueOwner: they may not; `OwnerNotVouched` where only Slack's silence says so.
            StoreUnavailable: the store does not answer.
        """
        rights = await self.of(member)
        rights.check()
        return rights

    async def by_grants(self, member: Member, granted: frozenset[str]) -> Rights:
        """Return what the member may do where just these members were granted the catalogue."""
        profile = await self._profiles.profile(member.tenant, member.slack_id)
        name = profile.name if profile else ""
        rights = Rights(
            author=Author(name or member.slack_id, member.slack_id),
            admin=bool(profile and profile.admin),
            named=self._named,
            granted=granted,
            vouched=profile is not None,
        )
        if profile:
            self._known.put((member.tenant, member.slack_id), (self._clock.now(), rights))
        return rights

    def forget(self) -> None:
        """Let everybody be asked about again."""
        self._known.clear()

    async def grant(self, member: Member, slack_ids: Collection[str]) -> None:
        """Let exactly these members own the catalogue, besides those whom the settings name.

        Raises:
            NotWorkspaceAdmin: the member does not administer the workspace.
            StoreUnavailable: nothing was changed.
        """
        rights = await self.of(member)
        rights.check_admin()
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            granted, withdrawn = await work.workspaces.grant_catalogue(slack_ids, at=now)
            acts = [
                Act.by(member.slack_id, kind, about=each)
                for kind, people in (
                    (ActKind.OWNER_GRANTED, granted),
                    (ActKind.OWNER_WITHDRAWN, withdrawn),
                )
                for each in sorted(people)
            ]
            await work.audit.note(*acts, at=now)
        self.forget()
        log.info("catalogue_owners_changed", team=member.tenant.team_id, owners=len(set(slack_ids)))
