"""Which workspaces our tokens speak for."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import cast

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.errors import SlackApiError

from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.slack.client import SlackClient
from bot.time_left import unhurried

_TENANT = "nextrung_tenant"

Authorize = Callable[..., Awaitable[AuthorizeResult]]

log = get_logger()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot token is, as `auth.test` tells.

    `scopes`, and `told_at` by Slack's clock (whole seconds), are None where the answer has none.
    """

    enterprise_id: str | None
    team_id: str | None
    bot_id: str | None
    bot_user_id: str | None
    scopes: tuple[str, ...] | None
    org_wide: bool = False
    told_at: datetime | None = None

    @property
    def tenant(self) -> Tenant | None:
        """Whose installation it is; None where Slack does not say.

        Slack may name a workspace beside an organisation that has the app org-wide.
        """
        team_id = None if self.org_wide else self.team_id
        return Tenant(team_id, self.enterprise_id) if team_id or self.enterprise_id else None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says of where it comes from. It selects among installations, no more."""

    team_id: str | None
    enterprise_id: str | None = None
    org_wide: bool = False

    @property
    def tenants(self) -> tuple[Tenant, ...]:
        """The installations that it may be meant for, the likeliest first."""
        workspace = [Tenant(self.team_id)] if self.team_id else []
        organisation = [Tenant(None, self.enterprise_id)] if self.enterprise_id else []
        likeliest = (organisation, workspace) if self.org_wide else (workspace, organisation)
        return tuple(likeliest[0] + likeliest[1])


@dataclass(frozen=True, slots=True)
class Connected:
    """A workspace that we have a token for."""

    client: SlackClient
    identity: Identity


class Workspaces:
    """The workspaces that our bot tokens belong to; requests from any other are refused.

    Slack is asked once per token; later requests cost nothing.
    """

    def __init__(self, clients: Sequence[SlackClient]) -> None:
        """Take one client per token."""
        self._waiting = list(clients)
        self._connected: list[Connected] = []
        self._asking: dict[SlackClient, asyncio.Task[None]] = {}

    async def find(self, tenant: Tenant) -> Connected | None:
        """Return the installation of this tenant; None where it is none of ours.

        Raises:
            SlackApiError: Slack does not accept a token that might be this workspace's.
            aiohttp.ClientError, TimeoutError: Slack does not answer.
        """
        return await self._find((tenant,))

    async def claimed(self, claim: Claim) -> Connected | None:
        """Return the installation that a request is meant for; None for a stranger's.

        One that names none is the only one's, where there is only one.

        Raises:
            SlackApiError, aiohttp.ClientError, TimeoutError: as in `find`.
        """
        return await self._find(claim.tenants)

    async def _find(self, tenants: tuple[Tenant, ...]) -> Connected | None:
        found = self._held(tenants)
        # The likeliest may still be among those that Slack was not asked about.
        if self._waiting and (found is None or found.identity.tenant != tenants[0]):
            found = await self._ask(tenants)
        return found

    async def _ask(self, tenants: tuple[Tenant, ...]) -> Connected | None:
        """Ask about the tokens not known yet, all at once; one that is silent hides no other.

        Whoever waits for the same token shares one question. It goes on where they stop waiting.
        """
        asked = {self._question(client) for client in self._waiting}
        failed: list[BaseException] = []
        while asked and self._held(tenants[:1]) is None:
            done, asked = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
            failed += filter(None, (each.exception() for each in done))
        found = self._held(tenants)
        if found is None and failed:
            # That Slack refuses a token says more than that it is silent.
            raise next((each for each in failed if isinstance(each, SlackApiError)), failed[0])
        return found

    def _question(self, client: SlackClient) -> "asyncio.Task[None]":
        task = self._asking.get(client)
        if task is None:
            task = asyncio.create_task(self._identify(client), context=unhurried())
            self._asking[client] = task
            task.add_done_callback(lambda done: self._asked(client, done))
        return task

    def _asked(self, client: SlackClient, task: "asyncio.Task[None]") -> None:
        del self._asking[client]
        if not task.cancelled():
            # Whoever waited has it; asyncio complains where nobody looks.
            task.exception()

    async def _identify(self, client: SlackClient) -> None:
        identity = await identify(client)
        if client in self._waiting:
            self._waiting.remove(client)
            self._connected.append(Connected(client, identity))

    def may_be(self, tenant: Tenant, bots: Sequence[str]) -> bool:
        """Tell whether one of these bots is the tenant's; where it is not known, any may be."""
        found = self._held((tenant,))
        return bool(bots) and (found is None or found.identity.bot_user_id in bots)

    def drop(self, tenant: Tenant) -> None:
        """Forget what Slack said of a tenant's token; it is asked again when next needed."""
        for each in [one for one in self._connected if one.identity.tenant == tenant]:
            self._connected.remove(each)
            self._waiting.append(each.client)

    def _held(self, tenants: tuple[Tenant, ...]) -> Connected | None:
        if not tenants:
            # With several tokens nobody can say whose a request without a workspace is.
            alone = len(self._connected) == 1 and not self._waiting
            return self._connected[0] if alone else None
        held = {each.identity.tenant: each for each in self._connected}
        return next((held[tenant] for tenant in tenants if tenant in held), None)

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
            return AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_id=found.identity.bot_id,
                bot_user_id=found.identity.bot_user_id,
                bot_token=found.client.token,
            )

        return cast("Callable[..., Awaitable[AuthorizeResult]]", authorize)


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


async def identify(client: SlackClient) -> Identity:
    """Ask Slack who the client's token is.

    Raises:
        SlackApiError: Slack does not accept the token.
    """
    answer = await client.auth_test()
    # A header, which a gateway between may strip.
    scopes = answer.headers.get("x-oauth-scopes")
    return Identity(
        enterprise_id=answer.get("enterprise_id"),
        team_id=answer.get("team_id"),
        bot_id=answer.get("bot_id"),
        bot_user_id=answer.get("user_id"),
        scopes=None if scopes is None else tuple(scopes.replace(",", " ").split()),
        org_wide=answer.get("is_enterprise_install") is True,
        told_at=_moment(answer.headers.get("date")),
    )


def _moment(header: str | None) -> datetime | None:
    """Return when an answer was made, by the header that HTTP has for it."""
    try:
        moment = parsedate_to_datetime(header) if header else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo else None


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
