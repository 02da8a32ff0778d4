"""Which workspaces our tokens speak for."""

from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Protocol, cast

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.errors import SlackApiError

from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.slack.client import SlackClient
from bot.slack.tokens.asking import Asking
from bot.slack.tokens.identity import Claim, Identity, identify
from bot.values import dataclass

_TENANT = "nextrung_tenant"

Authorize = Callable[..., Awaitable[AuthorizeResult]]

log = get_logger()


@dataclass(frozen=True, slots=True)
class Connected:
    """A workspace that we have a token for."""

    client: SlackClient
    identity: Identity


class Stored(Protocol):
    """The installations that the store keeps, as they are used.

    `is_used` tells that there may be some: where no key is set, the settings' tokens come first.
    """

    @property
    def is_used(self) -> bool: ...

    async def find(self, tenants: Sequence[Tenant]) -> Connected | None:
        """Return the first of the tenants that is installed; None where none is.

        Raises:
            NextrungError: the store does not answer, or the token cannot be decrypted.
        """
        ...

    def drop(self, tenant: Tenant) -> None:
        """Read a tenant's installation anew when it is next needed."""
        ...


class Workspaces:
    """The workspaces that we have tokens for; requests from any other are refused.

    Slack is asked once whose each token of the settings is; of installations in the store that is
    known. Where a workspace's own token is known, nobody there waits for what is asked of others'.
    """

    def __init__(
        self,
        clients: Sequence[SlackClient],
        *,
        stored: Stored | None = None,
        works: Callable[[Tenant], None] | None = None,
        counted: Callable[[], float] = monotonic,
    ) -> None:
        """Take one client per token of the settings.

        `works` hears of each tenant whose token Slack took; `counted` counts seconds.
        """
        self._settings = Asking(clients, self._ask, counted)
        self._of_settings: dict[Tenant | None, Connected] = {}
        self._seen = 0
        self._stored = stored
        self._works = works

    async def find(self, tenant: Tenant) -> Connected | None:
        """Return the installation of this tenant; None where it is none of ours.

        Raises:
            SlackApiError: Slack does not accept a token that might be this workspace's.
            aiohttp.ClientError, TimeoutError: Slack does not answer.
            NextrungError: the store does not answer, or the token cannot be decrypted.
        """
        return await self._find((tenant,))

    async def claimed(self, claim: Claim) -> Connected | None:
        """Return the installation that a request is meant for; None for a stranger's.

        One that names none is the only one's, where there is only one.

        Raises:
            SlackApiError, aiohttp.ClientError, TimeoutError, NextrungError: as in `find`.
        """
        return await self._find(claim.tenants)

    async def confirmed(self, tenant: Tenant) -> Connected | None:
        """Return this tenant's installation once Slack says, just now, that its token works.

        None where we have no token.

        Raises:
            SlackApiError: Slack does not accept its token, or one that might be this workspace's.
            aiohttp.ClientError, TimeoutError, NextrungError: as in `find`.
        """
        self.drop(tenant)
        found = await self.find(tenant)
        if found is not None and found is not self._held((tenant,)):
            # The store does not know what Slack says now.
            await found.client.auth_test()
        return found

    async def _find(self, tenants: tuple[Tenant, ...]) -> Connected | None:
        likeliest = tenants[:1]
        found, looked = self._held(tenants), False
        if _is_of(found, likeliest):
            return found
        if self._stored is not None and self._stored.is_used:
            found, looked = _likelier(tenants, found, await self._stored.find(tenants)), True
        failed: list[BaseException] = []
        if self._settings.waiting and not _is_of(found, likeliest):
            # The likeliest may still be among those that Slack was not asked about.
            failed = await self._settings.ask(lambda: self._held(likeliest) is not None)
            found = _likelier(tenants, self._held(tenants), found)
        if self._stored is not None and not looked and not _is_of(found, likeliest):
            found = _likelier(tenants, found, await self._stored.find(tenants))
        if found is None and failed:
            raise failed[0]
        return found

    async def _ask(self, client: SlackClient) -> Connected:
        connected = Connected(client, await identify(client))
        if self._works is not None and connected.identity.tenant is not None:
            self._works(connected.identity.tenant)
        return connected

    def may_be(self, tenant: Tenant, bots: Sequence[str]) -> bool:
        """Tell whether one of these bots is the tenant's; where it is not known, any may be."""
        found = self._held((tenant,))
        return bool(bots) and (found is None or found.identity.bot_user_id in bots)

    def drop(self, tenant: Tenant) -> None:
        """Forget what is known of a tenant's token: it is asked for again when next needed."""
        self._settings.again(lambda one: one.identity.tenant == tenant)
        if self._stored is not None:
            self._stored.drop(tenant)

    def _held(self, tenants: Sequence[Tenant]) -> Connected | None:
        """Return the first of the tenants that a token of the settings is known to be of."""
        answers = self._settings.answers
        if not tenants:
            # With several tokens nobody can say whose a request without a workspace is.
            alone = len(answers) == 1 and not self._settings.waiting
            return answers[0][1] if alone else None
        if self._seen != self._settings.changes:
            # Each nudge asks: with 200 tokens, looking through them took a seventh of its time.
            self._seen = self._settings.changes
            self._of_settings = {each.identity.tenant: each for _, each in answers}
        found = map(self._of_settings.get, tenants)
        return next(filter(None, found), None)

    def authorizer(self) -> Callable[..., Awaitable[AuthorizeResult]]:
        """Return Bolt's authorize function; it gives None for a request from elsewhere.

        Bolt takes None for "not installed there", although its annotation does not say so. It reads
        the function's argument names, so a bound method would not do.
        """

        async def authorize(
            context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None
        ) -> AuthorizeResult | None:
            found = await self.claimed(claim_of(context))
            if found is None:
                log.warning("foreign_workspace", team=team_id)
                return None
            context[_TENANT] = found.identity.tenant
            if isinstance(context.get("client"), SlackClient):
                context["client"].keeper = found.client.keeper
            return AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_id=found.identity.bot_id,
                bot_user_id=found.identity.bot_user_id,
                bot_token=found.client.token,
            )

        return cast("Callable[..., Awaitable[AuthorizeResult]]", authorize)


