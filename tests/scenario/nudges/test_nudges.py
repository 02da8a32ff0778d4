"""Nudges: sent at the member's own hour, and every way to answer them."""

from html import unescape
from zoneinfo import ZoneInfo

import pytest

from bot.domain.growth.assessment import Status
from bot.sandbox.blocks import elements
from bot.sandbox.handles import MessageHandle
from bot.sandbox.samples import MANAGER, WORKSPACE
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import counted, history, lead_cells, lead_required, mark, member
from tests.scenario.nudging import begin, nudged
from tests.scenario.presses import button, chosen, pressed

ANSWERS = {"Did It", "Working on It", "Another", "Not Relevant", "Settings"}
BERLIN = ZoneInfo("Europe/Berlin")


def skill_of(card: MessageHandle) -> str:
    return card.plain.splitlines()[0]


async def test_the_first_goal_brings_a_nudge_at_the_members_own_hour(stored_desk: Desk) -> None:
    desk = stored_desk
    hub = await desk.engineer.command("/growth goal llm-engineer lead")
    assert "From now on you get one question at a time as a direct message" in hub.plain
    assert "every week on Tuesday at 10:00" in hub.plain
    assert "`/growth stop` ends it" in hub.plain

    card = await nudged(desk, desk.engineer)
    now = desk.slack.clock.now().astimezone(BERLIN)
    assert (now.weekday(), now.hour) == (1, 10)
    assert set(card.buttons) >= ANSWERS
    assert "What good looks like at Lead" in card.plain
    assert "Why this one: required for Lead" in card.plain
    assert "never asked before" in card.plain
    assert counted(desk, 0) in card.plain
    assert unescape(card.text).startswith(skill_of(card))


async def test_did_it_keeps_evidence_and_then_offers_met(stored_desk: Desk) -> None:
    desk = stored_desk
    card = await begin(desk, desk.engineer)
    skill = skill_of(card)
    form = as_modal(await card.press("Did It"))
    await form.fill({"Note": "Measured it for a week."})
    await form.submit()
    await desk.refreshed(desk.engineer)

    assert "*Kept as evidence.*" in card.plain
    assert set(card.buttons) == {"Details", "Met", "Still Working on It"}
    await card.press("Met")
    assert card.plain.startswith(skill)
    assert "*Met.*" in card.plain
    assert counted(desk, 1) in card.plain
    assert card.buttons == ["Details", "Working on It", "Not Relevant"]
    assert [each.status for each in await history(desk)] == [Status.MET]
    assert "Measured it for a week." in as_modal(await card.press("Details")).plain


async def test_did_it_with_nothing_typed_is_met(stored_desk: Desk) -> None:
    desk = stored_desk
    card = await begin(desk, desk.engineer)
    question = card.blocks[1]["text"]["text"]
    form = as_modal(await card.press("Did It"))
    assert form.blocks[0]["text"]["text"] == question
    assert "Save the empty form, and it is marked as met." in form.plain

    await form.fill({"Note": "  \n"})
    await form.submit()
    await desk.refreshed(desk.engineer)

    assert not form.is_open
    assert "*Met.* Well done!" in card.plain
    assert counted(desk, 1) in card.plain
    assert [each.status for each in await history(desk)] == [Status.MET]
    held = await desk.nextrung.services.growth.of(await member(desk))
    assert held.growth.evidence == ()


