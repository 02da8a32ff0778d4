"""Shares in the store: asked and accepted by two, ended by either, and never coming back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.growth.goal import NOBODY, Unshared
from bot.domain.members.effects import EffectKind
from bot.domain.teams.letter import LetterKind, LetterState
from bot.domain.teams.share import (
    ANSWER_WITHIN,
    RENEW_AFTER,
    SAME_LOOK,
    LookKind,
    ShareEnd,
    ShareState,
)
from bot.store.database import Database
from bot.store.teams.due import ShareDue
from tests.integration.store.holders import (
    NOW,
    ONE,
    TWO,
    growth_of,
    held,
    join,
    publish,
    set_goal,
)
from tests.integration.store.teams.sharing_people import OTHER, OWNER, errands, share, taken_back

MINUTE = timedelta(minutes=1)


async def test_a_share_is_asked_accepted_and_ended_for_good(database: Database) -> None:
    share_id = await share(database, await publish(database), accepted=False)
    async with database.write(ONE) as work:
        asked = await work.shares.of(share_id)
        assert asked is not None
        assert (asked.owner, asked.other, asked.state) == (OWNER, OTHER, ShareState.ASKED)
        assert len(asked.evidence) == 1
        assert await work.shares.with_whom(OTHER) == (), "nothing is shown before it is accepted"
        assert await work.looks.at_one(share_id, LookKind.GOAL, at=NOW) is None
        assert not await work.shares.accept(share_id, OWNER, at=NOW), "only the other can"
        assert await work.shares.accept(share_id, OTHER, at=NOW)
        assert not await work.shares.accept(share_id, OTHER, at=NOW), "once"
        (accepted,) = await work.shares.with_whom(OTHER)
        assert accepted == replace(
            asked, state=ShareState.ACCEPTED, accepted_at=NOW, renew_at=NOW + RENEW_AFTER
        )
        assert await work.shares.by(OWNER) == (accepted,)
    async with database.write(ONE) as work:
        assert await work.shares.end(share_id, ShareEnd.REVOKED, at=NOW)
        assert not await work.shares.end(share_id, ShareEnd.LAPSED, at=NOW)
        assert not await work.shares.accept(share_id, OTHER, at=NOW)
        assert not await work.shares.renew(share_id, OWNER, at=NOW)
        assert await work.looks.at_one(share_id, LookKind.GOAL, at=NOW) is None
        assert await work.shares.with_whom(OTHER) == ()
        (kept,) = await work.shares.kept_of(OTHER)
        assert (kept.state, kept.end) == (ShareState.ENDED, ShareEnd.REVOKED)
    assert set(await errands(database, EffectKind.HOME)) == {OWNER, OTHER}


async def test_a_goal_is_shared_once_with_each(database: Database) -> None:
    revision = await publish(database)
    first = await share(database, revision, accepted=False)
    async with held(database, OWNER) as change:
        goal = (await growth_of(database, OWNER)).active_goal
        assert goal is not None
        again: dict[str, Any] = {"goal_id": goal.id, "shows_from": None, "at": NOW}
        assert await change.work.shares.ask(change.owner, OTHER, **again) is None
        with pytest.raises(LookupError):
            await change.work.shares.ask(change.owner, "U0NOBODY", **again)
        assert await change.work.shares.end(first, ShareEnd.DECLINED, at=NOW)
        assert await change.work.shares.ask(change.owner, OTHER, **again) not in {None, first}


async def test_nobody_elses_goal_or_evidence_can_be_shared(database: Database) -> None:
    revision = await publish(database)
    await share(database, revision)
    theirs = await growth_of(database, OWNER)
    assert theirs.active_goal is not None
    await join(database, "U0THIRD")
    async with held(database, OTHER) as change:
        with pytest.raises(LookupError):
            await change.work.shares.ask(
                change.owner, "U0THIRD", goal_id=theirs.active_goal.id, shows_from=None, at=NOW
            )
    own = await share(database, revision, owner="U0THIRD", other=OTHER)
    async with held(database, "U0THIRD") as change:
        pieces = [each.id for each in theirs.evidence]
        await change.work.shares.show_evidence(change.owner, own, pieces)
        found = await change.work.shares.of(own)
    assert found is not None
    assert found.evidence == frozenset()


@pytest.mark.parametrize("over", ["drop", "reach", "another"])
async def test_a_share_ends_with_its_goal(database: Database, over: str) -> None:
    revision = await publish(database)
    share_id = await share(database, revision)
    async with held(database, OWNER) as change:
        if over == "another":
            await set_goal(change, revision, level="senior")
        else:
            await getattr(change.work.goals, over)(change.owner, at=NOW)
        # Not yet ended, and yet nothing is shown any more.
        assert await change.work.shares.with_whom(OTHER) == ()
        with_it = await change.work.shares.goal_over(change.owner, at=NOW)
        assert with_it == Unshared(saw=(OTHER,), at=NOW)
        assert await change.work.shares.goal_over(change.owner, at=NOW) == NOBODY
        ended = await change.work.shares.of(share_id)
    assert ended is not None
    assert ended.end is ShareEnd.GOAL_OVER


async def test_another_tenant_sees_and_ends_nothing(database: Database) -> None:
    share_id = await share(database, await publish(database))
    await join(database, OWNER, OTHER, tenant=TWO)
    async with database.write(TWO) as work:
        assert await work.shares.of(share_id) is None
        assert await work.shares.by(OWNER) == ()
        assert await work.shares.with_whom(OTHER) == ()
        assert not await work.shares.end(share_id, ShareEnd.REVOKED, at=NOW)
        assert await work.shares.end_of(OWNER, ShareEnd.GUEST, at=NOW) == 0
        assert await work.looks.at_one(share_id, LookKind.GOAL, at=NOW) is None


async def test_looks_soon_after_each_other_are_one(database: Database) -> None:
    share_id = await share(database, await publish(database))
    moments = [NOW, NOW + MINUTE, NOW + SAME_LOOK + 2 * MINUTE]
    async with database.write(ONE) as work:
        for at in moments:
            assert await work.looks.at_one(share_id, LookKind.GOAL, at=at) is not None
        found = await work.looks.of([share_id], most=5)
        assert [each.at for each in found[share_id]] == [moments[2], moments[1]]
        assert len((await work.looks.of([share_id], most=1))[share_id]) == 1


async def test_what_stands_open_and_what_was_sent_is_taken_back(database: Database) -> None:
    share_id = await share(database, await publish(database))
    async with database.write(ONE) as work:
        look = await work.looks.at_one(share_id, LookKind.GOAL, at=NOW)
        assert look is not None
        await work.looks.shown_in([look], "V0OPEN")
        for kind, to, by in (
            (LetterKind.SHARE_ASK, OTHER, OWNER),
            (LetterKind.SHARE_ANSWER, OWNER, OTHER),
            (LetterKind.BRIEF, OTHER, OWNER),
        ):
            id_ = await work.letters.add(
                to_whom=to, by=by, kind=kind, subject=1, share_id=share_id, at=NOW
            )
            if kind is not LetterKind.BRIEF:
                assert await work.letters.begin(id_, at=NOW)
                assert await work.letters.sent(id_, f"D{to}", kind.value, [f"F{kind.value}"])
    async with database.write(ONE) as work:
        await work.shares.end(share_id, ShareEnd.REVOKED, at=NOW)
        unsent = await work.letters.get(id_)
    assert unsent is not None
    assert unsent.state is LetterState.RECALLED
    what = await taken_back(database)
    assert what.messages == ((f"D{OTHER}", "share_ask"),), "what the owner got is the owner's"
    assert what.files == ("Fshare_ask",)
    assert what.views == (("V0OPEN", "en"),)


async def test_what_is_due_is_found_in_every_tenant(database: Database) -> None:
    revision = await publish(database)
    asked = await share(database, revision, tenant=TWO, accepted=False)
    accepted = await share(database, revision)

    async def due(after: timedelta) -> dict[int, ShareDue]:
        found = await database.due_shares.due(now=NOW + after, most=10)
        return {each.share_id: each.what for each in found if each.what is not ShareDue.CHECK}

    assert await due(ANSWER_WITHIN - MINUTE) == {}
    assert await due(ANSWER_WITHIN) == {asked: ShareDue.LAPSE}
    async with database.write(TWO) as work:
        assert await work.shares.end(asked, ShareEnd.LAPSED, at=NOW + ANSWER_WITHIN)
    assert await due(RENEW_AFTER - MINUTE) == {}
    assert await due(RENEW_AFTER) == {accepted: ShareDue.ASK_AGAIN}
    assert await due(timedelta(days=-30)) == {accepted: ShareDue.ASK_AGAIN}, "a clock was wrong"
    async with database.write(ONE) as work:
        assert await work.shares.asked_again(accepted, at=NOW + RENEW_AFTER)
        assert not await work.shares.asked_again(accepted, at=NOW + RENEW_AFTER), "once"
    assert await due(RENEW_AFTER + MINUTE) == {}
    assert await due(RENEW_AFTER + ANSWER_WITHIN) == {accepted: ShareDue.LAPSE}
    async with database.write(ONE) as work:
        assert not await work.shares.renew(accepted, OTHER, at=NOW + RENEW_AFTER)
        assert await work.shares.renew(accepted, OWNER, at=NOW + RENEW_AFTER)
    assert await due(RENEW_AFTER + ANSWER_WITHIN) == {}
    every_day = await database.due_shares.due(now=NOW + RENEW_AFTER, most=10)
    (found,) = [each for each in every_day if each.what is ShareDue.CHECK]
    assert (found.tenant, found.owner, found.other) == (ONE, OWNER, OTHER)


async def test_after_a_restored_backup_nothing_is_shown_and_nothing_unsent_is_sent(
    database: Database,
) -> None:
    revision = await publish(database)
    first = await share(database, revision)
    await share(database, revision, tenant=TWO)
    async with database.write(ONE) as work:
        waiting = await work.letters.add(
            to_whom=OTHER,
            by=OWNER,
            kind=LetterKind.SHARE_ASK,
            subject=first,
            share_id=first,
            at=NOW,
        )
    assert (await database.restored(now=NOW)).shares == 2
    async with database.read(ONE) as work:
        assert await work.shares.with_whom(OTHER) == ()
        letter = await work.letters.get(waiting)
    assert letter is not None
    assert letter.state is LetterState.WITHHELD
    assert await errands(database, EffectKind.LETTER) == []
