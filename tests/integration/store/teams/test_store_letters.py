"""Letters in the store: claimed once, taken back at any point, forgotten with either of the two."""

from datetime import timedelta

import pytest

from bot.domain.members.effects import EffectKind
from bot.domain.teams.letter import LetterKind, LetterState
from bot.domain.teams.share import LookKind, ShareEnd
from bot.domain.teams.taken_back import TakenBack
from bot.store.database import Database
from bot.store.teams.letters import AT_ONCE
from tests.integration.store.holders import NOW, ONE, TWO, join, publish
from tests.integration.store.installs.test_store_exchanging import exchange
from tests.integration.store.installs.test_store_joining import keep_as_before
from tests.integration.store.members.test_store_forgetting import orphans, traces
from tests.integration.store.teams.sharing_people import OTHER, OWNER, errands, share, taken_back

LATER = NOW + timedelta(days=1)


async def write(database: Database, *, subject: int = 1, share_id: int | None = None) -> int:
    async with database.write(ONE) as work:
        return await work.letters.add(
            to_whom=OTHER,
            by=OWNER,
            kind=LetterKind.SHARE_ASK,
            subject=subject,
            share_id=share_id,
            at=NOW,
        )


async def send(database: Database, letter_id: int, ts: str = "1.2") -> bool:
    async with database.write(ONE) as work:
        assert await work.letters.begin(letter_id, at=NOW)
    async with database.write(ONE) as work:
        return await work.letters.sent(letter_id, "D0OTHER", ts, ["F1"])


async def state_of(database: Database, letter_id: int) -> LetterState:
    async with database.read(ONE) as work:
        found = await work.letters.get(letter_id)
    assert found is not None
    return found.state


async def test_a_letter_is_claimed_once_and_known_by_what_slack_calls_it(
    database: Database,
) -> None:
    await join(database, OWNER, OTHER)
    letter_id = await write(database)
    assert await errands(database, EffectKind.LETTER) == [OTHER]
    assert await send(database, letter_id)
    async with database.write(ONE) as work:
        assert not await work.letters.begin(letter_id, at=NOW)
        found = await work.letters.get(letter_id)
        assert found is not None
        assert (found.to, found.author, found.channel, found.ts, found.files) == (
            *(OTHER, OWNER, "D0OTHER", "1.2"),
            ("F1",),
        )
    async with database.read(TWO) as work:
        assert await work.letters.get(letter_id) is None


async def test_no_letter_is_written_to_nobody(database: Database) -> None:
    await join(database, OWNER)
    await join(database, OTHER, tenant=TWO)
    with pytest.raises(LookupError):
        await write(database)
    assert await errands(database, EffectKind.LETTER) == []


@pytest.mark.parametrize("when", ["before", "meanwhile", "after"])
async def test_a_letter_is_taken_back_at_any_point(database: Database, when: str) -> None:
    await join(database, OWNER, OTHER)
    letter_id, other = await write(database, subject=7), await write(database, subject=8)
    async with database.write(ONE) as work:
        if when != "before":
            assert await work.letters.begin(letter_id, at=NOW)
        if when == "after":
            assert await work.letters.sent(letter_id, "D0OTHER", "1.2", ["F1"])
        await work.letters.recall(subject=7, at=NOW)
    async with database.write(ONE) as work:
        assert not await work.letters.begin(letter_id, at=NOW)
        if when == "meanwhile":
            # Who sends it learns so, and has it deleted.
            assert not await work.letters.sent(letter_id, "D0OTHER", "1.2", ["F1"])
            await work.letters.take_back(TakenBack((("D0OTHER", "1.2"),), ("F1",)), at=NOW)
    assert await state_of(database, letter_id) is LetterState.RECALLED
    assert await state_of(database, other) is LetterState.PLANNED
    sent = TakenBack((("D0OTHER", "1.2"),), ("F1",))
    assert await taken_back(database) == (TakenBack() if when == "before" else sent)


