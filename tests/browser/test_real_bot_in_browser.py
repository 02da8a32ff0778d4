"""The real bot, used as a person would: typed, pressed, chosen and read in a real Chromium."""

import pytest
from playwright.async_api import FilePayload, expect

from bot.sandbox.samples import ENGINEER
from tests.browser.visit import Visit
from tests.browser.way_to_lead import to_lead


async def test_a_skill_is_looked_up_turned_and_read_in_full(visit: Visit) -> None:
    window = await visit.window("U0ENGINEER")
    await window.type("/skill ml-experiment-tracking")
    body = window.page.locator("body")
    for figure in ("4 roles", "5 levels", "0 mandatory", "other 20 optional", "Nov 29, 2026"):
        await expect(body).to_contain_text(figure)
    await window.press("Details of ML Experiment Tracking")
    await expect(window.modal).to_contain_text("Compare: Middle → Senior")
    await expect(window.modal).to_contain_text("Senior · you today")


async def test_a_gap_is_paged_through(visit: Visit) -> None:
    window = await visit.window("U0ENGINEER")
    await window.type("/promote-gap llm-engineer lead")
    in_all = len(to_lead(visit.local))
    await window.see(f"Open, 1 to 5 of {in_all}")
    await window.press("Next 5")
    await window.see(f"Open, 6 to 10 of {in_all}")
    await window.press("Previous 5")
    await window.see(f"Open, 1 to 5 of {in_all}")


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
    home = f"{visit.slack.url}/as/U0ADMIN/home"
    for first, text in ((True, FRAMEWORK), (False, FRAMEWORK.replace(b"by recipe", b"by heart"))):
        await window.go(home)
        await window.press("Upload a File")
        chooser = window.modal.locator("input[type=file]").first
        file: FilePayload = {"name": "bakery.csv", "mimeType": "text/csv", "buffer": text}
        await chooser.set_input_files(file)
        await window.page.wait_for_selector("input[type=file][data-files]")
        if first:
            # The next time the form proposes it.
            await window.modal.get_by_label("What is your framework called?").fill("Bakery")
        await window.press("Check the File")
        await expect(window.modal).to_contain_text("1 role, 2 levels, 1 skill; no cell is missing")
        await window.press("Later")
        await expect(window.modal).to_be_hidden()
        await window.see("Your upload waits to be published")
        await window.press("Continue…")
        await window.press("Next Step")
        if first:
            # The built-in roles go with it.
            await window.modal.get_by_label("Type the catalogue's name to publish: Bakery").fill(
                "Bakery"
            )
        await window.modal.get_by_role("button", name="Publish", exact=True).click()
        await expect(window.modal).to_contain_text("Published.")
        await window.press("Close")
    await window.go(home)
    await window.see("Revision 2 of")
    await window.press("Roll Back")
    await window.choice("Revision").click()
    await window.option("1 · ").click()
    await window.modal.get_by_role("button", name="Roll Back").click()
    await expect(window.modal).to_contain_text("Published.")
    await window.press("Close")
    await window.see("Back to revision 1")


async def test_a_word_without_an_end_stays_within_its_place(visit: Visit) -> None:
    seat = await visit.window(ENGINEER, "home")
    await seat.press("Add Evidence")
    await seat.modal.get_by_label("Note").fill("x" * 3000)
    await seat.press("Save")
    await seat.see("All Evidence (1)")

    async def hidden(place: str) -> int:
        width: int = await seat.page.locator(place).evaluate("e => e.scrollWidth - e.clientWidth")
        return width

    assert await hidden("section.home") == 0
    await seat.press("All Evidence (1)")
    await seat.modal.wait_for()
    assert await hidden(".modal-body") == 0
