"""Each request's client is a copy, and just what Bolt would have made."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.services.bundle import Services
from bot.slack.app import NextrungApp, build_app
from bot.slack.auth import Workspaces
from bot.text.translator import load_translators


@pytest.fixture
def app() -> NextrungApp:
    services = cast("Services", SimpleNamespace(translators=load_translators()))
    return build_app(
        services, workspaces=Workspaces([]), api_url="http://127.0.0.1:9/api/", signing_secret="x"
    )


def request(team: str | None) -> AsyncBoltRequest:
    named = {"team_id": team} if team else {}
    body = {"command": "/skill", "user_id": "U1", **named}
    return AsyncBoltRequest(body=body, mode="socket_mode")


def told(made: AsyncBoltRequest) -> dict[str, Any]:
    # The way to Slack is what ours has besides.
    client = {name: each for name, each in vars(made.context.client).items() if name != "network"}
    return {**made.context, "client": client}


@pytest.mark.parametrize("team", ["T1", None])
def test_it_is_what_bolt_makes(app: NextrungApp, team: str | None) -> None:
    app._init_context(request("T0"))  # the first is the pattern of all
    ours, bolts = request(team), request(team)
    app._init_context(ours)
    AsyncApp._init_context(app, bolts)
    assert told(ours) == told(bolts)


def test_no_request_sees_what_another_changed(app: NextrungApp) -> None:
    first, second = request("T1"), request("T2")
    app._init_context(first)
    first.context.client.token = "xoxb-of-the-first"
    first.context.client.retry_handlers.clear()
    app._init_context(second)
    client = second.context.client
    assert (client.token, client.default_params) == (None, {"team_id": "T2"})
    assert len(client.retry_handlers) == 1
    assert client is not first.context.client
