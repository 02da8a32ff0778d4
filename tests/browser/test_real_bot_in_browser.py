"""The real bot, used as a person would: typed, pressed, chosen and read in a real Chromium."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, expect

from bot.cli.local import beside
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.page import page_routes
from bot.slack.manifest import build_manifest
from tests.browser.desk import PATIENCE_MS, WIDE, Window


class Visit:
    """Windows onto one sandbox; whatever the browser complains of is kept."""

    def __init__(self, slack: LocalSlack, browser: Browser) -> None:
        self.slack = slack
        self.complaints: list[str] = []
        self._browser = browser

    async def window(self, member: str) -> Window:
        context = await self._browser.new_context(
            viewport={"width": WIDE[0], "height": WIDE[1]}, reduced_motion="reduce"
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text) if message.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        window = Window(page)
        await window.go(f"{self.slack.url}/as/{member}/C0GENERAL")
        return window


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, tmp_path: Path) -> AsyncIterator[Visit]:
    slack = LocalSlack(manifest=build_manifest(), routes=page_routes)
    async with slack, beside(slack, database_url=f"sqlite:///{tmp_path}/sandbox.db"):
        visit = Visit(slack, browser)
        yield visit
    assert visit.complaints == []
    assert [each.name for each in slack.inspector.entries if each.violations] == []


async def test_a_skill_is_looked_up_turned_and_read_in_full(visit: Visit) -> None:
    window = await visit.window("U0ENGINEER")
    await window.type("/skill ml-experiment-tracking")
    body = window.page.locator("body")
    for figure in ("2 roles", "5 levels", "0 mandatory", "other 10 optional", "Feb 22, 2026"):
        await expect(body).to_contain_text(figure)
    await window.press("Details")
    await expect(window.modal).to_contain_text("Data Scientist, Senior")
    await expect(window.modal).to_contain_text("Below: Middle")


async def test_a_gap_is_paged_through(visit: Visit) -> None:
    window = await visit.window("U0ENGINEER")
    await window.type("/promote-gap llm-engineer lead")
    await window.see("Page 1 of")
    await window.press("Next Page")
    await window.see("Page 2 of")
    await window.press("Previous Page")
    await window.see("Page 1 of")


async def test_a_card_is_shared_with_the_channel(visit: Visit) -> None:
    engineer = await visit.window("U0ENGINEER")
    manager = await visit.window("U0MANAGER")
    await engineer.type("/skill mlops senior")
    await engineer.see("Model Serving")
    await engineer.press("Share in Channel")
    await manager.see("Model Serving")
    await engineer.see("Shared in this channel.")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [("/skill 数据", "数据"), ("/promote-gap llm-engineer 负责人", "大模型")],
)
async def test_a_chinese_member_reads_chinese(visit: Visit, typed: str, seen: str) -> None:
    window = await visit.window("U0CHINESE")
    await window.type(typed)
    await window.see(seen)
    await expect(window.page.locator("body")).to_contain_text("试试")


FRAMEWORK = b"""role,level,skill,requirement,proficiency,text
Baker,Junior,Dough,required,Working,Kneads a dough by recipe.
Baker,Senior,Dough,required,Advanced,Adapts a dough to flour and weather.
"""


async def test_a_framework_is_uploaded_published_and_rolled_back(visit: Visit) -> None:
    window = await visit.window("U0ADMIN")
    home, messages = (f"{visit.slack.url}/as/U0ADMIN/{place}" for place in ("home", "messages"))
    for text in (FRAMEWORK, FRAMEWORK.replace(b"by recipe", b"by heart")):
        await window.go(home)
        await window.press("Upload a File")
        chooser = window.modal.locator("input[type=file]").first
        file: FilePayload = {"name": "bakery.csv", "mimeType": "text/csv", "buffer": text}
        await chooser.set_input_files(file)
        await window.page.wait_for_selector("input[type=file][data-files]")
        await window.press("Check the File")
        await expect(window.modal).to_contain_text("direct message")
        await window.press("Close")
        await window.go(messages)
        await window.see("Your file can be published")
        await window.press("Publish")
        await window.see("Published.")
    await window.go(home)
    await window.see("Revision 2 of")
    await window.press("Roll Back")
    await window.choice("Revision").click()
    await window.option("1 · ").click()
    await window.modal.get_by_role("button", name="Roll Back").click()
    await expect(window.modal).to_contain_text("Published.")
    await window.press("Close")
    await window.see("Back to revision 1")
