"""A real Chromium, a local Slack and the sample bot, all in one event loop."""

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.cli.local import beside
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.page import page_routes
from bot.sandbox.server import loopback_socket
from bot.slack.installs.manifest import build_manifest
from tests.browser.desk import CHROMIUM, Desk, SampleBot, launch
from tests.browser.sample_bot import MANIFEST
from tests.browser.visit import Visit
from tests.browser.windows import Windows
from tests.fakes.kept_catalogue import kept_catalogue


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here needs a browser, and shares one event loop with it."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():
        reason = f"no Chromium at {CHROMIUM}: install the package chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    async with async_playwright() as playwright:
        started = await launch(playwright)
        yield started
        await started.close()


@pytest.fixture(scope="session")
def port() -> int:
    """Where each test's local Slack listens: at one address the browser reads the scripts once."""
    with loopback_socket("127.0.0.1", 0) as free:
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def ack_seconds() -> float:
    """How long the bot has for an answer; a test that wants less says so."""
    return 3.0


@pytest_asyncio.fixture(loop_scope="session")
async def desk(windows: Windows, ack_seconds: float, port: int) -> AsyncIterator[Desk]:
    """A fresh local Slack with the sample bot. A complaint of the browser fails the test."""
    fresh = LocalSlack(manifest=MANIFEST, routes=page_routes, ack_seconds=ack_seconds, port=port)
    async with fresh as slack:
        bot = SampleBot(slack)
        await bot.start()
        desk = Desk(slack, bot, windows)
        yield desk
        await desk.close()
        await bot.stop()
    assert desk.complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def visit(windows: Windows, sqlite_bot_url: str, port: int) -> AsyncIterator[Visit]:
    """A fresh sandbox with the real bot. A complaint of browser or local Slack fails the test."""
    slack = LocalSlack(manifest=build_manifest(), routes=page_routes, port=port)
    with kept_catalogue():
        async with slack, beside(slack, database_url=sqlite_bot_url) as local:
            visit = Visit(local, windows)
            yield visit
            await visit.close()
    assert visit.complaints == []
    assert [each.name for each in slack.inspector.entries if each.violations] == []
