"""A backup is restored: nothing is sent again, and a process that knew more ends."""

import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.members.effects import EffectKind, Errand
from bot.domain.tenancy import Member
from bot.store.members.changes import DatabaseWentBack
from tests.integration.nudges.post_office import (
    TEN_O_CLOCK,
    WEEK,
    PostOffice,
    another_bot,
    opened,
)

DAY = timedelta(days=1)


async def test_what_was_sent_since_the_backup_is_not_sent_again(office: PostOffice) -> None:
    members = await office.enlist(3)
    office.advance(TEN_O_CLOCK)
    await office.nextrung.nudging.plan()  # the backup is made here: planned, and not sent yet
    await office.database.effects.begin(
        Errand(members[0].tenant, EffectKind.MY_DATA, members[0].slack_id), now=office.now
    )
    await office.database.effects.begin(
        Errand(members[0].tenant, EffectKind.FORGET_WORKSPACE), now=office.now
    )
    office.advance(2 * WEEK)

    done = await office.database.restored(now=office.now)
    await office.work()

    assert (done.plans, done.nudges, done.errands) == (3, 6, 1)
    assert office.posts() == []
    rows = await office.rows()
    assert Counter((row.state, row.reason) for row in rows) == {("cancelled", "restored"): 6}
    await office.work(WEEK)
    assert Counter(post.channel_id for post in office.posts()) == {
        f"D{each.slack_id[1:]}": 1 for each in members
    }


async def test_without_a_backup_nothing_is_due_twice(office: PostOffice) -> None:
    await office.enlist(2)
    await office.work(TEN_O_CLOCK)
    assert (await office.database.restored(now=office.now)).nudges == 0
    assert await office.reconcile() == {"sent": 2}


async def test_a_running_process_ends_when_the_database_went_back(
    sqlite_bot_url: str, tmp_path: Path
) -> None:
    file, backup = Path(sqlite_bot_url.removeprefix("sqlite:///")), tmp_path / "backup.sqlite"
    async with opened(sqlite_bot_url) as office:
        members = await office.enlist(2)
        await office.nextrung.services.members.refresh()
        await office.nextrung.services.records.scrub()
        shutil.copyfile(file, backup)
        for _ in range(3):
            await _change(office, members[0])
        await office.nextrung._hear_of_changes()
        await office.database.dispose()
        for each in file.parent.glob(f"{file.name}-*"):
            each.unlink()
        shutil.copyfile(backup, file)

        async with another_bot(office.slack, sqlite_bot_url) as after_a_restart:
            await after_a_restart._hear_of_changes()
            after_a_restart.check_end()  # it knows of no other history
        with capture_logs() as logs:
            await office.nextrung._hear_of_changes()
            await office.nextrung._hear_of_changes()
        office.advance(TEN_O_CLOCK)
        await office.nextrung.nudging.plan()
        await office.send()

        assert office.nextrung.ending.asked.is_set()
        assert [each["event"] for each in logs] == ["database_went_back"]
        assert office.posts() == []
        with pytest.raises(DatabaseWentBack):
            office.nextrung.check_end()


async def _change(office: PostOffice, member: Member) -> None:
    async with office.database.write(member.tenant) as work:
        await work.members.hold(member.slack_id, at=office.now)
