"""The installations of all tenants."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, Select, select, true, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.installs.installation import Installation, KnownInstallation
from bot.domain.tenancy import Tenant
from bot.store.engine import transaction
from bot.store.isolation.reach import Across, Reach
from bot.store.tenants import tenant_key
from bot.store.tokens.keys import NoTokenKeys, TokenKeyMissing, TokenKeys, Tokens
from bot.store.tokens.models import installation
from bot.store.tokens.rows import known_of, sealed_of, tenant_of, with_tokens
from bot.values import dataclass

# So many rows are decrypted, or encrypted anew, in one transaction.
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Found:
    """The installation of a tenant as it is used: None where there is none, or `why` it cannot be.

    `why` is set where its tokens cannot be decrypted.
    """

    tenant: Tenant
    installation: Installation | None = None
    why: NoTokenKeys | TokenKeyMissing | None = None


@dataclass(frozen=True, slots=True)
class Reencrypted:
    """How many tokens are encrypted anew, and which keys the others need, by their names.

    `last` is where to go on, None where that was the end.
    """

    done: int
    left: Counter[str]
    last: int | None


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

    async def unopened(self) -> Counter[str]:
        """Count the installations whose tokens these keys do not decrypt, by the name of the key.

        Raises:
            StoreUnavailable: the database is locked, slow or away.
        """
        found, last = Counter[str](), 0
        while True:
            query = _sealed(last).limit(_BATCH)
            async with transaction(
                self._reader, timeout_ms=self._timeout_ms, reach=Across.OPERATING
            ) as connection:
                rows = (await connection.execute(query)).all()
            for row in rows:
                if self._opened(row) is None:
                    found[row.key_id] += 1
            if len(rows) < _BATCH:
                return found
            last = rows[-1].id

    async def reencrypt_some(self, *, after: int) -> Reencrypted:
        """Encrypt some of what an older key encrypts with the newest, beyond the row `after`.

        Raises:
            NoTokenKeys: there is no key.
            StoreUnavailable: the database is locked, slow or away; nothing was changed.
        """
        newest = installation.c.key_id != self.keys.ids[0] if self.keys else true()
        query = _sealed(after).where(newest).limit(_BATCH).with_for_update()
        done, left = 0, Counter[str]()
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.OPERATING
        ) as connection:
            rows = (await connection.execute(query)).all()
            for row in rows:
                tokens = self._opened(row)
                if tokens is None:
                    left[row.key_id] += 1
                    continue
                sealed = self.keys.seal(row.tenant_key, tokens)
                anew = update(installation).where(installation.c.id == row.id)
                await connection.execute(anew.values(sealed=sealed.content, key_id=sealed.key_id))
                done += 1
        return Reencrypted(done, left, rows[-1].id if len(rows) == _BATCH else None)

    def _opened(self, row: Row[Any]) -> Tokens | None:
        try:
            return self.keys.open(row.tenant_key, sealed_of(row))
        except (NoTokenKeys, TokenKeyMissing):
            return None

    def _found(self, row: Row[Any]) -> Found:
        tenant = tenant_of(row)
        try:
            return Found(tenant, with_tokens(row, self.keys))
        except (NoTokenKeys, TokenKeyMissing) as why:
            return Found(tenant, why=why)


def _sealed(after: int) -> Select[Any]:
    kept = installation.c.sealed.is_not(None)
    return select(installation).where(kept, installation.c.id > after).order_by(installation.c.id)


def _only(tenants: Collection[Tenant]) -> Reach:
    return next(iter(tenants)) if len(tenants) == 1 else Across.INSTALLATIONS
