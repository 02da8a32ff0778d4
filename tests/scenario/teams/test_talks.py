"""1:1 talks: a rhythm of the two, a brief to each an hour before, and what comes of the talk."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.domain.growth.assessment import Status
from bot.domain.local_time import zone_named
from bot.domain.members.effects import LEASE
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.rhythm import HeldRhythm
from bot.domain.teams.share import ShareEnd
from bot.sandbox.handles import ViewHandle
from bot.sandbox.samples import ADMIN, ENGINEER, MANAGER
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_cells, mark, member, name_of
from tests.scenario.teams.test_agreed import agree, talks
from tests.scenario.teams.two_people import deliver, due_at, letters, move_to, share, told

BRIEF = "Before your talk"


async def rhythm_of(desk: Desk, share_id: int) -> HeldRhythm:
    page = await desk.nextrung.services.talking.page(await member(desk), share_id)
    assert page.rhythm is not None
    return page.rhythm


async def next_at(desk: Desk, share_id: int) -> datetime:
    found = (await rhythm_of(desk, share_id)).next_at
    assert found is not None
    return found


async def set_rhythm(desk: Desk) -> ViewHandle:
    """Let the engineer choose every second Thursday at 14:00 of her own time, on Home."""
    modal = await talks(desk, desk.engineer)
    form = as_modal(await modal.press("Choose a Rhythm"))
    await form.fill({"How often": "Every 2 weeks", "Weekday": "Thursday", "Time": "14:00"})
    await form.submit()
    await desk.refreshed(desk.engineer)
    return modal


async def test_both_get_one_brief_an_hour_before_and_read_what_is_theirs(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    keeping, me = desk.nextrung.services.evidence, await member(desk)
    held = await keeping.add(me, note="shown piece", link="", supports=(), token="a")
    share_id = await share(desk, evidence=(held.growth.evidence[0].id,))
    modal = await set_rhythm(desk)
    local = (await next_at(desk, share_id)).astimezone(zone_named(me.time_zone))
    assert (local.weekday(), local.hour, local.minute) == (3, 14, 0)
    assert "Every 2 weeks on Thursday at 14:00" in modal.plain
    for handle in (desk.engineer, desk.manager):
        assert "next talk" in (await desk.home(handle)).plain

    await agree(desk, share_id, 2)
    await mark(desk, lead_cells(desk)[0], Status.WORKING, note="secret note")
    await keeping.add(me, note="hidden piece", link="", supports=(), token="b")
    talk = await next_at(desk, share_id)
    await deliver(desk, to=talk - timedelta(hours=1, minutes=1))
    assert told(desk.engineer, BRIEF) == []
    # At eight in New York nobody reads: hers came in the afternoon before.
    assert len(told(desk.manager, BRIEF)) == 1
    await deliver(desk, to=talk - timedelta(hours=1))
    await deliver(desk)
    (mine,), (theirs,) = (told(each, BRIEF) for each in (desk.engineer, desk.manager))
    for brief in (mine, theirs):
        assert f"{name_of(desk, lead_cells(desk)[0])}: Working on it" in brief.plain
        assert name_of(desk, lead_cells(desk)[2]) in brief.plain
        assert "To ask or to do" in brief.plain
        assert "secret note" not in brief.plain
    assert "hidden piece" in mine.plain
    assert "hidden piece" not in theirs.plain
    assert await letters(desk, LetterKind.BRIEF) == ["sent", "sent"]
    await deliver(desk, to=talk + timedelta(hours=1))
    assert await next_at(desk, share_id) - talk == timedelta(days=14)


async def test_what_was_agreed_comes_again_until_it_is_done(stored_desk: Desk) -> None:
    desk = stored_desk
    share_id = await share(desk)
    await set_rhythm(desk)
    talk = await next_at(desk, share_id)
    await deliver(desk, to=talk - timedelta(minutes=50))
    (brief,) = told(desk.engineer, BRIEF)
    form = as_modal(await brief.press("What Did You Agree?"))
    await form.fill({"What did you agree?": "- hold the review\n* write <!channel> down\n"})
    await form.submit()
    form = as_modal(await told(desk.manager, BRIEF)[0].press("What Did You Agree?"))
    await form.fill({"What did you agree?": "watch the budget", "Who sees it": "Only I see it"})
    await form.submit()

    await deliver(desk, to=talk + timedelta(hours=1))
    await deliver(desk, to=await next_at(desk, share_id) - timedelta(minutes=50))
    mine, theirs = told(desk.engineer, BRIEF)[-1], told(desk.manager, BRIEF)[-1]
    assert "hold the review" in mine.plain
    assert "hold the review" in theirs.plain
    assert "<!channel>" not in theirs.plain
    assert "watch the budget" in theirs.plain
    assert "watch the budget" not in mine.plain

    modal = await talks(desk, desk.manager)
    assert "Only you see this." in modal.plain
    await modal.press("Done")
    modal = await talks(desk, desk.engineer)
    assert "hold the review" not in modal.plain
    assert "watch the budget" not in modal.plain
    assert "write" in modal.plain


async def test_either_may_pause_and_end_it(desk: Desk) -> None:
    share_id = await share(desk)
    await set_rhythm(desk)
    talk = await next_at(desk, share_id)
    modal = await talks(desk, desk.manager)
    paused = as_modal(await modal.press("Pause"))
    assert "Paused: no briefs come" in paused.plain
    before = len(told(desk.manager, BRIEF))
    await deliver(desk, to=talk - timedelta(minutes=30))
    assert len(told(desk.manager, BRIEF)) == before
    assert told(desk.engineer, BRIEF) == []
    modal = await talks(desk, desk.engineer)
    again = as_modal(await modal.press("Go On"))
    assert await next_at(desk, share_id) == talk
    ended = as_modal(await again.press("End"))
    assert "No rhythm yet." in ended.plain
    await deliver(desk)
    assert told(desk.engineer, BRIEF) == []


async def test_a_pause_of_nudges_keeps_the_brief_from_that_one_alone(desk: Desk) -> None:
    share_id = await share(desk)
    await set_rhythm(desk)
    await desk.engineer.command("/growth pause 2w")
    await deliver(desk, to=await next_at(desk, share_id) - timedelta(minutes=50))
    assert told(desk.engineer, BRIEF) == []
    assert len(told(desk.manager, BRIEF)) == 1


async def test_talks_of_an_outage_bring_no_brief(stored_desk: Desk) -> None:
    desk = stored_desk
    share_id = await share(desk)
    await set_rhythm(desk)
    talk = await next_at(desk, share_id)
    move_to(desk, talk + timedelta(days=29))
    await deliver(desk)
    assert told(desk.engineer, BRIEF) == []
    assert await next_at(desk, share_id) == talk + timedelta(days=42)


async def test_nothing_comes_once_it_is_shared_no_more(stored_desk: Desk) -> None:
    desk = stored_desk
    share_id = await share(desk)
    await set_rhythm(desk)
    talk, me = await next_at(desk, share_id), await member(desk)
    await deliver(desk, to=talk - timedelta(minutes=50))
    assert len(told(desk.manager, BRIEF)) == 1
    async with desk.nextrung.database.write(me.tenant) as work:
        await work.shares.end(share_id, ShareEnd.REVOKED, at=desk.slack.clock.now())
    await deliver(desk)
    assert told(desk.manager, BRIEF) == []
    await deliver(desk, to=talk + timedelta(days=14) - timedelta(minutes=50))
    assert told(desk.manager, BRIEF) == []
    assert len(told(desk.engineer, BRIEF)) == 1
    with pytest.raises(NoLongerShared):
        await desk.nextrung.services.talking.page(me, share_id)


async def test_a_stranger_opens_nothing(desk: Desk) -> None:
    share_id = await share(desk)
    talking = desk.nextrung.services.talking
    await talking.note(await member(desk), share_id, "a point", both=True, token="t")
    admin = await member(desk, ADMIN)
    for refused in (
        talking.page(admin, share_id),
        talking.note(admin, share_id, "mine", both=True, token="u"),
        talking.done(admin, 1),
    ):
        with pytest.raises(NoLongerShared):
            await refused


async def begin_all(desk: Desk) -> None:
    """Let a process begin to send every letter that waits, and end."""
    desk.faults_expected = True
    async with desk.nextrung.database.write((await member(desk)).tenant) as work:
        for letter in range(1, 40):
            await work.letters.begin(letter, at=desk.slack.clock.now())


async def test_workers_side_by_side_and_crashes_never_double_a_brief(stored_desk: Desk) -> None:
    """Four workers write, one dies before its letter is sent and one while it is sending."""
    desk = stored_desk
    share_id = await share(desk)
    await set_rhythm(desk)
    services, errands = desk.nextrung.services, desk.nextrung.errands
    for number in range(3):
        talk = await next_at(desk, share_id)
        for _ in range(3):
            due = await due_at(desk)
            if due is None or due >= talk:
                break
            move_to(desk, max(due, desk.slack.clock.now()))
            await asyncio.gather(*(services.briefs.turn() for _ in range(4)))
            if number == 1:
                # The letter is taken up by a process that ends at once.
                await desk.nextrung.database.effects.take(now=desk.slack.clock.now(), most=20)
            if number == 2:
                await begin_all(desk)
            for _ in range(3):
                await asyncio.gather(*(services.effects.turn(errands) for _ in range(2)))
            desk.slack.advance(LEASE.total_seconds() + 1)
            await asyncio.gather(*(services.effects.turn(errands) for _ in range(2)))
        move_to(desk, talk + timedelta(hours=1))
        await services.briefs.turn()
    # The third ones may have arrived or not: nobody knows, so they do not come again.
    for handle in (desk.engineer, desk.manager):
        assert len(told(handle, BRIEF)) == 2
    expected = ["sent"] * 4 + ["unknown"] * 2
    assert await letters(desk, LetterKind.BRIEF) == expected


async def test_all_goes_with_either_of_them(stored_desk: Desk) -> None:
    desk = stored_desk
    share_id = await share(desk)
    await set_rhythm(desk)
    await agree(desk, share_id, 0)
    talking = desk.nextrung.services.talking
    boss = await member(desk, MANAGER)
    await talking.note(boss, share_id, "said by the manager", both=True, token="t")
    record = await desk.nextrung.services.records.everything(await member(desk, ENGINEER))
    assert [each.text for _, each in record.points] == ["said by the manager"]
    assert len(record.agreed) == 2
    assert len(record.rhythms) == 1

    await desk.nextrung.services.records.forget(boss)
    record = await desk.nextrung.services.records.everything(await member(desk, ENGINEER))
    assert (record.points, record.agreed, record.rhythms) == ((), (), ())
