"""A workspace that was kept anew when it joined an organisation is one again, with all it held."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.domain.catalogue.uploading import BegunUpload
from bot.domain.growth.goal import GoalState
from bot.domain.installs.audit import Act, ActKind, Actor
from bot.domain.nudges.cadence import Cadence, NudgeSettings
from bot.domain.nudges.decision import PlanStatus
from bot.domain.nudges.plan import NudgePlan
from bot.domain.tenancy import Member, Tenant
from bot.store.audit.models import audit
from bot.store.database import Database
from bot.store.growth.models import assessment, dated_action, evidence, goal
from bot.store.installs.joining import Joined
from bot.store.models import member, metadata, workspace
from tests.fakes.all_rows import all_rows
from tests.integration.store.holders import (
    NOW,
    ONE,
    TWO,
    add_evidence,
    fill,
    growth_of,
    held,
    join,
    publish,
    set_goal,
)

LATER = NOW + timedelta(days=1)
HELD = (assessment, evidence, goal, dated_action)


async def keep_as_before(database: Database, tenant: Tenant, *, team_id: str = "T1") -> None:
    """Keep a tenant's rows as versions before kept a workspace of an organisation."""
    async with all_rows(database._writer) as connection:
        await connection.execute(
            update(workspace)
            .where(workspace.c.team_id == tenant.team_id)
            .values(tenant_key=f"E1/{team_id}", team_id=team_id, enterprise_id="E1")
        )
        await connection.commit()


async def counts(database: Database) -> list[int]:
    async with all_rows(database._reader) as connection:
        return [
            await connection.scalar(select(func.count()).select_from(table)) or 0 for table in HELD
        ]


async def plan(database: Database, tenant: Tenant, cadence: Cadence) -> None:
    settings = NudgeSettings(cadence=cadence)
    async with held(database, tenant=tenant) as change:
        status = PlanStatus(NudgePlan(settings, "Europe/Berlin", last_day=NOW.date()))
        await change.work.plans.keep(change.owner, status)


async def test_nothing_is_split(database: Database) -> None:
    await join(database)
    assert await database.join_split(now=NOW) == ()


async def test_a_workspace_that_was_kept_under_its_organisation_alone(database: Database) -> None:
    await fill(database, "U1", await publish(database), tenant=TWO)
    before = await growth_of(database, tenant=TWO)
    await keep_as_before(database, TWO)
    assert await database.join_split(now=LATER) == (Joined("T1", 1, 0, 0, 0, ()),)
    assert await growth_of(database) == before
    assert await database.join_split(now=LATER) == ()


async def test_histories_of_the_same_person_become_one(database: Database) -> None:
    revision = await publish(database)
    await fill(database, "U1", revision)
    await fill(database, "U2", revision, tenant=TWO)
    await fill(database, "U1", revision, tenant=TWO)
    async with held(database, tenant=TWO, at=LATER) as change:
        await add_evidence(change, "V9", note="written in the organisation")
        await set_goal(change, revision, level="senior")
    kept, goals = await counts(database), (await growth_of(database, tenant=TWO)).active_goal
    await keep_as_before(database, TWO)

    assert await database.join_split(now=LATER) == (Joined("T1", 2, 1, 1, 0, ()),)

    assert await counts(database) == kept, "nothing is dropped"
    one = await growth_of(database)
    assert one.active_goal == goals, "the newest goal is the active one"
    assert len(one.evidence) == 5
    assert one.evidence[0].note == "written in the organisation"
    async with database.read(ONE) as work:
        assert len(await work.growth.history_of("U1")) == 4
        states = [each.state for each in await work.growth.goals_of("U1")]
    assert states.count(GoalState.ACTIVE) == 1
    assert states.count(GoalState.REACHED) == 2
    assert len((await growth_of(database, "U2")).evidence) == 2


@pytest.mark.parametrize("newer", [ONE, TWO])
async def test_of_what_both_know_the_newer_holds(database: Database, newer: Tenant) -> None:
    facts: dict[Tenant, dict[str, Any]] = {
        ONE: {"role_key": "sre", "level_key": "lead", "time_zone": "Asia/Tokyo"},
        TWO: {"role_key": None, "level_key": None, "time_zone": "Europe/Berlin", "language": "zh"},
    }
    for tenant, values in facts.items():
        await join(database, tenant=tenant)
        async with database.write(tenant) as work:
            at = LATER if tenant == newer else NOW
            await work.members.save(Member(tenant, "U1", **values), at=at)
    await plan(database, ONE, Cadence.DAILY)
    await plan(database, TWO, Cadence.MONTHLY)
    async with held(database, tenant=newer, at=LATER + timedelta(hours=1)):
        pass
    await keep_as_before(database, TWO)

    await database.join_split(now=LATER)

    async with database.read(ONE) as work:
        found = await work.members.get("U1")
        status = await work.plans.of("U1")
    assert found is not None
    assert found.time_zone == facts[newer]["time_zone"]
    known = (found.role_key, found.level_key, found.language)
    assert known == ("sre", "lead", "zh"), "what only one knows holds"
    assert status is not None
    cadence = Cadence.DAILY if newer == ONE else Cadence.MONTHLY
    assert status.plan.settings.cadence is cadence


