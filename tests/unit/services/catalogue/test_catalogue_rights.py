"""Who owns a workspace's catalogue: named, granted, or an admin as Slack tells it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import cast

import pytest

from bot.domain.catalogue.publication import NotCatalogueOwner
from bot.domain.catalogue.workspace_catalogue import NotWorkspaceAdmin, own_key
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
        self.workspaces = self

    @asynccontextmanager
    async def read(self, tenant: Tenant) -> AsyncIterator["Grants"]:
        assert tenant == ASHA.tenant
        self.asked += 1
        yield self

    async def catalogue_owners(self) -> frozenset[str]:
        return self.granted


class Told:
    """Profiles as Slack tells them; None where it does not."""

    def __init__(self, profile: Profile | None) -> None:
        self.answer = profile

    async def profile(self, tenant: Tenant, slack_id: str) -> Profile | None:
        return self.answer if (tenant, slack_id) == (ASHA.tenant, ASHA.slack_id) else None


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


async def test_silence_of_slack_is_not_remembered(clock: FrozenClock) -> None:
    told = Told(None)
    rights = rights_of(Grants(), told, clock)
    assert not (await rights.at_hand(ASHA)).may_publish
    told.answer = ADMIN
    assert (await rights.at_hand(ASHA)).may_publish


def test_each_tenant_has_a_catalogue_of_its_own() -> None:
    keys = [own_key(each) for each in (Tenant("T1"), Tenant("T2"), Tenant(None, "E1"))]
    assert keys == ["workspace-t1", "workspace-t2", "workspace-e1"]
