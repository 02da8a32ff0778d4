"""A browser that installs an app with OAuth: its settings, its steps, what its pages say."""

import base64
import hashlib
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import html5lib
import httpx
from pydantic import SecretStr

from bot.bootstrap import Nextrung
from bot.config import Settings
from bot.domain.installs.installation import Installation
from bot.domain.tenancy import Tenant
from tests.fakes.oauth_slack import CLIENT_ID, CLIENT_SECRET, OAuthSlack

PUBLIC = "https://nextrung.example.com"


KEY = base64.urlsafe_b64encode(b"k" * 32).decode()


INSTALL, START, BACK = "/slack/install", "/slack/install/start", "/slack/oauth_redirect"


HERE = Tenant("T0NORTH")


def settings(slack: OAuthSlack, url: str, **more: Any) -> Settings:
    given: dict[str, Any] = {
        "slack_signing_secret": SecretStr("a secret"),
        "slack_client_id": CLIENT_ID,
        "slack_client_secret": SecretStr(CLIENT_SECRET),
        "slack_api_url": slack.api_url,
        "nextrung_public_url": PUBLIC,
        "nextrung_token_keys": SecretStr(KEY),
        "database_url": url,
    }
    return Settings(_env_file=None, **given | more)


def browser_of(nextrung: Nextrung, **headers: str) -> httpx.AsyncClient:
    """A browser with cookies of its own, which follows nothing by itself."""
    transport = httpx.ASGITransport(app=nextrung.http)
    return httpx.AsyncClient(transport=transport, base_url=PUBLIC, headers=headers)


async def begun(browser: httpx.AsyncClient) -> str:
    """Press the button; return the state that Slack is handed."""
    sent = await browser.get(START)
    assert sent.status_code == 302
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    return asked["state"][0]


async def finished(browser: httpx.AsyncClient, code: str = "good") -> httpx.Response:
    """Go the whole way, as a browser does."""
    return await browser.get(BACK, params={"code": code, "state": await begun(browser)})


def shown(answer: httpx.Response) -> str:
    """Return what a page says, as plain text; it is valid HTML, safe, and kept by nobody."""
    parser = html5lib.HTMLParser(strict=True)
    tree = parser.parse(answer.text)
    headers = answer.headers
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "<script" not in answer.text
    body = tree.find("{http://www.w3.org/1999/xhtml}body")
    return " ".join("".join(body.itertext()).split())


async def kept(nextrung: Nextrung, tenant: Tenant = HERE) -> Installation | None:
    async with nextrung.database.read(tenant) as work:
        found: Installation | None = await work.installations.get()
        return found