@pytest.mark.parametrize("set_up", [ONE, TWO])
async def test_the_set_up_is_that_of_the_part_that_was_set_up(
    database: Database, set_up: Tenant
) -> None:
    """The other one came about by itself, with its first member."""
    await publish(database)
    for tenant in (ONE, TWO):
        await join(database, tenant=tenant)
    async with database.write(set_up) as work:
        await work.workspaces.use_catalogue("sample", at=NOW)
        await work.workspaces.grant_catalogue(["U1"], at=NOW)
    await keep_as_before(database, TWO)
    assert await database.join_split(now=LATER) == (Joined("T1", 2, 1, 0, 0, ()),)
    async with database.read(ONE) as work:
        assert await work.workspaces.catalogue_key() == "sample"
        assert await work.workspaces.catalogue_owners() == {"U1"}


async def test_owners_are_never_joined(database: Database) -> None:
    for tenant, owner in ((ONE, "U1"), (TWO, "U2")):
        await join(database, tenant=tenant)
        async with database.write(tenant) as work:
            at = LATER if tenant == TWO else NOW
            await work.workspaces.grant_catalogue([owner], at=at)
    await keep_as_before(database, TWO)
    (joined,) = await database.join_split(now=LATER)
    assert joined.set_aside == ("U1",)
    async with database.read(ONE) as work:
        assert await work.workspaces.catalogue_owners() == {"U2"}


async def test_other_processes_learn_of_it(database: Database) -> None:
    for tenant in (ONE, TWO):
        await join(database, tenant=tenant)
    mark = (await database.changes_since(None)).mark
    await keep_as_before(database, TWO)
    await database.join_split(now=LATER)
    changes = await database.changes_since(mark)
    assert changes.everything or (ONE, "U1") in changes.members
    async with all_rows(database._reader) as connection:
        assert await connection.scalar(select(func.count()).select_from(member)) == 1


@pytest.mark.parametrize("newer", [ONE, TWO])
async def test_of_two_uploads_of_an_owner_the_newer_stays(
    database: Database, newer: Tenant
) -> None:
    for tenant in (ONE, TWO):
        await join(database, tenant=tenant)
        at = LATER if tenant == newer else NOW
        async with database.write(tenant) as work:
            await work.uploads.begin(BegunUpload(0, "U1", f"F-{tenant.team_id}", "a.csv", at))
            if tenant == TWO:
                await work.uploads.begin(BegunUpload(0, "U2", "F-only", "b.csv", at))
    await keep_as_before(database, TWO)
    await database.join_split(now=LATER)
    async with database.read(ONE) as work:
        for who, file in (("U1", f"F-{newer.team_id}"), ("U2", "F-only")):
            kept = await work.uploads.of(who)
            assert kept is not None
            assert kept.file == file


# What is left of another part on purpose: who sends, and who owned a part that was not set up last.
LEFT = {"nudge_sender", "workspace_owner", "adoption", "adoption_month"}
# Moved with what they belong to, or with their member.
MOVED = {
    "unclear_text",
    "catalogue_draft",
    "catalogue_upload",
    "member",
    "nudge",
    "nudge_plan",
    "nudge_later",
    "share",
    "letter",
    "skill_offer",
    "helper",
    "skill_pair",
    "confirmation",
}


def test_no_table_of_workspaces_or_members_is_overlooked() -> None:
    """A new one must be moved in `bot.store.installs`, and named here then."""
    of_them = {
        table.name
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in {"workspace", "member"}
    }
    assert of_them == LEFT | MOVED | {table.name for table in HELD}


async def test_what_was_noted_is_joined_and_who_was_set_aside_is_noted(database: Database) -> None:
    old = Tenant("T9")
    for tenant, owner in ((old, "U1"), (ONE, "U2")):
        async with database.write(tenant) as work:
            await work.workspaces.grant_catalogue([owner], at=NOW)
            await work.audit.note(Act.by("U1", ActKind.CATALOGUE_USED, "a"), at=NOW)
    await keep_as_before(database, old)
    async with all_rows(database._writer) as connection:
        values = {"tenant_key": "E1/T1", "team_id": "T1", "enterprise_id": "E1"}
        await connection.execute(update(audit).where(audit.c.team_id == "T9").values(values))
        await connection.commit()
    (joined,) = await database.join_split(now=LATER)
    entries = [each async for each in database.audit.entries()]
    assert {each.tenant for each in entries} == {ONE}
    assert [each.act for each in entries[2:]] == [
        Act(ActKind.OWNER_WITHDRAWN, actor=Actor.NEXTRUNG, about=who) for who in joined.set_aside
    ]
    assert len(entries) == 3
    async with database.write(ONE) as work:
        await work.members.forget("U1", at=LATER)
    assert "U1" not in str([each async for each in database.audit.entries()][:2])
