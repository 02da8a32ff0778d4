"""A member's browser in front of the real bot, in a sandbox of its own."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from playwright.async_api import ConsoleMessage, Locator, Page, expect

from bot.cli.local import Local
from bot.sandbox.local_slack import LocalSlack
from tests.browser.desk import WIDE, Window
from tests.browser.windows import Look, Windows


class Visit:
    """Windows onto one sandbox; whatever the browser complains of is kept."""

    def __init__(self, local: Local, windows: Windows) -> None:
        self.local = local
        self.slack = local.slack
        self.complaints: list[str] = []
        self._windows = windows

    async def window(self, member: str, place: str = "C0GENERAL") -> "Seat":
        """A new window of a member at a place: a channel's id, `home` or `messages`."""
        page = await self._windows.take(
            Look(WIDE),
            console=self._heard,
            pageerror=lambda error: self.complaints.append(str(error)),
        )
        seat = Seat(page, self.slack, member)
        await seat.arrive(place)
        return seat

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    async def close(self) -> None:
        await self._windows.give_back()


class Seat(Window):
    """What a member does with Nextrung's own pages, in their own words."""

    def __init__(self, page: Page, slack: LocalSlack, member: str) -> None:
        super().__init__(page)
        self._slack = slack
        self._member = member

    @property
    def home(self) -> Locator:
        """What App Home shows."""
        return self.page.locator("section.home")

    async def arrive(self, place: str) -> None:
        """Open the page at a place: a channel's id, `home` or `messages`."""
        with_home = self.home_published() if place == "home" else nullcontext()
        async with with_home:
            await self.go(f"{self._slack.url}/as/{self._member}/{place}")

    @asynccontextmanager
    async def home_published(self) -> AsyncIterator[None]:
        """Wait, after what is done inside, until the page shows the Home published in answer."""

        def published() -> int:
            found = self._slack.inspector.find(name="views.publish")
            return sum(each.request.get("user_id") == self._member for each in found)

        before = published()
        yield
        await self._slack.until(lambda: published() > before)
        newest = self._slack.world.homes[self._member]
        await expect(self.home).to_have_attribute("data-hash", newest.hash)

    async def to_home(self) -> None:
        """Go to App Home."""
        await self.to("Nextrung")
        async with self.home_published():
            await self.page.get_by_role("link", name="Home", exact=True).click()
            await self.page.wait_for_selector("html[data-ready]", state="attached")

    async def to(self, name: str) -> None:
        """Go somewhere else by the link whose name begins so; unread messages are counted in it."""
        await self.page.get_by_role("link", name=re.compile(rf"^{name}\b")).click()
        await self.page.wait_for_selector("html[data-ready]", state="attached")

    async def leave(self, name: str = "Close") -> None:
        """Close the one modal that is open."""
        await self.press(name)
        await expect(self.modal).to_have_count(0)

    async def leave_all(self) -> None:
        """Close all modals, however deep."""
        await self.modal.locator(".modal-head button").click()
        await expect(self.modal).to_have_count(0)

    async def choose(self, menu: str, option: str) -> None:
        """Choose an option of a menu."""
        await self.choice(menu).click()
        await self.option(option).click()

    async def pick(self, button: Locator, item: str) -> None:
        """Open a menu and press one of its items."""
        await button.click()
        await self.page.get_by_role("menuitem", name=item).locator("visible=true").click()

    async def download(self, ending: str) -> bytes:
        """Download the newest file with an ending from the messages shown."""
        link = self.page.get_by_role("link", name="Download").filter(
            has=self.page.locator(".file-name", has_text=ending)
        )
        async with self.page.expect_download() as download:
            await link.last.click()
        saved = await download.value
        return (await saved.path()).read_bytes()
