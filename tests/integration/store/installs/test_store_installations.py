"""Installations: the newest holds, tokens are encrypted, and every process hears of a change."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.installs.audit import ActKind
from bot.domain.installs.installation import Installation, Installed, Trouble
from bot.domain.members.effects import EffectKind, Errand
from bot.domain.tenancy import Tenant
from bot.store.database import Database
from bot.store.engine import transaction
from bot.store.errors import WrongTenant
from bot.store.isolation.reach import Across
from bot.store.models import workspace
from bot.store.tokens import installed
from bot.store.tokens.keys import (
    NoTokenKeys,
    TokenKeyMissing,
    TokenKeys,
    Tokens,
    new_token_key,
)
from bot.store.tokens.models import installation
from tests.fakes.all_rows import all_rows, all_rows_changed
from tests.integration.store.holders import NOW, ONE, TWO, join

KEY = new_token_key()
KEYS = TokenKeys([KEY])
MINUTE = timedelta(minutes=1)
GRID = Tenant(None, "E1")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, token_keys=KEYS)
    yield database
    await database.dispose()


def made(tenant: Tenant = ONE, *, at: datetime = NOW, **facts: Any) -> Installation:
    given: dict[str, Any] = {
        "team_id": tenant.team_id,
        "enterprise_id": tenant.enterprise_id,
        "org_wide": tenant.team_id is None,
        "name": "Example",
        "bot_id": "B1",
        "bot_user_id": "U0BOT",
        "scopes": ("commands", "chat:write"),
        "installer": "U0ASHA",
        "token": "xoxb-first",
    }
    return Installation(tenant=tenant, installed_at=at, **given | facts)


def across(database: Database) -> AbstractAsyncContextManager[AsyncConnection]:
    """Reach the rows of all tenants, as the operator does."""
    return transaction(database._writer, timeout_ms=5000, reach=Across.OPERATING)


async def install(database: Database, given: Installation, *, at: datetime = NOW) -> Installed:
    async with database.write(given.tenant) as work:
        return await work.installations.install(given, at=at)


async def kept(database: Database, tenant: Tenant = ONE) -> Installation | None:
    async with database.read(tenant) as work:
        return await work.installations.get()


async def acts(database: Database) -> list[ActKind]:
    return [each.act.kind async for each in database.audit.entries()]


@pytest.mark.parametrize("tenant", [ONE, GRID])
async def test_what_is_installed_comes_back(store: Database, tenant: Tenant) -> None:
    given = made(
        tenant, enterprise_id="E1", refresh_token="xoxe-1", expires_at=NOW + 12 * 60 * MINUTE
    )
    assert await install(store, given) == Installed(new=True)
    assert await kept(store, tenant) == given
    [found] = await store.installations.find([tenant, TWO])
    assert found.installation == given
    assert await kept(store, TWO) is None
    assert await acts(store) == [ActKind.APP_INSTALLED]


async def test_a_team_beside_an_organisation_makes_no_other_tenant(store: Database) -> None:
    given = made(GRID, team_id="T7")
    await install(store, given)
    assert await kept(store, GRID) == given
    [known] = await store.installations.all()
    assert (known.tenant, known.team_id) == (GRID, "T7")


async def test_nobody_installs_in_another_name(store: Database) -> None:
    for wrong in (made(TWO, team_id="T1"), made(ONE, org_wide=True, enterprise_id="E1")):
        with pytest.raises(WrongTenant):
            await install(store, wrong)
    async with store.write(TWO) as work:
        with pytest.raises(WrongTenant):
            await work.installations.install(made(ONE), at=NOW)


async def test_no_text_and_no_row_shows_a_token(store: Database) -> None:
    given = made(token="xoxb-hush", refresh_token="xoxe-hush")
    assert "hush" not in repr(given)
    await install(store, given)
    async with all_rows(store._reader) as connection:
        row = (await connection.execute(text("SELECT * FROM installation"))).one()
    assert b"hush" not in bytes(row.sealed)
    assert "hush" not in str(row)


@pytest.mark.parametrize(
    ("apart", "holds"),
    [(-2 * MINUTE, "first"), (-MINUTE, "second"), (timedelta(), "second"), (MINUTE, "second")],
)
async def test_the_newest_holds_whichever_comes_last(
    store: Database, apart: timedelta, holds: str
) -> None:
    await install(store, made(token="first"))
    done = await install(store, made(token="second", at=NOW + apart, scopes=("commands", "extra")))
    found = await kept(store)
    assert found is not None
    assert found.token == holds
    lost = Installed(new=False, late=True)
    won = Installed(new=False, scopes_gained=("extra",), scopes_lost=("chat:write",))
    assert done == (lost if holds == "first" else won)


async def test_an_installation_from_before_the_removal_does_not_come_back(store: Database) -> None:
    await install(store, made())
    async with store.write(ONE) as work:
        assert await work.installations.remove(at=NOW + 5 * MINUTE) == NOW + 5 * MINUTE
    assert (await install(store, made(at=NOW + MINUTE), at=NOW + 6 * MINUTE)).late
    assert await kept(store) is None
    assert await install(store, made(at=NOW + 6 * MINUTE)) == Installed(new=True, back=True)
    assert await kept(store) is not None


async def test_a_new_installation_calls_a_waiting_removal_off(store: Database) -> None:
    for tenant in (ONE, TWO):
        await join(store, tenant=tenant)
        await store.effects.begin(Errand(tenant, EffectKind.FORGET_WORKSPACE), now=NOW)
    await store.effects.begin(Errand(ONE, EffectKind.MY_DATA, "U1"), now=NOW)
    await install(store, made())
    left = await store.effects.take(now=NOW + timedelta(days=1), most=9)
    assert {(each.errand.tenant, each.errand.kind) for each in left} == {
        (TWO, EffectKind.FORGET_WORKSPACE),
        (ONE, EffectKind.MY_DATA),
    }


async def test_an_installation_amid_a_removal_keeps_who_is_left(store: Database) -> None:
    await join(store, *(f"U{number}" for number in range(6)))
    async with store.write(ONE) as work:
        await work.installations.remove(at=NOW)
        assert (await work.workspaces.forget_some(5, at=NOW)).members == 5
    await install(store, made(at=NOW + MINUTE))
    assert (await store.forget_workspace(ONE, now=lambda: NOW)).members == 0
    async with store.read(ONE) as work:
        assert await work.members.get("U5") is not None


async def test_a_removed_workspace_is_forgotten_with_its_installation(store: Database) -> None:
    await join(store)
    for tenant in (ONE, TWO):
        await install(store, made(tenant))
    async with store.write(ONE) as work:
        await work.installations.remove(at=NOW)
    assert (await store.forget_workspace(ONE, now=lambda: NOW)).members == 1
    assert [each.tenant for each in await store.installations.all()] == [TWO]


async def test_tokens_go_at_once_and_only_those_that_are_meant(store: Database) -> None:
    await install(store, made())
    async with store.write(ONE) as work:
        assert not await work.installations.revoke("xoxb-older", "token_revoked", at=NOW)
        assert await work.installations.revoke("xoxb-first", "token_revoked", at=NOW)
        assert not await work.installations.revoke("xoxb-first", "token_revoked", at=NOW)
    assert await kept(store) is None
    [known] = await store.installations.all()
    assert (known.key_id, known.trouble) == (None, Trouble("token_revoked", NOW))
    assert known.removed_at is None
    assert await acts(store) == [ActKind.APP_INSTALLED, ActKind.TOKENS_DELETED]


async def test_being_told_again_starts_nothing_anew(store: Database) -> None:
    async with store.write(ONE) as work:
        assert await work.installations.remove(at=NOW) is None  # nothing is held of it
    await join(store)
    for minutes in range(3):
        async with store.write(ONE) as work:
            assert await work.installations.remove(at=NOW + minutes * MINUTE) == NOW
    assert await acts(store) == [ActKind.APP_REMOVED]
    async with store.write(ONE) as work:
        assert await work.installations.is_there()  # a token of the settings works again
        assert await work.installations.remove(at=NOW + 9 * MINUTE) == NOW + 9 * MINUTE


async def test_a_token_that_is_of_no_use_is_marked_and_kept(store: Database) -> None:
    await install(store, made())
    trouble = Trouble("account_inactive", NOW)
    async with store.write(ONE) as work:
        assert not await work.installations.mark("xoxb-older", trouble)
        assert await work.installations.mark("xoxb-first", trouble)
        assert not await work.installations.mark(
            "xoxb-first", Trouble("account_inactive", NOW + MINUTE)
        )
    found = await kept(store)
    assert found is not None
    assert found.trouble == trouble
    async with store.write(ONE) as work:
        assert await work.installations.mark("xoxb-first", None)
    assert await kept(store) == made()


async def test_each_change_is_told_to_the_caches_of_all_processes(store: Database) -> None:
    await join(store)
    mark = (await store.changes_since(None)).mark
    await install(store, made())
    await install(store, made(GRID))
    told = await store.changes_since(mark)
    assert set(told.installs or ()) == {ONE, GRID}
    assert (told.members, told.everything) == ((), False)
    async with store.write(ONE) as work:
        await work.installations.remove(at=NOW)
        await work.members.forget("U1", at=NOW)
    told = await store.changes_since(told.mark)
    assert (told.installs, told.everything) == ((ONE,), True)
    assert (await store.changes_since(told.mark)).installs == ()
    assert (await store.changes_since(None)).installs is None


async def test_another_key_or_none_opens_nothing(database_url: str, store: Database) -> None:
    await install(store, made())
    for keys, error in (
        (TokenKeys([new_token_key()]), TokenKeyMissing),
        (TokenKeys(), NoTokenKeys),
    ):
        other = Database(database_url, token_keys=keys)
        [found] = await other.installations.find([ONE])
        assert (found.installation, type(found.why)) == (None, error)
        with pytest.raises(error):
            await kept(other)
        assert await other.installations.unopened() == {KEYS.ids[0]: 1}
        await other.dispose()
    assert await store.installations.unopened() == {}


async def test_nothing_is_kept_without_a_key(database: Database) -> None:
    with pytest.raises(NoTokenKeys):
        await install(database, made())
    async with all_rows(database._reader) as connection:
        assert await connection.scalar(select(func.count()).select_from(workspace)) == 0


async def test_a_swapped_row_opens_for_nobody(store: Database) -> None:
    for tenant in (ONE, TWO):
        await install(store, made(tenant))
    async with all_rows_changed(store._writer) as connection:
        first = select(installation.c.sealed).where(installation.c.team_id == "T1")
        await connection.execute(update(installation).values(sealed=first.scalar_subquery()))
    with pytest.raises(TokenKeyMissing):
        await kept(store, TWO)
    assert await kept(store) is not None
    assert await store.installations.unopened() == {KEYS.ids[0]: 1}


@pytest.mark.parametrize("broken_off", [False, True])
async def test_older_keys_are_replaced_step_by_step(
    database_url: str, store: Database, broken_off: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "_BATCH", 2)
    tenants = [Tenant(f"T{number}") for number in range(1, 6)]
    for tenant in tenants:
        await install(store, made(tenant))
    newest, lost = new_token_key(), TokenKeys([new_token_key()])
    async with across(store) as connection:
        row = lost.seal("/T3", Tokens("xoxb-lost"))
        third = update(installation).where(installation.c.team_id == "T3")
        changed = await connection.execute(third.values(sealed=row.content, key_id=row.key_id))
        assert changed.rowcount == 1
    both = Database(database_url, token_keys=TokenKeys([newest, KEY]))
    step = await both.installations.reencrypt_some(after=0)
    assert (step.done, step.last is not None) == (2, True)
    await install(both, made(Tenant("T9")))  # meanwhile
    done, left, last = step.done, step.left, 0 if broken_off else step.last
    while last is not None:
        step = await both.installations.reencrypt_some(after=last)
        done, left, last = done + step.done, left + step.left, step.last
    assert (done, left) == (4, {lost.ids[0]: 1})
    await both.dispose()
    only = Database(database_url, token_keys=TokenKeys([newest]))
    for tenant in tenants:
        if tenant.team_id != "T3":
            assert await kept(only, tenant) == made(tenant)
    assert await only.installations.unopened() == {lost.ids[0]: 1}
    await only.dispose()


async def test_who_installed_is_forgotten_on_their_word(store: Database) -> None:
    await join(store, "U0ASHA")
    await install(store, made())
    async with store.write(ONE) as work:
        await work.members.forget("U0ASHA", at=NOW)
    assert await kept(store) == made(installer=None)
