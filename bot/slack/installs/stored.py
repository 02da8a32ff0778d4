"""Installations of the store as they are used: read once, remembered for a while."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import Protocol

from bot.domain.errors import NextrungError
from bot.domain.installs.installation import CLOCKS_APART, Installation
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.installs.installing import Installing
from bot.services.installs.rotation import EARLY, LOST
from bot.services.memo import Memo
from bot.services.ports import Clock
from bot.slack.auth import Connected
from bot.slack.client import SlackClient
from bot.slack.tokens.identity import Identity
from bot.store.errors import StoreUnavailable
from bot.store.tokens.installed import InstallationStore
from bot.values import dataclass

_REMEMBERED = 20_000
# Whatever else may go wrong, nothing is remembered longer (seconds).
_FRESH_FOR = 300.0
# A token that ends so soon, by a clock that may be wrong, is exchanged before it is used.
_ENDING = 2 * CLOCKS_APART
_EXPIRED = "token_expired"
# Why a token is not exchanged any more, although it may serve until it ends.
_NOT_EXCHANGED = frozenset({LOST, "invalid_refresh_token"})

log = get_logger()


class Renewing(Protocol):
    """Exchanges tokens that end for new ones."""

    async def renewed(self, tenant: Tenant, *, ended: bool = False) -> None:
        """Return once a tenant's token was exchanged, by whomever, or could not be.

        `ended` tells that Slack said so, whatever the clock here says.
        """
        ...

    def begin(self, tenant: Tenant) -> None:
        """Exchange a tenant's token beside what is done now."""
        ...


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of a tenant at a moment: its installation and a client, None where none is."""

    read_at: float
    installation: Installation | None = None
    connected: Connected | None = None
    why: NextrungError | None = None


class StoredInstallations:
    """See `Stored`. For one event loop. Other processes' changes are told by `heard`."""

    def __init__(
        self,
        store: InstallationStore,
        installing: Installing,
        clock: Clock,
        client_for: Callable[[str], SlackClient],
        *,
        renewing: Renewing | None = None,
        counted: Callable[[], float] = monotonic,
    ) -> None:
        """`client_for` makes a client for a token; `counted` counts seconds."""
        self._store = store
        self._installing = installing
        self._clock = clock
        self._client_for = client_for
        self.renewing = renewing
        self._counted = counted
        self._known: Memo[_Known] = Memo(_REMEMBERED)
        self._changes = 0
        installing.listen(self.drop)

    @property
    def is_used(self) -> bool:
        """Whether there are keys, so that there may be installations."""
        return bool(self._store.keys)

    async def find(self, tenants: Sequence[Tenant]) -> Connected | None:
        """Return the first of the tenants that is installed, with a token that lasts a while.

        Raises:
            StoreUnavailable: the store does not answer, and nothing is remembered.
            NoTokenKeys, TokenKeyMissing: the token cannot be decrypted.
        """
        await self._read([each for each in tenants if not self._is_fresh(each)])
        for tenant in tenants:
            known = self._known.known(tenant)
            if known is not None and known.why is not None:
                # Else what it was raised through each time would be kept with it.
                raise known.why.with_traceback(None)
            if known is not None and known.connected is not None:
                return await self._lasting(tenant, known) or known.connected
        return None

    def drop(self, tenant: Tenant) -> None:
        """Read a tenant's installation anew when it is next needed."""
        self._changes += 1
        self._known.drop(tenant)

    def heard(self, tenants: Sequence[Tenant] | None) -> None:
        """Drop what any process changed, all where None says that it may be any."""
        if tenants is None:
            self._changes += 1
            self._known.clear()
        for each in tenants or ():
            self.drop(each)

    async def refused(self, tenant: Tenant, token: str, code: str) -> str | None:
        """Hear that Slack refused a token; return the newer one, if there is or can be one.

        Where there is none it is kept that the token is of no use, and nothing is deleted.
        """
        try:
            found = await self._newer(tenant, token)
            if found is None and code == _EXPIRED and self.renewing is not None:
                await self.renewing.renewed(tenant, ended=True)
                found = await self._newer(tenant, token)
            known = self._known.known(tenant)
            marked = known and known.installation and known.installation.trouble
            told = {code} | (_NOT_EXCHANGED if code == _EXPIRED else frozenset())
            if found is None and not (marked and marked.reason in told):
                await self._installing.marked(tenant, token=token, reason=code)
        except NextrungError as error:
            log.warning("installation_not_marked", team=tenant.team_id, code=error.code)
            return None
        return None if found is None else found.token

    async def taken(self, tenant: Tenant, token: str) -> None:
        """Hear that Slack took a token: if it was of no use before, it is again.

        One that cannot be exchanged serves until it ends, and still cannot be exchanged.
        """
        known = self._known.known(tenant)
        trouble = known.installation.trouble if known and known.installation else None
        if trouble is not None and trouble.reason not in _NOT_EXCHANGED:
            with suppress(NextrungError):
                await self._installing.marked(tenant, token=token, reason=None)

    async def _newer(self, tenant: Tenant, token: str) -> Installation | None:
        self.drop(tenant)
        await self._read([tenant])
        known = self._known.known(tenant)
        found = known.installation if known else None
        return found if found is not None and found.token != token else None

    def _is_fresh(self, tenant: Tenant) -> bool:
        known = self._known.known(tenant)
        return known is not None and self._counted() - known.read_at < _FRESH_FOR

    async def _read(self, tenants: Sequence[Tenant]) -> None:
        if not tenants:
            return
        before = self._changes
        try:
            found = {each.tenant: each for each in await self._store.find(tenants)}
        except StoreUnavailable:
            # What is remembered is better than nothing: it has worked so far.
            if all(self._known.known(each) for each in tenants):
                return
            raise
        now = self._counted()
        for tenant in tenants:
            one = found.get(tenant)
            made = one.installation if one else None
            connected = self._connected(made) if made else None
            known = _Known(now, made, connected, one.why if one else None)
            if known.why is not None:
                log.error("token_not_decrypted", team=tenant.team_id, code=known.why.code)
            if before == self._changes:
                self._known.put(tenant, known)
            else:
                # Something changed meanwhile, perhaps this: it serves once, and is read again.
                self._known.put(tenant, replace(known, read_at=now - _FRESH_FOR))

    def _connected(self, made: Installation) -> Connected:
        client = self._client_for(made.token)
        client.keeper = _OfTenant(self, made.tenant)
        identity = Identity(
            enterprise_id=made.enterprise_id,
            team_id=made.team_id,
            bot_id=made.bot_id,
            bot_user_id=made.bot_user_id,
            scopes=made.scopes,
            org_wide=made.org_wide,
        )
        return Connected(client, identity)

    async def _lasting(self, tenant: Tenant, known: _Known) -> Connected | None:
        """See that a token that ends is exchanged: at once where it is nearly over."""
        made = known.installation
        if self.renewing is None or made is None or made.expires_at is None:
            return known.connected
        left = made.expires_at - self._clock.now()
        if left > EARLY or made.refresh_token is None:
            return known.connected
        if left > _ENDING:
            self.renewing.begin(tenant)
            return known.connected
        await self.renewing.renewed(tenant)
        await self._read([] if self._is_fresh(tenant) else [tenant])
        newer = self._known.known(tenant)
        return newer.connected if newer else None


@dataclass(frozen=True, slots=True)
class _OfTenant:
    """The keeper of one tenant's token; see `Keeper`."""

    stored: StoredInstallations
    tenant: Tenant

    async def refused(self, token: str, code: str) -> str | None:
        return await self.stored.refused(self.tenant, token, code)

    async def taken(self, token: str) -> None:
        await self.stored.taken(self.tenant, token)
