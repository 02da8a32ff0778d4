"""The real bot, used as a person would: typed, pressed, chosen and read in a real Chromium."""

import pytest
from playwright.async_api import expect

from tests.browser.visit import Visit


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
