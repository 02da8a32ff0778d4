"""Socket Mode: the bot calls Slack, so no public address is needed."""

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot.slack.app import NextrungApp


class SocketMode:
    """One connection to Slack, opened and closed by the caller.

    Bolt's own `start()` ignores SIGTERM, so it is not used.
    """

    def __init__(self, app: NextrungApp, *, app_token: str) -> None:
        self._handler = AsyncSocketModeHandler(app, app_token)

    async def connect(self) -> None:
        """Connect; payloads arrive from now on.

        Raises:
            SlackApiError: Slack does not accept the app token.
        """
        await self._handler.connect_async()  # type: ignore[no-untyped-call] # theirs

    async def close(self) -> None:
        """Stop taking payloads and close the connection."""
        await self._handler.close_async()  # type: ignore[no-untyped-call] # theirs
