"""Letters in the store: claimed once, taken back at any point, forgotten with either of the two."""

from datetime import timedelta

import pytest

from bot.domain.members.effects import EffectKind
from bot.domain.teams.letter import LetterKind, LetterState
from bot.domain.teams.share import SAME_LOOK, LookKind, ShareEnd
from bot.domain.teams.taken_back import TakenBack
from bot.store.database import Database
from bot.store.teams.letters.kept import AT_ONCE
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


THIRD = "U0THIRD"


async def two_shares(database: Database) -> tuple[int, int]:
    """Let two members share with the other, who accepted."""
    revision = await publish(database)
    return await share(database, revision), await share(database, revision, owner=THIRD)


async def write_of(database: Database, *shares: int) -> int:
    """Keep a letter to the other that shows something of several shares."""
    async with database.write(ONE) as work:
        return await work.letters.add(
            to_whom=OTHER,
            by=OTHER,
            kind=LetterKind.TEAM_TABLE,
            subject=0,
            share_id=None,
            shares=shares,
            at=NOW,
        )


async def shown(database: Database, letter_id: int) -> frozenset[int]:
    async with database.read(ONE) as work:
        return await work.letters.shares_of(letter_id)


@pytest.mark.parametrize("why", [ShareEnd.REVOKED, ShareEnd.LEFT_BY_OTHER, ShareEnd.GUEST])
async def test_what_shows_several_shares_is_taken_back_with_any_of_them(
    database: Database, why: ShareEnd
) -> None:
    one, other = await two_shares(database)
    both = await write_of(database, one, other)
    assert await shown(database, both) == {one, other}
    await send(database, both)
    waiting, rest = await write_of(database, other), await write_of(database, one)
    async with database.write(ONE) as work:
        await work.shares.end(other, why, at=NOW)
    assert await state_of(database, both) is LetterState.RECALLED
    assert await state_of(database, waiting) is LetterState.RECALLED
    assert await state_of(database, rest) is LetterState.PLANNED
    assert await taken_back(database) == TakenBack((("D0OTHER", "1.2"),), ("F1",))


async def test_nothing_is_shown_of_what_is_not_shared_with_whom_it_goes_to(
    database: Database,
) -> None:
    revision = await publish(database)
    mine = await share(database, revision)
    asked = await share(database, revision, owner=THIRD, accepted=False)
    elsewhere = await share(database, revision, other="U0ELSE")
    ended = await share(database, revision, owner="U0FOURTH")
    async with database.write(ONE) as work:
        await work.shares.end(ended, ShareEnd.REVOKED, at=NOW)
    letter_id = await write_of(database, mine, asked, elsewhere, ended)
    assert await shown(database, letter_id) == {mine}


async def test_forgetting_one_of_several_takes_back_what_shows_them(database: Database) -> None:
    one, other = await two_shares(database)
    letter_id = await write_of(database, one, other)
    await send(database, letter_id)
    async with database.write(ONE) as work:
        await work.members.forget(THIRD, at=NOW)
    assert await state_of(database, letter_id) is LetterState.RECALLED
    assert (await taken_back(database)).files == ("F1",)
    assert await shown(database, letter_id) == {one}
    assert await traces(database, THIRD) == []
    assert await orphans(database) == {}


async def test_whoever_gets_such_a_letter_looks_at_all_that_it_shows(database: Database) -> None:
    one, other = await two_shares(database)
    letter_id = await write_of(database, one, other)
    soon, later = NOW + SAME_LOOK, NOW + SAME_LOOK * 3
    async with database.write(ONE) as work:
        assert set(await work.looks.at(OTHER, [one], LookKind.TEAM, at=NOW)) == {one}
        assert await work.looks.at(OWNER, [one], LookKind.TEAM, at=NOW) == {}
        await work.looks.by_letter(letter_id, LookKind.TEAM, at=soon)
        await work.looks.by_letter(letter_id, LookKind.TEAM_FILE, at=later)
    async with database.read(ONE) as work:
        looks = await work.looks.of([one, other], most=9)
    told = {key: [(each.at, each.kind) for each in found] for key, found in looks.items()}
    both = [(later, LookKind.TEAM_FILE), (soon, LookKind.TEAM)]
    assert told == {one: both, other: both}, "twice within a quarter of an hour is once"


async def test_a_modal_of_several_shares_is_closed_once(database: Database) -> None:
    one, other = await two_shares(database)
    async with database.write(ONE) as work:
        looks = await work.looks.at(OTHER, [one, other], LookKind.TEAM, at=NOW)
        await work.looks.shown_in(looks.values(), "V0TEAM")
    async with database.write(ONE) as work:
        assert await work.shares.end_of(OTHER, ShareEnd.GUEST, at=NOW) == 2
    what = await taken_back(database)
    assert what.views == (("V0TEAM", "en"),)
    assert what.teams == {"V0TEAM"}


@pytest.mark.parametrize("who", [OWNER, OTHER])
async def test_forgetting_either_takes_everything_back_and_names_nobody(
    database: Database, who: str
) -> None:
    share_id = await share(database, await publish(database))
    await send(database, await write(database, share_id=share_id))
    await write(database, share_id=share_id)
    async with database.write(ONE) as work:
        look = await work.looks.at_one(share_id, LookKind.GOAL, at=NOW)
        assert look is not None
        await work.looks.shown_in([look], "V0OPEN")
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
