"""Uploads on their way: one for each owner, by tenant, and let go when nobody goes on with them."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.catalogue.uploading import BegunUpload, Found, UploadStep
from bot.domain.tenancy import Tenant
from bot.store.database import Database

ONE, TWO = Tenant("T0ONE"), Tenant("T0TWO")
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ASHA = "U0ASHA"


async def begin(database: Database, tenant: Tenant = ONE, file: str = "F1") -> BegunUpload:
    made = BegunUpload(0, ASHA, file, "framework.csv", NOW, name="Bakery", note="ours")
    async with database.write(tenant) as work:
        await work.workspaces.ensure(at=NOW)
        return await work.uploads.begin(made)


async def of(database: Database, tenant: Tenant = ONE) -> BegunUpload | None:
    async with database.read(tenant) as work:
        return await work.uploads.of(ASHA)


async def test_what_is_kept_comes_back(database: Database) -> None:
    made = await begin(database)
    found = Found(questions=2, skills=42)
    async with database.write(ONE) as work:
        assert await work.uploads.answer(made.id, ASHA, {"axis": "roles"}, at=NOW)
        assert await work.uploads.tell(
            made.id, ASHA, UploadStep.ASKING, found, told_at=("D1", "1.2"), at=NOW
        )
    kept = replace(
        made, answers={"axis": "roles"}, step=UploadStep.ASKING, found=found, channel="D1", ts="1.2"
    )
    assert await of(database) == kept


async def test_another_tenant_and_another_member_reach_nothing(database: Database) -> None:
    made = await begin(database)
    async with database.write(TWO) as work:
        await work.workspaces.ensure(at=NOW)
        assert await work.uploads.of(ASHA) is None
        assert not await work.uploads.drop(made.id, ASHA)
        assert not await work.uploads.answer(made.id, ASHA, {}, at=NOW)
    async with database.write(ONE) as work:
        assert not await work.uploads.drop(made.id, "U0OTHER")
    assert await of(database) == made


async def test_two_forms_at_the_same_moment_leave_one_upload(database: Database) -> None:
    made = await asyncio.gather(*(begin(database, file=f"F{number}") for number in range(4)))
    kept = await of(database)
    assert kept in made
    assert len({each.id for each in made}) == 4, "an id is never given twice"


async def test_what_nobody_goes_on_with_is_let_go(database: Database) -> None:
    await begin(database)
    await begin(database, TWO)
    assert await database.old_uploads.drop(before=NOW) == 0
    assert await database.old_uploads.drop(before=NOW + timedelta(seconds=1)) == 2
    assert await of(database) is None
