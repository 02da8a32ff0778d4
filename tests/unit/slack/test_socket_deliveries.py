"""Socket Mode: every payload is acknowledged, also one that nobody can read."""

from types import SimpleNamespace
from typing import cast

from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
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
    sent: list[str] = []

    async def keep(response: SocketModeResponse) -> None:
        sent.append(response.envelope_id)

    client = cast("AsyncBaseSocketModeClient", socket._handler.client)
    client.send_socket_mode_response = keep  # type: ignore[method-assign,assignment]
    try:
        with capture_logs() as logs:
            for user in (5, True):
                payload = {"type": "block_actions", "user": user}
                request = SocketModeRequest("interactive", f"E{user}", payload)
                await socket._handle(client, request)
    finally:
        await socket.close()

    assert sent == ["E5", "ETrue"]
    assert [each["event"] for each in logs] == ["request_rejected"] * 2
