"""Somebody is forgotten in the middle of what two people do, on a server where both may write.

Whichever comes second waits for the first: neither ends in a deadlock, and nothing of them is left.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, or_, select

from bot.domain.errors import OutdatedCard
from bot.domain.growth.assessment import Status
from bot.domain.growth.packet import Saw
from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.members.personal_data import Forgotten
from bot.domain.teams.agreed import AgreedAct
from bot.domain.teams.errors import CannotShare
from bot.domain.teams.helping.pairs import Proposal
from bot.domain.teams.manager_marks import item_key
from bot.domain.teams.share import RENEW_AFTER, Share
from bot.domain.tenancy import Tenant
from bot.sandbox.samples import ENGINEER, MANAGER, WORKSPACE
from bot.services.teams.letters import Letters
from bot.store import engine
from bot.store.members import directory
from bot.store.models import effect
from bot.store.models import member as members
from bot.store.teams import ending
from bot.store.teams.models import confirmation, letter, share
from tests.fakes.all_rows import all_rows, somebody_waits
from tests.scenario.desk import Desk, running_desk
from tests.scenario.growing import lead_cells, member

HERE = Tenant(WORKSPACE)
PATIENCE_SECONDS = 60.0
Act = Callable[[], Awaitable[Any]]


@pytest.fixture
async def desk(
    postgresql_bot_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Desk]:
    # What waits here waits for what a test does, however crowded the machine is.
    monkeypatch.setattr(engine, "time_left", lambda _most: PATIENCE_SECONDS)
    async with running_desk(postgresql_bot_url, caplog) as desk:
        yield desk


async def with_goal(desk: Desk) -> None:
    me, now = await member(desk), desk.slack.clock.now()
    revision = desk.nextrung.services.catalogues.shelf().catalogue.revision
    async with desk.nextrung.database.write(HERE) as work:
        owner = await work.members.hold(me.slack_id, at=now)
        assert owner is not None
        await work.goals.set(
            owner,
            role="llm-engineer",
            level="lead",
            origin=None,
            revision_id=revision.id,
            at=now,
        )
    desk.nextrung.services.growth.drop(HERE, me.slack_id)


async def asked(desk: Desk) -> Share:
    await with_goal(desk)
    return await desk.nextrung.services.sharing.ask(await member(desk), MANAGER, past=True)


async def shared(desk: Desk) -> Share:
    offered = await asked(desk)
    boss = await member(desk, MANAGER)
    return await desk.nextrung.services.sharing.accept(boss, offered.id)


async def accepting(desk: Desk) -> Act:
    offered, boss = await asked(desk), await member(desk, MANAGER)
    return lambda: desk.nextrung.services.sharing.accept(boss, offered.id)


async def declining(desk: Desk) -> Act:
    offered, boss = await asked(desk), await member(desk, MANAGER)
    return lambda: desk.nextrung.services.sharing.decline(boss, offered.id)


async def asking(desk: Desk) -> Act:
    await with_goal(desk)
    me = await member(desk)
    await member(desk, MANAGER)
    return lambda: desk.nextrung.services.sharing.ask(me, MANAGER, past=True)


async def sending_marks(desk: Desk) -> Act:
    held, boss, marking = await shared(desk), await member(desk, MANAGER), marks(desk)
    await marking.mark(boss, held.id, item_key(lead_cells(desk)[0]), Status.WORKING, "a note")
    return lambda: marking.send(boss, held.id)


async def replying(desk: Desk) -> Act:
    send = await sending_marks(desk)
    await send()
    me = await member(desk)
    async with desk.nextrung.database.read(HERE) as work:
        (sent,) = await work.manager_marks.about(ENGINEER)
        (held,) = await work.shares.by(ENGINEER)
    return lambda: marks(desk).reply(me, held.id, sent.id, "an answer")


def marks(desk: Desk) -> Any:
    return desk.nextrung.services.marking


async def proposing(desk: Desk) -> Act:
    held, boss = await shared(desk), await member(desk, MANAGER)
    cell, until = lead_cells(desk)[0], (desk.slack.clock.now() + timedelta(days=30)).date()
    return lambda: desk.nextrung.services.agreeing.propose(boss, held.id, cell, until)


async def declining_a_step(desk: Desk) -> Act:
    propose = await proposing(desk)
    seen = await propose()
    me, (step,) = await member(desk), seen.delta.proposals
    return lambda: desk.nextrung.services.agreeing.answer(me, step.step_id, AgreedAct.DECLINED)


async def asking_again(desk: Desk) -> Act:
    await shared(desk)
    desk.slack.advance(RENEW_AFTER.total_seconds())
    return desk.nextrung.services.share_care.turn


async def answering_an_ask(desk: Desk) -> Act:
    me, boss = await member(desk), await member(desk, MANAGER)
    services = desk.nextrung.services
    cell, shelf = lead_cells(desk)[0], services.catalogues.shelf()
    found = await services.confirmations.ask(me, shelf, cell, other=MANAGER, sentence="I led it")
    return lambda: services.confirmations.answer(boss, found.id, Saw.SAW_IT, "I was there")


async def meeting(desk: Desk) -> Act:
    services = desk.nextrung.services
    catalogue = services.catalogues.shelf().catalogue
    skill, at = lead_cells(desk)[0].skill, desk.slack.clock.now()
    me, boss = await member(desk), await member(desk, MANAGER)
    await services.help_offers.change(me, catalogue, skill, HelpSide.HELP, on=True)
    await services.help_offers.change(boss, catalogue, skill, HelpSide.LEARN, on=True)
    async with desk.nextrung.database.write(HERE) as work:
        hands = {each.side: each for each in (await work.pairs.meeting(now=at)).hands}
        proposal = Proposal(skill, hands[HelpSide.HELP], hands[HelpSide.LEARN])
        pair = await work.pairs.propose(proposal, at=at)
    assert pair is not None
    await services.pairing.answer(me, pair, yes=True)
    return lambda: services.pairing.answer(boss, pair, yes=True)


WRITING = [
    *(accepting, declining, asking, sending_marks, replying, proposing, declining_a_step),
    *(asking_again, answering_an_ask, meeting),
]


class Meanwhile:
    """Begins something once, and goes on when that waits for a lock or has ended."""

    def __init__(self, desk: Desk, what: Act) -> None:
        self._desk = desk
        self._what = what
        self.task: asyncio.Task[Any] | None = None

    async def begin(self) -> None:
        if self.task is not None:
            return
        self.task = asyncio.ensure_future(self._what())
        async with all_rows(self._desk.nextrung.database._reader) as connection:
            while not self.task.done() and not await somebody_waits(connection):
                pass

    async def ended(self) -> Any:
        assert self.task is not None, "it never came to that"
        return await self.task


def before(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, what: Act) -> None:
    """Let something happen before each call of a function."""
    kept = getattr(owner, name)

    async def call(*values: Any, **named: Any) -> Any:
        await what()
        return await kept(*values, **named)

    monkeypatch.setattr(owner, name, call)


async def forget(desk: Desk, who: str) -> Forgotten:
    return await desk.nextrung.services.records.forget(await member(desk, who))


async def act_on(act: Act) -> None:
    """Do it; that it is over by then may be an answer, that the store failed may not."""
    try:
        await act()
    except (OutdatedCard, CannotShare):
        return


async def nothing_between_them(desk: Desk, who: str) -> None:
    async with all_rows(desk.nextrung.database._reader) as connection:
        for table in (share, letter, confirmation):
            assert not await connection.scalar(select(func.count()).select_from(table))
        gone = select(func.count()).where(
            or_(effect.c.slack_id == who, effect.c.request.contains(who))
        )
        assert not await connection.scalar(gone)
        assert not await connection.scalar(
            select(func.count()).where(members.c.slack_id == who).select_from(members)
        )


@pytest.mark.parametrize("who", [ENGINEER, MANAGER])
@pytest.mark.parametrize("writing", WRITING)
async def test_who_is_forgotten_before_a_letter_is_written(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    writing: Callable[[Desk], Awaitable[Act]],
    who: str,
) -> None:
    act = await writing(desk)
    forgetting = Meanwhile(desk, lambda: forget(desk, who))
    before(monkeypatch, Letters, "write", forgetting.begin)

    await act_on(act)

    assert (await forgetting.ended()).members == 1
    await nothing_between_them(desk, who)


@pytest.mark.parametrize("who", [ENGINEER, MANAGER])
@pytest.mark.parametrize("writing", WRITING)
async def test_who_is_being_forgotten_when_something_is_written(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    writing: Callable[[Desk], Awaitable[Act]],
    who: str,
) -> None:
    act = await writing(desk)
    acting = Meanwhile(desk, lambda: act_on(act))
    before(monkeypatch, directory, "forget_shares", acting.begin)

    assert (await forget(desk, who)).members == 1

    await acting.ended()
    await nothing_between_them(desk, who)


@pytest.mark.parametrize("who", [ENGINEER, MANAGER])
async def test_who_is_forgotten_while_a_share_is_revoked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    held, me = await shared(desk), await member(desk)
    forgetting = Meanwhile(desk, lambda: forget(desk, who))
    before(monkeypatch, ending, "take_back_letters", forgetting.begin)

    await desk.nextrung.services.sharing.revoke(me, held.id)

    assert (await forgetting.ended()).members == 1
    await nothing_between_them(desk, who)
