"""Asks Slack about organisations, for the `Directory` port. Nothing is repeated or waited for here.

`migration.exchange` and `auth.teams.list` need no scope that an app asks for: each token has
`tokens.basic`, and the other needs none.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.domain.tenancy import Tenant
from bot.services.installs.directory import NoAnswer, NotInOrganisation
from bot.slack.auth import Workspaces
from bot.slack.client import SlackClient, unrepeating_client
from bot.slack.installs.removal import DEAD
from bot.slack.refusals import CALL_FAILED, NOT_SHOWN, reason_of, refusal_code, retry_after

_SECONDS = 10
_PAGE = 1000
_NOT_IN_ORGANISATION = "not_enterprise_team"


class SlackDirectory:
    """See `Directory`."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def new_ids(
        self, tenant: Tenant, team_id: str, slack_ids: Sequence[str]
    ) -> Mapping[str, str]:
        """Ask for the ids that people have in the organisation; see `Directory`."""
        client = await self._client(tenant)
        try:
            answer = await client.migration_exchange(users=",".join(slack_ids), team_id=team_id)
        except CALL_FAILED as error:
            if isinstance(error, SlackApiError) and refusal_code(error) == _NOT_IN_ORGANISATION:
                raise NotInOrganisation from error
            raise _no_answer(error) from error
        asked = {*slack_ids}
        found = _mapping(answer.get("user_id_map"))
        return {old: new for old, new in found.items() if old in asked and _is_id(new)}

    async def teams(self, tenant: Tenant) -> Mapping[str, str]:
        """Return the workspaces that the organisation's token may be used in; see `Directory`."""
        client, found, cursor = await self._client(tenant), dict[str, str](), ""
        while True:
            try:
                answer = await client.auth_teams_list(limit=_PAGE, cursor=cursor)
            except CALL_FAILED as error:
                raise _no_answer(error) from error
            for team in answer.get("teams") or []:
                found[str(team.get("id") or "")] = str(team.get("name") or "")
            cursor = str(_mapping(answer.get("response_metadata")).get("next_cursor") or "")
            if not cursor:
                found.pop("", None)
                return found

    async def is_installed(self, tenant: Tenant) -> bool:
        """Ask Slack whether the installation's token works, if there is one; see `Directory`."""
        try:
            return await self._workspaces.confirmed(tenant) is not None
        except NOT_SHOWN as error:
            if isinstance(error, SlackApiError) and refusal_code(error) in DEAD:
                return False
            raise _no_answer(error) from error

    async def _client(self, tenant: Tenant) -> SlackClient:
        try:
            found = await self._workspaces.find(tenant)
        except NOT_SHOWN as error:
            raise _no_answer(error) from error
        if found is None:
            raise NoAnswer("not_connected")
        return unrepeating_client(found.client, seconds=_SECONDS)


def _no_answer(error: Exception) -> NoAnswer:
    return NoAnswer(reason_of(error), retry_after(error))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(value)
