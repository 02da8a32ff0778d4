"""Nudges, and what is pressed on them."""

from bot.sandbox.handles import MessageHandle
from tests.scenario.desk import Desk, as_modal
from tests.scenario.door.walk.steps import Settle
from tests.scenario.nudging import GOAL, nudged
from tests.scenario.presses import button, pressed


async def nudges(desk: Desk, settle: Settle) -> None:
    engineer = desk.engineer
    await engineer.command(GOAL)
    nudge = await next_nudge(desk, settle)
    await nudge.press("Another")
    form = as_modal(await nudge.press("Did It"))
    await form.fill({"Note": "Did it"})
    await form.submit()
    await desk.refreshed(engineer)
    await nudge.press("Met")
    await (await next_nudge(desk, settle)).press("Working on It")
    await (await next_nudge(desk, settle)).press("Not Relevant")
    await (await next_nudge(desk, settle)).choose("Later", "In a Month")
    # Only what was met in another role is asked about so.
    row = next(
        each
        for each in (await next_nudge(desk, settle)).blocks
        if "block_id" in each and each["type"] == "actions"
    )
    await desk.interact(pressed(desk, button("nudge_not_yet", row["elements"][1]["value"])))


async def rates(desk: Desk, settle: Settle) -> None:
    for label in ("Every 2 Weeks", "Keep as It Is", "Stop Nudges"):
        await (await question(desk, settle)).press(label)


async def question(desk: Desk, settle: Settle) -> MessageHandle:
    """Answer none of the engineer's nudges until one asks whether they should be fewer."""
    await desk.engineer.command("/growth resume")
    while "Stop Nudges" not in (found := await next_nudge(desk, settle)).buttons:
        pass
    return found


async def digest(desk: Desk, settle: Settle) -> None:
    await (await next_nudge(desk, settle)).press("Working on It")
    await desk.engineer.command("/growth pause 3 months")
    await (await next_nudge(desk, settle)).press("Begin Here")


async def next_nudge(desk: Desk, settle: Settle) -> MessageHandle:
    """Let the engineer's next nudge come, which no press costs."""
    await settle()
    return await nudged(desk, desk.engineer)
