"""Which workspaces our tokens speak for."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import cast

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError

from bot.log import get_logger
from bot.slack.client import SlackClient
from bot.time_left import unhurried

log = get_logger()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot token is, as `auth.test` tells; `scopes` are None where the answer has none."""

    enterprise_id: str | None
    team_id: str | None
    bot_id: str | None
    bot_user_id: str | None
    scopes: tuple[str, ...] | None


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

    async def find(self, team_id: str | None) -> Connected | None:
        """Return the workspace with this id (None: the only one), or None for a stranger's.

        Raises:
            SlackApiError: Slack does not accept a token that might be this workspace's.
            aiohttp.ClientError, TimeoutError: Slack does not answer.
        """
        found = self._held(team_id)
        if found is None and self._waiting:
            found = await self._ask(team_id)
        return found

    async def _ask(self, team_id: str | None) -> Connected | None:
        """Ask about the tokens not known yet, all at once; one that is silent hides no other.

        Whoever waits for the same token shares one question. It goes on where they stop waiting.
        """
        asked = {self._question(client) for client in self._waiting}
        failed: list[BaseException] = []
        while asked and self._held(team_id) is None:
            done, asked = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
            failed += filter(None, (each.exception() for each in done))
        found = self._held(team_id)
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

    def drop(self, team_id: str | None) -> None:
        """Forget what Slack said of a workspace's token; it is asked again when next needed."""
        for each in [one for one in self._connected if one.identity.team_id == team_id]:
            self._connected.remove(each)
            self._waiting.append(each.client)

    def _held(self, team_id: str | None) -> Connected | None:
        if team_id is None:
            # With several tokens nobody can say whose a request without a workspace is.
            alone = len(self._connected) == 1 and not self._waiting
            return self._connected[0] if alone else None
        return next((each for each in self._connected if team_id == each.identity.team_id), None)

    def authorizer(self) -> Callable[..., Awaitable[AuthorizeResult]]:
        """Return Bolt's authorize function; it gives None for a request from elsewhere.

        Bolt takes None for "not installed there", although its annotation does not say so. It reads
        the function's argument names, so a bound method would not do.
        """

        async def authorize(
            enterprise_id: str | None, team_id: str | None
        ) -> AuthorizeResult | None:
            found = await self.find(team_id)
            if found is None:
                log.warning("foreign_workspace", team=team_id)
                return None
            return AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_id=found.identity.bot_id,
                bot_user_id=found.identity.bot_user_id,
                bot_token=found.client.token,
            )

        return cast("Callable[..., Awaitable[AuthorizeResult]]", authorize)


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
    )
