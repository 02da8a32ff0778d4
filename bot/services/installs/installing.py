"""Installing the app in a workspace or an organisation, and its end there."""

from collections.abc import Callable, Collection
from datetime import datetime

from bot.domain.installs.audit import Act, ActKind
from bot.domain.installs.installation import (
    CLOCKS_APART,
    Installation,
    Installed,
    InstalledMeanwhile,
    KnownInstallation,
    Trouble,
)
from bot.domain.members.effects import EffectKind, Errand
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.ports import Clock
from bot.store.database import Database

log = get_logger()


class Installing:
    """Keeps installations. Other processes hear of each change within two seconds."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._listeners: list[Callable[[Tenant], None]] = []
        self._working: set[Tenant] = set()

    def listen(self, listener: Callable[[Tenant], None]) -> None:
        """Let somebody in this process know at once whose installation changed."""
        self._listeners.append(listener)

    async def install(self, made: Installation, *, at: datetime | None = None) -> Installed:
        """Keep an installation, in one transaction; a waiting removal is called off.

        Of an organisation it is an errand from then on to ask in which workspaces it may be used.

        Call it with what Slack has just said of the token: nothing is asked here. The newest by
        `installed_at` holds, whichever comes last; see `InstallationRepository.install`.

        Raises:
            NoTokenKeys: there is no key to encrypt its tokens with.
            StoreUnavailable: nothing was kept, unless the connection broke during the commit; once
                more is safe.
        """
        asking = Errand(made.tenant, EffectKind.ORGANISATION) if made.org_wide else None
        async with self._database.write(made.tenant) as work:
            now = at or self._clock.now()
            done = await work.installations.install(made, at=now, then=asking)
        self._tell(made.tenant)
        where = {"team": made.team_id, "enterprise": made.enterprise_id}
        if done.late:
            log.info("installation_late", **where)
        else:
            log.info("app_installed", **where, new=done.new)
        return done

    async def revoked(
        self, tenant: Tenant, *, token: str | None = None, reason: str = "token_revoked"
    ) -> bool:
        """Delete the tokens of a tenant at once; what members hold stays.

        With a `token`, only where that is the one kept: a newer installation is left alone, and
        False is returned.

        Raises:
            NoTokenKeys, TokenKeyMissing: which token is kept cannot be told.
            StoreUnavailable: nothing was deleted.
        """
        async with self._database.write(tenant) as work:
            gone = await work.installations.revoke(token, reason, at=self._clock.now())
        self._tell(tenant)
        if gone:
            log.warning("tokens_deleted", team=tenant.team_id, reason=reason)
        return gone

    async def token_of(self, tenant: Tenant) -> str | None:
        """Return the token that is kept; None where there is none.

        Raises:
            NoTokenKeys, TokenKeyMissing: it cannot be decrypted.
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(tenant) as work:
            found = await work.installations.get()
        return found.token if found else None

    async def may_be(self, tenant: Tenant, bots: Collection[str]) -> bool:
        """Tell whether one of these bots is the tenant's; where it is not known, any may be.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        known = await self._kept(tenant)
        return known is None or known.bot_user_id is None or known.bot_user_id in bots

    async def is_newer(self, tenant: Tenant, than: datetime) -> bool:
        """Tell whether the app was installed after a moment, which another clock may have told.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        known = await self._kept(tenant)
        if known is None or known.installed_at is None:
            return False
        return known.installed_at > than + CLOCKS_APART

    async def removed(self, tenant: Tenant, *, token: str | None) -> datetime | None:
        """Delete the tokens of a tenant that removed the app, as Slack confirmed of `token`.

        Return since when it is removed; None where nothing is held of it.

        Raises:
            InstalledMeanwhile: another token is kept by now.
            NoTokenKeys, TokenKeyMissing: which token is kept cannot be told.
            StoreUnavailable: nothing was deleted.
        """
        async with self._database.write(tenant) as work:
            if not await work.installations.is_kept(token):
                raise InstalledMeanwhile
            since = await work.installations.remove(at=self._clock.now())
        self._tell(tenant)
        return since

    async def end(self, tenant: Tenant) -> None:
        """Delete the tokens of a tenant on the operator's word; what is held there goes later.

        That is an errand, which any process carries out.

        Raises:
            StoreUnavailable: it may still be installed; once more is safe.
        """
        now = self._clock.now()
        # Were this all that is done, it would find a token that works, and delete nothing.
        await self._database.effects.begin(Errand(tenant, EffectKind.FORGET_WORKSPACE), now=now)
        async with self._database.write(tenant) as work:
            await work.installations.remove(at=now, act=Act(ActKind.APP_REMOVED))
        self._tell(tenant)

    def works(self, tenant: Tenant) -> None:
        """Hear that a token of the settings works: if the app was removed there, it is back.

        That is kept by `take_back`.
        """
        self._working.add(tenant)

    async def take_back(self) -> None:
        """Take back the removals of tenants where a token of the settings works; often nothing.

        Raises:
            StoreUnavailable: some are still to be taken back; the next time they are.
        """
        while self._working:
            tenant = next(iter(self._working))
            known = await self._kept(tenant)
            if known is not None and known.removed_at is not None and known.key_id is None:
                async with self._database.write(tenant) as work:
                    await work.installations.is_there()
            self._working.discard(tenant)

    async def marked(self, tenant: Tenant, *, token: str, reason: str | None) -> None:
        """Keep why a token is of no use, by Slack's code; None takes it back. Nothing is deleted.

        Raises:
            NoTokenKeys, TokenKeyMissing: which token is kept cannot be told.
            StoreUnavailable: nothing was kept.
        """
        trouble = Trouble(reason, self._clock.now()) if reason else None
        async with self._database.write(tenant) as work:
            changed = await work.installations.mark(token, trouble)
        if not changed:
            return
        self._tell(tenant)
        if reason:
            log.warning("installation_trouble", team=tenant.team_id, reason=reason)
        else:
            log.info("installation_works", team=tenant.team_id)

    async def _kept(self, tenant: Tenant) -> KnownInstallation | None:
        async with self._database.read(tenant) as work:
            return await work.installations.known()

    def _tell(self, tenant: Tenant) -> None:
        for listener in self._listeners:
            listener(tenant)
