"""A direct message about one thing that is over: a press says why, in its place; buttons go."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.domain.growth.planned.action import ActionState
from bot.domain.teams.agreed import AgreedAct
from bot.domain.teams.share import RENEW_AFTER
from bot.sandbox.handles import MemberHandle, MessageHandle
from bot.sandbox.handles.surface import Surface
from bot.sandbox.samples import MANAGER
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_cells, member
from tests.scenario.growth.test_actions import plan
from tests.scenario.growth.test_actions import turn as remind
from tests.scenario.nudging import begin
from tests.scenario.teams.shares import share, with_goal, work
from tests.scenario.teams.test_agreed import in_days
from tests.scenario.teams.two_people import deliver, told
from tests.scenario.teams.two_people import share as both

PRINCIPAL = "/growth goal llm-engineer principal"
BUTTONS = ["Did It", "Working on It", "Not Relevant", "Later"]


async def press(nudge: MessageHandle, label: str) -> Surface:
    """Press a button of a nudge, or choose in its menu."""
    return await (nudge.choose(label, "In a Month") if label == "Later" else nudge.press(label))


def spent(message: MessageHandle) -> bool:
    """Tell whether nothing is left to press in a message."""
    return not [each for each in message.blocks if each["type"] == "actions" or "accessory" in each]


@pytest.mark.parametrize("label", BUTTONS)
async def test_a_nudge_of_a_past_goal_offers_nothing_once_it_said_so(
    desk: Desk, label: str
) -> None:
    nudge = await begin(desk, desk.engineer)
    await desk.engineer.command(PRINCIPAL)
    before = len(desk.engineer.messages())
    await press(nudge, label)
    assert "an earlier goal of yours, so nothing was changed" in nudge.plain
    assert spent(nudge)
    assert len(desk.engineer.messages()) == before, "it is said in its place, not once more below"


async def test_another_of_a_past_goal_asks_about_the_goal_of_today(desk: Desk) -> None:
    nudge = await begin(desk, desk.engineer)
    await desk.engineer.command(PRINCIPAL)
    await nudge.press("Another")
    assert "LLM Engineer, Principal" in nudge.plain
    assert "Working on It" in nudge.buttons


@pytest.mark.parametrize("how", ["dropped", "forgotten"])
@pytest.mark.parametrize(
    ("chinese", "label", "words"),
    [
        (False, "Working on It", ("it was dropped", "everything held about you was deleted")),
        (True, "正在努力", ("目标", "删除")),
    ],
)
async def test_a_nudge_of_nothing_that_is_held_offers_nothing(
    desk: Desk, how: str, chinese: bool, label: str, words: tuple[str, str]
) -> None:
    who: MemberHandle = desk.chinese if chinese else desk.engineer
    nudge = await begin(desk, who)
    me = await member(desk, who.id)
    if how == "dropped":
        await desk.nextrung.services.goals.drop(me)
    else:
        await desk.nextrung.services.records.forget(me)
    await nudge.press(label)
    assert words[how == "forgotten"] in nudge.plain
    assert spent(nudge)


async def test_a_form_of_a_past_nudge_leaves_nothing_to_press_in_it(desk: Desk) -> None:
    nudge = await begin(desk, desk.engineer)
    form = as_modal(await nudge.press("Did It"))
    await desk.engineer.command(PRINCIPAL)
    await form.fill({"Note": "It is kept all the same."})
    await form.submit()
    await desk.refreshed(desk.engineer)
    assert "an earlier goal of yours" in nudge.plain
    assert spent(nudge)


async def test_what_may_hold_again_keeps_its_buttons(desk: Desk) -> None:
    nudge = await begin(desk, desk.engineer)
    desk.slack.faults.error("views.open", error="expired_trigger_id", times=1)
    assert "within three seconds" in (await nudge.press("Did It")).plain
    assert "Did It" in nudge.buttons


async def reminder_done_on_home(desk: Desk) -> tuple[MessageHandle, str]:
    action = await plan(desk, days=7)
    moment = desk.slack.clock.now() + timedelta(days=7, hours=3)
    (reminder,) = await remind(desk, to=moment)
    await desk.nextrung.services.actions.end(await member(desk), action.id, ActionState.DONE)
    await reminder.press("Did It")
    return reminder, "done or dropped by now"


async def share_over_before_going_on(desk: Desk) -> tuple[MessageHandle, str]:
    await with_goal(desk)
    await share(desk)
    await work(desk, RENEW_AFTER)
    for _ in range(6):  # until it is a working hour
        await work(desk, timedelta(hours=8))
    (asked,) = [each for each in desk.engineer.messages("dm") if "go on sharing" in each.plain]
    await desk.engineer.command(PRINCIPAL)
    await work(desk)
    await asked.press("Go On Sharing")
    return asked, "no longer shared"


async def proposal_withdrawn(desk: Desk) -> tuple[MessageHandle, str]:
    share_id = await both(desk)
    agreeing, boss = desk.nextrung.services.agreeing, await member(desk, MANAGER)
    seen = await agreeing.propose(boss, share_id, lead_cells(desk)[3], in_days(desk, 20))
    await deliver(desk)
    (letter,) = told(desk.engineer, "proposes:")
    await agreeing.answer(boss, seen.delta.proposals[0].step_id, AgreedAct.WITHDRAWN)
    await letter.press("Accept")
    return letter, "answered or withdrawn by now"


@pytest.mark.parametrize(
    "case", [reminder_done_on_home, share_over_before_going_on, proposal_withdrawn]
)
async def test_other_messages_about_one_thing_do_the_same(
    desk: Desk, case: Callable[[Desk], Awaitable[tuple[MessageHandle, str]]]
) -> None:
    message, words = await case(desk)
    assert words in message.plain
    assert spent(message)
