"""Pressing and choosing in messages."""

from playwright.async_api import expect

from tests.browser.desk import Desk, Window


async def _card(desk: Desk) -> Window:
    window = await desk.window()
    await window.type("/skill")
    await window.see("ML Experiment Tracking")
    return window


async def _everything(desk: Desk) -> Window:
    window = await desk.window()
    await window.type("/promote-gap")
    await window.see("Every element")
    return window


def _last_action(desk: Desk) -> dict[str, object]:
    payload = desk.slack.inspector.find(kind="block_actions")[-1].request
    action: dict[str, object] = payload["actions"][0]
    return action


async def test_a_level_is_chosen_and_the_card_redrawn_in_place(desk: Desk) -> None:
    window = await _card(desk)
    await window.choice("Level").click()
    await expect(window.option("Middle")).to_have_attribute("aria-selected", "true")
    await window.option("Senior").click()
    await window.see("Senior · LLM Engineer")
    await expect(window.page.locator("article.message")).to_have_count(1)
    await expect(window.choice("Level")).to_have_value("Senior")


async def test_a_level_is_chosen_with_the_keyboard_alone(desk: Desk) -> None:
    window = await _card(desk)
    await window.choice("Level").focus()
    await window.page.keyboard.press("ArrowDown")
    await window.page.keyboard.press("ArrowDown")
    await window.page.keyboard.press("ArrowDown")
    await window.page.keyboard.press("Enter")
    await window.see("Lead · LLM Engineer")
    # The card was drawn anew; the focus is still on its selector.
    await expect(window.choice("Level")).to_be_focused()


async def test_a_select_is_filtered_by_typing_and_restored_by_escape(desk: Desk) -> None:
    window = await _card(desk)
    await window.choice("Level").click()
    await window.page.keyboard.type("prin")
    await expect(window.page.locator(".bk-options:visible [role=option]:visible")).to_have_count(1)
    await window.page.keyboard.press("Escape")
    await expect(window.choice("Level")).to_have_value("Middle")
    await expect(window.page.locator(".bk-options:visible")).to_have_count(0)


async def test_typing_what_is_not_there_says_so(desk: Desk) -> None:
    window = await _card(desk)
    await window.choice("Level").click()
    await window.page.keyboard.type("zzz")
    await expect(window.page.locator(".bk-options:visible .note")).to_have_text("No results")


async def test_typeahead_asks_the_bot_and_the_choice_arrives(desk: Desk) -> None:
    window = await _everything(desk)
    await window.choice("Find a skill").click()
    await expect(window.page.locator(".note:visible")).to_have_text("Type at least 2 characters")
    await window.page.keyboard.type("mac")
    await window.option("Machine Learning").click()
    await window.see("You chose Machine Learning")
    assert desk.slack.inspector.find(kind="block_suggestion")[-1].request["value"] == "mac"
    await expect(window.choice("Find a skill")).to_have_value("Machine Learning")


async def test_a_confirm_dialog_asks_first(desk: Desk) -> None:
    window = await _card(desk)
    await window.press("Remove")
    dialog = window.page.locator("#confirm")
    await expect(dialog).to_contain_text("Only your copy goes away.")
    await dialog.get_by_role("button", name="Keep").click()
    await expect(dialog).to_be_hidden()
    assert desk.slack.inspector.find(kind="block_actions") == []
    await window.press("Remove")
    await dialog.get_by_role("button", name="Remove").click()
    await expect(window.page.locator("article.message")).to_have_count(0)


async def test_escape_leaves_a_confirm_dialog_undone(desk: Desk) -> None:
    window = await _card(desk)
    await window.press("Remove")
    await window.page.keyboard.press("Escape")
    await expect(window.page.locator("#confirm")).to_be_hidden()
    assert desk.slack.inspector.find(kind="block_actions") == []


async def test_an_overflow_menu_works_with_mouse_and_keyboard(desk: Desk) -> None:
    window = await _everything(desk)
    opener = window.page.get_by_role("button", name="More options")
    await opener.click()
    await window.page.get_by_role("menuitem", name="Snooze").click()
    await window.see("Menu: snooze")
    await opener.focus()
    await window.page.keyboard.press("Enter")
    await window.page.keyboard.press("ArrowDown")
    await window.page.keyboard.press("Enter")
    await window.see("Menu: never")
    await opener.click()
    await window.page.keyboard.press("Escape")
    await expect(window.page.get_by_role("menuitem", name="Snooze")).to_be_hidden()


async def test_dates_people_and_boxes_arrive_in_slacks_shape(desk: Desk) -> None:
    window = await _everything(desk)
    await window.page.get_by_label("Day", exact=True).fill("2026-12-24")
    await desk.slack.until(lambda: bool(desk.slack.inspector.find(kind="block_actions")))
    assert _last_action(desk)["selected_date"] == "2026-12-24"
    await window.choice("Share with").click()
    await window.option("Sample Manager").click()
    await desk.slack.until(lambda: len(desk.slack.inspector.find(kind="block_actions")) == 2)
    assert _last_action(desk)["selected_user"] == "U0MANAGER"
    await window.page.get_by_label("Two").check()
    await desk.slack.until(lambda: len(desk.slack.inspector.find(kind="block_actions")) == 3)
    assert [one["value"] for one in _last_action(desk)["selected_options"]] == ["Two"]  # type: ignore[attr-defined] # a list of options


async def test_a_failing_press_is_told_of_in_a_toast(desk: Desk) -> None:
    window = await _card(desk)
    await desk.bot.stop()
    await window.press("Details")
    await expect(window.page.locator(".toast")).to_contain_text("trouble connecting")
    await expect(window.page.get_by_role("button", name="Details")).not_to_have_class("waiting")
