"""Socket Mode: every payload is acknowledged, also one that nobody can read."""

from types import SimpleNamespace
from typing import cast

from slack_sdk.socket_mode.request import SocketModeRequest
from structlog.testing import capture_logs

from bot.services.bundle import Services
from bot.slack.app import build_app
from bot.slack.auth import Workspaces
from bot.slack.socket_mode import SocketMode
from bot.text.translator import load_translators


async def test_a_payload_that_bolt_cannot_parse_is_acknowledged() -> None:
    services = cast("Services", SimpleNamespace(translators=load_translators()))
    app = build_app(
        services, workspaces=Workspaces([]), api_url="http://127.0.0.1:9/api/", signing_secret="x"
    )
    socket = SocketMode(app, app_token="xapp-sample")
    with capture_logs() as logs:
        acks = [
            await socket._answer(
                SocketModeRequest(
                    "interactive", f"E{user}", {"type": "block_actions", "user": user}
                )
            )
            for user in (5, True)
        ]

    assert acks == [{}, {}]
    assert [each["event"] for each in logs] == ["request_rejected"] * 2
