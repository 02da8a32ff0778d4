"""The page around the conversation: people, places, clock, inspector, faults, colours."""

import asyncio
import json
import re
import struct
from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from tests.browser.desk import NARROW, WIDE, Desk


async def test_the_front_page_leads_to_the_engineers_first_channel(desk: Desk) -> None:
    window = await desk.window()
    await window.go(desk.slack.url)
    await expect(window.page).to_have_url(re.compile(r"/as/U0ENGINEER/C0GENERAL$"))


async def test_view_as_keeps_the_place_and_changes_language_and_clock(desk: Desk) -> None:
    window = await desk.window("C0ENGINEERING")
    await (
        window.page.get_by_role("navigation", name="View as")
        .get_by_role("link", name="示例工程师")
        .click()
    )
    await expect(window.page).to_have_url(re.compile(r"/as/U0CHINESE/C0ENGINEERING$"))
    await window.see("频道")
    await expect(window.page.locator(".sidebar-head")).to_contain_text("Asia/Shanghai")
    await window.type("/skill")
    await window.see("ML 实验跟踪")
    await window.see("仅对你可见")


async def test_a_member_who_is_not_in_a_channel_is_led_to_one_they_are_in(desk: Desk) -> None:
    window = await desk.window("C0ENGINEERING", member="U0GUEST")
    await expect(window.page).to_have_url(re.compile(r"/as/U0GUEST/C0GENERAL$"))


async def test_the_second_workspace_shows_nothing_of_the_first(desk: Desk) -> None:
    window = await desk.window()
    await window.type("seen in the first workspace only")
    await window.page.get_by_role("link", name="Second Workspace").click()
    await expect(window.page.locator(".sidebar-workspace")).to_have_text("Second Workspace")
    await expect(window.page.locator("body")).not_to_contain_text("first workspace only")
    await expect(window.page.locator("body")).not_to_contain_text("Sample Manager")


async def test_the_app_home_is_asked_for_and_shown(desk: Desk) -> None:
    window = await desk.window("home")
    await window.see("Your growth")
    await window.press("Change Goal")
    await expect(window.modal).to_contain_text("Skill details")


async def test_the_about_tab_lists_commands_and_shortcuts(desk: Desk) -> None:
    window = await desk.window("about")
    await window.see("/promote-gap")
    await window.see("Save as growth evidence")


async def test_what_is_sent_while_an_answer_is_under_way_goes_out_after_it(desk: Desk) -> None:
    window = await desk.window()
    let_through = asyncio.Event()

    async def hold(route: Route) -> None:
        await let_through.wait()
        await route.continue_()

    await window.page.route("**/say", hold, times=1)
    await window.type("said first")
    await window.type("said right behind it")
    let_through.set()
    await window.see("said right behind it")
    await expect(window.composer).to_have_value("")


async def test_shortcuts_open_modals_from_the_composer_and_from_a_message(desk: Desk) -> None:
    window = await desk.window()
    await window.page.get_by_role("button", name="Shortcuts").click()
    await window.page.get_by_role("menuitem", name="Find a skill").click()
    await expect(window.modal).to_contain_text("Skill details")
    await window.page.keyboard.press("Escape")
    await expect(window.modal).to_have_count(0)
    await window.type("I compared two runs today")
    await window.see("I compared two runs today")
    await window.newest.hover()
    await window.newest.get_by_role("button", name="More actions").click()
    await window.page.get_by_role("menuitem", name="Save as growth evidence").click()
    await expect(window.modal).to_contain_text("Add evidence")
    sent = desk.slack.inspector.find(kind="message_action")[-1].request
    assert sent["message"]["text"] == "I compared two runs today"


async def test_the_inspector_shows_payloads_and_copies_them(desk: Desk) -> None:
    window = await desk.window()
    await window.press("Inspector")
    await window.see("Nothing yet. Type a command.")
    await window.type("/echo hello")
    entry = window.page.locator(".entry", has_text="/echo")
    await expect(entry).to_contain_text("of 3 s")  # answered: the entry is drawn for good
    await entry.locator("summary").click()
    await entry.get_by_role("button", name="Copy").first.click()
    await window.see("Copied as JSON")
    copied = json.loads(await window.page.evaluate("() => navigator.clipboard.readText()"))
    assert copied["command"] == "/echo"
    await window.press("Clear")
    await expect(window.page.locator(".entry")).to_have_count(0)


async def test_the_clock_moves_and_comes_back(desk: Desk) -> None:
    window = await desk.window()
    before = desk.slack.clock.offset
    await window.page.get_by_role("button", name="Clock").click()
    await window.press("+1 day")
    await window.see("Moved by +1 day")
    assert (desk.slack.clock.offset - before).days == 1
    await window.press("Back to the true time")
    await window.see("Shows the true time")


