"""Pictures of the pages on which people install the app; part of `make screenshots`."""

import tempfile
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

from playwright.async_api import Browser

from bot.sandbox.sample_organisation import NORTH, NORTH_ENGINEER
from tests.browser.counter import Counter, at_counter

Play = Callable[[Counter], Awaitable[None]]


async def begin(counter: Counter) -> None:
    await counter.open()
    await counter.reads("Add Nextrung to Slack")


async def whole_organisation(counter: Counter) -> None:
    await begin(counter)
    await counter.press("Add to Slack")
    await counter.become("Sample Org Owner")
    await counter.page.get_by_role("radio", name="Sample Organisation").check()
    await counter.allow()
    await counter.reads("Nextrung is installed for Sample Organisation")


async def manage(counter: Counter) -> None:
    """See in the local Slack in which workspaces of the organisation the app is."""
    await whole_organisation(counter)
    counter.slack.installs.give(NORTH)
    page = counter.page
    await page.goto(f"{counter.slack.url}/as/{NORTH_ENGINEER}")
    await page.get_by_role("link", name="Manage apps").click()
    await page.get_by_role("button", name="Take out").first.wait_for()


PICTURES: dict[str, tuple[Play, tuple[int, int]]] = {
    "install.png": (begin, (900, 760)),
    "install-organisation.png": (whole_organisation, (900, 620)),
    "organisation.png": (manage, (1180, 760)),
}


async def take(browser: Browser, folder: Path, wanted: Collection[str]) -> None:
    """Take each wanted picture, or all when none is named, from a fresh installation each."""
    for file, (play, (width, height)) in PICTURES.items():
        if wanted and file not in wanted:
            continue
        context = await browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        with tempfile.TemporaryDirectory() as scratch:
            page = await context.new_page()
            async with at_counter(page, f"sqlite:///{scratch}/install.db") as counter:
                await play(counter)
                await page.mouse.move(0, 0)
                await page.screenshot(path=folder / file, full_page=play is not manage)
                await context.close()
        print(f"docs/images/{file}")
