"""Signing requests as Slack does (scheme v0)."""

import hashlib
import hmac

VERSION = "v0"


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Return the value of `X-Slack-Signature` for a raw body sent at `timestamp` (Unix seconds)."""
    base = f"{VERSION}:{timestamp}:".encode() + body
    return f"{VERSION}={hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()}"


def signed_headers(secret: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the two headers by which a bot recognises Slack."""
    return {
        "X-Slack-Request-Timestamp": str(timestamp),
        "X-Slack-Signature": sign(secret, timestamp, body),
    }
