"""Windows of one Chromium that tests use one after another: a process for each takes long."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from playwright.async_api import Browser, Page, expect

# Only a hang may end a test; what is expected by itself waits five seconds.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
Scheme = Literal["light", "dark"]
Hear = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Look:
    """What a window is like; only such of the same look take each other's place."""

    size: tuple[int, int]
    scheme: Scheme = "light"
    clipboard: bool = False


class Windows:
    """Hands out pages that know nothing of who had them before."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[Look, list[Page]] = {}
        self._taken: list[tuple[Look, Page, dict[str, Hear]]] = []

    async def take(self, look: Look, **hear: Hear) -> Page:
        """Return an empty page; `hear` tells who listens to which of its events meanwhile."""
        idle = self._idle.setdefault(look, [])
        page = idle.pop() if idle else await self._new(look)
        for name, listener in hear.items():
            page.on(name, listener)  # type: ignore[call-overload] # a name for each overload
        self._taken.append((look, page, hear))
        return page

    async def _new(self, look: Look) -> Page:
        context = await self._browser.new_context(
            viewport={"width": look.size[0], "height": look.size[1]},
            color_scheme=look.scheme,
            permissions=["clipboard-read", "clipboard-write"] if look.clipboard else [],
            reduced_motion="reduce",
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    async def give_back(self) -> None:
        """Let go of all that were taken; what more than a page was opened in is closed."""
        while self._taken:
            look, page, hear = self._taken.pop()
            if page.context.pages != [page]:
                await page.context.close()
                continue
            for name, listener in hear.items():
                page.remove_listener(name, listener)
            await page.mouse.move(0, 0)
            await page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            await page.goto("about:blank")
            await page.context.clear_cookies()
            self._idle[look].append(page)