async def test_an_empty_did_it_that_reaches_the_goal_celebrates_it(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    for cell in lead_cells(desk):
        skill = catalogue.skill(cell.skill)
        assert skill is not None
        if skill.name.base != skill_of(card):
            await mark(desk, cell)
    form = as_modal(await card.press("Did It"))
    await form.submit()
    await desk.refreshed(desk.engineer)
    assert "*Goal reached: LLM Engineer, Lead.*" in card.plain


async def test_an_empty_did_it_counts_although_its_goal_was_dropped(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    form = as_modal(await card.press("Did It"))
    await desk.nextrung.services.goals.drop(await member(desk))
    await form.submit()

    assert not form.is_open
    assert [each.status for each in await history(desk)] == [Status.MET]


async def test_did_it_long_after_the_form_was_opened(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    form = as_modal(await card.press("Did It"))
    desk.slack.advance(2 * 60 * 60)
    await form.fill({"Note": "Took me two hours to write."})
    await form.submit()
    await desk.refreshed(desk.engineer)
    assert "*Kept as evidence.*" in card.plain


async def test_what_is_wrong_in_the_form_is_told_and_the_nudge_stays_open(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    form = as_modal(await card.press("Did It"))
    await form.fill({"Link": "not a link"})
    assert "Link" in (await form.submit()).errors
    await form.close()
    assert "Did It" in card.buttons


async def test_working_on_it(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    await card.press("Working on It")
    assert "*Working on it.*" in card.plain
    assert card.buttons == ["Details", "Met", "Not Relevant"]
    assert [each.status for each in await history(desk)] == [Status.WORKING]


async def test_another_comes_in_the_same_message_and_never_the_same(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    seen = [skill_of(card)]
    for _ in range(3):
        await card.press("Another")
        seen.append(skill_of(card))
    assert len(set(seen)) == len(seen)
    assert set(card.buttons) >= ANSWERS
    assert len(desk.engineer.messages()) == 1
    following = await nudged(desk, desk.engineer)
    assert skill_of(following) not in seen


async def test_later_comes_again_and_leaves_the_regular_slot_alone(stored_desk: Desk) -> None:
    desk = stored_desk
    card = await begin(desk, desk.engineer)
    skill = skill_of(card)
    regular = desk.slack.clock.now().astimezone(BERLIN).date()
    await card.choose("Later", "Tomorrow")
    assert "*Put off.* It comes again:" in card.plain
    assert card.buttons == ["Details"]

    again = await nudged(desk, desk.engineer)
    day = desk.slack.clock.now().astimezone(BERLIN)
    assert ((day.date() - regular).days, day.hour) == (1, 10)
    assert skill_of(again) == skill
    assert "you put it off until now" in again.plain
    await again.press("Working on It")

    await nudged(desk, desk.engineer)
    day = desk.slack.clock.now().astimezone(BERLIN)
    assert (day.date() - regular).days == 7


async def test_not_relevant_leaves_the_totals_and_can_be_brought_back(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    await card.press("Not Relevant")
    assert f"0 met · {len(lead_required(desk)) - 1} open" in card.plain
    details = as_modal(await card.press("Details"))
    assert "Not relevant" in details.plain


async def test_a_double_press_counts_once(stored_desk: Desk) -> None:
    desk = stored_desk
    card = await begin(desk, desk.engineer)
    other_device = list(card.blocks)
    await card.press("Working on It")
    card.message.blocks = other_device
    await card.press("Working on It")
    assert len(await history(desk)) == 1
    assert card.buttons == ["Details", "Met", "Not Relevant"]


async def test_an_answer_can_be_changed_later_on_the_same_message(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    await card.press("Working on It")
    other_device = list(card.blocks)
    await card.press("Met")
    assert "*Met.*" in card.plain
    assert counted(desk, 1) in card.plain
    card.message.blocks = other_device
    await card.press("Met")
    assert [each.status for each in await history(desk)] == [Status.WORKING, Status.MET]


async def test_another_device_cannot_answer_twice(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    other_device = list(card.blocks)
    await card.press("Working on It")
    for label in ("Not Relevant", "Another", "Did It"):
        card.message.blocks = list(other_device)
        await card.press(label)
        assert desk.engineer.modal is None
        assert "*Working on it.*" in card.plain
    card.message.blocks = list(other_device)
    await card.choose("Later", "Next Week")
    assert "*Working on it.*" in card.plain
    assert [each.status for each in await history(desk)] == [Status.WORKING]


async def test_what_another_device_shows_is_not_what_is_answered(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    other_device = list(card.blocks)
    await card.press("Another")
    shown = skill_of(card)
    card.message.blocks = other_device
    await card.press("Not Relevant")
    assert skill_of(card) == shown
    assert set(card.buttons) >= ANSWERS
    assert await history(desk) == ()


async def test_the_last_expectation_reaches_the_goal_once(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    for cell in lead_cells(desk):
        skill = catalogue.skill(cell.skill)
        assert skill is not None
        if skill.name.base != skill_of(card):
            await mark(desk, cell)
    form = as_modal(await card.press("Did It"))
    await form.fill({"Note": "The last one."})
    await form.submit()
    await desk.refreshed(desk.engineer)
    await card.press("Met")
    assert "*Goal reached: LLM Engineer, Lead.*" in card.plain


async def test_nudges_speak_chinese(desk: Desk) -> None:
    card = await begin(desk, desk.chinese, "/growth goal data-scientist senior")
    now = desk.slack.clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    assert (now.weekday(), now.hour) == (1, 10)
    assert "为什么是这一项" in card.plain
    assert {"做到了", "正在努力", "换一个"} <= set(card.buttons)
    await card.choose("稍后", "下周")
    assert "已推迟" in card.plain


async def test_details_open_from_a_nudge(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    details = as_modal(await card.press("Details"))
    assert details.title == "Details"
    assert skill_of(card) in details.plain


async def test_stopping_from_settings_of_a_nudge(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    form = as_modal(await card.press("Settings"))
    assert form.title == "Nudges"
    await form.fill({"Nudges": "Stopped"})
    await form.submit()
    await desk.refreshed(desk.engineer)
    assert "Did It" in card.buttons
    assert "Nudges are stopped." in desk.engineer.messages()[-1].plain


async def test_nobody_answers_for_another(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    value = next(
        each["value"] for _, each in elements(card.blocks) if each["action_id"] == "nudge_working"
    )
    for action in ("nudge_working", "nudge_another", "nudge_begin.0", "nudge_stop"):
        foreign = pressed(desk, button(action, value), user={"id": MANAGER, "team_id": WORKSPACE})
        await desk.interact(foreign)
    assert set(card.buttons) >= ANSWERS
    assert await history(desk) == ()
    assert len(desk.logged("request_refused")) == 4


HOSTILE_VALUES = (
    "",
    "nudge?",
    "nudge?i=0",
    "nudge?i=999999&k=a&r=b&l=c",
    "gap?k=llm-engineer",
    "x",
)


@pytest.mark.parametrize("value", HOSTILE_VALUES)
async def test_presses_that_no_card_has_are_refused_kindly(desk: Desk, value: str) -> None:
    await begin(desk, desk.engineer)
    before = len(await history(desk))
    for action in ANY_PRESS:
        await desk.interact(pressed(desk, button(action, value)))
    option = {"text": {"type": "plain_text", "text": "x"}, "value": "never"}
    await desk.interact(pressed(desk, chosen("nudge_later", value, option)))
    await desk.interact(pressed(desk, chosen("nudge_pause", "b", option)))
    assert len(await history(desk)) == before
    assert len(desk.logged("request_refused")) == len(ANY_PRESS) + 2


ANY_PRESS = (
    "nudge_did_it",
    "nudge_met",
    "nudge_working",
    "nudge_another",
    "nudge_not_relevant",
    "nudge_begin.0",
    "nudge_less_often",
    "nudge_stop",
)


async def test_a_press_after_forget_me_is_told_to_be_past(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    form = await desk.engineer.command_view("/growth forget-me")
    await form.submit()
    await desk.refreshed(desk.engineer)
    await card.press("Working on It")
    assert await history(desk) == ()
    assert len(desk.logged("request_refused")) == 1
