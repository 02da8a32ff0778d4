"""The page's clock and faults: to the next nudge, back in time, late and repeated events."""

from datetime import datetime, timedelta

from playwright.async_api import expect

from bot.sandbox.model import Json
from tests.browser.desk import Desk

OPENED = {"type": "app_home_opened", "user": "U0ENGINEER"}


async def test_the_clock_moves_to_what_the_bot_has_planned(desk: Desk) -> None:
    planned: list[datetime] = []

    async def next_moment() -> datetime | None:
        return min(planned, default=None)

    window = await desk.window()
    button = window.page.get_by_role("button", name="To the next nudge")
    await window.press("Clock")
    await expect(button).to_be_disabled()
    await window.see("The bot does not tell when it will act next.")
    desk.slack.plan_with(next_moment)
    desk.slack.advance(0)
    await window.see("Nothing is planned.")
    moment = desk.slack.clock.now() + timedelta(days=3)
    planned.append(moment)
    desk.slack.advance(0)
    await window.see("Planned for")
    await button.click()
    await window.see("Moved by +3 days")
    assert timedelta() <= desk.slack.clock.now() - moment < timedelta(seconds=30)


async def test_a_planner_that_fails_does_not_hurt_the_page(desk: Desk) -> None:
    async def next_moment() -> datetime | None:
        raise RuntimeError("a planner that fails on purpose")

    desk.slack.plan_with(next_moment)
    window = await desk.window(member="U0CHINESE")
    await window.press("时钟")
    await expect(window.page.get_by_role("button", name="到下一次提醒")).to_be_disabled()
    await window.see("机器人无法说明下一次何时行动。")


async def test_faults_of_events_urls_and_the_clock_from_the_panel(desk: Desk) -> None:
    window = await desk.window()
    await window.press("Faults")
    await window.press("Expire the next response URL")
    await window.press("Hold the next event back until a later one")
    waiting = window.page.locator(".faults")
    await expect(waiting).to_contain_text("response URLs")
    await expect(waiting).to_contain_text("Hold the next event back until a later one × 1")
    await desk.slack.event({**OPENED, "number": 1})
    await expect(waiting).to_contain_text("Held back until a later event × 1")
    await desk.slack.event({**OPENED, "number": 2})
    await window.press("Send the last event again")
    await desk.slack.until(
        lambda: len(desk.slack.inspector.find(kind="events_api", name="app_home_opened")) >= 3
    )
    sent = desk.slack.inspector.find(kind="events_api", name="app_home_opened")[:3]
    assert [entry.request["event"]["number"] for entry in sent] == [2, 1, 1]
    before = desk.slack.clock.now()
    await window.press("Clock jumps back an hour")
    await window.press("Clock")
    await window.see("Moved by −1 hour")
    assert desk.slack.clock.now() < before
    assert await window.audit() == []


async def test_feedback_and_icon_buttons_are_pressed(desk: Desk) -> None:
    blocks = [
        {
            "type": "context_actions",
            "block_id": "row",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "judge",
                    "positive_button": {"text": _plain("Good"), "value": "up"},
                    "negative_button": {"text": _plain("Bad"), "value": "down"},
                },
                {
                    "type": "icon_button",
                    "action_id": "drop",
                    "icon": "trash",
                    "text": _plain("Delete"),
                    "value": "all",
                },
                {
                    "type": "icon_button",
                    "action_id": "hidden",
                    "icon": "trash",
                    "text": _plain("Not for you"),
                    "visible_to_user_ids": ["U0MANAGER"],
                },
            ],
        }
    ]
    world = desk.slack.world
    channel = world.channels["C0GENERAL"]
    world.post(channel=channel, author_id="U0BOT", text="judge", blocks=blocks)
    window = await desk.window()
    for count, name in enumerate(("Bad", "Delete"), start=1):
        await window.press(name)
        await desk.slack.until(lambda: len(_pressed(desk)) == count)  # noqa: B023 - awaited here
    await expect(window.page.get_by_role("button", name="Not for you")).to_have_count(0)
    assert [(action["type"], action["value"]) for action in _pressed(desk)] == [
        ("feedback_buttons", "down"),
        ("icon_button", "all"),
    ]


def _pressed(desk: Desk) -> list[Json]:
    return [
        entry.request["actions"][0] for entry in desk.slack.inspector.find(kind="block_actions")
    ]


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}
