"""A nudge is due, planned, decided, sent once and kept; and everything that must keep it back."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.errors import OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.lookup.requests import ShowGap
from bot.domain.nudges.cadence import Cadence, NudgePolicy, NudgeSettings, WorkingTime
from bot.domain.nudges.message import AllDone, Digest, LessOften, NudgeAnswer, OneNudge, PutOff
from bot.domain.tenancy import Member
from bot.services.ports import Profile
from tests.integration.nudges.post_office import TEN_O_CLOCK, WEEK, WEEKLY, ZONE, PostOffice

DAILY = NudgeSettings(cadence=Cadence.DAILY)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


async def one(office: PostOffice, settings: NudgeSettings = WEEKLY) -> Member:
    (member,) = await office.enlist(1, settings=settings)
    return member


async def asked(office: PostOffice, member: Member) -> CellKey:
    row = (await office.rows(member))[-1]
    return CellKey(row.role_key, row.level_key, row.skill_key)


async def mark_all(office: PostOffice, member: Member, status: Status, *, but: int = 0) -> None:
    """Mark everything on the way to the goal, except the last few."""
    report = await office.nextrung.services.measuring.report(member, office.shelf)
    assert report is not None
    assert report.report is not None
    gaps = report.report.gap.gaps
    for gap in gaps[: len(gaps) - but]:
        cell = CellKey(gap.target.role.key, gap.target.level.key, gap.target.skill.key)
        await office.nextrung.services.assessing.mark(member, office.shelf, cell, status)


async def test_each_member_gets_one_nudge_at_their_hour(office: PostOffice) -> None:
    members = await office.enlist(7)
    await office.work(TEN_O_CLOCK - MINUTE)
    assert office.posts() == []
    await office.work(MINUTE)
    await office.work()
    await office.work(timedelta(hours=1))
    assert await office.reconcile() == {"sent": 7}
    assert sorted(post.channel_id for post in office.posts()) == sorted(
        f"D{member.slack_id[1:]}" for member in members
    )
    await office.work(WEEK)
    assert await office.reconcile() == {"sent": 14}
    first, second = await office.rows(members[0])
    assert first.skill_key != second.skill_key
    assert (await office.plan(members[0])).ignored == 2


@pytest.mark.parametrize("wish", ["stop", "pause", "drop", "reach", "leave", "forget"])
async def test_what_happened_meanwhile_counts_for_a_queued_nudge(
    office: PostOffice, wish: str
) -> None:
    member = await one(office)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    services = office.nextrung.services
    match wish:
        case "stop":
            await services.nudge_settings.stop(member)
        case "pause":
            await services.nudge_settings.pause(member, office.now + 3 * DAY)
        case "drop":
            await services.goals.drop(member)
        case "reach":
            await mark_all(office, member, Status.MET)
        case "leave":
            gone = Profile("en-US", ZONE, barred="deactivated")
            await services.members.profile_changed(member.tenant, member.slack_id, gone)
        case _:
            await services.records.forget(member)
    await office.send()
    assert office.posts() == []
    reasons = {
        "stop": "stopped",
        "pause": "paused",
        "drop": "no_goal",
        "reach": "no_goal",
        "leave": "barred",
    }
    expected = [("cancelled", reasons[wish])] if wish in reasons else []
    assert [(row.state, row.reason) for row in await office.rows()] == expected


async def test_a_stop_between_decision_and_sending_counts(office: PostOffice) -> None:
    member = await one(office)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    cards = office.nextrung.nudging.sending._tools.deciding
    decide = cards.decide

    async def decide_then_stop(*values: object, **named: object) -> object:
        decision = await decide(*values, **named)  # type: ignore[arg-type] # handed through
        await office.nextrung.services.nudge_settings.stop(member)
        return decision

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cards, "decide", decide_then_stop)
        await office.send()
    assert await office.reconcile() == {"planned": 1}
    await office.send()
    assert await office.reconcile() == {"cancelled": 1}


async def test_a_resumed_plan_does_not_catch_up(small_office: PostOffice) -> None:
    member = await one(small_office)
    settings = small_office.nextrung.services.nudge_settings
    outlook = await settings.pause(member, small_office.now + 30 * DAY)
    assert outlook.next_at == small_office.now + TEN_O_CLOCK + 5 * WEEK
    await small_office.work(3 * WEEK + TEN_O_CLOCK)
    outlook = await settings.resume(member)
    assert outlook.next_at == small_office.now + WEEK
    await small_office.work()
    assert small_office.posts() == []
    await small_office.work(WEEK)
    assert await small_office.reconcile() == {"sent": 1}


async def test_outside_working_hours_a_nudge_waits(small_office: PostOffice) -> None:
    member = await one(small_office)
    small_office.advance(TEN_O_CLOCK)
    await small_office.nextrung.nudging.plan()
    # Nobody was there to send it before the evening.
    await small_office.work(timedelta(hours=10))
    (row,) = await small_office.rows(member)
    assert (row.state, row.reason) == ("planned", "outside_hours")
    await small_office.work(timedelta(hours=13))
    assert small_office.posts() == []
    await small_office.work(timedelta(hours=1))
    assert await small_office.reconcile() == {"sent": 1}


async def test_missed_slots_become_one_nudge(office: PostOffice) -> None:
    member = await one(office, DAILY)
    for _ in range(3):
        # Planned each day, while nobody sends.
        office.advance(DAY + timedelta(hours=3) if not await office.rows() else DAY)
        await office.nextrung.nudging.plan()
    await office.send()
    states = [(row.state, row.reason) for row in await office.rows(member)]
    assert states == [("cancelled", "collapsed"), ("cancelled", "collapsed"), ("sent", None)]
    # And while nobody even plans.
    await office.work(7 * DAY)
    assert [row.state for row in await office.rows(member)].count("sent") == 2
    assert len(await office.rows(member)) == 4


async def test_the_weekly_cap_holds(office: PostOffice) -> None:
    (member,) = await office.enlist(1, settings=DAILY)
    async with office.database.write(member.tenant) as work:
        await work.plans.set_policy(NudgePolicy(weekly_cap=2), at=office.now)
    await office.work(TEN_O_CLOCK)
    for _ in range(6):
        await office.work(DAY)
    # Tuesday to Friday and Monday; the weekend is none of ours.
    reasons = [(row.state, row.reason) for row in await office.rows(member)]
    cap = ("cancelled", "weekly_cap")
    assert reasons == [("sent", None), ("sent", None), cap, cap, ("sent", None)]


async def test_unanswered_nudges_lead_to_one_question_then_to_quiet_and_a_digest(
    office: PostOffice,
) -> None:
    member = await one(office)
    services = office.nextrung.services
    await office.work(TEN_O_CLOCK)
    for _ in range(9):
        await office.work(WEEK)
    rows = await office.rows(member)
    assert [row.form or row.reason for row in rows] == [
        *["one"] * 3,
        "less_often",
        *["quiet"] * 3,
        "digest",
        *["quiet"] * 2,
    ]
    question, digest = rows[3], rows[7]
    shown = await services.nudges.shown(member, office.shelf, digest.id)
    assert isinstance(shown.body, Digest)
    assert len(shown.body.choices) == 3
    asked_for = shown.body.choices[1].cell
    picked = await services.nudges.pick(member, office.shelf, digest.id, asked_for)
    assert picked.cell == asked_for
    assert (await office.plan(member)).ignored == 0
    answered = await services.nudges.less(member, question.id, NudgeAnswer.LESS_OFTEN)
    assert isinstance(answered.body, LessOften)
    assert answered.answer is NudgeAnswer.LESS_OFTEN
    again = await services.nudges.less(member, question.id, NudgeAnswer.STOPPED)
    assert again.answer is NudgeAnswer.LESS_OFTEN
    settings = (await office.plan(member)).plan.settings
    assert (settings.cadence, settings.stopped) == (Cadence.TWO_WEEKS, False)


async def test_an_answer_keeps_the_question_away(small_office: PostOffice) -> None:
    member = await one(small_office)
    await small_office.work(TEN_O_CLOCK)
    for _ in range(5):
        row = (await small_office.rows(member))[-1]
        await small_office.nextrung.services.nudges.answer(
            member,
            small_office.shelf,
            row.id,
            await asked(small_office, member),
            NudgeAnswer.WORKING,
        )
        await small_office.work(WEEK)
    assert [row.form for row in await small_office.rows(member)] == ["one"] * 6


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


async def test_later_comes_on_its_day_and_moves_nothing(office: PostOffice) -> None:
    member = await one(office)
    await office.work(TEN_O_CLOCK)
    (row,) = await office.rows(member)
    cell = await asked(office, member)
    nudges = office.nextrung.services.nudges
    regular = (await office.plan(member)).plan.regular_at
    shown = await nudges.later(member, office.shelf, row.id, cell, PutOff.TOMORROW)
    assert shown.answer is NudgeAnswer.LATER
    assert shown.until == office.now + DAY
    again = await nudges.later(member, office.shelf, row.id, cell, PutOff.IN_A_MONTH)
    assert again == shown
    assert (await office.plan(member)).plan.regular_at == regular
    await office.work(DAY)
    first, second = await office.rows(member)
    assert (second.kind, second.state, second.skill_key) == ("later", "sent", first.skill_key)
    assert (await office.plan(member)).plan.regular_at == regular
    await office.work(6 * DAY)
    third = (await office.rows(member))[2]
    assert (third.kind, third.state) == ("regular", "sent")
    assert third.skill_key != first.skill_key


async def test_what_was_put_off_and_is_met_meanwhile_stays_away(small_office: PostOffice) -> None:
    member = await one(small_office)
    await small_office.work(TEN_O_CLOCK)
    (row,) = await small_office.rows(member)
    cell = await asked(small_office, member)
    services = small_office.nextrung.services
    await services.nudges.later(member, small_office.shelf, row.id, cell, PutOff.TOMORROW)
    await services.assessing.mark(member, small_office.shelf, cell, Status.MET)
    await small_office.work(DAY)
    assert [(row.state, row.reason) for row in await small_office.rows(member)] == [
        ("sent", None),
        ("cancelled", "settled"),
    ]


async def test_another_offers_each_once(office: PostOffice) -> None:
    member = await one(office)
    await mark_all(office, member, Status.NOT_RELEVANT, but=3)
    await office.work(TEN_O_CLOCK)
    (row,) = await office.rows(member)
    nudges = office.nextrung.services.nudges
    seen = [await asked(office, member)]
    for left in (1, 0):
        shown = await nudges.another(member, office.shelf, row.id, seen[-1])
        assert isinstance(shown.body, OneNudge)
        assert shown.body.only is (left == 0)
        # A second device still shows the one before.
        assert await nudges.another(member, office.shelf, row.id, seen[-1]) == shown
        assert shown.cell is not None
        seen.append(shown.cell)
    assert len(set(seen)) == 3
    assert (await nudges.another(member, office.shelf, row.id, seen[-1])).cell == seen[-1]
    late = await nudges.answer(member, office.shelf, row.id, seen[0], NudgeAnswer.NOT_RELEVANT)
    assert late.answer is None
    await office.work(WEEK)
    assert (await asked(office, member)) != seen[-1]


async def test_an_answer_counts_once(office: PostOffice) -> None:
    member = await one(office)
    await office.work(TEN_O_CLOCK)
    (row,) = await office.rows(member)
    cell = await asked(office, member)
    services = office.nextrung.services
    for given in (NudgeAnswer.DID_IT, NudgeAnswer.NOT_RELEVANT):
        shown = await services.nudges.answer(member, office.shelf, row.id, cell, given)
        assert shown.answer is NudgeAnswer.DID_IT
    for given in (NudgeAnswer.MET, NudgeAnswer.WORKING, NudgeAnswer.MET):
        shown = await services.nudges.answer(member, office.shelf, row.id, cell, given)
        assert shown.answer is NudgeAnswer.MET
    record = await services.records.everything(member)
    assert [each.status for each in record.assessments] == [Status.MET]
    place = await services.nudges.place(member, row.id)
    assert place is not None
    assert (place.channel, place.ts) == (row.channel, row.ts)


async def test_someone_elses_nudge_is_an_old_card(small_office: PostOffice) -> None:
    member, other = await small_office.enlist(2)
    await small_office.work(TEN_O_CLOCK)
    theirs = (await small_office.rows(other))[0]
    nudges = small_office.nextrung.services.nudges
    with pytest.raises(OutdatedCard):
        await nudges.shown(member, small_office.shelf, theirs.id)
    assert await nudges.place(member, theirs.id) is None


async def test_who_moves_gets_the_next_at_the_new_hour(office: PostOffice) -> None:
    member = await one(office)
    members = office.nextrung.services.members
    await office.work(TEN_O_CLOCK)
    tokyo = Profile(locale="en-US", time_zone="Asia/Tokyo")
    assert await members.profile_changed(member.tenant, member.slack_id, tokyo)
    assert not await members.profile_changed(member.tenant, member.slack_id, tokyo)
    plan = (await office.plan(member)).plan
    assert plan.regular_at == office.now + WEEK - timedelta(hours=8)
    own = replace(plan.settings, zone=ZONE)
    await office.nextrung.services.nudge_settings.change(member, own)
    assert await members.profile_changed(
        member.tenant, member.slack_id, Profile("en-US", "America/New_York")
    )
    assert (await office.plan(member)).plan.regular_at == office.now + WEEK


@pytest.mark.parametrize("trait", ["deleted", "is_restricted", "is_bot"])
async def test_who_is_no_member_any_more_gets_nothing(office: PostOffice, trait: str) -> None:
    (member,) = await office.enlist(1, known=False)
    office.slack.world.change_member(member.slack_id, **{trait: True})
    await office.work(TEN_O_CLOCK)
    await office.send()
    assert office.posts() == []
    assert [(row.state, row.reason) for row in await office.rows()] == [("cancelled", "barred")]
    await office.work(WEEK)
    assert len(await office.rows()) == 1
    # Slack tells that they are back.
    await office.nextrung.services.members.profile_changed(
        member.tenant, member.slack_id, Profile("en-US", ZONE)
    )
    office.slack.world.change_member(member.slack_id, **{trait: False})
    await office.work(WEEK)
    assert len(office.posts()) == 1


async def test_a_policy_moves_the_hour(office: PostOffice) -> None:
    member = await one(office)
    async with office.database.write(member.tenant) as work:
        late = WorkingTime(start=time(13), end=time(17))
        await work.plans.set_policy(NudgePolicy(working=late), at=office.now)
    await office.work(TEN_O_CLOCK)
    assert office.posts() == []
    await office.work(timedelta(hours=3))
    assert await office.reconcile() == {"sent": 1}


async def test_a_goal_set_enrols_and_a_dropped_one_rests(small_office: PostOffice) -> None:
    member = small_office.person("UNEW")
    goals, settings = (
        small_office.nextrung.services.goals,
        small_office.nextrung.services.nudge_settings,
    )
    assert (await settings.of(member)).next_at is None
    await goals.set(member, small_office.shelf, ShowGap("llm-engineer", ("lead",)))
    assert (await settings.of(member)).next_at == small_office.now + TEN_O_CLOCK
    await goals.drop(member)
    outlook = await settings.of(member)
    assert (outlook.next_at, outlook.has_goal) == (None, False)
    stopped = await settings.stop(member)
    assert stopped.settings.stopped
    await goals.set(member, small_office.shelf, ShowGap("llm-engineer", ("principal",)))
    assert (await settings.of(member)).next_at is None
    assert (await settings.resume(member)).next_at == small_office.now + TEN_O_CLOCK


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


async def test_who_stops_ends_what_is_under_way_and_begins_nothing(
    small_office: PostOffice,
) -> None:
    office = small_office
    first = await one(office)
    gate = office.slack.faults.hold("chat.postMessage", times=1)
    office.advance(TEN_O_CLOCK)
    nudging = office.nextrung.nudging
    await nudging.plan()
    await nudging.send()
    await gate.arrived.wait()
    stopping = asyncio.create_task(nudging.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    gate.release()
    await stopping
    assert await office.reconcile() == {"sent": 1}
    await office.work(WEEK)
    assert await office.reconcile() == {"sent": 1, "planned": 1}
    assert len(office.posts(first)) == 1


async def test_a_zone_that_is_none_changes_nothing(small_office: PostOffice) -> None:
    office = small_office
    member = await one(office)
    before = (await office.plan(member)).plan
    nowhere = replace(DAILY, zone="Europe/Nowhere")
    with pytest.raises(ValueError, match="no time zone"):
        await office.nextrung.services.nudge_settings.change(member, nowhere)
    assert (await office.plan(member)).plan == before
