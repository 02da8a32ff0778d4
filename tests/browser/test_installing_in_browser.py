"""The app is installed through the pages of both sides, as a person would, in a real Chromium."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import ConsoleMessage, expect

from bot.domain.tenancy import Tenant
from bot.sandbox.sample_organisation import NORTH, ORGANISATION
from bot.slack.installs.manifest import OPTIONAL_SCOPES
from tests.browser.counter import Counter, at_counter
from tests.browser.desk import WIDE
from tests.browser.windows import Look, Windows


@pytest_asyncio.fixture(loop_scope="session")
async def counter(windows: Windows, sqlite_bot_url: str) -> AsyncIterator[Counter]:
    page = await windows.take(Look(WIDE))
    async with at_counter(page, sqlite_bot_url) as found:

        def heard(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                found.complaints.append(message.text)

        page.on("console", heard)
        yield found
        page.remove_listener("console", heard)
        await windows.give_back()


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
