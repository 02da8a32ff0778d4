"""In front of Bolt: requests that cannot be Slack's are refused before any parsing.

Bolt answers a timestamp that is no number and a body that is no UTF-8 with a traceback; here they
get a short 400, a missing signature a 401, and a body larger than any real one a 413. The signature
and its age are Bolt's own check (401); where it is our clock that is wrong, that becomes a 503.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from slack_bolt.response import BoltResponse

from bot.log import get_logger

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]
# Hands a request with its body to Bolt.
Ask = Callable[[Scope, bytes], Awaitable[BoltResponse]]
# Hears of a request that Bolt took for none of Slack's: its timestamp, body and signature. It tells
# whether it is Slack's, and refused only because this machine's clock is wrong.
Stale = Callable[[str, bytes, str], bool]

# A view submission with every input filled stays below 1 MB; Slack's events are smaller still.
MAX_BODY = 1_500_000
# How Bolt fails on a body that is none of Slack's, before it verifies or calls anything of ours.
UNPARSED = (ValueError, TypeError, AttributeError, LookupError, RecursionError)

log = get_logger()


class RefusedRequest(Exception):
    """A request that is not let through. `status` is the HTTP answer, the message its body."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Guard:
    """An ASGI application that checks headers, size and encoding, then asks Bolt."""

    def __init__(self, ask: Ask, *, stale: Stale | None = None) -> None:
        self._ask = ask
        self._stale = stale

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one HTTP request."""
        try:
            body = await self._admit(scope, receive)
        except RefusedRequest as refused:
            log.info("request_rejected", status=refused.status, reason=refused.reason)
            answer = BoltResponse(status=refused.status, body=refused.reason)
        else:
            answer = await self._understood(scope, body)
        await _send(send, answer)

    async def _understood(self, scope: Scope, body: bytes) -> BoltResponse:
        """Ask Bolt; what it cannot even parse (it does that before it verifies) gets a 400.

        Errors of listeners never come here: Bolt's error handler has them.
        """
        try:
            answer = await self._ask(scope, body)
        except UNPARSED as error:
            log.info("request_rejected", status=400, reason=type(error).__name__)
            return BoltResponse(status=400, body="the body cannot be understood")
        if answer.status == 401:
            replaced = self._is_by_our_clock(scope, body)
            # Bolt has checked the signature; what it says of it would hold the whole body.
            status, reason = (503, "clock") if replaced else (401, "signature")
            log.info("request_rejected", status=status, reason=reason)
            if replaced:
                return BoltResponse(status=status, body="the clock of this machine is wrong")
        return answer

    def _is_by_our_clock(self, scope: Scope, body: bytes) -> bool:
        """Let be heard what was refused; tell whether it is Slack's, and our clock is wrong."""
        if self._stale is None:
            return False
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        stamp = headers[b"x-slack-request-timestamp"]
        return self._stale(stamp, body, headers[b"x-slack-signature"])

    @staticmethod
    async def _admit(scope: Scope, receive: Receive) -> bytes:
        """Return the body of a request that Bolt can verify.

        Raises:
            RefusedRequest: it is not one.
        """
        headers = {name.lower(): value for name, value in scope["headers"]}
        if scope["method"] != "POST":
            raise RefusedRequest(405, "only POST is answered here")
        timestamp = headers.get(b"x-slack-request-timestamp", b"")
        signature = headers.get(b"x-slack-signature", b"")
        if not timestamp.isdigit() or len(timestamp) > 12:
            raise RefusedRequest(400, "X-Slack-Request-Timestamp must be a number of seconds")
        if not signature.isascii() or not signature:
            raise RefusedRequest(401, "X-Slack-Signature is missing")
        body = await _read(headers, receive)
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            raise RefusedRequest(400, "the body must be UTF-8") from None
        return body


async def _read(headers: dict[bytes, bytes], receive: Receive) -> bytes:
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and (len(length) > 12 or int(length) > MAX_BODY):
        raise RefusedRequest(413, "the body is larger than any that Slack sends")
    body = bytearray()
    more = True
    while more:
        part = await receive()
        if part["type"] != "http.request":
            raise RefusedRequest(400, "the connection closed before the body was complete")
        body += part.get("body", b"")
        if len(body) > MAX_BODY:
            raise RefusedRequest(413, "the body is larger than any that Slack sends")
        more = part.get("more_body", False)
    return bytes(body)


async def _send(send: Send, answer: BoltResponse) -> None:
    body: str | bytes = answer.body
    written = body if isinstance(body, bytes) else body.encode()
    headers = [
        (name.encode(), each.encode()) for name, told in answer.headers.items() for each in told
    ]
    headers.append((b"content-length", b"%d" % len(written)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": written})
