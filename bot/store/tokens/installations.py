"""The installation of one tenant, in a unit of work."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Row, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.installs.audit import Act, ActKind, Actor
from bot.domain.installs.installation import (
    CLOCKS_APART,
    Installation,
    Installed,
    KnownInstallation,
    Trouble,
)
from bot.domain.members.effects import EffectKind, Errand
from bot.domain.tenancy import Tenant
from bot.store.audit.acts import note_acts
from bot.store.dialect import way_for
from bot.store.effects import keep_errands
from bot.store.errors import WrongTenant
from bot.store.models import effect, workspace
from bot.store.tenants import tenant_key
from bot.store.tokens.keys import TokenKeys, Tokens
from bot.store.tokens.models import installation
from bot.store.tokens.rows import FACTS, known_of, sealed_of, tenant_of, with_tokens

_NO_TOKENS = {"sealed": None, "key_id": None, "expires_at": None}
_NO_REFRESH = {"refreshed_by": None, "refresh_until": None}
_NO_TROUBLE = {"trouble": None, "trouble_since": None}
_TELL_SQLITE = text("INSERT INTO change (team_id, enterprise_id) VALUES (:team_id, :enterprise_id)")
_TELL_POSTGRESQL = text(
    "INSERT INTO change (xid, team_id, enterprise_id)"
    " VALUES (CAST(CAST(pg_current_xact_id() AS text) AS bigint), :team_id, :enterprise_id)"
)


class Ensured(Protocol):
    """The workspace's row, which is there afterwards."""

    async def ensure(self, *, at: datetime) -> None: ...


