"""What a nudge is about, and what is said when nothing is left on the way to the goal."""

from datetime import timedelta

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.nudges.message import AllDone
from tests.integration.nudges.one_member import mark_all, one
from tests.integration.nudges.post_office import TEN_O_CLOCK, WEEK, PostOffice


async def test_when_all_is_done_it_is_said_once(small_office: PostOffice) -> None:
    member = await one(small_office)
    await mark_all(small_office, member, Status.NOT_RELEVANT)
    await small_office.work(TEN_O_CLOCK)
    await small_office.work(WEEK)
    rows = await small_office.rows(member)
    assert [row.form or row.reason for row in rows] == ["all_done", "all_done"]
    assert [row.state for row in rows] == ["sent", "cancelled"]
    shown = await small_office.nextrung.services.nudges.shown(
        member, small_office.shelf, rows[0].id
    )
    assert isinstance(shown.body, AllDone)


async def test_when_all_is_done_again_it_is_said_again(small_office: PostOffice) -> None:
    member, services = await one(small_office), small_office.nextrung.services
    await mark_all(small_office, member, Status.NOT_RELEVANT, but=1)
    report = await services.measuring.report(member, small_office.shelf)
    assert report is not None
    assert report.report is not None
    last = report.report.gap.gaps[-1].target
    cell = CellKey(last.role.key, last.level.key, last.skill.key)
    done, still_open = Status.NOT_RELEVANT, Status.WORKING
    for by, status in ((TEN_O_CLOCK, done), (WEEK, still_open), (WEEK, done)):
        await services.assessing.mark(member, small_office.shelf, cell, status)
        await small_office.work(by)
    told = [(row.form, row.state) for row in await small_office.rows(member)]
    assert told == [("all_done", "sent"), ("one", "sent"), ("all_done", "sent")]


async def test_the_same_expectation_never_comes_twice_running(small_office: PostOffice) -> None:
    member = await one(small_office)
    await mark_all(small_office, member, Status.NOT_RELEVANT, but=1)
    await small_office.work(TEN_O_CLOCK)
    await small_office.work(WEEK)
    assert [row.reason for row in await small_office.rows(member)] == [None, "waiting"]


async def test_a_reached_goal_ends_the_nudges(small_office: PostOffice) -> None:
    member = await one(small_office)
    await small_office.work(TEN_O_CLOCK)
    await mark_all(small_office, member, Status.MET)
    assert (await small_office.plan(member)).plan.next_due_at is None
    await small_office.work(WEEK)
    assert await small_office.reconcile() == {"sent": 1}


async def test_an_aged_met_comes_in_for_a_fresh_look(small_office: PostOffice) -> None:
    member = await one(small_office)
    await mark_all(small_office, member, Status.NOT_RELEVANT, but=1)
    report = await small_office.nextrung.services.measuring.report(member, small_office.shelf)
    assert report is not None
    assert report.report is not None
    gap = report.report.gap.gaps[0].target
    cell = CellKey(gap.role.key, gap.level.key, gap.skill.key)
    depth = gap.proficiency.key if gap.proficiency else None
    async with small_office.database.write(member.tenant) as work:
        owner = await work.members.hold(member.slack_id, at=small_office.now)
        assert owner is not None
        aged = Assessment(cell, Status.MET, small_office.now - timedelta(days=400), depth)
        await work.assessments.append(owner, [aged])
    await small_office.work(TEN_O_CLOCK)
    (row,) = await small_office.rows(member)
    assert (row.state, row.skill_key) == ("sent", cell.skill)
    assert "fresh_look" in row.reasons
