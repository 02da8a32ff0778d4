"""What Slack may do to nudges: refuse, slow down, break off, be away. Nothing is sent twice."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.domain.framework import CellKey
from bot.domain.nudges.message import PutOff
from bot.domain.tenancy import Tenant
from bot.sandbox.samples import WORKSPACE
from bot.services.nudges.ports import Refusal, Refused
from bot.services.nudges.trouble import Troubles
from tests.integration.nudges.post_office import TEN_O_CLOCK, WEEK, PostOffice, opened

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
POST = "chat.postMessage"
# Calls under way when it breaks; then one after 10 s, 20 s, 40 s, … and every quarter of an hour.
AT_ONCE = 6
TRIES_IN_AN_HOUR = 10


async def work_for(office: PostOffice, span: timedelta, *, every: timedelta = MINUTE) -> None:
    """Work on and on while the clock moves through `span`."""
    for _ in range(int(span / every)):
        await office.work(every)


async def circuits(office: PostOffice) -> dict[str, tuple[str | None, bool]]:
    overview = await office.nextrung.nudging.desk.overview(now=office.now)
    return {
        each.workspace: (each.reason, each.broken_since is not None) for each in overview.circuits
    }


async def test_an_answer_that_was_lost_is_unknown_and_never_sent_again(office: PostOffice) -> None:
    await office.enlist(3)
    office.slack.faults.drop_after(POST)
    await office.work(TEN_O_CLOCK)
    await work_for(office, timedelta(hours=1))
    assert await office.reconcile() == {"unknown": 1, "sent": 2}
    # It did arrive, as nobody could know.
    assert len(office.posts()) == 3


async def test_a_connection_that_broke_before_is_unknown_too(office: PostOffice) -> None:
    await office.enlist(2)
    office.slack.faults.drop_before(POST)
    await office.work(TEN_O_CLOCK)
    await work_for(office, 2 * MINUTE)
    assert await office.reconcile() == {"unknown": 1, "sent": 1}
    (unknown,) = [row for row in await office.rows() if row.state == "unknown"]
    desk = office.nextrung.nudging.desk
    assert not await desk.retry(unknown.id + 100, at=office.now)
    assert await desk.retry(unknown.id, at=office.now)
    assert not await desk.retry(unknown.id, at=office.now)
    await office.work()
    assert await office.reconcile() == {"sent": 2}


async def test_an_unknown_one_can_be_given_up(small_office: PostOffice) -> None:
    await small_office.enlist(1)
    small_office.slack.faults.drop_after(POST)
    await small_office.work(TEN_O_CLOCK)
    (row,) = await small_office.rows()
    desk = small_office.nextrung.nudging.desk
    (shown,) = (await desk.overview(now=small_office.now)).unknowns
    assert (shown.id, shown.slack_id) == (row.id, f"U{WORKSPACE}00000")
    assert await desk.discard(row.id, at=small_office.now)
    await work_for(small_office, 5 * MINUTE)
    assert [(each.state, each.reason) for each in await small_office.rows()] == [
        ("cancelled", "discarded")
    ]


async def test_what_was_put_off_and_may_have_come_does_not_come_twice_running(
    office: PostOffice,
) -> None:
    (member,) = await office.enlist(1)
    await office.work(TEN_O_CLOCK)
    (first,) = await office.rows()
    cell = CellKey(first.role_key, first.level_key, first.skill_key)
    nudges = office.nextrung.services.nudges
    await nudges.later(member, office.shelf, first.id, cell, PutOff.TOMORROW)
    office.slack.faults.drop_after(POST)
    await office.work(DAY)
    await office.work(6 * DAY)
    _, second, third = await office.rows()
    assert (second.kind, second.state, second.skill_key) == ("later", "unknown", first.skill_key)
    assert (third.kind, third.state) == ("regular", "sent")
    assert third.skill_key != first.skill_key


@pytest.mark.parametrize("code", ["internal_error", "fatal_error", "request_timeout"])
async def test_slack_at_a_loss_means_unknown(small_office: PostOffice, code: str) -> None:
    await small_office.enlist(2)
    small_office.slack.faults.error(POST, error=code)
    await small_office.work(TEN_O_CLOCK)
    await work_for(small_office, 2 * MINUTE)
    assert Counter(row.reason for row in await small_office.rows()) == {code: 1, None: 1}
    assert [row.state for row in await small_office.rows()].count("unknown") == 1


async def test_a_storm_of_rate_limits_only_delays(office: PostOffice) -> None:
    await office.enlist(24)
    for seconds in (1, 2, 30, 5, 1, 60, 3, 2):
        office.slack.faults.ratelimit(POST, retry_after=seconds, times=3)
    await office.work(TEN_O_CLOCK)
    assert len(office.posts()) < 24
    tries = _calls(office)
    await office.send()
    # Slack asked to wait: nobody asks again before.
    assert _calls(office) == tries
    await work_for(office, 10 * MINUTE, every=timedelta(seconds=15))
    assert await office.reconcile() == {"sent": 24}
    # Each try costs at most what was under way.
    assert _calls(office) <= 24 + 24


async def test_retry_after_is_honoured_to_the_second(small_office: PostOffice) -> None:
    await small_office.enlist(1)
    small_office.slack.faults.ratelimit(POST, retry_after=30)
    await small_office.work(TEN_O_CLOCK)
    await small_office.work(timedelta(seconds=29))
    assert small_office.posts() == []
    await small_office.work(timedelta(seconds=1))
    assert await small_office.reconcile() == {"sent": 1}


async def test_of_several_waits_the_longest_counts(small_office: PostOffice) -> None:
    await small_office.enlist(1)
    small_office.advance(TEN_O_CLOCK)
    await small_office.nextrung.nudging.plan()
    senders = small_office.database.senders
    (waiting,) = await senders.waiting(now=small_office.now, most=1)
    until = small_office.now + MINUTE
    assert await senders.take(waiting.workspace_id, now=small_office.now, until=until)
    troubles = Troubles(small_office.nextrung.nudging.sending._tools, waiting)
    for seconds in (60, 1):
        limited = Refused(Refusal.LATER, "ratelimited", retry_after=seconds)
        assert (await troubles.refused(1, limited)).state == "planned"
    soon, then = (small_office.now + timedelta(seconds=each) for each in (59, 60))
    assert await senders.waiting(now=soon, most=1) == []
    # Nor does a run begin that was about to, when the first was refused.
    assert await senders.take(waiting.workspace_id, now=soon, until=then) is None
    assert await senders.waiting(now=then, most=1) == [waiting]


async def test_slack_away_for_an_hour(small_office: PostOffice) -> None:
    await small_office.enlist(30)
    small_office.slack.faults.fail(POST, status=503, times=None)
    small_office.slack.faults.fail("auth.test", status=503, times=None)
    await small_office.work(TEN_O_CLOCK)
    await work_for(small_office, timedelta(hours=1))
    assert await small_office.reconcile() == {"planned": 30}
    calls = sum(entry.direction == "from_bot" for entry in small_office.slack.inspector)
    assert calls <= 30
    assert (await circuits(small_office))[f"/{WORKSPACE}"] == ("service_unavailable", True)
    small_office.slack.faults.clear()
    await work_for(small_office, timedelta(minutes=20))
    assert await small_office.reconcile() == {"sent": 30}
    assert await circuits(small_office) == {}


async def test_slack_breaking_off_for_an_hour_costs_few(small_office: PostOffice) -> None:
    await small_office.enlist(30)
    small_office.slack.faults.drop_before(POST, times=None)
    await small_office.work(TEN_O_CLOCK)
    await work_for(small_office, timedelta(hours=1))
    # Each try may have arrived, so each is unknown: they become rare instead.
    unknown = (await small_office.reconcile())["unknown"]
    assert 1 <= unknown <= AT_ONCE + TRIES_IN_AN_HOUR
    small_office.slack.faults.clear()
    await work_for(small_office, timedelta(minutes=20))
    assert await small_office.reconcile() == {"unknown": unknown, "sent": 30 - unknown}


async def test_one_revoked_workspace_among_fifty_stops_only_itself(
    postgresql_bot_url: str,
) -> None:
    async with opened(postgresql_bot_url, workspaces=50) as office:
        places = [f"T{number:05d}" for number in range(50)]
        for place in places:
            await office.enlist(2, workspace=place)
        # Known and connected before it is revoked.
        await office.nextrung.app.workspaces.find(Tenant(places[7]))
        office.slack.revoke(places[7])
        await office.work(TEN_O_CLOCK)
        assert await office.reconcile() == {"sent": 98, "planned": 2}
        assert await circuits(office) == {f"/{places[7]}": ("token_revoked", True)}
        await work_for(office, timedelta(hours=1))
        assert _calls(office) <= 98 + 6
        office.slack.revoke(places[7], on=False)
        await work_for(office, timedelta(minutes=20))
        assert await office.reconcile() == {"sent": 100}


async def test_a_fault_of_ours_fails_that_nudge_and_is_told(small_office: PostOffice) -> None:
    await small_office.enlist(4)
    small_office.slack.faults.error(POST, error="invalid_blocks")
    await small_office.work(TEN_O_CLOCK)
    await work_for(small_office, 2 * MINUTE)
    assert await small_office.reconcile() == {"failed": 1, "sent": 3}


async def test_faults_of_ours_in_a_row_do_not_spend_all(small_office: PostOffice) -> None:
    await small_office.enlist(30)
    small_office.slack.faults.error(POST, error="msg_blocks_too_long", times=None)
    await small_office.work(TEN_O_CLOCK)
    await work_for(small_office, timedelta(hours=1))
    failed = (await small_office.reconcile())["failed"]
    assert 3 <= failed <= AT_ONCE + TRIES_IN_AN_HOUR
    assert (await circuits(small_office))[f"/{WORKSPACE}"] == ("msg_blocks_too_long", True)


async def test_a_missing_scope_waits_for_the_operator(small_office: PostOffice) -> None:
    await small_office.enlist(3)
    small_office.slack.faults.error(POST, error="missing_scope", times=6)
    await small_office.work(TEN_O_CLOCK)
    assert await small_office.reconcile() == {"planned": 3}
    await work_for(small_office, timedelta(hours=1))
    assert await small_office.reconcile() == {"sent": 3}


async def test_a_member_whom_slack_refuses_gets_no_more(office: PostOffice) -> None:
    member, other = await office.enlist(2)
    office.slack.disable(member.slack_id)
    await office.work(TEN_O_CLOCK)
    assert await office.reconcile() == {"failed": 1, "sent": 1}
    plan = await office.plan(member)
    assert plan.barred == (await office.rows(member))[0].reason
    await office.work(WEEK)
    assert len(await office.rows(member)) == 1
    assert len(await office.rows(other)) == 2
    # Whoever chooses is there: Slack is asked again.
    office.slack.disable(member.slack_id, on=False)
    await office.nextrung.services.nudge_settings.resume(member)
    await office.work(WEEK)
    await office.send()
    assert len(office.posts(member)) == 1


async def test_the_metadata_names_the_row_and_nothing_private(small_office: PostOffice) -> None:
    await small_office.enlist(1)
    await small_office.work(TEN_O_CLOCK)
    (row,) = await small_office.rows()
    (post,) = small_office.posts()
    assert post.metadata == {"event_type": "nextrung_nudge", "event_payload": {"id": row.id}}
    assert small_office.slack.inspector.violations == []


async def test_what_is_counted(small_office: PostOffice) -> None:
    await small_office.enlist(3)
    small_office.slack.faults.drop_after(POST)
    await small_office.work(TEN_O_CLOCK)
    await work_for(small_office, 2 * MINUTE)
    page = small_office.nextrung.nudging.metrics.page().decode()
    assert "nextrung_nudges_planned_total 3.0" in page
    assert "nextrung_nudges_claimed_total 3.0" in page
    assert "nextrung_nudges_sent_total 2.0" in page
    assert 'nextrung_nudges_unknown_total{reason="ServerDisconnectedError"} 1.0' in page
    assert "nextrung_nudge_lag_seconds_count 2.0" in page


def _calls(office: PostOffice) -> int:
    return sum(entry.name == POST for entry in office.slack.inspector)
