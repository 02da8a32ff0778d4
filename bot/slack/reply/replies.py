"""Answers through a response URL: sent once, and noticed when Slack refuses them."""

from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.domain.errors import NotShown

_SECONDS = 2


def is_own(body: Mapping[str, Any]) -> bool:
    """Tell whether the pressed message is the presser's alone; a channel's stays as it is."""
    return bool((body.get("container") or {}).get("is_ephemeral"))


async def reply(url: str | None, **message: Any) -> None:
    """Post one message to a response URL; never twice, also when the connection is lost.

    slack_sdk's default retries would post again where only the answer to the first was lost.

    Raises:
        NotShown: Slack refused it, or did not answer in time.
    """
    if not url:
        raise NotShown(reason="no response_url")
    client = AsyncWebhookClient(url, timeout=_SECONDS, retry_handlers=[])
    try:
        answer = await client.send(**message)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise NotShown(reason=type(error).__name__) from error
    if answer.status_code != 200:
        raise NotShown(reason=f"{answer.status_code} {answer.body[:80]}")
