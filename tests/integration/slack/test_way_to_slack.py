"""HTTPS_PROXY and a private authority hold for every call to Slack, and for nothing local."""

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import aiohttp
import pytest
from pydantic import SecretStr

from bot.bootstrap.from_settings import network_of
from bot.config import Settings
from bot.domain.document import Document, Parcel
from bot.domain.members.effects import EffectKind
from bot.domain.tenancy import Tenant
from bot.sandbox.local_slack import LocalSlack
from bot.services.bundle import Services
from bot.slack.app import build_app
from bot.slack.auth import Workspaces
from bot.slack.catalogue.uploads import fetch_upload
from bot.slack.client import SlackClient, slack_client, unrepeating_client
from bot.slack.installs.oauth.app import OAuthApp
from bot.slack.installs.oauth.exchange import Exchange
from bot.slack.reply.messenger import SlackMessenger
from bot.slack.reply.replies import reply
from bot.slack.socket_mode import SocketMode
from bot.text.translator import load_translators
from tests.fakes.clock import FrozenClock
from tests.fakes.proxied_slack import API, FILES, HOOKS, SOCKET, ProxiedSlack, proxied_slack

API_URL = f"https://{API}/api/"


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[ProxiedSlack]:
    async with proxied_slack(tmp_path) as slack:
        yield slack


def client_of(slack: ProxiedSlack, no_proxy: str = "localhost") -> SlackClient:
    settings = Settings(
        https_proxy=SecretStr(slack.proxy), no_proxy=no_proxy, nextrung_ca_file=slack.ca_file
    )
    return slack_client("xoxb-sample", api_url=API_URL, network=network_of(settings))


async def test_calls_go_by_the_proxy_with_its_password(slack: ProxiedSlack) -> None:
    await client_of(slack).auth_test()
    await unrepeating_client(client_of(slack), seconds=5).auth_test()

    assert slack.tunnels == [f"{API}:443"] * 2
    assert all("Basic " in each for each in slack.authorization)
    assert len(slack.authorization) == 2


async def test_an_installation_goes_by_the_proxy(slack: ProxiedSlack, clock: FrozenClock) -> None:
    app = OAuthApp("1.2", "a secret", "https://nextrung.example.com")
    network = client_of(slack).network
    made = await Exchange(app, API_URL, network, clock.now).installation("a-code")

    assert made.tenant == Tenant("T0SAMPLE")
    assert slack.asked == ["oauth.v2.access", "auth.test"]
    assert slack.tunnels == [f"{API}:443"] * 2


async def test_an_answer_by_response_url_goes_by_the_proxy(slack: ProxiedSlack) -> None:
    await reply(client_of(slack), f"https://{HOOKS}/actions/1", text="hello")

    assert slack.tunnels == [f"{HOOKS}:443"]
    assert slack.asked == [f"{HOOKS}/actions/1"]


async def test_files_go_by_the_proxy_both_ways(slack: ProxiedSlack, tmp_path: Path) -> None:
    client = client_of(slack)
    parcel = Parcel("packet", "here", lambda: (Document("a.csv", b"x"),), EffectKind.PACKET)
    tenant = Tenant(team_id="T0SAMPLE", enterprise_id=None)

    await SlackMessenger(Workspaces([client])).send(tenant, "U1", parcel)
    path = await fetch_upload(client, "F1", "U1", tmp_path, "b.csv")

    assert path.read_text(encoding="utf-8") == "ok"
    assert {f"{FILES}/upload/1", f"{FILES}/private/a.csv"} < set(slack.asked)
    assert slack.tunnels.count(f"{FILES}:443") == 2


async def test_the_socket_goes_by_the_proxy(slack: ProxiedSlack) -> None:
    services = cast("Services", SimpleNamespace(translators=load_translators()))
    client = client_of(slack)
    app = build_app(
        services,
        workspaces=Workspaces([]),
        api_url=API_URL,
        signing_secret="x",
        network=client.network,
    )
    socket = SocketMode(app, app_token="xapp-sample", connections=1)
    try:
        await socket.connect()
        assert slack.tunnels == [f"{API}:443", f"{SOCKET}:443"]
        assert slack.asked == ["apps.connections.open", "link"]
    finally:
        await socket.close()


async def test_without_the_authority_nobody_is_believed(slack: ProxiedSlack) -> None:
    network = network_of(Settings(https_proxy=SecretStr(slack.proxy)))
    client = slack_client("xoxb-sample", api_url=API_URL, network=network)

    with pytest.raises(aiohttp.ClientConnectorCertificateError):
        await client.auth_test()


async def test_no_proxy_and_this_machine_are_reached_directly(
    slack: ProxiedSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(aiohttp.ClientConnectorError):
        await client_of(slack, no_proxy=".test").auth_test()  # there is no such host
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, slack.proxy)
    async with LocalSlack() as local:
        network = network_of(Settings())
        client = slack_client(local.bot_token, api_url=local.api_url, network=network)
        await client.auth_test()

    assert slack.tunnels == []
