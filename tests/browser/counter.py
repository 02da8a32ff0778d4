"""Where people install the app: a browser in front of both sides."""

import base64
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Page, expect
from pydantic import SecretStr

from bot.bootstrap import Nextrung, bootstrap
from bot.cli.serving import serving
from bot.config import Settings
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.page import page_routes
from bot.slack.installs.manifest import build_manifest
from tests.browser.desk import AUDIT

_KEY = base64.urlsafe_b64encode(b"k" * 32).decode()


@dataclass(slots=True)
class Counter:
    """Where people install the app: a browser in front of both sides."""

    slack: LocalSlack
    nextrung: Nextrung
    address: str
    page: Page
    complaints: list[str] = field(default_factory=list)

    async def open(self) -> None:
        await self.page.goto(f"{self.address}/slack/install")

    async def press(self, name: str) -> None:
        await self.page.get_by_role("link", name=name, exact=True).click()

    async def become(self, name: str) -> None:
        """Sit down at Slack's page as somebody."""
        await self.page.get_by_role("link", name=name).click()

    async def allow(self) -> None:
        await self.page.get_by_role("button", name="Allow").click()

    async def reads(self, heading: str) -> None:
        """See a page of ours, which nobody would complain of."""
        await expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        assert await self.page.evaluate(AUDIT) == []

    async def picture(self, folder: Path, name: str) -> None:
        """Keep what is shown; it stays with -o tmp_path_retention_policy=all."""
        await self.page.screenshot(path=folder / f"{name}.png", full_page=True)


@asynccontextmanager
async def at_counter(page: Page, database_url: str) -> AsyncIterator[Counter]:
    """Run the bot, as people install it by themselves, beside a local Slack."""
    # Both sides have to know it beforehand; it is held until the local Slack has another.
    reserved = socket.socket()
    reserved.bind(("127.0.0.1", 0))
    port: int = reserved.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    manifest = build_manifest(request_url=f"{address}/slack/events", public_url=address)
    async with LocalSlack(manifest=manifest, routes=page_routes, organisation=True) as slack:
        reserved.close()
        settings = Settings(
            slack_signing_secret=SecretStr(slack.signing_secret),
            slack_client_id=slack.client_id,
            slack_client_secret=SecretStr(slack.client_secret),
            slack_api_url=slack.api_url,
            slack_authorize_url=f"{slack.url}/oauth/v2/authorize",
            nextrung_public_url=address,
            nextrung_token_keys=SecretStr(_KEY),
            database_url=database_url,
        )
        nextrung = bootstrap(settings, clock=slack.clock)
        await nextrung.start()
        async with serving(nextrung.http, host="127.0.0.1", port=port):
            slack.connect_bot(f"{address}/slack/events")
            yield Counter(slack, nextrung, address, page)
        await nextrung.stop()
