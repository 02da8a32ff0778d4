"""Whose data: a tenant, and a member of it."""

from typing import NamedTuple, Self

from bot.domain.local_time import UNTOLD
from bot.values import dataclass


class _Ids(NamedTuple):
    team_id: str | None
    enterprise_id: str | None = None


class Tenant(_Ids):
    """What an installation is known by: a workspace, or an organisation for an org-wide one.

    A workspace is its `team_id` alone. The organisation it may be given beside that is dropped: a
    workspace joins one and leaves it, and stays who it is.

    A named tuple, for what is held of members is found by it: each request hashes it a dozen times.
    """

    __slots__ = ()

    def __new__(cls, team_id: str | None, enterprise_id: str | None = None) -> Self:
        # Slack sends an absent id as null or as an empty string: both are the same tenant.
        organisation = None if team_id else enterprise_id
        if not (team_id or organisation):
            raise ValueError("a tenant needs a team_id or an enterprise_id")
        return super().__new__(cls, team_id or None, organisation or None)


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a workspace, with what they told Nextrung about themselves.

    `locale` and `time_zone` come from Slack's profile, the zone by its IANA name, else by its
    distance from UTC, else `UNTOLD`; `language` is the member's own choice and
    goes before the locale. `role_key` and `level_key` refer to the catalogue by stable key and may
    name something that a newer revision no longer has.
    """

    tenant: Tenant
    slack_id: str
    locale: str = "en"
    time_zone: str = UNTOLD
    role_key: str | None = None
    level_key: str | None = None
    catalogue_key: str | None = None
    language: str | None = None

    @property
    def newcomer(self) -> "Member":
        """The same person as Slack knows them, without anything that they told."""
        return Member(self.tenant, self.slack_id, self.locale, self.time_zone)

    @property
    def spoken(self) -> str:
        """The language tag to speak to the member in."""
        return self.language or self.locale
