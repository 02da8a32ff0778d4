"""The Web API client."""

import asyncio
from typing import Any

from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.time_left import time_left

_SECONDS = 2
_PATIENT_SECONDS = 30


def slack_client(token: str | None, *, api_url: str) -> AsyncWebClient:
    """Build the client: short waits, and no re-sending after a lost connection.

    slack_sdk's default handlers post again when the answer to the first post was lost.
    """
    return AsyncWebClient(
        token=token,
        base_url=api_url,
        timeout=_SECONDS,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
    )


def patient_client(client: AsyncWebClient) -> AsyncWebClient:
    """Return a client with the same token that has time to send files, and no re-sending either."""
    return AsyncWebClient(
        token=client.token,
        base_url=client.base_url,
        timeout=_PATIENT_SECONDS,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
    )


class HurriedClient(AsyncWebClient):
    """A client whose calls, waiting to try again included, end before the answer must go out."""

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Call Slack.

        Raises:
            TimeoutError: Slack did not answer in what is left of the time.
            Whatever `AsyncWebClient.api_call` raises.
        """
        async with asyncio.timeout(time_left(self.timeout)):
            return await super().api_call(api_method, **arguments)


def hurried(client: AsyncWebClient) -> HurriedClient:
    """Return the same client in a hurry; building one anew would cost each request 10 µs."""
    made = HurriedClient.__new__(HurriedClient)
    vars(made).update(vars(client))
    return made
