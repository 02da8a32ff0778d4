"""What happens between plan and post: accounts that nobody knows, gone members, a new catalogue."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.services.lookup.shelves import BUILT_IN
from tests.integration.nudges.post_office import TEN_O_CLOCK, PostOffice

ASKED_AGAIN = timedelta(minutes=5)


@pytest.mark.parametrize("hangs", [False, True])
async def test_nobody_gets_a_nudge_while_slack_does_not_tell_who_they_are(
    office: PostOffice, *, hangs: bool
) -> None:
    member, guest = await office.enlist(2, known=False)
    office.slack.world.change_member(guest.slack_id, is_restricted=True)
    gate = office.slack.faults.hold("users.info", times=100) if hangs else None
    if gate is None:
        office.slack.faults.fail("users.info", times=100)
    await office.work(TEN_O_CLOCK)

    assert office.posts() == []
    assert {(row.state, row.reason) for row in await office.rows()} == {
        ("planned", "account_unknown")
    }

    office.slack.faults.clear()
    if gate is not None:
        gate.release()
    await office.work(ASKED_AGAIN)
    await office.send()

    assert [len(office.posts(each)) for each in (member, guest)] == [1, 0]
    (row,) = await office.rows(guest)
    assert (row.state, row.reason) == ("cancelled", "barred")


@pytest.mark.parametrize("known", [True, False])
async def test_who_is_deactivated_between_plan_and_post_gets_nothing(
    office: PostOffice, *, known: bool
) -> None:
    (member,) = await office.enlist(1, known=known)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    office.slack.disable(member.slack_id)

    await office.send()
    await office.send()

    assert office.posts() == []
    assert (await office.plan(member)).barred
    assert (await office.plans())[0].next_due_at is None
    (row,) = await office.rows()
    assert row.state in {"failed", "cancelled"}


async def test_a_catalogue_published_during_a_run_changes_no_goal_and_sends_nothing_twice(
    office: PostOffice,
) -> None:
    members = await office.enlist(40)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    post = office.nextrung.nudging.sending._tools.post
    post_nudge, posted = post.post_nudge, 0

    async def publish_first(*values: Any, **named: Any) -> Any:
        nonlocal posted
        posted += 1
        if posted == 1:
            content = office.shelf.catalogue.content
            await office.database.catalogues.publish(
                replace(content, expectations=content.expectations[:-9]),
                catalogue_key=BUILT_IN,
                author="owner",
                note="",
                at=office.now,
            )
            await office.nextrung.services.catalogues.refresh()
        return await post_nudge(*values, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(post, "post_nudge", publish_first)
        await office.send()
        await office.send()

    assert await office.reconcile() == {"sent": len(members)}


async def test_who_is_forgotten_while_their_nudge_is_posted_is_no_operators_decision(
    office: PostOffice,
) -> None:
    (member,) = await office.enlist(1)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()
    post = office.nextrung.nudging.sending._tools.post
    post_nudge = post.post_nudge

    async def then_forget(*values: Any, **named: Any) -> Any:
        posted = await post_nudge(*values, **named)
        await office.nextrung.services.records.forget(member)
        return posted

    with pytest.MonkeyPatch.context() as patch, capture_logs() as logs:
        patch.setattr(post, "post_nudge", then_forget)
        await office.send()

    told = [each["event"] for each in logs]
    assert "nudge_of_forgotten_member" in told
    assert "nudge_ending_too_late" not in told
    assert await office.rows() == []
