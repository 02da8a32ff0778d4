"""The app is installed through the pages of both sides, as a person would, in a real Chromium."""

import base64
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest_asyncio
from playwright.async_api import ConsoleMessage, Page, expect
from pydantic import SecretStr

from bot.bootstrap import Nextrung, bootstrap
from bot.cli.serving import serving
from bot.config import Settings
from bot.domain.tenancy import Tenant
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.page import page_routes
from bot.sandbox.sample_organisation import NORTH, ORGANISATION
from bot.slack.installs.manifest import OPTIONAL_SCOPES, build_manifest
from tests.browser.desk import AUDIT, WIDE
from tests.browser.windows import Look, Windows

KEY = base64.urlsafe_b64encode(b"k" * 32).decode()


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


@pytest_asyncio.fixture(loop_scope="session")
async def counter(windows: Windows, sqlite_bot_url: str) -> AsyncIterator[Counter]:
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
            nextrung_token_keys=SecretStr(KEY),
            database_url=sqlite_bot_url,
        )
        nextrung = bootstrap(settings, clock=slack.clock)
        await nextrung.start()
        page = await windows.take(Look(WIDE))
        found = Counter(slack, nextrung, address, page)

        def heard(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                found.complaints.append(message.text)

        page.on("console", heard)
        async with serving(nextrung.http, host="127.0.0.1", port=port):
            slack.connect_bot(f"{address}/slack/events")
            yield found
            page.remove_listener("console", heard)
            await windows.give_back()
        await nextrung.stop()


async def scopes_of(counter: Counter, tenant: Tenant) -> set[str]:
    async with counter.nextrung.database.read(tenant) as work:
        kept = await work.installations.known()
    return set(kept.scopes) if kept else set()


async def test_a_workspace_is_installed_without_files_and_again_with_them(
    counter: Counter, tmp_path: Path
) -> None:
    page = counter.page
    await counter.open()
    await counter.reads("Add Nextrung to Slack")
    await counter.picture(tmp_path, "1-install")
    await counter.press("Add to Slack")
    await counter.become("North Admin")
    for scope in OPTIONAL_SCOPES:
        await page.get_by_role("checkbox", name=scope).uncheck()
    await counter.picture(tmp_path, "2-slack")
    await counter.allow()
    await counter.reads("Nextrung is in North Workspace")
    await expect(page.locator("main")).to_contain_text("Nobody is sent files")
    await counter.picture(tmp_path, "3-installed")
    here = Tenant(NORTH)
    first = await scopes_of(counter, here)
    assert first
    assert not first & set(OPTIONAL_SCOPES)

    # Its address is of no use a second time, and says so.
    await page.reload()
    await counter.reads("This page cannot finish an installation")
    await counter.picture(tmp_path, "4-used")
    await counter.press("Begin Again")
    await counter.press("Add to Slack")
    await counter.become("North Admin")
    await page.get_by_role("button", name="Cancel").click()
    await counter.reads("Nothing was installed")
    await counter.press("Back to the Start")
    counter.slack.advance(3600)
    await counter.press("Add to Slack")
    await counter.become("North Admin")
    await counter.allow()
    await counter.reads("Nextrung is in North Workspace")
    await expect(page.locator("main")).to_contain_text("What it may do from now on")
    await counter.picture(tmp_path, "5-upgraded")
    assert await scopes_of(counter, here) == first | set(OPTIONAL_SCOPES)
    assert [each for each in counter.complaints if "400" not in each] == []


async def test_an_organisation_is_installed_as_a_whole(counter: Counter, tmp_path: Path) -> None:
    await counter.open()
    await counter.press("Add to Slack")
    await counter.become("Sample Org Owner")
    await counter.page.get_by_role("radio", name="Sample Organisation").check()
    await counter.picture(tmp_path, "1-slack")
    await counter.allow()
    await counter.reads("Nextrung is installed for Sample Organisation")
    await expect(counter.page.locator("main")).to_contain_text("It is in no workspace yet")
    await counter.picture(tmp_path, "2-installed")
    choose = counter.page.get_by_role("link", name="Choose Workspaces")
    href = await choose.get_attribute("href")
    assert href is not None
    assert href.startswith(f"{counter.slack.url}/manage/{ORGANISATION}/integrations/profile/")
    assert href.endswith("/workspaces/add")
    assert await scopes_of(counter, Tenant(None, ORGANISATION))
    assert counter.complaints == []
