"""What scenarios of a team have in common: several members who share with the manager."""

from collections.abc import Sequence

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.teams.share import Look
from bot.sandbox.handles import MessageHandle, ViewHandle
from bot.sandbox.samples import ADMIN, CHINESE_ENGINEER, ENGINEER, MANAGER
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_required, member
from tests.scenario.teams.shares import HERE, work

LEAD = "llm-engineer lead"
TEAM = (ENGINEER, ADMIN, CHINESE_ENGINEER)


async def set_goal(desk: Desk, who: str, goal: str = LEAD, met: int = 0) -> list[CellKey]:
    """Let a member aim for something, and meet the first so many that it requires of them."""
    await desk.slack.member(who).command(f"/growth goal {goal}")
    cells = lead_required(desk)
    for cell in cells[:met]:
        await mark_of(desk, who, cell)
    return cells


async def mark_of(desk: Desk, who: str, cell: CellKey, status: Status = Status.MET) -> None:
    """Mark for any member."""
    services = desk.nextrung.services
    shelf = services.catalogues.shelf()
    await services.assessing.mark(
        await member(desk, who), shelf, cell, status, note="the quiet owl"
    )


async def share_of(desk: Desk, who: str, *, past: bool = True, accepted: bool = True) -> int:
    """Let a member share their goal with the manager; return the share's id."""
    me, boss = await member(desk, who), await member(desk, MANAGER)
    now = desk.slack.clock.now()
    goal = (await desk.nextrung.services.growth.of(me)).growth.goal
    assert goal is not None
    async with desk.nextrung.database.write(HERE) as unit:
        owner = await unit.members.hold(who, at=now)
        assert owner is not None
        share_id = await unit.shares.ask(
            owner, boss.slack_id, goal_id=goal.id, shows_from=None if past else now, at=now
        )
        assert share_id is not None
        if accepted:
            assert await unit.shares.accept(share_id, MANAGER, at=now)
    return share_id


async def a_team(desk: Desk) -> list[int]:
    """Let three members aim for LLM Engineer, Lead and share that; two, one and none are met."""
    found = []
    for who, met in zip(TEAM, (2, 1, 0), strict=True):
        await set_goal(desk, who, met=met)
        found.append(await share_of(desk, who))
    return found


async def opened(desk: Desk) -> ViewHandle:
    """Let the manager open their team from Home."""
    return as_modal(await (await desk.home(desk.manager)).press("Team View"))


async def sent(desk: Desk, label: str) -> MessageHandle:
    """Let the manager have their team sent; return the message."""
    before = {each.ts for each in desk.manager.messages()}
    await (await opened(desk)).press(label)
    await work(desk)
    (found,) = [
        each
        for each in desk.manager.messages()
        if "Your team" in each.plain and each.ts not in before
    ]
    return found


async def looks(desk: Desk, share_ids: Sequence[int]) -> dict[int, tuple[Look, ...]]:
    """Return the looks at each share, newest first."""
    async with desk.nextrung.database.read(HERE) as unit:
        found = await unit.looks.of(share_ids, most=99)
    return {each: found.get(each, ()) for each in share_ids}
