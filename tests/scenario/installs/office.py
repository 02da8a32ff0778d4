"""A bot that knows no token from its settings: every workspace has installed the app by itself."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from pydantic import SecretStr

from bot.bootstrap import Nextrung, bootstrap
from bot.cli.samples import introduce
from bot.cli.serving import serving
from bot.config import Settings
from bot.domain.installs.installation import Installation, KnownInstallation
from bot.domain.tenancy import Tenant
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ADMIN, OTHER_ENGINEER, OTHER_WORKSPACE, WORKSPACE
from bot.sandbox.state.installs import Issued
from bot.services.installs.limits import Limits
from bot.slack.installs.manifest import EVENTS_PATH, build_manifest
from bot.slack.network import Network
from bot.slack.tokens.exchange import SlackExchange
from bot.store.tokens.keys import new_token_key
from tests.fakes.kept_catalogue import kept_catalogue
from tests.scenario.desk import Desk, _client, begin_at_work, captured_logs

HERE, THERE = Tenant(WORKSPACE), Tenant(OTHER_WORKSPACE)
KEY = new_token_key()


def new_replica(
    slack: LocalSlack, database_url: str, *, keys: Sequence[str] = (KEY,), bot_token: str = ""
) -> Nextrung:
    """Build another process of the bot. It is to be started, and stopped."""
    settings = Settings(
        slack_bot_token=SecretStr(bot_token) if bot_token else None,
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_api_url=slack.api_url,
        database_url=database_url,
        nextrung_token_keys=SecretStr(" ".join(keys)) if keys else None,
    )
    exchange = SlackExchange(slack.client_id, slack.client_secret, slack.api_url, Network())
    return bootstrap(
        settings,
        clock=slack.clock,
        limits=Limits(member=0, workspace=0),
        token_exchange=exchange,
    )


@asynccontextmanager
async def replica(
    slack: LocalSlack, database_url: str, *, keys: Sequence[str] = (KEY,), bot_token: str = ""
) -> AsyncIterator[Nextrung]:
    """Run another process of the bot; what it does by itself is left to the test."""
    nextrung = new_replica(slack, database_url, keys=keys, bot_token=bot_token)
    try:
        await nextrung.start()
        await nextrung.clockwork.stop()
        yield nextrung
    finally:
        await nextrung.stop()


@asynccontextmanager
async def office(
    database_url: str, caplog: pytest.LogCaptureFixture, *, bot_token: bool = False
) -> AsyncIterator[Desk]:
    """Run the bot; with `bot_token` it has the first workspace's from its settings."""
    del caplog  # what nobody caught is looked at by the fixture of every test
    async with AsyncExitStack() as stack:
        logs = stack.enter_context(captured_logs())
        stack.enter_context(kept_catalogue())
        slack = await stack.enter_async_context(LocalSlack(manifest=build_manifest()))
        begin_at_work(slack)
        given = slack.bot_token if bot_token else ""
        nextrung = await stack.enter_async_context(replica(slack, database_url, bot_token=given))
        await introduce(nextrung.services.members, slack)
        served = serving(nextrung.http, host="127.0.0.1", port=0)
        slack.connect_bot(await stack.enter_async_context(served) + EVENTS_PATH)
        desk = Desk(slack, nextrung, logs, await stack.enter_async_context(_client()))
        yield desk
        await slack.settled(quiet=0.01)
        desk.clean()


def installation_of(slack: LocalSlack, issued: Issued) -> Installation:
    """Return what our side of OAuth makes of what Slack handed out."""
    place, token = issued.place, issued.token
    return Installation(
        tenant=Tenant(token.workspace_id, token.enterprise_id),
        team_id=token.workspace_id,
        enterprise_id=token.enterprise_id,
        org_wide=token.workspace_id is None,
        name=place.name,
        bot_id=place.bot_id,
        bot_user_id=place.bot_member_id,
        scopes=tuple(token.scopes),
        installer=ADMIN,
        token=token.value,
        refresh_token=issued.refresh_token,
        expires_at=token.expires_at,
        installed_at=slack.clock.now(),
    )


async def install(
    desk: Desk, workspace_id: str = WORKSPACE, *, by: Nextrung | None = None
) -> Installation:
    """Let a workspace install the app, by way of one of the processes."""
    member = ADMIN if workspace_id == WORKSPACE else OTHER_ENGINEER
    made = installation_of(desk.slack, desk.slack.installs.install(workspace_id, member))
    await (by or desk.nextrung).services.installing.install(made)
    return made


async def kept(desk: Desk, tenant: Tenant = HERE) -> KnownInstallation | None:
    """Return what is kept of an installation."""
    async with desk.nextrung.database.read(tenant) as work:
        return await work.installations.known()


async def heard(nextrung: Nextrung) -> None:
    """Let a process hear what others did, as it does every second."""
    await nextrung._hear_of_changes()


def asked(desk: Desk, method: str) -> int:
    """Return how often a method of Slack's was called."""
    return len(desk.slack.inspector.find(kind="api", name=method))
