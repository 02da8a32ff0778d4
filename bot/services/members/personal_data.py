"""What is held about a member: handed over to them, or deleted on their word."""

from collections.abc import Callable

from bot.domain.members.personal_data import Forgotten, GrowthRecord
from bot.domain.tenancy import Member, Tenant
from bot.log import get_logger
from bot.services.growth.cache import GrowthCache
from bot.services.members.directory import Members
from bot.services.ports import Clock
from bot.store.database import Database
from bot.store.errors import StoreUnavailable

# More looks at one share than anybody has in its time.
_LOOKS = 10_000

log = get_logger()


class Records:
    """Everything held about members."""

    def __init__(
        self,
        database: Database,
        members: Members,
        growth: GrowthCache,
        clock: Clock,
        *,
        marker: Callable[[Member], Callable[[str], str]],
    ) -> None:
        """Keep what is needed; `marker` returns what makes a member's marks at unclear texts."""
        self._database = database
        self._members = members
        self._growth = growth
        self._marker = marker
        self._clock = clock

    async def everything(self, member: Member) -> GrowthRecord:
        """Return everything held about the member.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(member.tenant) as work:
            stored = await work.members.get(member.slack_id)
            place = await work.installations.known()
            growth = await work.growth.of(member.slack_id)
            shares = await work.shares.kept_of(member.slack_id)
            looks = await work.looks.of([each.id for each in shares], most=_LOOKS)
            return GrowthRecord(
                member=stored or member,
                assessments=await work.growth.history_of(member.slack_id),
                evidence=growth.evidence,
                goals=await work.growth.goals_of(member.slack_id),
                taken_at=self._clock.now(),
                plan=await work.plans.of(member.slack_id),
                nudges=await work.nudges.kept_of(member.slack_id),
                passed_over=await work.nudges.passed_over_by(member.slack_id),
                put_off=await work.nudges.put_off_by(member.slack_id),
                owns_catalogue=member.slack_id in await work.workspaces.catalogue_owners(),
                upload=await work.uploads.of(member.slack_id),
                acts=await work.audit.of(member.slack_id),
                drafts=await work.drafts.kept_of(member.slack_id),
                actions=await work.actions.kept_of(member.slack_id),
                agreed=await work.agreed.kept_of(member.slack_id),
                rhythms=await work.talks.rhythms_of(member.slack_id),
                points=await work.talks.kept_of(member.slack_id),
                installed_at=place.installed_at
                if place and place.installer == member.slack_id
                else None,
                offers=growth.offers,
                pairs=await work.pairs.kept_of(member.slack_id),
                helper_account=await work.offers.account_of(member.slack_id),
                shares=shares,
                looks=tuple(each for one in looks.values() for each in reversed(one)),
                letters=await work.letters.kept_of(member.slack_id),
                confirmations=(
                    *await work.confirmations.by(member.slack_id),
                    *await work.confirmations.to(member.slack_id),
                ),
                manager_marks=tuple(await work.manager_marks.kept_of(member.slack_id)),
            )

    async def forget(self, member: Member) -> Forgotten:
        """Delete everything held about the member and return how much that was; then `scrub`.

        Raises:
            StoreUnavailable: nothing was deleted.
        """
        if member.tenant.enterprise_id is not None:
            # What the organisation keeps of its workspaces names who owned it there.
            await self._database.organisations.forget_owner(member.tenant, member.slack_id)
        async with self._database.write(member.tenant) as work:
            found = await work.members.forget(member.slack_id, at=self._clock.now())
            await work.unclear.unmark(self._marker(member))
        self._members.drop(member.tenant, member.slack_id)
        self._growth.drop(member.tenant, member.slack_id)
        log.info("member_forgotten", team=member.tenant.team_id)
        return found

    async def scrub(self) -> None:
        """Let no copy of what was deleted stay behind in the store's files, as far as it can."""
        try:
            await self._database.scrub()
        except StoreUnavailable as error:
            log.info("not_scrubbed", reason=str(error))

    async def forget_workspace(self, tenant: Tenant) -> Forgotten:
        """Delete a workspace with everything its members hold: the app was removed there."""
        found = await self._database.forget_workspace(tenant, now=self._clock.now)
        self._members.clear()
        self._growth.clear()
        await self.scrub()
        log.info("workspace_forgotten", team=tenant.team_id, members=found.members)
        return found
