"""From one organisation to another, installing the app there, and taking it away again."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest_asyncio
from playwright.async_api import expect

from bot.cli.local import beside
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.page import page_routes
from bot.sandbox.sample_organisation import NORTH, NORTH_ENGINEER, ORGANISATION, OWNER, SOUTH
from bot.slack.installs.manifest import build_manifest
from tests.browser.desk import Desk, SampleBot, Window
from tests.browser.visit import Visit
from tests.browser.windows import Windows
from tests.fakes.kept_catalogue import kept_catalogue


@pytest_asyncio.fixture(loop_scope="session")
async def visit(windows: Windows, sqlite_bot_url: str) -> AsyncIterator[Visit]:
    """The sandbox as it starts: the organisation's app is in one of its two workspaces."""
    slack = LocalSlack(manifest=build_manifest(), routes=page_routes, organisation=True)
    slack.installs.install(ORGANISATION, OWNER)
    slack.installs.give(NORTH)
    with kept_catalogue():
        async with slack, beside(slack, database_url=sqlite_bot_url) as local:
            visit = Visit(local, windows)
            yield visit
            await visit.close()
    assert visit.complaints == []


async def test_another_organisation_is_looked_at_and_loses_its_app(visit: Visit) -> None:
    window = await visit.window("U0ENGINEER")
    page = window.page
    rail = page.get_by_role("navigation", name="Workspaces")
    await expect(rail.get_by_role("link")).to_have_count(4)
    await rail.get_by_role("link", name="North Workspace · Sample Organisation").click()
    await window.see("This is the very beginning of #general")
    await expect(page.locator(".sidebar")).to_contain_text("Sample Organisation")
    await window.type("/skill mlops senior")
    await window.see("Model Serving")
    await page.get_by_role("link", name="Manage apps").click()
    await window.see("Sample Organisation has added its app here")
    assert await window.audit() == []
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_role("button", name="Take out")).to_have_count(2)
    await page.get_by_role("button", name="Remove").click()
    await window.see("Sent before")
    await expect(page.get_by_role("button", name="Install").first).to_be_visible()
    await expect(page.locator(".sidebar").get_by_role("link", name="Nextrung")).to_have_count(0)
    told = visit.slack.inspector
    # The page shows what is installed at once; the events follow it.
    await visit.slack.until(lambda: bool(told.find(kind="events_api", name="app_uninstalled")))
    sent = [each.name for each in told.find(kind="events_api")]
    assert sent[-2:] == ["tokens_revoked", "app_uninstalled"]
    assert not any(visit.slack.world.workspaces[each].has_app for each in (NORTH, SOUTH))
    await page.get_by_role("link", name="general").click()
    await window.type("/skill mlops senior")
    await window.see("/skill is not a valid command.")


async def test_an_owner_allows_the_app_for_the_whole_organisation(windows: Windows) -> None:
    async with LocalSlack(routes=page_routes, organisation=True) as slack:
        desk = Desk(slack, SampleBot(slack), windows)
        window = await desk.window("C0NORTHGENERAL", member=NORTH_ENGINEER)
        await _allow(slack, window)
        await desk.close()
    assert desk.complaints == []


async def _allow(slack: LocalSlack, window: Window) -> None:
    page = window.page
    asked = {
        "client_id": slack.client_id,
        "scope": "commands,chat:write",
        "state": "kept",
        "redirect_uri": f"{slack.url}/as/{OWNER}",
        "team": NORTH,
    }
    await page.goto(f"{slack.url}/oauth/v2/authorize?{urlencode(asked)}")
    await page.get_by_role("link", name="North Engineer").click()
    await expect(page.get_by_label("Sample Organisation")).to_have_count(0)
    await page.get_by_role("link", name="Sample Org Owner").click()
    assert await window.audit() == []
    await page.get_by_label("Sample Organisation").check()
    async with page.expect_request(lambda each: "code=" in each.url) as led:
        await page.get_by_role("button", name="Allow").click()
    answer = parse_qs(urlsplit((await led.value).url).query)
    assert answer["state"] == ["kept"]
    _, issued = slack.installs.exchange(
        answer["code"][0], client_id=slack.client_id, redirect_uri=asked["redirect_uri"]
    )
    assert issued.token.enterprise_id == ORGANISATION
