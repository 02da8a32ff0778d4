"""What scenarios of two people share: the engineer's goal, which the manager may see."""

from datetime import datetime

from bot.domain.teams.letter import LetterKind
from bot.sandbox.handles import MemberHandle, MessageHandle
from bot.sandbox.samples import ENGINEER, MANAGER
from tests.scenario.desk import Desk
from tests.scenario.growing import member


async def share(desk: Desk, *, past: bool = False, evidence: tuple[int, ...] = ()) -> int:
    """Let the engineer share a goal with the manager, who accepted; return the share's id."""
    await desk.engineer.command("/growth goal llm-engineer lead")
    me, boss = await member(desk), await member(desk, MANAGER)
    now = desk.slack.clock.now()
    goal = (await desk.nextrung.services.growth.of(me)).growth.goal
    assert goal is not None
    async with desk.nextrung.database.write(me.tenant) as work:
        owner = await work.members.hold(ENGINEER, at=now)
        assert owner is not None
        share_id = await work.shares.ask(
            owner,
            boss.slack_id,
            goal_id=goal.id,
            shows_from=None if past else now,
            evidence_ids=evidence,
            at=now,
        )
        assert share_id is not None
        assert await work.shares.accept(share_id, MANAGER, at=now)
    return share_id


async def deliver(desk: Desk, *, to: datetime | None = None) -> None:
    """Let the bot do what is due, up to a moment if one is named, as it comes."""
    await _turn(desk)
    while to is not None and desk.slack.clock.now() < to:
        due = await due_at(desk)
        # What is due and stays so, such as for a share that ended, is nothing to wait for.
        waits = due is not None and due > desk.slack.clock.now()
        move_to(desk, min(to, due) if due is not None and waits else to)
        await _turn(desk)
    await desk.nextrung.app.drained(3)


def move_to(desk: Desk, moment: datetime) -> None:
    """Move the clock, and do nothing."""
    desk.slack.advance((moment - desk.slack.clock.now()).total_seconds() + 0.001)


async def due_at(desk: Desk) -> datetime | None:
    """Return when something is due for the engineer's talks."""
    async with desk.nextrung.database.read((await member(desk)).tenant) as work:
        found = await work.talks.rhythms_of(ENGINEER)
    return min((each.due_at for each in found if each.due_at), default=None)


async def _turn(desk: Desk) -> None:
    services = desk.nextrung.services
    await desk.nextrung.app.drained(3)
    await services.briefs.turn()
    await services.reminders.turn()
    await services.effects.turn(desk.nextrung.errands)


def told(handle: MemberHandle, words: str) -> list[MessageHandle]:
    """Return the direct messages of a member that have these words, oldest first."""
    return [each for each in handle.messages() if words in each.plain]


async def letters(desk: Desk, kind: LetterKind) -> list[str]:
    """Return how far the letters of a kind are, oldest first."""
    found = []
    async with desk.nextrung.database.read((await member(desk)).tenant) as work:
        number = 1
        while (letter := await work.letters.get(number)) is not None:
            found += [letter.state.value] if letter.kind is kind else []
            number += 1
    return found
