"""The installations of all tenants."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.installs.installation import Installation, KnownInstallation
from bot.domain.tenancy import Tenant
from bot.store.engine import transaction
from bot.store.isolation.reach import Across, Reach
from bot.store.tenants import tenant_key
from bot.store.tokens.keys import NoTokenKeys, TokenKeyMissing, TokenKeys
from bot.store.tokens.models import installation
from bot.store.tokens.rows import known_of, tenant_of, with_tokens


@dataclass(frozen=True, slots=True)
class Found:
    """The installation of a tenant as it is used: None where there is none, or `why` it cannot be.

    `why` is set where its tokens cannot be decrypted.
    """

    tenant: Tenant
    installation: Installation | None = None
    why: NoTokenKeys | TokenKeyMissing | None = None


class InstallationStore:
    """Installations of all tenants, for what crosses tenants: requests, workers, the operator."""

    def __init__(
        self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int, keys: TokenKeys
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms
        self.keys = keys

    async def find(self, tenants: Collection[Tenant]) -> list[Found]:
        """Return those of the tenants that are installed, in no order: one query.

        Raises:
            StoreUnavailable: the database is locked, slow or away.
        """
        named = installation.c.tenant_key.in_([tenant_key(each) for each in tenants])
        query = select(installation).where(named, installation.c.sealed.is_not(None))
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=_only(tenants)
        ) as connection:
            rows = (await connection.execute(query)).all()
        return [self._found(row) for row in rows]

    async def all(self) -> list[KnownInstallation]:
        """Return every installation that is kept, by its id, without tokens.

        Raises:
            StoreUnavailable: the database is locked, slow or away.
        """
        query = select(installation).order_by(installation.c.id)
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.OPERATING
        ) as connection:
            return [known_of(row) for row in (await connection.execute(query)).all()]

    async def keys_in_use(self) -> dict[str, int]:
        """Return how many installations are encrypted with each key, by its name.

        Raises:
            StoreUnavailable: the database is locked, slow or away.
        """
        query = (
            select(installation.c.key_id, func.count().label("number"))
            .where(installation.c.sealed.is_not(None))
            .group_by(installation.c.key_id)
        )
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.OPERATING
        ) as connection:
            rows: Sequence[Row[Any]] = (await connection.execute(query)).all()
        return {row.key_id: row.number for row in rows}

    def _found(self, row: Row[Any]) -> Found:
        tenant = tenant_of(row)
        try:
            return Found(tenant, with_tokens(row, self.keys))
        except (NoTokenKeys, TokenKeyMissing) as why:
            return Found(tenant, why=why)


def _only(tenants: Collection[Tenant]) -> Reach:
    return next(iter(tenants)) if len(tenants) == 1 else Across.INSTALLATIONS
