"""What scenarios about nudges share: a member with a goal, and the clock moved to what is due."""

from datetime import datetime, timedelta

from bot.domain.nudges.outlook import NudgeOutlook
from bot.sandbox.handles import MemberHandle, MessageHandle
from tests.scenario.desk import Desk
from tests.scenario.growing import member

GOAL = "/growth goal llm-engineer lead"


async def outlook(desk: Desk, handle: MemberHandle) -> NudgeOutlook:
    """Return what a member has set for their nudges."""
    return await desk.nextrung.services.nudge_settings.of(await member(desk, handle.id))


async def next_at(desk: Desk, handle: MemberHandle) -> datetime:
    """Return when the member's next nudge is due."""
    found = (await outlook(desk, handle)).next_at
    assert found is not None
    return found


async def move_to(desk: Desk, moment: datetime) -> None:
    """Move the clock to a moment, and let what is due then be sent."""
    desk.slack.advance((moment - desk.slack.clock.now()).total_seconds() + 1)
    await deliver(desk)


async def deliver(desk: Desk) -> None:
    """Send what is due now."""
    await desk.nextrung.nudging.plan()
    await desk.nextrung.nudging.send()
    await desk.nextrung.nudging.sending.settled()


async def nudged(desk: Desk, handle: MemberHandle) -> MessageHandle:
    """Move the clock to the member's next nudge and return it."""
    before = len(handle.messages())
    await move_to(desk, await next_at(desk, handle))
    arrived = handle.messages()[before:]
    assert len(arrived) == 1, [each.text for each in arrived]
    return arrived[0]


async def begin(desk: Desk, handle: MemberHandle, goal: str = GOAL) -> MessageHandle:
    """Set a goal and return the first nudge."""
    await handle.command(goal)
    return await nudged(desk, handle)


async def pass_by(desk: Desk, time: timedelta) -> None:
    """Let time pass."""
    await move_to(desk, desk.slack.clock.now() + time)
