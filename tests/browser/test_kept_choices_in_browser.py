"""As in Slack's clients: a choice stays until the ids change, and cannot be made twice."""

from typing import Any

import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.desk import Desk, Window
from tests.browser.sample_views import LEVELS, Block, mrkdwn, option, plain

MEMBER = "U0ENGINEER"


def menu(shown: str, block_id: str = "row", **more: Any) -> list[Block]:
    """A select menu with one of the levels chosen from the start."""
    select = {
        "type": "static_select",
        "action_id": "grade",
        "placeholder": plain("Grade"),
        "options": [option(level) for level in LEVELS],
        "initial_option": option(shown),
        **more,
    }
    text = mrkdwn(f"The bot says {shown}")
    return [{"type": "section", "block_id": block_id, "text": text, "accessory": select}]


def _client(desk: Desk) -> AsyncWebClient:
    return AsyncWebClient(token=desk.slack.bot_token, base_url=desk.slack.api_url)


def _presses(desk: Desk) -> int:
    return len(desk.slack.inspector.find(kind="block_actions"))


async def _choose(desk: Desk, window: Window, name: str) -> None:
    before = _presses(desk)
    await window.choice("Grade").click()
    await window.option(name).click()
    await desk.slack.until(lambda: _presses(desk) > before)


class Place:
    """Somewhere the bot shows a menu, and can show it again."""

    def __init__(self, desk: Desk, surface: str) -> None:
        self._client = _client(desk)
        self._desk = desk
        self._surface = surface
        self._id = ""

    async def show(self, blocks: list[Block]) -> None:
        if self._surface == "home":
            await self._client.views_publish(
                user_id=MEMBER, view={"type": "home", "blocks": blocks}
            )
        elif self._surface == "modal":
            view = {"type": "modal", "title": plain("Sample"), "blocks": blocks}
            if self._id:
                await self._client.views_update(view_id=self._id, view=view)
            else:
                self._id = self._desk.slack.views.open(MEMBER, view).id
        elif self._id:
            await self._client.chat_update(
                channel="C0ENGINEERING", ts=self._id, text="x", blocks=blocks
            )
        else:
            sent = await self._client.chat_postMessage(
                channel="C0ENGINEERING", text="x", blocks=blocks
            )
            self._id = str(sent["ts"])


@pytest.fixture(params=["message", "home", "modal"])
def surface(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def _begin(desk: Desk, surface: str) -> tuple[Window, Place]:
    window, place = (
        await desk.window("home" if surface == "home" else "C0ENGINEERING"),
        Place(desk, surface),
    )
    if surface == "home":
        await window.see("Your growth")  # the sample bot's own Home has come
    await place.show(menu("Middle"))
    await window.see("The bot says Middle")
    return window, place


async def test_a_choice_outlives_an_update_until_an_id_changes(desk: Desk, surface: str) -> None:
    window, place = await _begin(desk, surface)
    await _choose(desk, window, "Senior")
    await place.show(menu("Lead"))
    await window.see("The bot says Lead")
    await expect(window.choice("Grade")).to_have_value("Senior")
    await place.show(menu("Lead", block_id="row 2"))
    await expect(window.choice("Grade")).to_have_value("Lead")
    await place.show(menu("Principal", block_id="row 2", action_id="grade 2"))
    await expect(window.choice("Grade")).to_have_value("Principal")


async def test_the_option_chosen_already_sends_nothing(desk: Desk, surface: str) -> None:
    window, _ = await _begin(desk, surface)
    await window.choice("Grade").click()
    await window.option("Middle").click()
    await expect(window.page.locator(".bk-options:visible")).to_have_count(0)
    await _choose(desk, window, "Senior")
    await window.choice("Grade").click()
    await window.option("Senior").click()
    await _choose(desk, window, "Lead")
    sent = [each.request["actions"][0] for each in desk.slack.inspector.find(kind="block_actions")]
    assert [each["selected_option"]["value"] for each in sent] == ["Senior", "Lead"]


async def test_a_choice_in_a_channel_is_each_members_own(desk: Desk) -> None:
    window, place = await _begin(desk, "message")
    await _choose(desk, window, "Senior")
    other = await desk.window("C0ENGINEERING", member="U0MANAGER")
    await expect(other.choice("Grade")).to_have_value("Middle")
    await place.show(menu("Lead"))
    await expect(other.choice("Grade")).to_have_value("Lead")
    await expect(window.choice("Grade")).to_have_value("Senior")


async def test_a_choice_that_was_not_confirmed_is_taken_back(desk: Desk) -> None:
    window, place = await _begin(desk, "message")
    asked = {"title": plain("Sure?"), "text": plain("It is kept."), "confirm": plain("Yes")}
    await place.show(menu("Middle", confirm=asked | {"deny": plain("No")}))
    await expect(window.choice("Grade")).to_have_value("Middle")
    for answer, value in (("No", "Middle"), ("Yes", "Senior")):
        await window.choice("Grade").click()
        await window.option("Senior").click()
        await window.page.locator("#confirm").get_by_role("button", name=answer).click()
        await expect(window.choice("Grade")).to_have_value(value)
    await desk.slack.until(lambda: _presses(desk) == 1)
