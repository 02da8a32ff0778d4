"""A member's browser in front of a local Slack with the sample bot behind it."""

from pathlib import Path
from typing import cast

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Playwright
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from starlette.types import ASGIApp

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.server import LoopbackServer, loopback_socket
from tests.browser.sample_bot import build_app
from tests.browser.windows import Look, Scheme, Windows

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
WIDE = (1360, 860)
NARROW = (390, 780)
EVENTS = "/slack/events"


async def launch(playwright: Playwright) -> Browser:
    """Debian's Chromium, without anything that would call home."""
    return await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


class SampleBot:
    """The sample bot's own HTTP server, which a test can take down."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack
        self._server: LoopbackServer | None = None

    async def start(self) -> None:
        slack = self._slack
        app = build_app(
            base_url=slack.api_url, token=slack.bot_token, signing_secret=slack.signing_secret
        )
        handler = cast("ASGIApp", AsyncSlackRequestHandler(app, path=EVENTS))
        self._server = LoopbackServer(handler, loopback_socket("127.0.0.1", 0))
        await self._server.start()
        slack.connect_bot(f"http://127.0.0.1:{self._server.port}{EVENTS}")

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.stop()
            self._server = None


class Desk:
    """One test's local Slack, its bot, and as many windows as it opens."""

    def __init__(self, slack: LocalSlack, bot: SampleBot, windows: Windows) -> None:
        self.slack = slack
        self.bot = bot
        self.complaints: list[str] = []
        self._windows = windows

    async def window(
        self,
        place: str = "C0GENERAL",
        *,
        member: str = "U0ENGINEER",
        scheme: Scheme = "light",
        size: tuple[int, int] = WIDE,
    ) -> "Window":
        """A new browser window of a member at a place, ready to be used."""
        page = await self._windows.take(
            Look(size, scheme, clipboard=True),
            console=self._heard,
            pageerror=lambda error: self.complaints.append(f"error: {error}"),
            dialog=lambda dialog: self.complaints.append(f"dialog: {dialog.message}"),
        )
        window = Window(page)
        await window.go(f"{self.slack.url}/as/{member}/{place}")
        return window

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    async def close(self) -> None:
        await self._windows.give_back()


class Window:
    """What a member does with the page, in their own words."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def go(self, url: str) -> None:
        await self.page.goto(url)
        await self.page.wait_for_selector("html[data-ready]", state="attached")

    async def type(self, text: str) -> None:
        """Type into the composer and send."""
        await self.composer.fill(text)
        await self.composer.press("Escape")
        await self.composer.press("Enter")

    async def see(self, text: str) -> Locator:
        """Wait until a text is shown; returns the newest place where it is."""
        found = self.page.get_by_text(text).locator("visible=true").last
        await found.wait_for()
        return found

    async def gone(self, text: str) -> None:
        """Wait until a text is shown nowhere."""
        await self.page.get_by_text(text).locator("visible=true").first.wait_for(state="hidden")

    async def press(self, name: str) -> None:
        """Press the newest button (or link) with a name; in the modal where one is open."""
        scope = self.modal if await self.modal.count() else self.page.locator("body")
        await scope.get_by_role("button", name=name, exact=True).last.click()

    @property
    def composer(self) -> Locator:
        return self.page.locator("#composer-text")

    @property
    def modal(self) -> Locator:
        """The modal the member sees."""
        return self.page.locator("dialog[open] .modal:visible")

    @property
    def newest(self) -> Locator:
        """The newest message."""
        return self.page.locator("article.message").last

    def choice(self, name: str) -> Locator:
        """The select menu with a name."""
        return self.page.get_by_role("combobox", name=name).locator("visible=true").last

    def option(self, name: str) -> Locator:
        """An option of the open select menu."""
        return self.page.get_by_role("option", name=name).locator("visible=true")

    async def audit(self) -> list[str]:
        """What an accessibility checker would complain about."""
        found: list[str] = await self.page.evaluate(AUDIT)
        return found

    async def picture(self, path: Path) -> None:
        """Save what the window shows, the same way each time: no caret, nothing moving."""
        await self.page.evaluate("() => document.fonts.ready.then(() => true)")
        await self.page.screenshot(path=path, animations="disabled", caret="hide")

    async def focused(self) -> str:
        """The name, text or id of what has the focus."""
        told: str = await self.page.evaluate(
            "() => { const e = document.activeElement;"
            " return e.getAttribute('aria-label') || e.id || e.textContent.trim(); }"
        )
        return told
