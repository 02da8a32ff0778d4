"""An organisation met several frameworks: one of its owners picks, and members are told."""

from bot.domain.catalogue.workspace_catalogue import AdminNotVouched, own_key
from bot.domain.installs.organisation import (
    FrameworksSeen,
    NotOrganisationOwner,
    Part,
)
from bot.domain.tenancy import Member, Tenant
from bot.log import get_logger
from bot.services.catalogue.rights import CatalogueRights
from bot.services.members.directory import Members
from bot.services.ports import Clock
from bot.store.database import Database

log = get_logger()


class OrganisationFrameworks:
    """For members of organisations with the app org-wide; for anybody else there is nothing."""

    def __init__(
        self, database: Database, members: Members, clock: Clock, *, rights: CatalogueRights
    ) -> None:
        self._database = database
        self._members = members
        self._clock = clock
        self._rights = rights

    async def seen(self, member: Member) -> FrameworksSeen | None:
        """Return what the member sees of the frameworks that were met; None where none were.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        tenant = member.tenant
        if tenant.enterprise_id is None:
            return None
        found = await self._database.frameworks.of(tenant, own_key(tenant))
        if not found.parts:
            return None
        rights = await self._rights.at_hand(member)
        return FrameworksSeen(found, may_pick=rights.admin)

    async def decide(self, tenant: Tenant) -> None:
        """Use the only framework that an organisation met; of several let somebody pick.

        Raises:
            StoreUnavailable: nothing was decided.
        """
        found = await self._database.frameworks.decide(
            tenant, own_key(tenant), now=self._clock.now()
        )
        log.info(
            "organisation_frameworks",
            organisation=tenant.enterprise_id,
            choice=found.choice.value,
            parts=len(found.parts),
        )

    async def pick(self, member: Member, team_id: str | None) -> Part:
        """Use what this workspace had decided, or the organisation's own catalogue (None).

        Raises:
            AdminNotVouched: Slack does not say whether the member owns the organisation.
            NotOrganisationOwner: they do not.
            NoSuchPart: the organisation has met no such workspace.
            StoreUnavailable: nothing was changed.
        """
        tenant = member.tenant
        rights = await self._rights.of(member)
        if not rights.vouched:
            raise AdminNotVouched(slack_id=member.slack_id)
        if tenant.enterprise_id is None or not rights.admin:
            raise NotOrganisationOwner(slack_id=member.slack_id)
        part = await self._database.frameworks.pick(
            tenant, own_key(tenant), team_id, by=member.slack_id, now=self._clock.now()
        )
        self._rights.forget()
        self._members.clear()
        log.info("framework_picked", organisation=tenant.enterprise_id, team=team_id)
        return part
