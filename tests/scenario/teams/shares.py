"""What scenarios about sharing have in common: a goal that one member shares with another."""

from datetime import timedelta

from bot.domain.framework import CellKey
from bot.domain.teams.share import Share
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import MemberHandle, MessageHandle, ViewHandle
from bot.sandbox.samples import ENGINEER, MANAGER, WORKSPACE
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_cells, mark, member

HERE = Tenant(WORKSPACE)
PAST = "Also what I said before"
SHARED = ("growth goal", "成长目标")


async def with_goal(desk: Desk) -> list[CellKey]:
    """Let the engineer aim for LLM Engineer, Lead, with a few marks; return what changes there."""
    await desk.engineer.command("/growth goal llm-engineer lead")
    cells = lead_cells(desk)
    await mark(desk, cells[0], note="the quiet zebra")
    return cells


async def evidence(desk: Desk, note: str, cells: list[CellKey]) -> int:
    """Let the engineer keep a piece of evidence; return its id."""
    me = await member(desk)
    await desk.nextrung.services.evidence.add(me, note=note, link="", supports=cells, token=note)
    growth = (await desk.nextrung.services.growth.of(me)).growth
    return growth.evidence[0].id


async def work(desk: Desk, after: timedelta = timedelta()) -> None:
    """Let the bot do what it does by itself after a while, until nothing is left to do."""
    desk.slack.advance(after.total_seconds())
    await desk.nextrung.app.drained(5)
    await desk.nextrung.services.share_care.turn()
    for _ in range(3):
        await desk.nextrung.services.effects.turn(desk.nextrung.errands)
    await desk.nextrung.app.drained(5)


async def ask(desk: Desk, *, who: str = MANAGER, past: bool = True) -> ViewHandle:
    """Let the engineer ask somebody through the form; return what the form says then."""
    form = await desk.engineer.command_view(f"/growth share <@{who}|somebody>")
    if past:
        await form.fill({"Statuses": PAST})
    told = as_modal(await form.submit())
    await work(desk)
    return told


async def share(desk: Desk, *, who: str = MANAGER, past: bool = True) -> Share:
    """Let the engineer share with somebody, who accepts."""
    await ask(desk, who=who, past=past)
    asked = letter(desk, who)
    await asked.press(asked.buttons[0])
    await work(desk)
    async with desk.nextrung.database.read(HERE) as unit:
        (found,) = [each for each in await unit.shares.by(ENGINEER) if each.other == who]
    return found


def letters(desk: Desk, who: str = MANAGER) -> list[MessageHandle]:
    """Return the direct messages about a share that somebody has."""
    return [
        each
        for each in desk.slack.member(who).messages()
        if any(one in each.plain for one in SHARED)
    ]


def letter(desk: Desk, who: str = MANAGER) -> MessageHandle:
    """Return the newest of them."""
    return letters(desk, who)[-1]


async def opened(desk: Desk, who: MemberHandle) -> ViewHandle:
    """Let somebody open what is shared with them, from Home."""
    return as_modal(await (await desk.home(who)).press(action_id="share_open.0"))
