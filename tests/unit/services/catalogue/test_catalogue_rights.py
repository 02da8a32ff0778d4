"""Who owns a workspace's catalogue: named, granted, or an admin as Slack tells it."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import cast

import pytest

from bot.domain.catalogue.publication import NotCatalogueOwner
from bot.domain.catalogue.workspace_catalogue import NotWorkspaceAdmin, own_key
from bot.domain.installs.audit import Act
from bot.domain.tenancy import Member, Tenant
from bot.services.catalogue.rights import CatalogueRights
from bot.services.ports import Profile
from bot.store.database import Database
from tests.fakes.clock import FrozenClock

ASHA = Member(Tenant("T1"), "U0ASHA")
ORDINARY = Profile("en-US", "UTC", name="Sample Member")
ADMIN = Profile("en-US", "UTC", name="Sample Admin", admin=True)


class Grants:
    """A store that knows grants, and counts how often it is asked."""

    def __init__(self) -> None:
        self.granted: frozenset[str] = frozenset()
        self.asked = 0
        self.workspaces = self.audit = self
        self.noted: list[Act] = []

    @asynccontextmanager
    async def read(self, tenant: Tenant) -> AsyncIterator["Grants"]:
        assert tenant == ASHA.tenant
        self.asked += 1
        yield self

    @asynccontextmanager
    async def write(self, tenant: Tenant) -> AsyncIterator["Grants"]:
        assert tenant == ASHA.tenant
        yield self

    async def grant_catalogue(
        self, slack_ids: Collection[str], *, at: datetime
    ) -> tuple[frozenset[str], frozenset[str]]:
        assert at.tzinfo is not None
        before, self.granted = self.granted, frozenset(slack_ids)
        return self.granted - before, before - self.granted

    async def note(self, *acts: Act, at: datetime) -> None:
        assert at.tzinfo is not None
        self.noted += acts

    async def catalogue_owners(self) -> frozenset[str]:
        return self.granted


class Told:
    """Profiles as Slack tells them; None where it does not."""

    def __init__(self, profile: Profile | None, *others: str) -> None:
        """`others` are Slack ids of ordinary members."""
        self.answer = profile
        self.others = others

    async def profile(self, tenant: Tenant, slack_id: str) -> Profile | None:
        assert tenant == ASHA.tenant
        if slack_id == ASHA.slack_id:
            return self.answer
        return ORDINARY if slack_id in self.others else None


def rights_of(grants: Grants, told: Told, clock: FrozenClock, *named: str) -> CatalogueRights:
    return CatalogueRights(cast("Database", grants), told, clock, named=frozenset(named))


@pytest.mark.parametrize(
    ("named", "granted", "profile", "may", "admin"),
    [
        ((), (), ORDINARY, False, False),
        ((), (), None, False, False),
        (("U0ASHA",), (), None, True, False),
        (("U0CHEN",), ("U0CHEN",), ORDINARY, False, False),
        ((), ("U0ASHA",), ORDINARY, True, False),
        ((), (), ADMIN, True, True),
    ],
)
async def test_who_may(
    named: tuple[str, ...],
    granted: tuple[str, ...],
    profile: Profile | None,
    may: bool,
    admin: bool,
    clock: FrozenClock,
) -> None:
    grants = Grants()
    grants.granted = frozenset(granted)
    found = await rights_of(grants, Told(profile), clock, *named).of(ASHA)
    assert (found.may_publish, found.admin) == (may, admin)
    if not may:
        with pytest.raises(NotCatalogueOwner):
            found.owners.check(found.author)
    if not admin:
        with pytest.raises(NotWorkspaceAdmin):
            found.check_admin()


async def test_the_author_is_called_as_slack_calls_them(clock: FrozenClock) -> None:
    assert (await rights_of(Grants(), Told(ADMIN), clock).of(ASHA)).author.name == "Sample Admin"
    assert (await rights_of(Grants(), Told(None), clock).of(ASHA)).author.name == "U0ASHA"


async def test_home_asks_once_a_minute_and_a_decision_always(clock: FrozenClock) -> None:
    grants, told = Grants(), Told(ORDINARY)
    rights = rights_of(grants, told, clock)
    for _ in range(3):
        assert not (await rights.at_hand(ASHA)).may_publish
    assert grants.asked == 1
    told.answer = ADMIN
    assert (await rights.of(ASHA)).may_publish
    assert (await rights.at_hand(ASHA)).may_publish  # what was just decided is known
    told.answer = ORDINARY
    clock.advance(timedelta(minutes=1))
    assert not (await rights.at_hand(ASHA)).may_publish


async def test_who_was_granted_the_catalogue_sees_it_at_once(clock: FrozenClock) -> None:
    chen, dana = (Member(ASHA.tenant, each) for each in ("U0CHEN", "U0DANA"))
    rights = rights_of(Grants(), Told(ADMIN, chen.slack_id, dana.slack_id), clock)

    async def may() -> list[bool]:
        return [(await rights.at_hand(each)).may_publish for each in (chen, dana)]

    assert await may() == [False, False]
    await rights.grant(ASHA, [chen.slack_id])
    assert await may() == [True, False]
    await rights.grant(ASHA, [dana.slack_id])
    assert await may() == [False, True]
    assert (await rights.at_hand(ASHA)).granted == {dana.slack_id}


async def test_silence_of_slack_is_not_remembered(clock: FrozenClock) -> None:
    told = Told(None)
    rights = rights_of(Grants(), told, clock)
    assert not (await rights.at_hand(ASHA)).may_publish
    told.answer = ADMIN
    assert (await rights.at_hand(ASHA)).may_publish


def test_each_tenant_has_a_catalogue_of_its_own() -> None:
    keys = [own_key(each) for each in (Tenant("T1"), Tenant("T2"), Tenant(None, "E1"))]
    assert keys == ["workspace-t1", "workspace-t2", "workspace-e1"]
