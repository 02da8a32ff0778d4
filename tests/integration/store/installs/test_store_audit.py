"""What admins and operators did: noted with the act, kept for a while, without the forgotten."""

from datetime import timedelta

import pytest

from bot.domain.installs.audit import Act, ActKind, Actor, AuditEntry
from bot.domain.tenancy import Tenant
from bot.store.audit import acts as store
from bot.store.database import Database
from tests.integration.store.holders import NOW, ONE, TWO

ASHA, CHEN = "U0ASHA", "U0CHEN"
GRANTED = Act.by(ASHA, ActKind.OWNER_GRANTED, about=CHEN)
USED = Act(ActKind.CATALOGUE_USED, "company")


async def note(database: Database, *acts: Act, tenant: Tenant = ONE, days: int = 0) -> None:
    async with database.write(tenant) as work:
        await work.audit.note(*acts, at=NOW + timedelta(days=days))


async def noted(
    database: Database, workspace: str | None = None, days: int | None = None
) -> list[AuditEntry]:
    since = None if days is None else NOW + timedelta(days=days)
    return [each async for each in database.audit.entries(workspace=workspace, since=since)]


async def acts(database: Database, workspace: str | None = None) -> list[Act]:
    return [each.act for each in await noted(database, workspace)]


async def test_who_what_and_when_come_back(database: Database) -> None:
    await note(database, GRANTED, USED)
    first, second = await noted(database)
    assert (first.at, first.tenant, first.act) == (NOW, ONE, GRANTED)
    assert second.act == Act(ActKind.CATALOGUE_USED, "company", Actor.OPERATOR, None, None)
    assert first.id < second.id


async def test_nothing_is_noted_of_what_was_not_done(database: Database) -> None:
    async def broken_off() -> None:
        async with database.write(ONE) as work:
            await work.audit.note(GRANTED, at=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await broken_off()
    assert await noted(database) == []


async def test_workspaces_organisations_and_days_are_told_apart(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_BATCH", 2)
    grid = Tenant(None, "E0GRID")
    for days in range(5):
        await note(database, GRANTED, days=days)
    await note(database, USED, tenant=TWO, days=5)
    await note(database, USED, tenant=grid, days=6)
    assert len(await noted(database)) == 7
    assert [each.at for each in await noted(database)] == sorted(
        each.at for each in await noted(database)
    )
    assert len(await noted(database, ONE.team_id)) == 5
    assert [each.tenant for each in await noted(database, "E0GRID")] == [grid]
    assert await noted(database, "T0NOBODY") == []
    assert len(await noted(database, days=3)) == 4
    assert len(await noted(database, ONE.team_id, days=3)) == 2


async def test_what_was_kept_long_enough_goes(database: Database) -> None:
    for days in (0, 1, 2):
        await note(database, USED, days=days)
    assert await database.audit.prune(NOW + timedelta(days=1)) == 1
    assert await database.audit.prune(NOW + timedelta(days=1)) == 0
    assert [each.at for each in await noted(database)] == [
        NOW + timedelta(days=1),
        NOW + timedelta(days=2),
    ]


async def test_whoever_is_forgotten_is_left_out_and_their_acts_stay(database: Database) -> None:
    back = Act.by(CHEN, ActKind.OWNER_WITHDRAWN, about=ASHA)
    await note(database, GRANTED, back, USED)
    await note(database, GRANTED, tenant=TWO)
    async with database.write(ONE) as work:
        await work.members.forget(ASHA, at=NOW)
    assert await acts(database, ONE.team_id) == [
        Act(ActKind.OWNER_GRANTED, "", Actor.MEMBER, None, CHEN),
        Act(ActKind.OWNER_WITHDRAWN, "", Actor.MEMBER, CHEN, None),
        USED,
    ]
    assert await acts(database, TWO.team_id) == [GRANTED]


async def test_a_member_takes_along_what_they_did_and_had_done_to_them(database: Database) -> None:
    back = Act.by(CHEN, ActKind.OWNER_WITHDRAWN, about=ASHA)
    await note(database, GRANTED, back, USED)
    await note(database, GRANTED, tenant=TWO)
    async with database.read(ONE) as work:
        assert [each.act for each in await work.audit.of(ASHA)] == [GRANTED, back]
        assert await work.audit.of("U0NOBODY") == ()


async def test_of_a_forgotten_workspace_that_alone_is_left(database: Database) -> None:
    async with database.write(ONE) as work:
        await work.workspaces.ensure(at=NOW)
    await note(database, GRANTED, USED)
    await note(database, USED, tenant=TWO)
    for _ in range(2):
        await database.forget_workspace(ONE, now=lambda: NOW)
    forgotten = Act(ActKind.WORKSPACE_FORGOTTEN, actor=Actor.NEXTRUNG)
    assert await acts(database, ONE.team_id) == [forgotten]
    assert await acts(database, TWO.team_id) == [USED]


async def test_a_long_detail_is_cut_rather_than_the_act_refused(database: Database) -> None:
    await note(database, Act(ActKind.POLICY_CHANGED, "x" * 1_000))
    (only,) = await acts(database)
    assert only.detail == "x" * 255
