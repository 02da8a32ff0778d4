"""Offers and pairs in the store: joined with their people, gone with them, heard of everywhere."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.teams.helping.pairs import Hand, PairState, Proposal
from bot.domain.tenancy import Tenant
from bot.store.copies.work import back_up, restore
from bot.store.database import Database
from tests.integration.store.copies.contents import rows_in
from tests.integration.store.holders import NOW, ONE, TWO, growth_of, join
from tests.integration.store.installs.test_store_joining import keep_as_before

LATER = NOW + timedelta(days=1)


async def offers(database: Database, slack_id: str, side: HelpSide, tenant: Tenant = ONE) -> None:
    await join(database, slack_id, tenant=tenant)
    async with database.write(tenant) as work:
        owner = await work.members.hold(slack_id, at=NOW)
        assert owner is not None
        await work.offers.put(owner, "kubernetes", side, at=NOW)


async def paired(database: Database, tenant: Tenant = ONE) -> int | None:
    async with database.write(tenant) as work:
        meeting = await work.pairs.meeting(now=NOW)
        hands: dict[HelpSide, Hand] = {each.side: each for each in meeting.hands}
        proposal = Proposal("kubernetes", hands[HelpSide.HELP], hands[HelpSide.LEARN])
        return await work.pairs.propose(proposal, at=NOW)


async def test_what_two_rows_of_a_person_offer_becomes_one(database: Database) -> None:
    for tenant in (ONE, TWO):
        await offers(database, "U1", HelpSide.HELP, tenant)
        await offers(database, "U2", HelpSide.LEARN, tenant)
        assert await paired(database, tenant) is not None
    async with database.write(TWO) as work:
        await work.offers.account_is("U1", "guest", at=LATER)
    await keep_as_before(database, TWO)
    await database.join_split(now=LATER)

    assert [each.skill for each in (await growth_of(database, "U1")).offers] == ["kubernetes"]
    async with database.read(ONE) as work:
        assert len(await work.pairs.kept_of("U1")) == 1
        account = await work.offers.account_of("U1")
        assert account is not None
        assert account.barred == "guest", "what Slack said last"
        assert await work.offers.helpers(now=LATER) == {}


async def test_every_process_hears_of_offers_and_of_nothing_else_so(database: Database) -> None:
    mark = (await database.changes_since(None)).mark
    await offers(database, "U1", HelpSide.HELP)
    changes = await database.changes_since(mark)
    assert changes.offers == (ONE,)
    assert changes.members == ((ONE, "U1"),)
    async with database.write(ONE) as work:
        assert await work.members.hold("U1", at=NOW) is not None
    assert (await database.changes_since(changes.mark)).offers == ()


async def test_a_pair_is_kept_once_and_each_is_asked_rarely(database: Database) -> None:
    await offers(database, "U1", HelpSide.HELP)
    await offers(database, "U2", HelpSide.LEARN)
    pair = await paired(database)
    assert pair is not None
    assert await paired(database) is None
    async with database.write(ONE) as work:
        said = await work.pairs.answer("U1", pair, yes=True)
        assert said is not None
        assert said.state is PairState.PROPOSED
        again = await work.pairs.answer("U1", pair, yes=False)
        assert again is not None
        assert again.said, "the first answer stands"
        assert await work.pairs.answer("U3", pair, yes=True) is None
    async with database.write(TWO) as work:
        assert await work.pairs.answer("U2", pair, yes=True) is None
        assert await work.pairs.of("U1", pair) is None


@pytest.mark.parametrize("who", ["U1", "U2"])
async def test_forgetting_one_leaves_nothing_of_the_pair(database: Database, who: str) -> None:
    await offers(database, "U1", HelpSide.HELP)
    await offers(database, "U2", HelpSide.LEARN)
    await paired(database)
    async with database.write(ONE) as work:
        gone = await work.members.forget(who, at=LATER)
        assert gone.offers == 1
    async with database.read(ONE) as work:
        for each in ("U1", "U2"):
            assert await work.pairs.kept_of(each) == ()


async def test_who_has_left_meanwhile_is_not_named_to_the_other(database: Database) -> None:
    await offers(database, "U1", HelpSide.HELP)
    await offers(database, "U2", HelpSide.LEARN)
    pair = await paired(database)
    assert pair is not None
    async with database.write(ONE) as work:
        await work.pairs.answer("U1", pair, yes=True)
        await work.offers.account_is("U1", "deactivated", at=LATER)
        found = await work.pairs.answer("U2", pair, yes=True)
        assert found is not None
        assert not found.introduced


async def test_a_proposal_lapses_and_its_letter_says_nothing(database: Database) -> None:
    await offers(database, "U1", HelpSide.HELP)
    await offers(database, "U2", HelpSide.LEARN)
    pair = await paired(database)
    assert pair is not None
    async with database.write(ONE) as work:
        await work.pairs.lapse(now=NOW + timedelta(days=15))
        found = await work.pairs.of("U1", pair)
        assert found is not None
        assert found.state is PairState.LAPSED


@pytest.mark.parametrize("side", HelpSide)
async def test_what_is_taken_back_meanwhile_is_not_proposed(
    database: Database, side: HelpSide
) -> None:
    await offers(database, "U1", HelpSide.HELP)
    await offers(database, "U2", HelpSide.LEARN)
    async with database.write(ONE) as work:
        meeting = await work.pairs.meeting(now=NOW)
    hands: dict[HelpSide, Hand] = {each.side: each for each in meeting.hands}
    async with database.write(ONE) as work:
        owner = await work.members.hold(hands[side].slack_id, at=NOW)
        assert owner is not None
        await work.offers.take_back(owner, frozenset({"kubernetes"}), side)
    async with database.write(ONE) as work:
        proposal = Proposal("kubernetes", hands[HelpSide.HELP], hands[HelpSide.LEARN])
        assert await work.pairs.propose(proposal, at=NOW) is None


async def test_what_a_backup_offers_is_taken_back(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await offers(database, "U1", HelpSide.HELP)
    await offers(database, "U2", HelpSide.LEARN)
    assert await paired(database) is not None
    await back_up(database_url, tmp_path / "backup.zip", now=NOW)
    await restore(database_url, tmp_path / "backup.zip", now=LATER, replace=True)
    rows = await rows_in(database_url)
    assert not rows.get("skill_offer")
    assert [each["state"] for each in rows["skill_pair"]] == [PairState.LAPSED.value]
