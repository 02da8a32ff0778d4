"""`make screenshots`: pictures of the real bot in the real page, for README and docs."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.cli.local import beside
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.page import page_routes
from bot.slack.manifest import build_manifest
from tests.browser.desk import Scheme, Window, launch

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SIZE = (1180, 1020)


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: who types what, and presses what, before it is taken."""

    file: str
    member: str
    command: str
    expected: str
    presses: tuple[str, ...] = ()
    scheme: Scheme = "light"
    size: tuple[int, int] = SIZE


SCENES = (
    Scene(
        "skill-card.png",
        "U0ENGINEER",
        "/skill ml-experiment-tracking",
        "structured growth",
        size=(1180, 1230),
    ),
    Scene("promotion-gap.png", "U0ENGINEER", "/promote-gap llm-engineer lead", "Page 1 of"),
    Scene("group-card.png", "U0MANAGER", "/skill mlosp senoir", "Showing"),
    Scene(
        "details.png", "U0ENGINEER", "/skill ml-experiment-tracking", "growth path", ("Details",)
    ),
    Scene("skill-card-zh.png", "U0CHINESE", "/skill mlops 高级", "MLOps", scheme="dark"),
    Scene("narrow.png", "U0ENGINEER", "/skill", "Skills catalogue", size=(400, 820)),
)


async def main() -> None:
    """Take every picture from a fresh sandbox each, so that none shows another's messages."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        for scene in SCENES:
            with tempfile.TemporaryDirectory() as folder:
                await _take(scene, browser, f"sqlite:///{folder}/sandbox.db")
            print(f"docs/images/{scene.file}")
        await browser.close()


async def _take(scene: Scene, browser: Browser, database_url: str) -> None:
    slack = LocalSlack(manifest=build_manifest(), routes=page_routes)
    async with slack, beside(slack, database_url=database_url):
        context = await browser.new_context(
            viewport={"width": scene.size[0], "height": scene.size[1]},
            color_scheme=scene.scheme,
            reduced_motion="reduce",
            device_scale_factor=2 if scene.size[0] < 500 else 1,
        )
        window = Window(await context.new_page())
        await window.go(f"{slack.url}/as/{scene.member}/C0GENERAL")
        await window.type(scene.command)
        await window.see(scene.expected)
        for name in scene.presses:
            await window.press(name)
            await window.modal.wait_for()
        await window.page.screenshot(path=IMAGES / scene.file)
        await context.close()


if __name__ == "__main__":
    asyncio.run(main())