class InstallationRepository:
    """Reads and writes the installation of the tenant it is bound to, and no other.

    Whatever changes what a token is used for is noted for the caches of all processes.
    """

    def __init__(
        self, connection: AsyncConnection, tenant: Tenant, keys: TokenKeys, workspaces: Ensured
    ) -> None:
        self._connection = connection
        self._tenant = tenant
        self._key = tenant_key(tenant)
        self._keys = keys
        self._workspaces = workspaces

    # Made only where it is asked for: every transaction has one of these, and few ask.
    @property
    def _mine(self) -> ColumnElement[bool]:
        return installation.c.tenant_key == self._key

    async def get(self) -> Installation | None:
        """Return the installation with its tokens; None where there are none.

        Raises:
            NoTokenKeys, TokenKeyMissing: the tokens cannot be decrypted.
        """
        row = await self._row()
        return None if row is None or row.sealed is None else with_tokens(row, self._keys)

    async def known(self) -> KnownInstallation | None:
        """Return what is kept besides the tokens; None where nothing is."""
        row = await self._row()
        return None if row is None else known_of(row)

    async def install(
        self, made: Installation, *, at: datetime, then: Errand | None = None
    ) -> Installed:
        """Keep an installation and call off a waiting removal; queue an errand that follows.

        The newest holds, by when it was made: an older one that comes late changes nothing, nor
        does one from before a removal. Of two that were made within a minute the one that comes
        last holds, for clocks may be so far apart.

        Raises:
            NoTokenKeys: there is no key to encrypt its tokens with.
            WrongTenant: it is another tenant's.
        """
        if made.tenant != self._tenant or tenant_of(made) != self._tenant:
            raise WrongTenant
        sealed = self._keys.seal(self._key, Tokens(made.token, made.refresh_token))
        await self._hold_workspace(at=at)
        before = await self._row(hold=True)
        if before is not None and _is_older(made, before):
            return Installed(new=False, late=True)
        values = {name: getattr(made, name) for name in FACTS}
        values |= {"sealed": sealed.content, "key_id": sealed.key_id}
        values |= _NO_REFRESH | _NO_TROUBLE | {"removed_at": None}
        await self._keep(before, values)
        await self._call_off_removal()
        await self._tell()
        act = Act.by(made.installer, ActKind.APP_INSTALLED, made.name or "")
        await note_acts(self._connection, self._tenant, act, at=at)
        if then is not None:
            await keep_errands(self._connection, [then], now=at)
        return _compared(made, before)

    async def revoke(self, token: str | None, reason: str, *, at: datetime) -> bool:
        """Delete the tokens at once, and tell why; False where `token` is none of those kept.

        Without a `token` whatever is kept goes. What members hold stays.

        Raises:
            NoTokenKeys, TokenKeyMissing: which token is kept cannot be told.
        """
        row = await self._row(hold=True)
        if row is None or row.sealed is None or not self._is_token(row, token):
            return False
        gone = _NO_TOKENS | _NO_REFRESH | {"trouble": reason, "trouble_since": at}
        await self._set(gone)
        await self._tell()
        done = Act(ActKind.TOKENS_DELETED, reason, Actor.NEXTRUNG)
        await note_acts(self._connection, self._tenant, done, at=at)
        return True

    async def remove(self, *, at: datetime, act: Act | None = None) -> datetime | None:
        """Delete the tokens, for the app was removed; return since when it is.

        That is the first moment that it was known: being told again changes nothing. None where
        nothing is held of the tenant. `act` is noted in the place of our own.
        """
        held = select(workspace.c.id).where(workspace.c.tenant_key == self._key).with_for_update()
        is_held = await self._connection.scalar(held) is not None
        row = await self._row(hold=True)
        if row is None and not is_held:
            return None
        if row is not None and row.removed_at is not None:
            since: datetime = row.removed_at
            return since
        await self._keep(row, _NO_TOKENS | _NO_REFRESH | _NO_TROUBLE | {"removed_at": at})
        await self._tell()
        done = act or Act(ActKind.APP_REMOVED, actor=Actor.NEXTRUNG)
        await note_acts(self._connection, self._tenant, done, at=at)
        return at

    async def is_kept(self, token: str | None) -> bool:
        """Tell whether this token, or none, is kept still; hold the row until the end.

        Raises:
            NoTokenKeys, TokenKeyMissing: it cannot be told.
        """
        row = await self._row(hold=True)
        if row is None or row.sealed is None:
            return True
        return token is not None and self._is_token(row, token)

    async def is_there(self) -> bool:
        """Take a removal back, for a token of the settings works; tell whether there was one."""
        back = update(installation).where(
            self._mine, installation.c.removed_at.is_not(None), installation.c.sealed.is_(None)
        )
        found = await self._connection.execute(back.values(removed_at=None))
        return found.rowcount > 0

    async def mark(self, token: str | None, trouble: Trouble | None) -> bool:
        """Keep why the token is of no use, or that it is again; False where nothing changed.

        Nothing changes either where another token is kept by now.
        """
        row = await self._row(hold=True)
        if (
            row is None
            or row.sealed is None
            or (row.trouble or None) == (trouble and trouble.reason)
        ):
            return False
        if not self._is_token(row, token):
            return False
        await self._set(
            {"trouble": trouble.reason, "trouble_since": trouble.since} if trouble else _NO_TROUBLE
        )
        await self._tell()
        return True

    async def _row(self, *, hold: bool = False) -> Row[Any] | None:
        query = select(installation).where(self._mine)
        return (await self._connection.execute(query.with_for_update() if hold else query)).first()

    async def _set(self, values: dict[str, Any]) -> None:
        await self._connection.execute(update(installation).where(self._mine).values(values))

    async def _keep(self, before: Row[Any] | None, values: dict[str, Any]) -> None:
        if before is not None:
            await self._set(values)
            return
        ours: dict[str, Any] = {
            "team_id": self._tenant.team_id,
            "enterprise_id": self._tenant.enterprise_id,
            "org_wide": self._tenant.team_id is None,
        }
        new = ours | {"tenant_key": self._key, "scopes": ()} | values
        await self._connection.execute(insert(installation).values(new))

    async def _hold_workspace(self, *, at: datetime) -> None:
        """Hold the workspace's row: a removal that is being carried out, or another install, waits.

        It may be deleted between being found and being held; then it is made once more.
        """
        query = select(workspace.c.id).where(workspace.c.tenant_key == self._key).with_for_update()
        for _ in range(3):
            await self._workspaces.ensure(at=at)
            if await self._connection.scalar(query) is not None:
                return

    def _is_token(self, row: Row[Any], token: str | None) -> bool:
        return token is None or self._keys.open(self._key, sealed_of(row)).token == token

    async def _call_off_removal(self) -> None:
        waiting = delete(effect).where(
            effect.c.tenant_key == self._key, effect.c.kind == EffectKind.FORGET_WORKSPACE.value
        )
        await self._connection.execute(waiting)

    async def _tell(self) -> None:
        await tell_of_change(self._connection, self._tenant)


async def forget_installer(connection: AsyncConnection, key: str, slack_id: str) -> None:
    """Forget who installed the app, where it was this member; it stays installed."""
    theirs = (installation.c.tenant_key == key) & (installation.c.installer == slack_id)
    await connection.execute(update(installation).where(theirs).values(installer=None))


async def tell_of_change(connection: AsyncConnection, tenant: Tenant) -> None:
    """Let every process read the tenant's installation anew.

    Versions before this one take a change without a member for somebody who was forgotten, and
    drop all that they remember.
    """
    ids = {"team_id": tenant.team_id, "enterprise_id": tenant.enterprise_id}
    await connection.execute(
        way_for(connection, sqlite=_TELL_SQLITE, postgresql=_TELL_POSTGRESQL), ids
    )


def _is_older(made: Installation, before: Row[Any]) -> bool:
    moments = (before.installed_at, before.removed_at)
    newest = max((each for each in moments if each), default=None)
    if newest is None or made.installed_at is None:
        return False
    return bool(made.installed_at < newest - CLOCKS_APART)


def _compared(made: Installation, before: Row[Any] | None) -> Installed:
    if before is None or before.removed_at is not None or before.installed_at is None:
        return Installed(new=True, back=before is not None)
    gained = tuple(each for each in made.scopes if each not in before.scopes)
    lost = tuple(each for each in before.scopes if each not in made.scopes)
    return Installed(new=False, scopes_gained=gained, scopes_lost=lost)
