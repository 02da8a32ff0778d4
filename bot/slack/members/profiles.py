"""Members' profiles from Slack, for the `Profiles` port."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.domain.installs.moves import EXTERNAL, REFUSED
from bot.domain.local_time import UNTOLD, known_zone, offset_zone
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.ports import Profile
from bot.slack.auth import Workspaces
from bot.slack.refusals import CALL_FAILED, reason_of
from bot.time_left import time_left

# A command must be answered within three seconds, profile or not.
_SECONDS = 1.0
_SLACKBOT = "USLACKBOT"

Refused = Callable[[Tenant], frozenset[str]]

log = get_logger()


class SlackProfiles:
    """Asks `users.info` for locale and time zone."""

    def __init__(self, workspaces: Workspaces, *, refused: Refused = lambda _: frozenset()) -> None:
        """`refused` tells in which workspaces an organisation does not let the app in."""
        self._workspaces = workspaces
        self._refused = refused

    async def profile(self, tenant: Tenant, slack_id: str) -> Profile | None:
        """Return the profile, or None where Slack does not tell it within a second."""
        try:
            async with asyncio.timeout(time_left(_SECONDS)):
                found = await self._workspaces.find(tenant)
                if found is None:
                    return None
                answer = await found.client.users_info(user=slack_id, include_locale=True)
        except CALL_FAILED as error:
            log.warning("profile_unknown", team=tenant.team_id, reason=reason_of(error))
            return None
        person = answer.get("user") or {}
        return Profile(
            locale=person.get("locale") or "en-US",
            time_zone=zone_of(person) or UNTOLD,
            barred=barrier_of(person, tenant, self._refused(tenant)),
            name=_name(person),
            admin=_is_admin(person, tenant),
        )


def zone_of(person: Mapping[str, Any]) -> str | None:
    """Return a person's IANA zone, else the distance from UTC that Slack reports; else None.

    A zone that is newer than this machine's tables is known by its distance as well.
    """
    name, offset = person.get("tz"), person.get("tz_offset")
    if isinstance(name, str) and known_zone(name):
        return name
    return offset_zone(offset) if isinstance(offset, int) else None


def _name(person: Mapping[str, Any]) -> str:
    profile = person.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), person.get("real_name"))
    return next((str(each).strip() for each in names if each and str(each).strip()), "")


def _is_admin(person: Mapping[str, Any], tenant: Tenant) -> bool:
    """Tell whether somebody administers what the installation is for.

    An organisation is not administered by the admins of its workspaces.
    """
    if person.get("deleted"):
        return False
    whole = tenant.team_id is None
    if whole and _enterprise_user(person).get("enterprise_id") != tenant.enterprise_id:
        return False
    rank = _enterprise_user(person) if whole else person
    return any(rank.get(each) is True for each in ("is_admin", "is_owner"))


def barrier_of(
    person: Mapping[str, Any], tenant: Tenant, refused: frozenset[str] = frozenset()
) -> str | None:
    """Return why nothing may be sent to a person by itself, from Slack's user object.

    `refused` are workspaces in which the organisation does not let the app in.
    """
    if person.get("deleted"):
        return "deactivated"
    if person.get("is_bot") or person.get("id") == _SLACKBOT:
        return "bot"
    if person.get("is_restricted") or person.get("is_ultra_restricted"):
        return "guest"
    if _is_external(person, tenant):
        return EXTERNAL
    teams = frozenset(_teams(person))
    return REFUSED if refused and teams and teams <= refused else None


def _is_external(person: Mapping[str, Any], tenant: Tenant) -> bool:
    """Tell whether Slack says that somebody belongs elsewhere, as in a connected channel."""
    if person.get("is_stranger"):
        return True
    team, theirs = person.get("team_id"), _enterprise_user(person).get("enterprise_id")
    if tenant.team_id is None:
        # Of whom Slack tells no organisation may still be of this one.
        return bool(theirs) and theirs != tenant.enterprise_id
    return team not in {None, "", tenant.team_id} and tenant.team_id not in _teams(person)


def _enterprise_user(person: Mapping[str, Any]) -> Mapping[str, Any]:
    found = person.get("enterprise_user")
    return found if isinstance(found, Mapping) else {}


def _teams(person: Mapping[str, Any]) -> Sequence[str]:
    """Return the workspaces of an organisation that somebody is in, as far as Slack tells."""
    found = _enterprise_user(person).get("teams")
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
