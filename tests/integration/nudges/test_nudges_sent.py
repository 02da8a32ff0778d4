"""A nudge is due, planned, sent once and kept; and everything that must keep it back."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.growth.assessment import Status
from bot.domain.lookup.requests import ShowGap
from bot.domain.nudges.cadence import NudgePolicy, WorkingTime
from bot.services.ports import Profile
from tests.integration.nudges.one_member import DAILY, DAY, mark_all, one
from tests.integration.nudges.post_office import TEN_O_CLOCK, WEEK, ZONE, PostOffice

MINUTE = timedelta(minutes=1)


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
