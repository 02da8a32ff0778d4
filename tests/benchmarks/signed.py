"""Slack's side of a slash command: the form, its signature, and the HTTP request as bytes."""

import hashlib
import hmac
from urllib.parse import urlencode

from tests.benchmarks.commands import Typed
from tests.benchmarks.vocabulary import TEAM

SIGNING_SECRET = "benchmark-signing-secret"
PATH = "/slack/events"


def form(typed: Typed, *, team: str = TEAM) -> str:
    """Return the body that Slack sends for a command, with every field that it has."""
    return urlencode(
        {
            "token": "legacy-verification-token",
            "team_id": team,
            "team_domain": "benchmark",
            "channel_id": "C0BENCHMARK",
            "channel_name": "career-growth",
            "user_id": typed.asker.slack_id,
            "user_name": typed.asker.slack_id.lower(),
            "command": typed.command,
            "text": typed.text,
            "api_app_id": "A0BENCHMARK",
            "is_enterprise_install": "false",
            "response_url": "https://hooks.slack.invalid/commands/T0BENCHMARK/1/abcdefghijklmnop",
            "trigger_id": "1234567890123.1234567890.0123456789abcdef0123456789abcdef",
        }
    )


def headers(body: str, *, at: int) -> dict[str, str]:
    """Return the headers that Slack signs a body with; `at` is in seconds since 1970."""
    base = f"v0:{at}:{body}".encode()
    digest = hmac.new(SIGNING_SECRET.encode(), base, hashlib.sha256).hexdigest()
    return {
        "content-type": "application/x-www-form-urlencoded",
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "accept": "application/json,*/*",
        "x-slack-request-timestamp": str(at),
        "x-slack-signature": f"v0={digest}",
    }


def request(typed: Typed, *, at: int, team: str = TEAM) -> bytes:
    """Return a whole HTTP request, ready to be written to a kept-alive connection."""
    body = form(typed, team=team)
    lines = [f"POST {PATH} HTTP/1.1", "host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers(body, at=at).items()]
    lines += [f"content-length: {len(body.encode())}", "", body]
    return "\r\n".join(lines).encode()
