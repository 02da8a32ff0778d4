"""People of a workspace that moved get other ids: all that is held of them follows, everywhere."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import String, Text

from bot.domain.catalogue.uploading import BegunUpload
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.installs.audit import Act, ActKind
from bot.domain.installs.moves import PAUSED_AT_MOST, Stage
from bot.domain.members.effects import EffectKind, Errand
from bot.domain.tenancy import Member, Tenant
from bot.store.database import Database
from bot.store.installs.exchanging import SLACK_IDS
from bot.store.models import metadata
from tests.integration.store.holders import (
    CELL,
    NOW,
    ONE,
    OTHER,
    TWO,
    fill,
    growth_of,
    held,
    join,
    publish,
    set_goal,
)
from tests.integration.store.members.test_store_forgetting import (
    draft_of,
    everything,
    orphans,
    traces,
)

LATER = NOW + timedelta(days=1)
OLD, NEW = "U0LOCAL", "W0GLOBAL"
COLLEAGUE = "U0COLLEAGUE"


async def exchange(database: Database, new_ids: Mapping[str, str]) -> None:
    """Let the workspace move, and give these people their new ids."""
    await database.moves.finish(ONE, told_at=LATER, now=LATER)
    await database.moves.list_people(ONE)
    asked = await database.moves.waiting(ONE, most=400)
    known = {each: new_ids.get(each, each) for each in asked}
    await database.moves.exchange(ONE, asked, known, now=LATER)
    await database.moves.end(ONE, Stage.DONE, now=LATER)


async def fill_everything(database: Database, who: str) -> int:
    """Let somebody stand wherever anybody can stand."""
    revision = await publish(database)
    await fill(database, who, revision)
    await database.effects.begin(Errand(ONE, EffectKind.MY_DATA, who), now=NOW)
    async with database.write(ONE) as work:
        await work.workspaces.grant_catalogue([who, COLLEAGUE], at=NOW)
        await work.uploads.begin(BegunUpload(0, who, "F1", "a.csv", NOW))
        for author, reviewer in ((who, COLLEAGUE), (COLLEAGUE, who)):
            await work.drafts.add(draft_of(author, reviewer, "a note"), "{}", at=NOW)
        await work.audit.note(Act.by(who, ActKind.POLICY_CHANGED), at=NOW)
        await work.audit.note(Act.by(COLLEAGUE, ActKind.OWNER_GRANTED, about=who), at=NOW)
    return revision


async def test_no_table_names_anybody_by_an_old_id(database: Database) -> None:
    await fill_everything(database, OLD)
    before = await growth_of(database, OLD)
    stood = set(await traces(database, OLD)) - {"change"}
    counts = {name: len(rows) for name, rows in (await everything(database)).items()}

    await exchange(database, {OLD: NEW})

    assert set(await traces(database, OLD)) - {"change"} == set()
    assert stood <= set(await traces(database, NEW))
    after = {name: len(rows) for name, rows in (await everything(database)).items()}
    grown = {"change", "audit", "grid_move"}
    assert {name for name in counts if after[name] != counts[name]} <= grown, "nothing is dropped"
    assert (await growth_of(database, NEW)).evidence == before.evidence
    assert await orphans(database) == {}


# A word of a column's name by which it may name a person.
PERSON = re.compile(r"slack|author|reviewer|about|owner|actor|person|user|installer|who|by$")
# Columns that look so, and hold no id of a workspace's people that lasts.
OTHERWISE = {
    "change.slack_id": "who was changed lately, for caches; gone within the hour",
    "grid_move_id.slack_id": "of whom Slack is to be asked; gone when the move is over",
    "revision.author": "a name as it was then, for people to read",
    "audit.actor": "which kind of actor",
    "installation.bot_user_id": "the bot itself, as each new installation tells",
    "installation.refreshed_by": "a process",
    "resource.owner_id": "a part of a catalogue",
    "translation.owner_id": "a part of a catalogue",
}


def test_no_column_that_holds_an_id_is_overlooked() -> None:
    """A new one must be exchanged in `bot.store.installs.exchanging`, or be explained here."""
    found = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if PERSON.search(column.name)
        and isinstance(getattr(column.type, "impl_instance", column.type), String | Text)
    }
    exchanged = {f"{each.table.name}.{each.name}" for each in SLACK_IDS}
    assert found - set(OTHERWISE) == exchanged


async def test_who_came_back_under_the_new_id_is_one_person(database: Database) -> None:
    """The pause ended by itself, say: then Slack already spoke of them by the new id."""
    revision = await publish(database)
    await fill(database, OLD, revision)
    await join(database, NEW)
    async with held(database, NEW, at=LATER) as change:
        await change.work.assessments.append(
            change.owner,
            [Assessment(OTHER, Status.MET, LATER), Assessment(CELL, Status.NOT_YET, LATER)],
        )
        await set_goal(change, revision, level="lead")
    async with database.write(ONE) as work:
        known = Member(ONE, OLD, role_key="sre", level_key="lead", language="zh")
        await work.members.save(known, at=NOW)

    await exchange(database, {OLD: NEW})

    async with database.read(ONE) as work:
        assert await work.members.get(OLD) is None
        found = await work.members.get(NEW)
        history = await work.growth.history_of(NEW)
    assert found is not None
    assert (found.role_key, found.language) == ("sre", "zh"), "what only one row knew holds"
    assert [each.status for each in history][-2:] == [Status.MET, Status.NOT_YET]
    assert len(history) == 4
    move = await database.moves.of(ONE)
    assert move is not None
    assert (move.mapped, move.people, move.unknown) == (1, 1, 0)


async def test_several_old_ids_may_be_one_person(database: Database) -> None:
    revision = await publish(database)
    olds = ["U0FIRST", "U0SECOND", "U0THIRD"]
    for each in olds:
        await fill(database, each, revision)
    async with database.write(ONE) as work:
        await work.workspaces.grant_catalogue(olds, at=NOW)
        for number, each in enumerate(olds):
            at = NOW + timedelta(minutes=number)
            await work.uploads.begin(BegunUpload(0, each, f"F{number}", "a.csv", at))
    await exchange(database, dict.fromkeys(olds, NEW))
    one = await growth_of(database, NEW)
    assert len(one.evidence) == 6, "also those of the same token"
    async with database.read(ONE) as work:
        assert len(await work.growth.history_of(NEW)) == 6
        assert await work.workspaces.catalogue_owners() == {NEW}
        upload = await work.uploads.of(NEW)
    assert upload is not None
    assert upload.file == "F2"
    assert await orphans(database) == {}


async def test_who_slack_does_not_know_keeps_the_old_id(database: Database) -> None:
    await join(database, OLD, COLLEAGUE)
    await database.moves.finish(ONE, told_at=LATER, now=LATER)
    await database.moves.list_people(ONE)
    asked = await database.moves.waiting(ONE, most=400)
    assert asked == [COLLEAGUE, OLD]
    for _ in range(2):  # the answer that was lost is asked for again
        await database.moves.exchange(ONE, asked, {OLD: NEW}, now=LATER)
    assert await database.moves.waiting(ONE, most=400) == []
    async with database.read(ONE) as work:
        assert await work.members.get(COLLEAGUE) is not None
    move = await database.moves.of(ONE)
    assert move is not None
    assert (move.mapped, move.unknown) == (1, 1)
    assert move.notable


async def test_the_same_ids_elsewhere_are_somebody_else(database: Database) -> None:
    revision = await publish(database)
    for tenant in (ONE, TWO):
        await fill(database, OLD, revision, tenant=tenant)
    before = await growth_of(database, OLD, tenant=TWO)
    await exchange(database, {OLD: NEW})
    assert await growth_of(database, OLD, tenant=TWO) == before


async def test_whoever_is_forgotten_meanwhile_is_on_no_list(database: Database) -> None:
    await join(database, OLD, COLLEAGUE)
    await database.moves.finish(ONE, told_at=LATER, now=LATER)
    await database.moves.list_people(ONE)
    async with database.write(ONE) as work:
        await work.members.forget(OLD, at=LATER)
    assert await traces(database, OLD) == []
    assert await database.moves.waiting(ONE, most=9) == [COLLEAGUE]
    await database.forget_workspace(ONE, now=lambda: LATER)
    assert await traces(database, COLLEAGUE) == []
    assert await database.moves.of(ONE) is None


@pytest.mark.parametrize("minutes", [0, 5])
async def test_what_slack_tells_late_or_twice_changes_nothing(
    database: Database, minutes: int
) -> None:
    """Slack repeats an event for hours; it says each time when it was so."""
    moves, moved = database.moves, NOW + timedelta(hours=3)
    assert await moves.begin(ONE, told_at=NOW, now=NOW)
    assert not await moves.begin(ONE, told_at=NOW, now=NOW)
    assert await moves.finish(ONE, told_at=moved, now=moved)
    late = moved + timedelta(minutes=minutes)
    assert not await moves.begin(ONE, told_at=NOW, now=late)
    assert not await moves.finish(ONE, told_at=moved, now=late)
    await moves.end(ONE, Stage.DONE, now=late)
    assert not await moves.finish(ONE, told_at=moved, now=late)
    assert not await moves.begin(ONE, told_at=NOW, now=late)
    assert (await moves.standing()).moves == ()
    assert await moves.begin(ONE, told_at=late + timedelta(days=9), now=late + timedelta(days=9))


async def test_a_pause_ends_by_itself_whatever_the_clock_wrote(database: Database) -> None:
    wrong = NOW + timedelta(days=9000)
    await database.moves.begin(ONE, told_at=NOW, now=wrong)
    (move,) = (await database.moves.standing()).moves
    assert move.pauses(wrong)
    assert not move.pauses(wrong + PAUSED_AT_MOST)
    assert not move.pauses(NOW), "a clock that was wrong pauses nothing for years"


async def test_a_pause_and_a_refusal_are_told_to_all_processes(database: Database) -> None:
    """They ask for what stands when something of an installation changed, not each second."""
    grid = Tenant(None, "E1")
    mark = (await database.changes_since(None)).mark

    async def told() -> set[Tenant]:
        nonlocal mark
        found = await database.changes_since(mark)
        mark = found.mark
        return set(found.installs or ())

    assert await database.moves.begin(ONE, told_at=NOW, now=NOW)
    assert await told() == {ONE}
    assert not await database.moves.begin(ONE, told_at=NOW, now=NOW)
    assert await told() == set()
    assert await database.moves.finish(ONE, told_at=NOW + timedelta(hours=1), now=NOW)
    assert await told() == {ONE}
    await database.moves.end(ONE, Stage.DONE, now=LATER)
    assert await told() == {ONE}
    await database.moves.enter(ONE, "E1", now=LATER)
    assert await told() == {ONE}

    organisations = database.organisations
    await organisations.told(grid, {"T1": "Bakery"}, [], now=NOW)
    assert await told() == {grid}
    await organisations.told(grid, {"T1": "Bakery"}, [], now=LATER)
    assert await told() == set()
    await organisations.told(grid, {}, ["T1"], now=LATER)
    assert await told() == {grid}
    assert (await database.moves.standing()).refused == {("E1", "T1")}
