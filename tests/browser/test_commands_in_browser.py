"""Typing commands: completion, answers, and everything that may go wrong with them."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk


async def test_a_command_is_completed_sent_and_answered(desk: Desk) -> None:
    window = await desk.window()
    await window.composer.press_sequentially("/sk")
    offered = window.page.locator("#suggestions [role=option]")
    await expect(offered).to_have_count(1)
    await expect(offered).to_contain_text("[skill or group] [level] [role]")
    await window.composer.press("Enter")
    await expect(window.composer).to_have_value("/skill ")
    await window.composer.press_sequentially("mlops senior")
    await window.composer.press("Enter")
    await window.see("ML Experiment Tracking")
    await expect(window.newest).to_contain_text("Only visible to you")
    await expect(window.newest.locator(".app-badge")).to_have_text("APP")
    await expect(window.composer).to_have_value("")
    command = desk.slack.inspector.find(kind="slash_commands")[-1]
    assert command.request["text"] == "mlops senior"
    assert command.request["channel_name"] == "general"


async def test_completion_is_steered_by_arrows_and_left_by_escape(desk: Desk) -> None:
    window = await desk.window()
    await window.composer.press_sequentially("/")
    chosen = window.page.locator("#suggestions [aria-selected=true] code")
    await expect(chosen).to_have_text("/skill")
    await window.composer.press("ArrowDown")
    await expect(chosen).to_have_text("/promote-gap")
    await window.composer.press("ArrowUp")
    await window.composer.press("ArrowUp")
    await expect(chosen).to_have_text("/echo")
    await window.composer.press("Tab")
    await expect(window.composer).to_have_value("/echo ")
    await window.composer.fill("/s")
    await window.composer.press("Escape")
    await expect(window.page.locator("#suggestions")).to_be_hidden()


async def test_what_was_sent_can_be_recalled(desk: Desk) -> None:
    window = await desk.window()
    await window.type("/echo one")
    await window.see("3 characters")
    await window.composer.press("ArrowUp")
    await expect(window.composer).to_have_value("/echo one")
    await window.composer.press("ArrowDown")
    await expect(window.composer).to_have_value("")


async def test_a_command_of_10000_characters_is_sent_whole(desk: Desk) -> None:
    window = await desk.window()
    await window.type("/echo " + "字" * 10_000)
    await window.see("10000 characters")


async def test_a_plain_message_is_seen_by_the_others_at_once(desk: Desk) -> None:
    mine, theirs = await desk.window(), await desk.window(member="U0MANAGER")
    await mine.type("Good morning <b>all</b> & co")
    await theirs.see("Good morning <b>all</b> & co")
    await expect(theirs.newest.locator(".message-author")).to_have_text("Sample Engineer")


async def test_an_answer_is_for_the_member_alone(desk: Desk) -> None:
    mine, theirs = await desk.window(), await desk.window(member="U0MANAGER")
    await mine.type("/skill")
    await mine.see("ML Experiment Tracking")
    await mine.press("Share in Channel")
    await theirs.see("Shared: ML Experiment Tracking")
    await expect(theirs.page.locator("article.message")).to_have_count(1)


async def test_an_unknown_command_is_refused_as_slack_does(desk: Desk) -> None:
    window = await desk.window()
    await window.type("/nothing here")
    await window.see("/nothing is not a valid command.")
    await expect(window.newest.locator(".message-author")).to_have_text("Slackbot")
    assert desk.slack.inspector.find(kind="slash_commands") == []


async def test_a_crashing_bot_is_told_of_and_the_page_goes_on(desk: Desk) -> None:
    window = await desk.window()
    await window.type("/crash")
    await window.see('/crash failed with the error "dispatch_failed"')
    await window.type("/echo after")
    await window.see("5 characters")


@pytest.mark.parametrize("ack_seconds", [0.3])
async def test_a_bot_that_does_not_answer_in_time_is_told_of(desk: Desk) -> None:
    window = await desk.window()
    await window.type("/slow")
    await window.see('/slow failed with the error "operation_timeout"')
    await window.page.locator("[data-drawer=inspector]").click()
    entry = window.page.locator(".entry", has_text="/slow")
    await expect(entry.locator("summary")).to_contain_text("over 3 s")


async def test_refused_blocks_are_told_of_and_shown_in_the_inspector(desk: Desk) -> None:
    window = await desk.window()
    await window.type("/broken")
    await window.see('/broken failed with the error "invalid_blocks"')
    await expect(window.page.locator(".alarm")).to_have_text("1")
    await window.page.locator("[data-drawer=inspector]").click()
    entry = window.page.locator(".entry", has_text="/broken")
    await entry.locator("summary").click()
    await expect(entry.locator(".found-bad")).to_contain_text("/blocks/0/text")


async def test_a_bot_that_is_down_is_told_of_and_the_page_goes_on(desk: Desk) -> None:
    window = await desk.window()
    await desk.bot.stop()
    await window.type("/skill")
    await window.see('/skill failed with the error "dispatch_failed"')
    await desk.bot.start()
    await window.type("/echo again")
    await window.see("5 characters")


async def test_a_suggested_command_is_put_into_the_composer(desk: Desk) -> None:
    window = await desk.window()
    await window.page.locator(".try", has_text="/promote-gap").click()
    await expect(window.composer).to_have_value("/promote-gap ")
    await expect(window.composer).to_be_focused()


async def test_a_slash_typed_anywhere_begins_a_command(desk: Desk) -> None:
    window = await desk.window()
    await window.page.locator("#scroller").focus()
    await window.page.keyboard.press("/")
    await expect(window.composer).to_be_focused()
    await expect(window.composer).to_have_value("/")
