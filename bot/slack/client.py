"""The Web API client."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import NextrungError

# How a call of Slack's Web API fails: refused, or without an answer.
CALL_FAILED = (SlackApiError, aiohttp.ClientError, OSError, TimeoutError)

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


def reason_of(error: Exception) -> str:
    """Return why something could not be shown, for a log: a code, never what was to be shown."""
    if isinstance(error, NextrungError):
        return error.code
    return refusal_code(error) if isinstance(error, SlackApiError) else type(error).__name__


def refusal_code(error: SlackApiError) -> str:
    """Return Slack's error code; "unreadable" where a gateway answered in its place."""
    data = error.response.data if hasattr(error.response, "data") else error.response
    return str(data.get("error", "unknown")) if isinstance(data, dict) else "unreadable"
