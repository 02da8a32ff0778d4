"""One transaction's repositories, all bound to one tenant."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.tenancy import Tenant
from bot.store.members import MemberRepository
from bot.store.workspaces import WorkspaceRepository


class UnitOfWork:
    """The repositories of one tenant within one transaction. `Database` makes and commits it."""

    def __init__(self, connection: AsyncConnection, tenant: Tenant) -> None:
        self.tenant = tenant
        self.workspaces = WorkspaceRepository(connection, tenant)
        self.members = MemberRepository(connection, tenant, self.workspaces)
