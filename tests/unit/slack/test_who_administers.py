"""Whom a profile of Slack's shows as an admin of the workspace."""

from typing import Any, cast

import pytest

from bot.domain.tenancy import Tenant
from bot.slack.auth import Workspaces
from bot.slack.members.profiles import SlackProfiles


class Telling:
    """A workspace whose client tells one person."""

    def __init__(self, person: dict[str, Any]) -> None:
        self.person = person
        self.client = self

    async def find(self, tenant: Tenant) -> "Telling":
        assert tenant == Tenant("T1")
        return self

    async def users_info(self, *, user: str, include_locale: bool) -> dict[str, Any]:
        assert include_locale
        return {"ok": True, "user": {"id": user, **self.person}}


@pytest.mark.parametrize(
    ("person", "admin"),
    [
        ({"is_admin": True}, True),
        ({"is_owner": True}, True),
        ({"is_admin": True, "is_owner": True, "deleted": False}, True),
        ({}, False),
        ({"is_admin": False, "is_owner": False}, False),
        ({"is_admin": "true"}, False),
        # Whoever left keeps the traits in Slack's answer, and no rights.
        ({"is_admin": True, "deleted": True}, False),
        ({"is_owner": True, "deleted": True}, False),
    ],
)
async def test_who_administers_a_workspace(person: dict[str, Any], admin: bool) -> None:
    profiles = SlackProfiles(cast("Workspaces", Telling(person)))
    profile = await profiles.profile(Tenant("T1"), "U1")
    assert profile is not None
    assert profile.admin is admin
