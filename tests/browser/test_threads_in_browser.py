"""Threads at the side, and long texts that unfold."""

from playwright.async_api import Locator, expect

from bot.sandbox.model import Message
from tests.browser.desk import NARROW, Desk, Window


def _question(desk: Desk, replies: int = 0) -> Message:
    world = desk.slack.world
    channel = world.channels["C0GENERAL"]
    parent = world.post(channel=channel, author_id="U0MANAGER", text="a question")
    world.post(channel=channel, author_id="U0ADMIN", text="something else")
    for number in range(replies):
        text = f"answer {number + 1}"
        world.post(channel=channel, author_id="U0BOT", text=text, thread_ts=parent.ts)
    return parent


def _pane(window: Window) -> Locator:
    return window.page.locator("#thread")


async def test_replies_open_at_the_side_and_follow(desk: Desk) -> None:
    parent = _question(desk, replies=2)
    window = await desk.window()
    texts = await window.page.locator("#pieces .message-body").all_inner_texts()
    assert texts == ["a question", "something else"]
    await expect(_pane(window)).to_be_hidden()
    await window.press("2 replies")
    bodies = _pane(window).locator(".message-body")
    await expect(bodies).to_have_text(["a question", "answer 1", "answer 2"])
    await expect(_pane(window).get_by_role("textbox", name="Reply")).to_be_focused()
    assert await window.audit() == []
    world = desk.slack.world
    channel = world.channels["C0GENERAL"]
    world.post(channel=channel, author_id="U0BOT", text="answer 3", thread_ts=parent.ts)
    await expect(bodies).to_have_count(4)
    await window.page.keyboard.press("Escape")
    await expect(_pane(window)).to_be_hidden()
    await expect(window.page.get_by_role("button", name="3 replies", exact=True)).to_be_focused()


async def test_a_member_begins_a_thread_where_commands_do_not_work(desk: Desk) -> None:
    parent = _question(desk)
    window = await desk.window(size=NARROW)
    first = window.page.locator("#pieces article.message").first
    await first.hover()
    await first.get_by_role("button", name="More actions").click()
    await window.page.get_by_role("menuitem", name="Reply in thread").click()
    reply = _pane(window).get_by_role("textbox", name="Reply")
    await reply.fill("my own answer")
    await reply.press("Enter")
    await expect(_pane(window).locator(".message-body").last).to_have_text("my own answer")
    assert desk.slack.member("U0ENGINEER").messages("general")[-1].message.thread_ts == parent.ts
    await reply.fill("/skill mlops")
    await reply.press("Enter")
    await expect(_pane(window).locator(".message-notice")).to_contain_text(
        "/skill is not supported in threads. Sorry!"
    )
    await window.press("Close the thread")
    await expect(window.page.get_by_role("button", name="1 reply", exact=True)).to_be_visible()


async def test_a_thread_closes_with_its_message(desk: Desk) -> None:
    parent = _question(desk, replies=1)
    window = await desk.window()
    await window.press("1 reply")
    await expect(_pane(window).locator("article.message")).to_have_count(2)
    desk.slack.world.delete(parent)
    await expect(_pane(window)).to_be_hidden()
    await window.see("In a thread")


async def test_a_long_section_is_folded_until_it_is_asked_for(desk: Desk) -> None:
    world = desk.slack.world
    text = "\n".join([f"line {number}" for number in range(30)] + ["<https://example.com|link>"])
    section = {"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": text}}
    channel = world.channels["C0GENERAL"]
    message = world.post(channel=channel, author_id="U0BOT", text="long", blocks=[section])
    window = await desk.window()
    link = window.page.get_by_role("link", name="link")
    more = window.page.get_by_role("button", name="See more")
    folded = window.page.locator(".bk-folded")
    box = await folded.bounding_box()
    assert box is not None
    assert box["height"] < 200
    await more.focus()
    await window.page.keyboard.press("Enter")
    opened = await folded.bounding_box()
    assert opened is not None
    assert opened["height"] > 400
    less = window.page.get_by_role("button", name="See less")
    await expect(less).to_be_focused()
    world.edit(message, text="longer")
    await window.see("(edited)")
    await expect(less).to_be_visible()
    await less.click()
    await link.focus()
    await expect(less).to_be_visible()
    assert await window.audit() == []
