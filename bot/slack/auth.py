"""Which workspace a token speaks for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot token is, as `auth.test` tells."""

    enterprise_id: str | None
    team_id: str | None
    bot_id: str | None
    bot_user_id: str | None
    scopes: tuple[str, ...]


class SingleWorkspace:
    """Authorizes requests of the one workspace that the bot token belongs to.

    Slack is asked once; later requests cost nothing.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._identity: Identity | None = None
        self._asking = asyncio.Lock()

    async def identity(self) -> Identity:
        """Return who the token is.

        Raises:
            SlackApiError: Slack does not accept the token.
        """
        if self._identity is None:
            async with self._asking:
                if self._identity is None:
                    self._identity = await self._ask()
        return self._identity

    async def _ask(self) -> Identity:
        answer = await self._client.auth_test()
        scopes = answer.headers.get("x-oauth-scopes", "")
        return Identity(
            enterprise_id=answer.get("enterprise_id"),
            team_id=answer.get("team_id"),
            bot_id=answer.get("bot_id"),
            bot_user_id=answer.get("user_id"),
            scopes=tuple(scope.strip() for scope in scopes.split(",") if scope.strip()),
        )

    def authorizer(self) -> Callable[..., Awaitable[AuthorizeResult]]:
        """Return Bolt's authorize function; it gives None for a request from elsewhere.

        Bolt takes None for "not installed there", although its annotation does not say so. It reads
        the function's argument names, so a bound method would not do.
        """

        async def authorize(
            enterprise_id: str | None, team_id: str | None
        ) -> AuthorizeResult | None:
            identity = await self.identity()
            if team_id and identity.team_id and team_id != identity.team_id:
                log.warning("foreign_workspace", team=team_id)
                return None
            return AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_id=identity.bot_id,
                bot_user_id=identity.bot_user_id,
                bot_token=self._client.token,
            )

        return cast("Callable[..., Awaitable[AuthorizeResult]]", authorize)
