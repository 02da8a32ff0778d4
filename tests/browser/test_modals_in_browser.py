"""Modals: opening, stacking, closing, validating, submitting."""

from playwright.async_api import expect

from tests.browser.desk import Desk, Window


async def _details(desk: Desk) -> Window:
    window = await desk.window()
    await window.type("/skill")
    await window.see("ML Experiment Tracking")
    await window.press("Details")
    await expect(window.modal).to_contain_text("Skill details")
    return window


async def _form(desk: Desk) -> Window:
    window = await _details(desk)
    await window.press("Close")
    await expect(window.modal).to_have_count(0)
    await window.type("/promote-gap")
    await window.see("Every element")
    await window.press("Add Evidence")
    await expect(window.modal).to_contain_text("Add evidence")
    return window


async def test_modals_stack_up_to_three_and_escape_takes_one_away(desk: Desk) -> None:
    window = await _details(desk)
    await window.press("Go Deeper")
    await expect(window.modal).to_contain_text("Depth 2")
    await window.press("Go Deeper")
    await expect(window.modal).to_contain_text("Depth 3")
    await expect(window.modal).to_contain_text("3 / 3")
    await window.page.keyboard.press("Escape")
    await expect(window.modal).to_contain_text("Depth 2")
    await window.press("Back")
    await expect(window.modal).to_contain_text("Skill details")
    await window.page.keyboard.press("Escape")
    await expect(window.modal).to_have_count(0)


async def test_the_cross_closes_the_whole_stack(desk: Desk) -> None:
    window = await _details(desk)
    await window.press("Go Deeper")
    await expect(window.modal).to_contain_text("Depth 2")
    await window.modal.locator(".modal-head button").click()
    await expect(window.modal).to_have_count(0)
    await desk.slack.until(lambda: desk.slack.world.modals["U0ENGINEER"] == [])


async def test_focus_goes_into_the_modal_and_back_to_what_opened_it(desk: Desk) -> None:
    window = await _details(desk)
    await expect(window.modal.get_by_role("button", name="Go Deeper")).to_be_focused()
    await window.page.keyboard.press("Escape")
    await expect(window.page.get_by_role("button", name="Details")).to_be_focused()


async def test_required_fields_are_checked_in_place_and_nothing_typed_is_lost(desk: Desk) -> None:
    window = await _form(desk)
    await window.modal.get_by_label("Link").fill("https://example.com/x")
    await window.press("Save")
    await expect(window.modal.locator(".bk-error:visible")).to_have_count(1)
    note = window.modal.get_by_label("What did you do?")
    await expect(note).to_have_attribute("aria-invalid", "true")
    await expect(note).to_be_focused()
    await expect(window.modal.get_by_label("Link")).to_have_value("https://example.com/x")
    assert desk.slack.inspector.find(kind="view_submission") == []


async def test_the_bots_own_errors_stand_under_their_field(desk: Desk) -> None:
    window = await _form(desk)
    await window.modal.get_by_label("What did you do?").fill("bad")
    await window.press("Save")
    await expect(window.modal.locator(".bk-error:visible")).to_have_text(
        "Say what was good instead."
    )
    await window.modal.get_by_label("What did you do?").fill("good")
    await window.press("Save")
    await expect(window.modal).to_have_count(0)


async def test_a_submission_carries_everything_entered(desk: Desk) -> None:
    window = await _form(desk)
    await window.modal.get_by_label("What did you do?").fill("Compared\nruns")
    await window.choice("Level").click()
    await window.option("Senior").click()
    await window.choice("Skills").click()
    await window.option("Skill 2").click()
    await window.option("Skill 4").click()
    await window.page.keyboard.press("Escape")
    await window.modal.get_by_role("button", name="Remove Skill 2").click()
    await window.modal.get_by_label("Working on it").check()
    await window.modal.get_by_label("When").fill("2026-01-31")
    await window.press("Save")
    await expect(window.modal).to_have_count(0)
    sent = desk.slack.inspector.find(kind="view_submission")[-1].request
    values = sent["view"]["state"]["values"]
    assert values["note"]["note"]["value"] == "Compared\nruns"
    assert values["link"]["link"]["value"] is None
    assert values["level"]["level"]["selected_option"]["value"] == "Senior"
    assert [one["value"] for one in values["skills"]["skills"]["selected_options"]] == ["Skill 4"]
    assert values["status"]["status"]["selected_option"]["value"] == "working"
    assert values["when"]["when"]["selected_date"] == "2026-01-31"


async def test_a_direct_message_is_announced_counted_and_read(desk: Desk) -> None:
    window = await _form(desk)
    await window.modal.get_by_label("What did you do?").fill("Compared runs")
    await window.press("Save")
    await expect(window.page.locator(".toast")).to_contain_text("New message from Nextrung")
    await expect(window.page.locator(".sidebar .badge")).to_have_text("1")
    await window.page.locator(".toast a").click()
    await window.see("Saved: Compared runs")
    await expect(window.page.locator(".sidebar .badge")).to_have_count(0)


async def test_the_open_list_of_a_select_takes_escape_before_the_modal_does(desk: Desk) -> None:
    window = await _form(desk)
    await window.choice("Level").click()
    await expect(window.option("Senior")).to_be_visible()
    await window.page.keyboard.press("Escape")
    await expect(window.option("Senior")).to_be_hidden()
    await expect(window.modal).to_have_count(1)


async def test_the_tab_key_stays_inside_the_modal(desk: Desk) -> None:
    window = await _details(desk)
    for _ in range(12):
        await window.page.keyboard.press("Tab")
        inside = await window.page.evaluate(
            "() => document.activeElement === document.body"
            " || document.querySelector('#modals').contains(document.activeElement)"
        )
        assert inside


async def test_a_bot_that_is_down_leaves_the_form_as_it_was(desk: Desk) -> None:
    window = await _form(desk)
    await window.modal.get_by_label("What did you do?").fill("Compared runs")
    await desk.bot.stop()
    await window.press("Save")
    await expect(window.page.locator(".toast")).to_contain_text("trouble connecting")
    await expect(window.modal.get_by_label("What did you do?")).to_have_value("Compared runs")
