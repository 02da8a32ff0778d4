"""Each token's workspace is asked for once, and only their requests are authorized."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.domain.tenancy import Tenant
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import BOT, OTHER_BOT, OTHER_WORKSPACE, WORKSPACE
from bot.slack.auth import Workspaces, tenant_of
from bot.slack.client import slack_client
from bot.slack.installs.manifest import BOT_SCOPES, build_manifest
from bot.slack.tokens.identity import Claim, identify


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(manifest=build_manifest()) as slack:
        yield slack


def workspaces(slack: LocalSlack, *ids: str) -> Workspaces:
    tokens = [slack.world.workspaces[each].bot_token for each in ids]
    return Workspaces([slack_client(token, api_url=slack.api_url) for token in tokens])


def asking(team_id: str | None, **claims: Any) -> tuple[AsyncBoltContext, str | None, str | None]:
    """What Bolt asks about for a request that claims to come from there."""
    context = AsyncBoltContext({"team_id": team_id, **claims})
    return context, context.enterprise_id, team_id


def asked(slack: LocalSlack) -> int:
    return len(slack.inspector.find(kind="api", name="auth.test"))


async def test_slack_is_asked_once_also_by_many_at_once(slack: LocalSlack) -> None:
    authorize = workspaces(slack, WORKSPACE).authorizer()

    results = await asyncio.gather(*(authorize(*asking(WORKSPACE)) for _ in range(20)))

    assert {each.bot_user_id for each in results} == {BOT}
    assert {each.bot_token for each in results} == {slack.bot_token}
    assert asked(slack) == 1


async def test_each_workspace_is_authorized_with_its_own_token(slack: LocalSlack) -> None:
    authorize = workspaces(slack, WORKSPACE, OTHER_WORKSPACE).authorizer()

    for _ in range(3):
        ours = await authorize(*asking(WORKSPACE))
        theirs = await authorize(*asking(OTHER_WORKSPACE))
        assert (ours.bot_user_id, theirs.bot_user_id) == (BOT, OTHER_BOT)
        assert ours.bot_token != theirs.bot_token
    assert asked(slack) == 2


async def test_foreign_workspace_is_not_authorized(slack: LocalSlack) -> None:
    authorize = workspaces(slack, WORKSPACE).authorizer()

    assert await authorize(*asking(OTHER_WORKSPACE)) is None
    assert await authorize(*asking(WORKSPACE)) is not None


async def test_without_a_workspace_the_only_token_serves_but_none_of_several(
    slack: LocalSlack,
) -> None:
    only = await workspaces(slack, WORKSPACE).claimed(Claim(None))
    assert only is not None
    assert only.identity.team_id == WORKSPACE

    both = workspaces(slack, WORKSPACE, OTHER_WORKSPACE)
    assert await both.find(Tenant(WORKSPACE)) is not None
    assert await both.claimed(Claim(None)) is None
    assert await both.find(Tenant(OTHER_WORKSPACE)) is not None
    assert await both.claimed(Claim(None)) is None


@pytest.mark.parametrize("org_wide", [False, True])
async def test_what_a_request_claims_makes_no_tenant(slack: LocalSlack, org_wide: bool) -> None:
    """The workspace joined an organisation, or somebody says so: it stays who it is."""
    authorize = workspaces(slack, WORKSPACE).authorizer()
    asks = asking(WORKSPACE, enterprise_id="E0NEW", is_enterprise_install=org_wide)

    assert await authorize(*asks) is not None
    assert tenant_of(asks[0]) == Tenant(WORKSPACE)


def org_wide(slack: LocalSlack, workspace_id: str) -> None:
    """Let the token of a workspace be that of its organisation, as `auth.test` then tells."""
    slack.world.workspaces[workspace_id].enterprise_id = "E0ORG"
    slack.world.workspaces[workspace_id].org_wide = True


async def test_an_organisation_is_one_tenant(slack: LocalSlack) -> None:
    org_wide(slack, WORKSPACE)
    authorize = workspaces(slack, WORKSPACE).authorizer()
    for team_id in (WORKSPACE, "T0ELSEWHERE", None):
        asks = asking(team_id, enterprise_id="E0ORG", is_enterprise_install=True)
        assert await authorize(*asks) is not None
        assert tenant_of(asks[0]) == Tenant(None, "E0ORG")
    assert await authorize(*asking("T0ELSEWHERE", enterprise_id="E0OTHER")) is None
    assert asked(slack) == 1


@pytest.mark.parametrize("first", [WORKSPACE, OTHER_WORKSPACE])
async def test_that_it_is_org_wide_decides_between_two(slack: LocalSlack, first: str) -> None:
    """A workspace of an organisation that has the app may have it for itself as well."""
    org_wide(slack, OTHER_WORKSPACE)
    both = workspaces(slack, WORKSPACE, OTHER_WORKSPACE)
    identities = {WORKSPACE: Tenant(WORKSPACE), OTHER_WORKSPACE: Tenant(None, "E0ORG")}
    assert await both.find(identities[first]) is not None
    for wide, expected in ((False, WORKSPACE), (True, OTHER_WORKSPACE)):
        found = await both.claimed(Claim(WORKSPACE, "E0ORG", wide))
        assert found is not None
        assert found.identity.tenant == identities[expected]


async def test_scopes_are_told(slack: LocalSlack) -> None:
    identity = await identify(slack_client(slack.bot_token, api_url=slack.api_url))

    assert set(identity.scopes or ()) == set(BOT_SCOPES)
    assert identity.team_id == WORKSPACE


async def test_failure_is_not_remembered(slack: LocalSlack) -> None:
    ours = workspaces(slack, WORKSPACE)
    slack.faults.error("auth.test", error="internal_error")

    with pytest.raises(SlackApiError):
        await ours.find(Tenant(WORKSPACE))

    found = await ours.find(Tenant(WORKSPACE))
    assert found is not None
    assert found.identity.team_id == WORKSPACE


async def test_revoked_token_is_refused(slack: LocalSlack) -> None:
    slack.revoke()

    with pytest.raises(SlackApiError) as refused:
        await workspaces(slack, WORKSPACE).find(Tenant(WORKSPACE))

    assert refused.value.response["error"] in ("token_revoked", "invalid_auth", "account_inactive")


@pytest.mark.parametrize("revoked", [WORKSPACE, OTHER_WORKSPACE])
async def test_revoked_token_stops_only_its_own_workspace(slack: LocalSlack, revoked: str) -> None:
    slack.revoke(revoked)
    healthy = OTHER_WORKSPACE if revoked == WORKSPACE else WORKSPACE

    found = await workspaces(slack, WORKSPACE, OTHER_WORKSPACE).find(Tenant(healthy))

    assert found is not None
    assert found.identity.team_id == healthy


async def test_a_silent_token_keeps_nobody_waiting_for_another(slack: LocalSlack) -> None:
    both = workspaces(slack, WORKSPACE, OTHER_WORKSPACE)
    gate = slack.faults.hold("auth.test", workspace_id=WORKSPACE)

    found = await both.find(Tenant(OTHER_WORKSPACE))
    assert found is not None
    gate.release()
    ours = await both.find(Tenant(WORKSPACE))
    assert ours is not None
    assert asked(slack) == 2


async def test_all_who_wait_for_a_silent_token_share_one_question(slack: LocalSlack) -> None:
    ours = workspaces(slack, WORKSPACE)
    gate = slack.faults.hold("auth.test")
    waiting = [asyncio.create_task(ours.find(Tenant(WORKSPACE))) for _ in range(8)]
    await gate.arrived.wait()
    waiting[0].cancel()
    gate.release()

    assert len({id(await each) for each in waiting[1:]}) == 1
    assert asked(slack) == 1
