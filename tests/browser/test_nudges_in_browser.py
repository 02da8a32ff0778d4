"""Nudges in a real Chromium: a goal set, the clock moved, each answer given, a journey, an end."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.cli.local import Local, beside
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.page import page_routes
from bot.sandbox.samples import CHINESE_ENGINEER, ENGINEER, WORKSPACE
from bot.slack.installs.manifest import build_manifest
from tests.browser.desk import WIDE, Window
from tests.browser.way_to_lead import tally
from tests.browser.windows import PATIENCE_MS
from tests.fakes.kept_catalogue import kept_catalogue

TOKYO = ZoneInfo("Asia/Tokyo")


class Sitting:
    """One member's window onto the direct messages of the real bot."""

    def __init__(self, local: Local, window: Window, member: str) -> None:
        self.slack = local.slack
        self.window = window
        self.member = member

    async def converse(self) -> None:
        """Open the direct messages."""
        place = self.slack.world.dm(self.member).id
        await self.window.go(f"{self.slack.url}/as/{self.member}/{place}")

    async def next_nudge(self, seen: str = "What good looks like") -> None:
        """Move the clock to the next nudge and wait until it is there."""
        before = await self.window.page.locator("article.message").count()
        lever = self.window.page.get_by_role("button", name="To the next nudge")
        if not await lever.is_visible():
            await self.window.press("Clock")
        await lever.click()
        await expect(self.window.page.locator("article.message")).to_have_count(before + 1)
        await expect(self.window.newest).to_contain_text(seen)

    @property
    def skill(self) -> str:
        """What the newest nudge is about."""
        return self.slack.member(self.member).messages()[-1].plain.splitlines()[0]

    def local_time(self, zone: ZoneInfo) -> datetime:
        return self.slack.clock.now().astimezone(zone)


@pytest_asyncio.fixture(loop_scope="session")
async def local(sqlite_bot_url: str) -> AsyncIterator[Local]:
    slack = LocalSlack(manifest=build_manifest(), routes=page_routes)
    with kept_catalogue():
        async with slack, beside(slack, database_url=sqlite_bot_url) as local:
            slack.plan_with(local.nextrung.nudging.next_moment)
            yield local
    assert [each.name for each in slack.inspector.entries if each.violations] == []


async def sitting(local: Local, browser: Browser, member: str, goal: str) -> Sitting:
    """Let a member set a goal, and go to the direct messages."""
    context = await browser.new_context(
        viewport={"width": WIDE[0], "height": WIDE[1]}, reduced_motion="reduce"
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    window = Window(page)
    await window.go(f"{local.slack.url}/as/{member}/C0GENERAL")
    await window.type(goal)
    await window.see("/growth stop")
    found = Sitting(local, window, member)
    await found.converse()
    return found


async def test_a_nudge_is_answered_in_each_of_its_ways(local: Local, browser: Browser) -> None:
    here = await sitting(local, browser, ENGINEER, "/growth goal llm-engineer lead")
    window = here.window
    await here.next_nudge()
    first = here.skill
    await window.press("Another")
    await expect(window.newest).not_to_contain_text(first)
    await window.press("Did It")
    await window.modal.get_by_label("Note").fill("Measured it for a week.")
    await window.press("Save")
    await window.see("Kept as evidence.")
    await window.press("Met")
    await expect(window.newest).to_contain_text(tally(local, 1))

    await here.next_nudge()
    await window.press("Working on It")
    await expect(window.newest).to_contain_text("Working on it.")
    await expect(window.newest.get_by_role("button", name="Did It")).to_have_count(0)

    await here.next_nudge()
    await window.choice("Later").click()
    await window.option("Tomorrow").click()
    await expect(window.newest).to_contain_text("Put off.")
    await here.next_nudge("you put it off until now")
    await window.press("Not Relevant")
    await expect(window.newest).to_contain_text(tally(local, 1, aside=1))


async def test_nudges_travel_pause_and_stop(local: Local, browser: Browser) -> None:
    here = await sitting(local, browser, ENGINEER, "/growth goal llm-engineer lead")
    window, slack = here.window, here.slack
    await here.next_nudge()
    await window.press("Working on It")
    await expect(window.newest).to_contain_text("Working on it.")
    slack.world.members[ENGINEER].tz = "Asia/Tokyo"
    person = {"id": ENGINEER, "team_id": WORKSPACE, "tz": "Asia/Tokyo", "locale": "en-US"}
    await slack.event({"type": "user_change", "user": person}, workspace_id=WORKSPACE)
    assert await local.nextrung.app.drained(PATIENCE_MS / 1000)
    await here.next_nudge()
    there = here.local_time(TOKYO)
    assert (there.weekday(), there.hour, there.minute) == (1, 10, 0)

    await window.type("/growth pause 2w")
    await window.see("Paused until")
    await here.next_nudge()
    assert here.local_time(TOKYO).date() == there.date() + timedelta(days=14)

    await window.type("/growth nudges")
    await expect(window.modal).to_contain_text("How often")
    await window.modal.get_by_text("Stopped", exact=True).click()
    await window.press("Save")
    await window.see("Nudges are stopped.")
    assert await local.nextrung.nudging.next_moment() is None


async def test_a_chinese_member_is_nudged_in_chinese(local: Local, browser: Browser) -> None:
    here = await sitting(local, browser, CHINESE_ENGINEER, "/growth 目标 data-scientist senior")
    await local.slack.advance_to_next()
    await here.window.see("为什么是这一项")
    first = here.skill
    await here.window.press("换一个")
    await expect(here.window.newest).not_to_contain_text(first)
    await here.window.press("正在努力")
    await here.window.see("正在努力。")