def _is_of(found: Connected | None, likeliest: Sequence[Tenant]) -> bool:
    """Tell whether it is what a request most likely means; one that names none means any."""
    return found is not None and (not likeliest or found.identity.tenant == likeliest[0])


def _likelier(tenants: Sequence[Tenant], *found: Connected | None) -> Connected | None:
    """Return the one whose tenant comes first; of two of the same tenant the first one."""
    places = {tenant: place for place, tenant in enumerate(tenants)}
    there = [each for each in found if each is not None]
    return min(
        there,
        key=lambda each: places.get(tenant, 0) if (tenant := each.identity.tenant) else 0,
        default=None,
    )


def claim_of(context: AsyncBoltContext) -> Claim:
    """Return what a request says of where it comes from."""
    team, enterprise = _word(context.team_id), _word(context.enterprise_id)
    return Claim(team, enterprise, bool(context.is_enterprise_install))


def _word(value: object) -> str | None:
    """Return an id as Slack sends it; what is none says nothing."""
    return value if isinstance(value, str) else None


def tenant_of(context: AsyncBoltContext) -> Tenant | None:
    """Return whose installation a request belongs to, as our own token said.

    Slack also tells of an app that was removed, when no token speaks for it any more: then the
    likeliest that the request may mean.
    """
    tenant: Tenant | None = context.get(_TENANT)
    return tenant or next(iter(claim_of(context).tenants), None)


def bolt_authorize(authorize: Authorize) -> Authorize:
    """Return what Bolt calls with each request, without its look at what a function could be given.

    Bolt takes an `AsyncAuthorize` as well as a function, although its annotation does not say so.
    """
    return cast("Authorize", _Direct(authorize))


class _Direct(AsyncAuthorize):
    """Asks which workspace a request comes from.

    Bolt's own gathers everything that a function could be given, and then looks what it takes.
    """

    def __init__(self, authorize: Authorize) -> None:
        self._authorize = authorize

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,  # noqa: ARG002 - Bolt's own
        **_actor: str | None,
    ) -> AuthorizeResult | None:
        try:
            return await self._authorize(
                context=context, enterprise_id=enterprise_id, team_id=team_id
            )
        except SlackApiError:  # the token is no longer valid
            return None
