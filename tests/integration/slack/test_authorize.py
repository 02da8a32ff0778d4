"""The token's workspace is asked for once, and only its requests are authorized."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import BOT, OTHER_WORKSPACE, WORKSPACE
from bot.slack.auth import Workspaces
from bot.slack.client import slack_client
from bot.slack.manifest import BOT_SCOPES, build_manifest


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(manifest=build_manifest()) as slack:
        yield slack


@pytest.fixture
def workspace(slack: LocalSlack) -> Workspaces:
    return Workspaces([slack_client(slack.bot_token, api_url=slack.api_url)])


def asked(slack: LocalSlack) -> int:
    return len(slack.inspector.find(kind="api", name="auth.test"))


async def test_slack_is_asked_once_also_by_many_at_once(
    slack: LocalSlack, workspace: Workspaces
) -> None:
    authorize = workspace.authorizer()

    results = await asyncio.gather(
        *(authorize(enterprise_id=None, team_id=WORKSPACE) for _ in range(20))
    )

    assert {each.bot_user_id for each in results} == {BOT}
    assert {each.bot_token for each in results} == {slack.bot_token}
    assert asked(slack) == 1


async def test_foreign_workspace_is_not_authorized(workspace: Workspaces) -> None:
    authorize = workspace.authorizer()

    assert await authorize(enterprise_id=None, team_id=OTHER_WORKSPACE) is None
    assert await authorize(enterprise_id=None, team_id=WORKSPACE) is not None


async def test_scopes_are_told(workspace: Workspaces) -> None:
    found = await workspace.find(WORKSPACE)

    assert found is not None
    assert set(found.identity.scopes) == set(BOT_SCOPES)
    assert found.identity.team_id == WORKSPACE


async def test_failure_is_not_remembered(slack: LocalSlack, workspace: Workspaces) -> None:
    slack.faults.error("auth.test", error="internal_error")

    with pytest.raises(SlackApiError):
        await workspace.find(WORKSPACE)

    assert await workspace.find(WORKSPACE) is not None
    assert asked(slack) == 2


async def test_revoked_token_is_refused(slack: LocalSlack, workspace: Workspaces) -> None:
    slack.revoke()

    with pytest.raises(SlackApiError, match="token_revoked|invalid_auth|account_inactive"):
        await workspace.find(WORKSPACE)


async def test_each_workspace_gets_its_own_token(slack: LocalSlack) -> None:
    tokens = {each.id: each.bot_token for each in slack.world.workspaces.values()}
    clients = [slack_client(token, api_url=slack.api_url) for token in tokens.values()]
    authorize = Workspaces(clients).authorizer()

    for team_id, token in tokens.items():
        assert (await authorize(enterprise_id=None, team_id=team_id)).bot_token == token
    assert asked(slack) == len(tokens)


async def test_a_revoked_token_hides_no_other_workspace(slack: LocalSlack) -> None:
    slack.revoke()
    tokens = [each.bot_token for each in slack.world.workspaces.values()]
    workspaces = Workspaces([slack_client(token, api_url=slack.api_url) for token in tokens])

    assert await workspaces.find(OTHER_WORKSPACE) is not None
    with pytest.raises(SlackApiError):
        await workspaces.find(WORKSPACE)