async def test_many_messages_are_taken_back_in_parts(database: Database) -> None:
    await join(database, OWNER, OTHER)
    for number in range(AT_ONCE + 1):
        await send(database, await write(database), ts=f"{number}.0")
    async with database.write(ONE) as work:
        await work.letters.recall(kind=LetterKind.SHARE_ASK, subject=1, at=NOW)
        await work.letters.recall(kind=LetterKind.SHARE_ASK, subject=1, at=NOW)
    assert len((await taken_back(database)).messages) == AT_ONCE + 1
    assert len(await errands(database, EffectKind.TAKE_BACK)) == 3, "two of messages, one of files"


@pytest.mark.parametrize("who", [OWNER, OTHER])
async def test_forgetting_either_takes_everything_back_and_names_nobody(
    database: Database, who: str
) -> None:
    share_id = await share(database, await publish(database))
    await send(database, await write(database, share_id=share_id))
    await write(database, share_id=share_id)
    async with database.write(ONE) as work:
        look = await work.shares.look(share_id, LookKind.GOAL, at=NOW)
        assert look is not None
        await work.shares.shown_in(look, "V0OPEN")
    async with database.write(ONE) as work:
        await work.members.forget(who, at=NOW)
    assert await traces(database, who) == []
    assert await orphans(database) == {}
    left = {OWNER, OTHER} - {who}
    assert set(await errands(database, EffectKind.HOME)) == left
    what = await taken_back(database)
    assert (what.messages, what.files) == ((("D0OTHER", "1.2"),), ("F1",))
    assert what.views == (("V0OPEN", "en"),)
    async with database.read(ONE) as work:
        assert await work.shares.of(share_id) is None
        assert await work.shares.kept_of(*left) == ()


async def test_a_forgotten_workspace_leaves_nothing_to_take_back(database: Database) -> None:
    share_id = await share(database, await publish(database))
    await send(database, await write(database, share_id=share_id))
    async with database.write(ONE) as work:
        await work.shares.end(share_id, ShareEnd.REVOKED, at=NOW)
    await database.forget_workspace(ONE, now=lambda: NOW)
    assert await errands(database, EffectKind.TAKE_BACK) == []
    assert await traces(database, "D0OTHER") == []
    assert await orphans(database) == {}


async def test_shares_follow_people_who_get_other_ids(database: Database) -> None:
    share_id = await share(database, await publish(database))
    letter_id = await write(database, share_id=share_id)
    await exchange(database, {OWNER: "W0OWNER", OTHER: "W0OTHER"})
    async with database.read(ONE) as work:
        (found,) = await work.shares.with_whom("W0OTHER")
        letter = await work.letters.get(letter_id)
    assert (found.id, found.owner) == (share_id, "W0OWNER")
    assert letter is not None
    assert (letter.to, letter.author) == ("W0OTHER", "W0OWNER")


async def test_of_two_rows_of_one_person_nobody_shares_with_themselves_or_twice(
    database: Database,
) -> None:
    revision = await publish(database)
    older = await share(database, revision)
    newer = await share(database, revision, other="U0ALIAS")
    third = await share(database, revision, owner=OTHER, other="U0ALIAS")
    await exchange(database, {"U0ALIAS": OTHER})
    async with database.read(ONE) as work:
        assert [each.id for each in await work.shares.with_whom(OTHER)] == [newer]
        ended, self_shared = await work.shares.of(older), await work.shares.of(third)
    assert ended is not None
    assert ended.ended
    assert self_shared is None
    assert await orphans(database) == {}


async def test_shares_of_a_goal_that_another_part_outdates_end(database: Database) -> None:
    """A workspace that was kept twice is joined: the newer goal is the active one."""
    revision = await publish(database)
    here = await share(database, revision)
    there = await share(database, revision, tenant=TWO)
    await keep_as_before(database, TWO)
    await database.join_split(now=LATER)
    async with database.read(ONE) as work:
        assert [each.id for each in await work.shares.with_whom(OTHER)] == [there]
        old = await work.shares.of(here)
    assert old is not None
    assert old.end is ShareEnd.GOAL_OVER
    assert await orphans(database) == {}
