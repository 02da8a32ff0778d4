"""From the page in a browser to a card in Slack, and to the end: all tokens come by OAuth."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import permutations

import httpx
import pytest
from pydantic import SecretStr

from bot.bootstrap import Nextrung, bootstrap
from bot.cli.serving import serving
from bot.config import Settings
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.handles import MemberHandle
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.sample_organisation import (
    NORTH,
    NORTH_ADMIN,
    NORTH_ENGINEER,
    ORGANISATION,
    OWNER,
    SOUTH,
)
from bot.sandbox.samples import ADMIN, ENGINEER, WORKSPACE
from bot.services.installs.limits import Limits
from bot.slack.installs.manifest import EVENTS_PATH, OPTIONAL_SCOPES, build_manifest
from tests.fakes.kept_catalogue import kept_catalogue
from tests.scenario.desk import PATIENCE_SECONDS, begin_at_work

PUBLIC = "https://nextrung.example.com"
KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
DAY = 86_400.0
HERE = Tenant(NORTH)
ENDS = ("tokens_revoked", "app_uninstalled")


@dataclass(slots=True)
class Office:
    """A bot that people install by themselves, and a browser of theirs."""

    slack: LocalSlack
    nextrung: Nextrung
    browser: httpx.AsyncClient

    @property
    def engineer(self) -> MemberHandle:
        return self.slack.member(NORTH_ENGINEER)

    async def install(
        self,
        member: str = NORTH_ADMIN,
        place: str | None = None,
        *,
        leave_out: tuple[str, ...] = (),
    ) -> str:
        """Go the whole way; return what the last page says."""
        asked = await self.browser.get("/slack/install/start")
        back = self.slack.consent(
            asked.headers["location"], member=member, place=place, leave_out=leave_out
        )
        done = await self.browser.get(back)
        assert done.status_code == 200, done.text
        return done.text

    async def told(self, kind: str) -> None:
        """Let Slack tell of an end of ours."""
        bot = self.slack.world.workspaces[NORTH].bot_member_id
        tokens = {"tokens": {"oauth": [], "bot": [bot]}} if kind == "tokens_revoked" else {}
        await self.slack.event({"type": kind, **tokens}, workspace_id=NORTH)
        await self.drained()

    async def drained(self) -> None:
        """Return once the bot has done what it does beside its answers."""
        assert await self.nextrung.app.drained(PATIENCE_SECONDS)

    async def after(self, days: float) -> None:
        """Let days pass, then do what is due."""
        self.slack.advance(days * DAY)
        await self.nextrung.services.effects.turn(self.nextrung.errands)

    async def stored(self, slack_id: str = NORTH_ENGINEER, tenant: Tenant = HERE) -> Member | None:
        async with self.nextrung.database.read(tenant) as work:
            return await work.members.get(slack_id)

    async def has_token(self) -> bool:
        found = await self.nextrung.database.installations.find([HERE])
        return [each.installation is not None for each in found] == [True]


@asynccontextmanager
async def running(
    slack: LocalSlack, database_url: str, *, bot_token: str | None = None
) -> AsyncIterator[Office]:
    settings = Settings(
        slack_bot_token=SecretStr(bot_token) if bot_token else None,
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_client_id=slack.client_id,
        slack_client_secret=SecretStr(slack.client_secret),
        slack_api_url=slack.api_url,
        slack_authorize_url=f"{slack.url}/oauth/v2/authorize",
        nextrung_public_url=PUBLIC,
        nextrung_token_keys=SecretStr(KEY),
        database_url=database_url,
    )
    nextrung = bootstrap(settings, clock=slack.clock, limits=Limits(member=0, workspace=0))
    try:
        with kept_catalogue():
            await nextrung.start()
        await nextrung.clockwork.stop()
        transport = httpx.ASGITransport(app=nextrung.http)
        async with (
            serving(nextrung.http, host="127.0.0.1", port=0) as address,
            httpx.AsyncClient(transport=transport, base_url=PUBLIC) as browser,
        ):
            slack.connect_bot(address + EVENTS_PATH)
            yield Office(slack, nextrung, browser)
    finally:
        await nextrung.stop()


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    manifest = build_manifest(public_url=PUBLIC)
    async with LocalSlack(manifest=manifest, organisation=True) as slack:
        begin_at_work(slack)
        yield slack


@pytest.fixture
async def office(slack: LocalSlack, sqlite_bot_url: str) -> AsyncIterator[Office]:
    async with running(slack, sqlite_bot_url) as office:
        yield office
    assert [each.name for each in slack.inspector.entries if each.violations] == []


async def test_what_was_left_out_is_told_and_comes_with_the_next_installation(
    office: Office,
) -> None:
    page = await office.install(leave_out=OPTIONAL_SCOPES)
    assert "Nobody is sent files" in page
    card = await office.engineer.command("/skill ml-experiment-tracking senior")
    assert "ML Experiment Tracking" in card.plain
    told = await office.engineer.command("/growth export")
    await office.drained()
    shown = told.plain + "".join(each.plain for each in office.engineer.messages("dm"))
    assert office.engineer.messages("dm") == []

    office.slack.advance(3600)
    page = await office.install()
    assert "What it may do from now on" in page
    assert "everything that members keep is still there" in page
    await office.engineer.command("/growth export")
    await office.drained()
    (sent,) = office.engineer.messages("dm")
    assert sent.files, shown


@pytest.mark.parametrize("order", [*permutations(ENDS), (*ENDS, *ENDS), ENDS[:1], ENDS[1:]])
async def test_the_end_is_understood_in_any_order_and_however_often(
    office: Office, order: tuple[str, ...]
) -> None:
    await office.install()
    await office.engineer.command("/growth goal llm-engineer lead")
    office.slack.installs.remove(NORTH)
    for kind in order:
        await office.told(kind)
    assert not await office.has_token()
    assert await office.stored() is not None, "what members keep stays for a while"

    office.slack.advance(DAY)
    assert "everything that members keep" in await office.install()
    assert "Lead" in (await office.engineer.command("/growth")).plain
    # Late, and once more: the token works, so nothing comes of it.
    for kind in order:
        await office.told(kind)
    for _ in range(3):
        await office.after(30)
    assert await office.stored() is not None
    assert await office.has_token()


async def test_without_a_new_installation_all_goes_after_the_while(office: Office) -> None:
    await office.install()
    await office.engineer.command("/growth goal llm-engineer lead")
    office.slack.installs.remove(NORTH)
    for kind in ENDS:
        await office.told(kind)
    await office.after(13.9)
    assert await office.stored() is not None
    await office.after(0.2)
    assert await office.stored() is None
    page = await office.install()
    assert "everything that members keep" not in page


async def test_an_organisation_serves_the_workspaces_that_it_chose(office: Office) -> None:
    page = await office.install(OWNER, ORGANISATION)
    assert "It is in no workspace yet" in page
    office.slack.installs.give(NORTH)
    card = await office.engineer.command("/skill ml-experiment-tracking senior")
    assert "ML Experiment Tracking" in card.plain
    assert await office.stored(tenant=Tenant(None, ORGANISATION)) is not None
    assert await office.stored(tenant=Tenant(NORTH)) is None
    assert await office.stored(tenant=Tenant(SOUTH)) is None


async def test_an_organisation_is_asked_for_its_workspaces_from_its_installation_on(
    office: Office,
) -> None:
    """No event tells of workspaces that had the app before, as where it is installed anew."""
    organisations = office.nextrung.database.organisations
    await office.install(OWNER, ORGANISATION)
    office.slack.installs.give(NORTH)
    await office.after(0)
    assert await organisations.that_have(NORTH) == (Tenant(None, ORGANISATION),)
    overview = await office.nextrung.services.effects.overview()
    assert (overview.waiting, overview.late, overview.given_up) == (0, 0, ())


async def test_two_tokens_turn_into_oauth_and_nothing_is_lost(
    slack: LocalSlack, bot_url: str
) -> None:
    async with running(slack, bot_url, bot_token=slack.bot_token) as before:
        await slack.member(ENGINEER).command("/growth goal llm-engineer lead")
        assert "Sample Workspace" in await before.install(ADMIN, WORKSPACE)
        assert "Lead" in (await slack.member(ENGINEER).command("/growth")).plain
    async with running(slack, bot_url) as after:
        assert "Lead" in (await slack.member(ENGINEER).command("/growth")).plain
        assert await after.stored(ENGINEER, Tenant(WORKSPACE)) is not None