async def test_a_fault_is_added_met_and_cleared(desk: Desk) -> None:
    window = await desk.window()
    await window.press("Faults")
    form = window.page.locator(".fault-form")
    await form.get_by_label("What goes wrong").select_option("error")
    await form.get_by_label("Method").select_option("views.open")
    await form.get_by_label("Seconds, status or error code").fill("internal_error")
    await form.get_by_role("button", name="Add fault").click()
    await expect(window.page.locator(".faults")).to_contain_text("views.open")
    await window.type("/skill")
    await window.see("ML Experiment Tracking")
    await window.press("Details")
    await expect(window.page.locator(".faults")).to_contain_text("No fault is waiting.")
    await expect(window.modal).to_have_count(0)
    (opening,) = desk.slack.inspector.find(name="views.open")
    await desk.slack.until(lambda: opening.error == "internal_error")


async def test_a_wrong_fault_is_explained(desk: Desk) -> None:
    window = await desk.window()
    await window.press("Faults")
    form = window.page.locator(".fault-form")
    await form.get_by_label("Seconds, status or error code").fill("soon")
    await form.get_by_role("button", name="Add fault").click()
    await expect(window.page.locator(".toast")).to_contain_text("must be a whole number")
    assert any("400" in complaint for complaint in desk.complaints)
    desk.complaints.clear()


async def test_a_deactivated_member_can_do_nothing(desk: Desk) -> None:
    window = await desk.window("messages", member="U0DEACTIVATED")
    await window.type("/echo hello")
    await expect(window.page.locator(".toast")).to_contain_text("deactivated")
    await expect(window.composer).to_have_value("/echo hello")
    assert desk.slack.inspector.find() == []
    assert any("400" in complaint for complaint in desk.complaints)
    desk.complaints.clear()


async def test_the_last_event_is_sent_again_with_the_same_id(desk: Desk) -> None:
    window = await desk.window("home")
    await window.see("Your growth")
    await window.press("Faults")
    await window.press("Send the last event again")
    await desk.slack.until(lambda: len(desk.slack.inspector.find(kind="events_api")) == 2)
    first, second = desk.slack.inspector.find(kind="events_api")
    assert first.request["event_id"] == second.request["event_id"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_colours_follow_the_system_and_the_switch(desk: Desk, scheme: str) -> None:
    window = await desk.window(scheme="dark" if scheme == "dark" else "light")
    main, colour = window.page.locator(".main"), "background-color"
    before = await main.evaluate(f"main => getComputedStyle(main).getPropertyValue('{colour}')")
    await window.page.get_by_role("button", name="Colours").click()
    await window.press("Light" if scheme == "dark" else "Dark")
    await expect(main).not_to_have_css(colour, before)
    await window.page.reload()
    await expect(main).not_to_have_css(colour, before)


async def test_a_narrow_screen_scrolls_nothing_sideways(desk: Desk) -> None:
    window = await desk.window(size=NARROW)
    await window.type("/promote-gap")
    await window.see("Every element")
    width = await window.page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= NARROW[0]
    body = window.newest.locator(".message-body")
    box = await body.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= NARROW[0]
    await window.page.get_by_role("button", name="Channels and apps").click()
    await expect(window.page.get_by_role("link", name="engineering")).to_be_visible()
    await window.page.keyboard.press("Escape")
    await expect(window.page.get_by_role("link", name="engineering")).to_be_hidden()


async def test_a_place_that_is_not_there_is_explained(desk: Desk) -> None:
    window = await desk.window()
    await window.page.goto(f"{desk.slack.url}/as/U0ENGINEER/C0NOWHERE")
    await window.see("Nothing is here")
    assert any("404" in complaint for complaint in desk.complaints)
    desk.complaints.clear()


async def test_a_lost_live_connection_is_made_again(desk: Desk) -> None:
    window = await desk.window()
    desk.slack.world.close()
    await desk.slack.member("U0MANAGER").say("while you were away", channel="general")
    await window.see("while you were away")


async def test_a_local_slack_that_is_gone_is_told_of(desk: Desk) -> None:
    window = await desk.window()
    await desk.slack.stop()
    await expect(window.page.locator(".toast")).to_contain_text("does not answer")
    await window.type("/echo kept")
    await expect(window.composer).to_have_value("/echo kept")
    await desk.close()  # or the browser would go on complaining that it cannot connect
    desk.complaints.clear()


async def test_a_picture_of_the_window_is_kept(desk: Desk, tmp_path: Path) -> None:
    window = await desk.window()
    await window.type("/skill")
    await window.see("ML Experiment Tracking")
    await window.picture(tmp_path / "card.png")
    head = (tmp_path / "card.png").read_bytes()[:24]
    assert head[1:4] == b"PNG"
    assert struct.unpack(">II", head[16:24]) == WIDE
