"""Requests that are not Slack's, or not quite: odd methods, paths, headers, signatures, bodies."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sandbox.dispatch.signing import sign
from bot.slack.installs.manifest import EVENTS_PATH
from tests.fuzz.payloads import FORM, TEXTS, bent

Headers = list[tuple[bytes, bytes]]
_PATHS = (
    *(EVENTS_PATH,) * 30,
    *("/", "/slack/events/", "//slack/events", "/slack", "/healthz", "/metrics", "/nowhere"),
    *("/slack/events/../x", "/%00", "/slack/oauth_redirect", "/install", "/" + "x" * 3000),
)
_METHODS = ("POST",) * 12 + ("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW")
_TYPES = (
    *(FORM, "application/json", "", "text/plain", "multipart/form-data; boundary=x"),
    *("application/json; charset=utf-16", "application/x-www-form-urlencoded; charset=latin-1"),
)
_BODIES = (
    *(b"", b"{}", b"[]", b"null", b"0", b'""', b"payload=", b"payload=%7B", b"payload={}", b"a"),
    *(b"payload=null", b"payload=[]", b"payload=1&payload=2", b"ssl_check=1&token=x", b"\xff\xfe"),
    *(b'{"type":"url_verification","challenge":"x"}', b'{"challenge":1}', b'{"type":null}'),
    *(b"command=%2Fskill", b"command=/skill&command=/growth", b"=&=&=", b"&" * 500, b"%" * 300),
    *(b"[" * 5000, b'{"a":' * 2000, b"payload=" + b"[" * 3000, b"\0" * 100, b"1" * 5000),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One HTTP request."""

    method: str = "POST"
    path: str = EVENTS_PATH
    headers: Headers = field(default_factory=list)
    body: bytes = b""


def signed(secret: str, raw: bytes, content_type: str) -> Sent:
    """Return a request as Slack signs it, now."""
    at = int(time.time())
    named = {
        "content-type": content_type,
        "x-slack-request-timestamp": str(at),
        "x-slack-signature": sign(secret, at, raw),
    }
    return Sent(
        headers=[(name.encode(), value.encode()) for name, value in named.items()], body=raw
    )


def stray(secret: str, bodies: Sequence[bytes], chance: random.Random) -> Sent:
    """Return a request with something wrong about it, signed rightly every second time."""
    raw = _body(bodies, chance)
    at = int(time.time()) + chance.choice((0, 0, 0, 0, -299, -301, 301, -(10**9), 10**9))
    stamp = str(at).encode()
    signature = sign(secret if chance.random() < 0.5 else "wrong", at, raw).encode()
    if chance.random() < 0.15:
        stamp = chance.choice((b"", b"x", b"-1", b"1.5", b"9" * 12, b"9" * 400, b"\xb2", b" 1"))
    if chance.random() < 0.15:
        signature = chance.choice((b"", b"v0=", b"v1=ab", b"\xff", b"v0=" + b"0" * 64, b"x" * 9000))
    headers = [
        (b"content-type", chance.choice(_TYPES).encode()),
        (b"x-slack-request-timestamp", stamp),
        (b"x-slack-signature", signature),
    ]
    headers += _more(raw, chance)
    if chance.random() < 0.15:
        del headers[chance.randrange(len(headers))]
    return Sent(chance.choice(_METHODS), chance.choice(_PATHS), headers, raw)


def _body(bodies: Sequence[bytes], chance: random.Random) -> bytes:
    match chance.randrange(4):
        case 0:
            return chance.choice(_BODIES)
        case 1:
            return chance.randbytes(chance.choice((1, 30, 3000)))
        case 2:
            return bent(chance.choice(bodies), chance)
        case _:
            return chance.choice(bodies)


def _more(raw: bytes, chance: random.Random) -> Headers:
    """Return headers that are seldom there, or never."""
    found: Headers = []
    if chance.random() < 0.2:
        odd = (str(len(raw)), "0", "-1", "x", "9" * 20, "1e3", str(2 * 10**6))
        found.append((b"content-length", chance.choice(odd).encode()))
    if chance.random() < 0.2:
        found.append((b"x-slack-retry-num", chance.choice((b"1", b"", b"x", b"9" * 50))))
    if chance.random() < 0.1:
        text = chance.choice(TEXTS).encode(errors="surrogatepass")[:2000]
        found.append(
            (chance.choice((b"host", b"cookie", b"authorization", b"x-forwarded-for")), text)
        )
    if chance.random() < 0.05:
        found += [(b"x-slack-signature", b"v0=twice")] * 2
    return found
