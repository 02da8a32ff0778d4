"""The Web API client."""

from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

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
