"""What the services need from outside, as Protocols."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.tenancy import Tenant


class Clock(Protocol):
    """The only source of the current time."""

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says about a member: a locale such as ``zh-CN`` and an IANA time zone."""

    locale: str
    time_zone: str


class Profiles(Protocol):
    """Where members' profiles come from: Slack."""

    async def profile(self, tenant: Tenant, slack_id: str) -> Profile | None:
        """Return the profile, or None where Slack does not tell it in time."""
        ...
