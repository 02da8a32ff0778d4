"""Delivery over HTTP: signed requests to the bot's request URL."""

import asyncio
import json
import time
from dataclasses import replace
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.dispatch.signing import signed_headers
from bot.sandbox.dispatch.transport import FAILED, TIMEOUT, Answer, Delivery

USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
FORM = "application/x-www-form-urlencoded"
OK = range(200, 300)


class HttpTransport:
    """Posts signed requests to one URL."""

    def __init__(self, *, url: str | None, signing_secret: str, ack_seconds: float) -> None:
        self.url = url
        self._secret = signing_secret
        self._ack_seconds = ack_seconds
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections to the bot."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def deliver(self, delivery: Delivery) -> Answer:
        """Send a payload and return the answer; never raises for what the bot did."""
        if self.url is None:
            return Answer(error=FAILED, detail="no bot is connected")
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self._ack_seconds):
                answer = await self._post(self.url, delivery)
        except TimeoutError:
            answer = Answer(
                error=TIMEOUT,
                detail=f"no answer within {self._ack_seconds:g} s",
                retry_reason="http_timeout",
            )
        except (aiohttp.ClientError, OSError, ValueError) as exc:
            answer = Answer(
                error=FAILED,
                detail=f"{type(exc).__name__}: {exc}",
                retry_reason="connection_failed",
            )
        return replace(answer, seconds=time.perf_counter() - started)

    async def _post(self, url: str, delivery: Delivery) -> Answer:
        body, content_type = encode(delivery)
        # The bot checks the timestamp by the machine's clock, so the moved clock must not sign.
        headers = signed_headers(self._secret, int(time.time()), body)
        headers |= {"Content-Type": content_type, "User-Agent": USER_AGENT, "Accept": "*/*"}
        if delivery.retry_num:
            headers["X-Slack-Retry-Num"] = str(delivery.retry_num)
            headers["X-Slack-Retry-Reason"] = delivery.retry_reason
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.post(
            url, data=body, headers=headers, allow_redirects=False
        ) as response:
            raw = await response.read()
            no_retry = response.headers.get("X-Slack-No-Retry") == "1"
            return read_answer(response.status, response.content_type, raw, no_retry=no_retry)


def encode(delivery: Delivery) -> tuple[bytes, str]:
    """Return the raw body and the content type that Slack uses for this kind of payload."""
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload, ensure_ascii=False).encode(), "application/json"
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), FORM
    payload = json.dumps(delivery.payload, ensure_ascii=False)
    return urlencode({"payload": payload}).encode(), FORM


def read_answer(status: int, content_type: str, raw: bytes, *, no_retry: bool = False) -> Answer:
    """Return what a response means to Slack: JSON, plain text, nothing, or a failure."""
    if status not in OK:
        return Answer(
            status=status,
            error=FAILED,
            detail=f"HTTP {status}: {raw[:200].decode(errors='replace')}",
            retry_reason="http_error",
            no_retry=no_retry,
        )
    if not raw.strip():
        return Answer(status=status)
    try:
        text = raw.decode()
        body = json.loads(text) if content_type == "application/json" else {"text": text}
    except ValueError as exc:
        return Answer(
            status=status, error=FAILED, detail=f"invalid JSON: {exc}", retry_reason="http_error"
        )
    return Answer(status=status, body=body)
