"""Asking Slack for the address of a socket: at once, then less and less often."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from bot.log import get_logger
from bot.slack.client import SlackClient, unrepeating_client
from bot.slack.refusals import CALL_FAILED, WhyRefused, reason_of, retry_after, why_refused

FIRST_SECONDS = 0.5
# Whoever waits longer than this misses that Slack is back.
MOST_SECONDS = 4.0
# Nothing but a person mends a refused token, or Socket Mode that was switched off.
REFUSED_SECONDS = 30.0
_CALL_SECONDS = 3
# What Slack says while it is not well itself.
_PASSES = {WhyRefused.LATER, WhyRefused.LIMITED, WhyRefused.UNKNOWN}

Wait = Callable[[float], Awaitable[None]]

log = get_logger()


def pause(failures: int) -> float:
    """Return how many seconds to wait after so many failures in a row, one or more.

    Many processes that lost their sockets at the same moment come back one by one.
    """
    longest = min(MOST_SECONDS, FIRST_SECONDS * 2.0 ** (failures - 1))
    return random.uniform(longest / 2, longest)  # noqa: S311 - no secret


class Opening:
    """Gives addresses to all connections of a process, one at a time.

    Who waits, because Slack says so or fails, lets the others wait too.
    """

    def __init__(self, client: SlackClient, app_token: str, *, wait: Wait = asyncio.sleep) -> None:
        self._client = unrepeating_client(client, seconds=_CALL_SECONDS)
        self._app_token = app_token
        self._wait = wait
        self._turn = asyncio.Lock()

    async def url(self) -> str:
        """Return an address that opens one socket, once Slack gives one."""
        async with self._turn:
            failures = 0
            while True:
                try:
                    answer = await self._client.apps_connections_open(app_token=self._app_token)
                    return str(answer["url"])
                except (*CALL_FAILED, LookupError, ValueError) as error:
                    failures += 1
                    seconds = _after(error, failures)
                    log.warning(
                        "socket_not_opened", reason=reason_of(error), seconds=round(seconds, 1)
                    )
                await self._wait(seconds)


def _after(error: Exception, failures: int) -> float:
    """Return for how many seconds to wait: as Slack says, or longer each time."""
    told = retry_after(error)
    if told is not None:
        return told
    why = why_refused(error)
    return REFUSED_SECONDS if why is not None and why not in _PASSES else pause(failures)
