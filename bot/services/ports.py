"""What the services need from outside, as Protocols."""

from datetime import datetime
from typing import Protocol

from bot.domain.document import Parcel, Sent
from bot.domain.tenancy import Tenant
from bot.values import dataclass


class Clock(Protocol):
    """The only source of the current time."""

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says about a member: a locale such as ``zh-CN`` and an IANA time zone.

    Where Slack tells no zone, it is the distance from UTC or `UNTOLD`, see `local_time`.

    `barred` is why nothing may be sent to them by itself ("deactivated", "bot", "guest",
    "external"); None for a member of the workspace. `name` is the one that Slack shows, empty where
    it is not known. `admin` tells that they administer the workspace.
    """

    locale: str
    time_zone: str
    barred: str | None = None
    name: str = ""
    admin: bool = False


class Profiles(Protocol):
    """Where members' profiles come from: Slack."""

    async def profile(self, tenant: Tenant, slack_id: str) -> Profile | None:
        """Return the profile, or None where Slack does not tell it in time."""
        ...


class Messenger(Protocol):
    """How Nextrung speaks to members by itself: Slack's direct messages."""

    async def send(self, tenant: Tenant, slack_id: str, parcel: Parcel) -> Sent:
        """Make the files and send them to a member in one direct message, once; say where to.

        A parcel of the same name that is on its way to the member is waited for, not sent again.

        Raises:
            FilesNotAllowed: the app may not do that in this workspace, or to this member.
            NotDelivered: Slack refused or did not answer; whether it arrived is not known.
        """
        ...
