"""Requests that cannot be Slack's are refused before Bolt sees them."""

from collections.abc import MutableMapping
from typing import Any

import pytest
from slack_bolt.response import BoltResponse

from bot.slack.guard import MAX_BODY, Guard, Scope

GOOD = {"x-slack-request-timestamp": "1772443800", "x-slack-signature": "v0=00ff"}


class Inner:
    """A Bolt that remembers the body it got and says yes, or fails."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.body: bytes | None = None
        self.fault = fault

    async def __call__(self, scope: Scope, body: bytes) -> BoltResponse:
        assert scope["type"] == "http"
        self.body = body
        if self.fault:
            raise self.fault
        return BoltResponse(status=200, body="yes")


async def call(
    inner: Inner,
    *parts: bytes,
    headers: dict[str, str] | None = None,
    method: str = "POST",
    cut: bool = False,
) -> tuple[int, bytes]:
    """Send a request in parts; `cut` closes the connection before the last one."""
    events: list[MutableMapping[str, Any]] = [
        {"type": "http.request", "body": part, "more_body": True} for part in parts
    ]
    events.append({"type": "http.disconnect"} if cut else {"type": "http.request", "body": b""})
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return events.pop(0)

    async def send(event: MutableMapping[str, Any]) -> None:
        sent.append(event)

    raw = [(name.encode(), value.encode("latin-1")) for name, value in (headers or GOOD).items()]
    await Guard(inner)({"type": "http", "method": method, "headers": raw}, receive, send)
    return sent[0]["status"], sent[1]["body"]


async def test_a_request_of_slack_passes_unchanged() -> None:
    inner = Inner()
    assert await call(inner, b"command=%2Fskill", "&text=高级".encode()) == (200, b"yes")
    assert inner.body == "command=%2Fskill&text=高级".encode()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"x-slack-request-timestamp": "yesterday"}, 400),
        ({"x-slack-request-timestamp": ""}, 400),
        ({"x-slack-request-timestamp": "-5"}, 400),
        ({"x-slack-request-timestamp": "1.5"}, 400),
        ({"x-slack-request-timestamp": "²"}, 400),
        ({"x-slack-request-timestamp": "1" * 13}, 400),
        ({"x-slack-signature": ""}, 401),
        ({"x-slack-signature": "v0=é"}, 401),
        ({"content-length": str(MAX_BODY + 1)}, 413),
        ({"content-length": "9" * 5000}, 413),
        ({"content-length": "a lot"}, 200),
        ({"content-length": str(MAX_BODY)}, 200),
    ],
)
async def test_headers(changes: dict[str, str], status: int) -> None:
    inner = Inner()
    answered, _ = await call(inner, b"payload={}", headers={**GOOD, **changes})
    assert answered == status
    assert (inner.body is None) is (status != 200)


@pytest.mark.parametrize("missing", sorted(GOOD))
async def test_missing_headers(missing: str) -> None:
    headers = {name: value for name, value in GOOD.items() if name != missing} | {"host": "bot"}
    assert (await call(Inner(), headers=headers))[0] in {400, 401}


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
async def test_only_post_is_answered(method: str) -> None:
    assert (await call(Inner(), method=method))[0] == 405


async def test_a_body_that_is_not_utf8() -> None:
    status, words = await call(Inner(), b"text=\xff\xfe")
    assert (status, words) == (400, b"the body must be UTF-8")
    assert (await call(Inner(), "高".encode()[:2], "高".encode()[2:]))[0] == 200


async def test_a_chunked_body_is_counted_as_it_comes() -> None:
    inner = Inner()
    assert (await call(inner, *[b"x" * 100_000] * 16))[0] == 413
    assert inner.body is None
    assert (await call(Inner(), *[b"x" * 100_000] * 15))[0] == 200


async def test_a_connection_that_closes_early() -> None:
    assert (await call(Inner(), b"half", cut=True))[0] == 400


@pytest.mark.parametrize("fault", [ValueError("bad"), KeyError("k"), AttributeError("a")])
async def test_what_bolt_cannot_parse_is_refused(fault: Exception) -> None:
    assert (await call(Inner(fault), b"payload=["))[0] == 400


async def test_an_error_while_the_answer_is_sent_is_not_taken_for_a_bad_body() -> None:
    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"x"}

    async def send(_event: MutableMapping[str, Any]) -> None:
        raise ValueError("sending")

    raw = [(name.encode(), value.encode()) for name, value in GOOD.items()]
    with pytest.raises(ValueError, match="sending"):
        await Guard(Inner())({"type": "http", "method": "POST", "headers": raw}, receive, send)


async def test_an_unexpected_error_is_not_taken_for_a_bad_body() -> None:
    with pytest.raises(RuntimeError):
        await call(Inner(RuntimeError("ours")), b"x")
