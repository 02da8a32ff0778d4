"""`make screenshots`: pictures of the real bot in the real page, for README and docs.

`python -m tests.tools.screenshots hub.png packet.png` takes only those.
"""

import asyncio
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from playwright.async_api import Browser, async_playwright, expect

from bot.cli.local import Local, beside
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.page import page_routes
from bot.slack.installs.manifest import build_manifest
from tests.browser.desk import launch
from tests.browser.visit import Seat
from tests.tools import install_pictures, talk_scenes, team_scenes
from tests.tools.sample_growth import grow
from tests.tools.scene import Play, Scene

IMAGES = Path(__file__).parents[2] / "docs" / "images"


def typed(command: str, expected: str, *presses: str) -> Play:
    """Type a command, wait for what it shows, and press buttons that open modals."""

    async def play(seat: Seat) -> None:
        await seat.type(command)
        await seat.see(expected)
        for name in presses:
            await seat.press(name)
            await seat.modal.wait_for()

    return play


async def choose_role(seat: Seat) -> None:
    await seat.choose("Choose a role", "LLM Engineer")
    await seat.page.get_by_role("button", name="Senior").wait_for()


async def see_goal(seat: Seat) -> None:
    await seat.see("What to work on next")


async def assess(seat: Seat) -> None:
    await seat.press("Assess Myself")
    await seat.modal.get_by_role("button", name="Working on it: ").click()
    await seat.modal.get_by_text("Kept just now").wait_for()


async def add_evidence(seat: Seat) -> None:
    await seat.type("/promote-gap")
    await seat.see("Open, 1 to")
    await seat.newest.get_by_role("combobox", name="Not assessed").nth(1).click()
    await seat.option("Add evidence…").click()
    note = "Made prompt changes part of code review: template, owner and regression run"
    await seat.modal.get_by_label("Note").fill(note)
    await seat.modal.get_by_label("Link").fill("https://wiki.example.com/llm/prompt-reviews")


async def read_packet(seat: Seat) -> None:
    await seat.pick(seat.home.get_by_role("button", name="More options").first, "Export Packet")
    await expect(seat.modal).to_contain_text("Sent")
    await seat.leave()
    await seat.to("Nextrung")
    await seat.to("Messages")
    packet = (await seat.download(".html")).decode()
    seat.page = await seat.page.context.new_page()
    await seat.page.set_content(packet)


async def see_chart(seat: Seat) -> None:
    await seat.pick(seat.home.get_by_role("button", name="More options").first, "Progress Chart")
    await expect(seat.modal).to_contain_text("Sent")
    await seat.leave()
    await seat.to("Nextrung")
    await seat.to("Messages")
    await seat.page.wait_for_function("document.querySelector('.file-picture').naturalWidth > 300")
    await seat.page.locator("a.file").last.scroll_into_view_if_needed()


SCENES = (
    Scene(
        "skill-card.png",
        "U0ENGINEER",
        typed("/skill ml-experiment-tracking", "What is expected of"),
        size=(1180, 1360),
    ),
    Scene(
        "group-card.png",
        "U0MANAGER",
        typed("/skill mlosp senoir", "Showing"),
        size=(1180, 1055),
    ),
    Scene(
        "details.png",
        "U0ENGINEER",
        typed(
            "/skill prompt-engineering lead",
            "What is expected of",
            "Details of Prompt & Context Engineering",
        ),
        size=(1180, 1230),
    ),
    Scene(
        "skill-card-zh.png",
        "U0CHINESE",
        typed("/skill ml-experiment-tracking 高级", "期望"),
        scheme="dark",
        size=(1180, 1225),
    ),
    Scene("narrow.png", "U0ENGINEER", typed("/skill", "Skills catalogue"), size=(400, 1015)),
    Scene("home-start.png", "U0ADMIN", choose_role, place="home", size=(1180, 660)),
    Scene("home-goal.png", "U0ENGINEER", see_goal, place="home", begin=grow, size=(1180, 1170)),
    Scene(
        "promotion-gap.png",
        "U0ENGINEER",
        typed("/promote-gap", "Open, 1 to"),
        begin=grow,
        size=(1180, 1308),
    ),
    Scene("assessment.png", "U0ENGINEER", assess, place="home", begin=grow, size=(1180, 860)),
    Scene("evidence.png", "U0ENGINEER", add_evidence, begin=grow, size=(1180, 860)),
    Scene("hub.png", "U0ENGINEER", typed("/growth", "Your growth"), begin=grow, size=(1180, 813)),
    Scene("progress.png", "U0ENGINEER", see_chart, place="home", begin=grow, size=(1180, 965)),
    Scene("packet.png", "U0ENGINEER", read_packet, place="home", begin=grow, size=(1000, 1140)),
)


async def main(wanted: Collection[str]) -> None:
    """Take each wanted picture, or all when none is named.

    From a fresh sandbox each, so that none shows another's messages.
    """
    IMAGES.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        for scene in (*SCENES, *talk_scenes.SCENES, *team_scenes.SCENES):
            if wanted and scene.file not in wanted:
                continue
            with tempfile.TemporaryDirectory() as folder:
                await _take(scene, browser, f"sqlite:///{folder}/sandbox.db")
            print(f"docs/images/{scene.file}")
        await install_pictures.take(browser, IMAGES, wanted)
        await browser.close()


async def _take(scene: Scene, browser: Browser, database_url: str) -> None:
    slack = LocalSlack(manifest=build_manifest(), routes=page_routes)
    async with slack, beside(slack, database_url=database_url) as local:
        if scene.begin:
            await scene.begin(local)
        await _shoot(scene, browser, local)


async def _shoot(scene: Scene, browser: Browser, local: Local) -> None:
    context = await browser.new_context(
        viewport={"width": scene.size[0], "height": scene.size[1]},
        color_scheme=scene.scheme,
        reduced_motion="reduce",
        device_scale_factor=2 if scene.size[0] < 500 else 1,
    )
    seat = Seat(await context.new_page(), local.slack, scene.member)
    await seat.arrive(scene.place)
    await scene.play(seat)
    await seat.page.mouse.move(0, 0)
    await seat.picture(IMAGES / scene.file)
    await context.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
