"""The delta: proposed by either, accepted by the other, seen by both, preferred by nudges."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.domain.nudges.choice import Reason
from bot.domain.teams.agreed import AgreedAct, CannotAgree
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.share import ShareEnd
from bot.sandbox.handles import MemberHandle, ViewHandle
from bot.sandbox.samples import ADMIN, ENGINEER, MANAGER
from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.growing import lead_cells, member, name_of, skill_of
from tests.scenario.nudging import nudged
from tests.scenario.teams.two_people import deliver, share, told


def in_days(desk: Desk, days: int) -> date:
    return desk.slack.clock.now().date() + timedelta(days=days)


async def talks(desk: Desk, handle: MemberHandle) -> ViewHandle:
    """Open what a member has with the other, from Home."""
    return as_modal(await (await desk.home(handle)).press("Agreed and Talks"))


async def propose(desk: Desk, handle: MemberHandle, place: int, days: int = 28) -> None:
    """Propose an expectation of the goal, by its place in reading order."""
    form = as_modal(await (await talks(desk, handle)).press("Propose an Expectation"))
    skill = skill_of(desk, lead_cells(desk)[place]).name.base
    await form.fill({"Expectation": skill, "Until": in_days(desk, days).isoformat()})
    await form.submit()
    await deliver(desk)


async def agree(desk: Desk, share_id: int, place: int, days: int = 28) -> None:
    """Let both agree on an expectation."""
    agreeing, me = desk.nextrung.services.agreeing, await member(desk)
    cell = lead_cells(desk)[place]
    seen = await agreeing.propose(me, share_id, cell, in_days(desk, days))
    await agreeing.answer(
        await member(desk, MANAGER), seen.delta.proposals[-1].step_id, AgreedAct.ACCEPTED
    )


async def test_manager_proposes_and_the_engineer_accepts_in_the_letter(stored_desk: Desk) -> None:
    desk = stored_desk
    share_id = await share(desk)
    await propose(desk, desk.manager, 3)
    name = name_of(desk, lead_cells(desk)[3])
    (letter,) = told(desk.engineer, "proposes:")
    assert name in letter.plain
    assert told(desk.manager, "proposes:") == []

    answered = as_message(await letter.press("Accept"))
    assert "accepted:" in answered.plain
    assert "Accept" not in answered.buttons
    await deliver(desk)
    (back,) = told(desk.manager, "accepted:")
    assert name in back.plain
    for handle in (desk.engineer, desk.manager):
        assert "1 counts, the first until" in (await desk.home(handle)).plain
        modal = await talks(desk, handle)
        assert name in modal.plain
        assert "How it came to this:" in modal.plain
    seen = await desk.nextrung.services.agreeing.seen(await member(desk), share_id)
    assert [each.cell for each in seen.delta.items] == [lead_cells(desk)[3]]


async def test_other_day_and_taking_off_need_the_other_as_well(desk: Desk) -> None:
    share_id = await share(desk)
    await agree(desk, share_id, 0)
    modal = await talks(desk, desk.manager)
    form = as_modal(await modal.choose("more.0", "Propose Another Day…"))
    await form.fill({"Until": in_days(desk, 60).isoformat()})
    await form.submit()
    await deliver(desk)
    agreeing, me = desk.nextrung.services.agreeing, await member(desk)
    seen = await agreeing.seen(me, share_id)
    assert [each.until for each in seen.delta.items] == [in_days(desk, 28)]
    await told(desk.engineer, "proposes:")[-1].press("Accept")
    await deliver(desk)

    modal = await talks(desk, desk.engineer)
    await modal.choose("more.0", "Propose to Take It Off")
    await deliver(desk)
    seen = await agreeing.seen(me, share_id)
    assert [each.until for each in seen.delta.items] == [in_days(desk, 60)]
    await told(desk.manager, "counts no more")[-1].press("Decline")
    seen = await agreeing.seen(me, share_id)
    assert len(seen.delta.items) == 1
    assert seen.delta.proposals == ()


async def test_proposal_and_answer_arrive_at_once(desk: Desk) -> None:
    """They go out beside what was pressed, before any turn of the errands."""
    await share(desk)
    form = as_modal(await (await talks(desk, desk.engineer)).press("Propose an Expectation"))
    skill = skill_of(desk, lead_cells(desk)[0]).name.base
    await form.fill({"Expectation": skill, "Until": in_days(desk, 9).isoformat()})
    await form.submit()
    await desk.nextrung.app.drained(5)
    (letter,) = told(desk.manager, "proposes:")
    await letter.press("Decline")
    await desk.nextrung.app.drained(5)
    assert len(told(desk.engineer, "declined a proposal")) == 1


async def test_after_its_day_it_counts_no_more_and_makes_room(desk: Desk) -> None:
    share_id = await share(desk)
    for place in range(5):
        await agree(desk, share_id, place, days=9)
    assert "5 count, the first until" in (await desk.home(desk.manager)).plain
    desk.slack.advance(timedelta(days=11).total_seconds())
    assert "count" not in (await desk.home(desk.manager)).plain.partition("Agreed and talks")[2]
    modal = await talks(desk, desk.manager)
    assert "Nothing is agreed yet." in modal.plain
    assert "How it came to this:" in modal.plain
    await agree(desk, share_id, 5)
    assert name_of(desk, lead_cells(desk)[5]) in (await talks(desk, desk.engineer)).plain


async def test_five_count_at_most_proposals_among_them(desk: Desk) -> None:
    share_id = await share(desk)
    agreeing, me = desk.nextrung.services.agreeing, await member(desk)
    for place in range(5):
        await agreeing.propose(me, share_id, lead_cells(desk)[place], in_days(desk, 9))
    with pytest.raises(CannotAgree) as raised:
        await agreeing.propose(me, share_id, lead_cells(desk)[5], in_days(desk, 9))
    assert raised.value.params == {"why": "too_many"}
    assert "Propose an Expectation" not in (await talks(desk, desk.manager)).buttons


async def test_both_at_once_is_one_answer(stored_desk: Desk) -> None:
    desk = stored_desk
    share_id = await share(desk)
    agreeing = desk.nextrung.services.agreeing
    me, boss = await member(desk), await member(desk, MANAGER)
    cell = lead_cells(desk)[0]
    step = (await agreeing.propose(me, share_id, cell, in_days(desk, 9))).delta.proposals[0]
    ended = await asyncio.gather(
        agreeing.answer(boss, step.step_id, AgreedAct.ACCEPTED),
        agreeing.answer(me, step.step_id, AgreedAct.WITHDRAWN),
        agreeing.answer(boss, step.step_id, AgreedAct.DECLINED),
        return_exceptions=True,
    )
    assert sum(isinstance(each, CannotAgree) for each in ended) == 2
    assert len((await agreeing.seen(me, share_id)).delta.history) == 2


async def test_withdrawn_proposal_is_taken_back_from_the_other(desk: Desk) -> None:
    await share(desk)
    await propose(desk, desk.engineer, 1)
    assert len(told(desk.manager, "proposes:")) == 1
    await (await talks(desk, desk.engineer)).press("Withdraw")
    await deliver(desk)
    assert told(desk.manager, "proposes:") == []


async def test_nobody_else_sees_or_answers_it_and_nobody_after_the_end(stored_desk: Desk) -> None:
    desk = stored_desk
    share_id = await share(desk)
    agreeing = desk.nextrung.services.agreeing
    me, boss, admin = [await member(desk, who) for who in (ENGINEER, MANAGER, ADMIN)]
    seen = await agreeing.propose(me, share_id, lead_cells(desk)[0], in_days(desk, 9))
    step_id = seen.delta.proposals[0].step_id
    with pytest.raises(NoLongerShared):
        await agreeing.seen(admin, share_id)
    with pytest.raises(NoLongerShared):
        await agreeing.answer(admin, step_id, AgreedAct.ACCEPTED)
    async with desk.nextrung.database.write(me.tenant) as work:
        await work.shares.end(share_id, ShareEnd.REVOKED, at=desk.slack.clock.now())
    for who in (me, boss):
        with pytest.raises(NoLongerShared):
            await agreeing.answer(who, step_id, AgreedAct.ACCEPTED)
    await deliver(desk)
    assert told(desk.manager, "proposes:") == []
    assert "Agreed and talks" not in (await desk.home(desk.manager)).plain


async def test_nudges_prefer_what_counts_and_say_with_whom(desk: Desk) -> None:
    share_id = await share(desk)
    last = len(lead_cells(desk)) - 1
    await agree(desk, share_id, last, days=60)
    nudge = await nudged(desk, desk.engineer)
    assert name_of(desk, lead_cells(desk)[last]) in nudge.plain
    assert f"agreed with <@{MANAGER}> until" in nudge.plain
    kept = (await desk.nextrung.services.records.everything(await member(desk))).nudges
    assert Reason.AGREED in kept[-1].reasons


async def test_what_counts_no_more_is_not_preferred(desk: Desk) -> None:
    share_id = await share(desk)
    await nudged(desk, desk.engineer)  # the next one is a week away
    await agree(desk, share_id, len(lead_cells(desk)) - 1, days=0)
    desk.slack.advance(timedelta(days=2).total_seconds())
    assert "agreed with" not in (await nudged(desk, desk.engineer)).plain
