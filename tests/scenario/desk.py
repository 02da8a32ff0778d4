"""A desk for scenarios: the real bot beside a local Slack, and what must hold after each."""

import json
import logging
import time
from collections.abc import AsyncIterator, Iterator, MutableMapping
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import aiohttp
import pytest
import structlog
from pydantic import SecretStr

from bot.bootstrap import Nextrung, bootstrap
from bot.cli.local import beside
from bot.cli.samples import introduce
from bot.config import Settings
from bot.sandbox import samples
from bot.sandbox.dispatch.signing import signed_headers
from bot.sandbox.handles import MemberHandle, MessageHandle, ViewHandle
from bot.sandbox.handles.surface import Surface
from bot.sandbox.inspector import Entry
from bot.sandbox.local_slack import LocalSlack, Mode
from bot.sandbox.samples import ADMIN, CHINESE_ENGINEER, ENGINEER, MANAGER
from bot.scheduler.clockwork import Clockwork
from bot.services.installs.limits import Limits
from bot.slack.installs.manifest import EVENTS_PATH, build_manifest
from bot.slack.socket_mode import SocketMode
from bot.text.languages import Languages
from tests.fakes.asgi import handed
from tests.fakes.kept_catalogue import kept_catalogue
from tests.scenario.published import PeopledUrl

Json = dict[str, Any]
FORM = "application/x-www-form-urlencoded"
ACK_SECONDS = 3.0
PATIENCE_SECONDS = 60.0  # only a hang may end a scenario
TO_BOT = "to_bot"
_TUESDAY = 1


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back to a request of one's own making."""

    status_code: int
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


@dataclass(slots=True)
class Desk:
    """A running pair, and what went through it.

    `logs` are the bot's own log records since the start. A scenario that means to break something
    says so with `faults_expected`; otherwise an error in the log fails it.
    """

    slack: LocalSlack
    nextrung: Nextrung
    logs: list[MutableMapping[str, Any]]
    client: aiohttp.ClientSession
    faults_expected: bool = False

    @property
    def engineer(self) -> MemberHandle:
        """LLM Engineer, Senior."""
        return self.slack.member(ENGINEER)

    @property
    def manager(self) -> MemberHandle:
        """MLOps Engineer, Lead."""
        return self.slack.member(MANAGER)

    @property
    def admin(self) -> MemberHandle:
        """A member who told neither role nor level."""
        return self.slack.member(ADMIN)

    @property
    def chinese(self) -> MemberHandle:
        """Data Scientist, Middle, with a Chinese Slack."""
        return self.slack.member(CHINESE_ENGINEER)

    @property
    def answers(self) -> list[Entry]:
        """Everything that was sent to the bot, oldest first."""
        return [entry for entry in self.slack.inspector if entry.direction == TO_BOT]

    @property
    def last(self) -> Entry:
        """The newest exchange towards the bot."""
        return self.answers[-1]

    async def home(self, member: MemberHandle) -> ViewHandle:
        """Let a member open Home, and return it as it is once the bot has brought it up to date."""
        workspace = member.member.workspace_id
        await self.slack.event(
            {"type": "app_home_opened", "user": member.id, "channel": "D0HOME", "tab": "home"},
            workspace_id=workspace,
        )
        return await self.refreshed(member)

    async def refreshed(self, member: MemberHandle) -> ViewHandle:
        """Return the member's Home once the bot has done what it does beside its answers."""
        await self.drained()
        return member.home

    async def drained(self) -> None:
        """Return once the bot has done what it does beside its answers."""
        assert await self.nextrung.app.drained(PATIENCE_SECONDS)

    def logged(self, event: str) -> list[MutableMapping[str, Any]]:
        """Return the log records of one event."""
        return [record for record in self.logs if record["event"] == event]

    def clean(self) -> None:
        """Hold what every scenario must leave behind."""
        assert self.slack.inspector.violations == []
        # A fault made on demand is noted as a warning too; it is not the bot's.
        assert [each for each in self.slack.inspector.warnings if each.code != "fault"] == []
        for entry in self.answers:
            assert not entry.late, entry.as_json()
            # An event that the database did not take is to be told again.
            again = self.faults_expected and entry.kind == "events_api" and entry.status == 503
            assert again or (entry.status or 200) < 500, entry.as_json()
            assert "Traceback" not in json.dumps(entry.response, ensure_ascii=False)
        if not self.faults_expected:
            assert [record for record in self.logs if record["log_level"] == "error"] == []

    async def post(
        self,
        body: bytes | Json,
        *,
        age: int = 0,
        secret: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answered:
        """Send a request of one's own making, signed as Slack does unless told otherwise.

        A dict is sent as a form. `age` is how many seconds ago it was signed; `headers` replace
        those that Slack would send, an empty value leaves one out.
        """
        raw = body if isinstance(body, bytes) else urlencode(body).encode()
        signed = signed_headers(secret or self.slack.signing_secret, int(time.time()) - age, raw)
        merged = {"Content-Type": FORM} | signed | (headers or {})
        url = self.slack.http.url
        assert url is not None
        sent = {name: value for name, value in merged.items() if value}
        async with self.client.post(url, data=BytesIO(raw), headers=sent) as response:
            answered = Answered(response.status, await response.text())
        return _in_order(answered)

    async def hand(self, body: bytes | Json, *, content_type: str = FORM) -> Answered:
        """Hand the bot a signed request of one's own making, without a server in between.

        For scenarios with very many: they are answered as over HTTP, in a third of the time.
        """
        raw = body if isinstance(body, bytes) else urlencode(body).encode()
        signed = signed_headers(self.slack.signing_secret, int(time.time()), raw)
        headers = {"Content-Type": content_type} | signed
        app = self.nextrung.http
        status, answer = await handed(app, EVENTS_PATH, headers=headers, body=raw)
        return _in_order(Answered(status, answer.decode()))

    def response_url(self, member_id: str = ENGINEER) -> str:
        """Return a response URL that works, as Slack puts one into every command."""
        url = self.slack.world.new_response_url(member_id=member_id, channel_id="C0GENERAL")
        return f"{self.slack.url}/response/{url.id}"

    async def interact(self, payload: Json) -> Answered:
        """Send an interactive payload of one's own making."""
        return await self.hand({"payload": json.dumps(payload)})


def _in_order(answered: Answered) -> Answered:
    assert answered.status_code < 500, answered.text
    assert "Traceback" not in answered.text
    return answered


def command_fields(**changes: str | None) -> Json:
    """Return the form fields of `/skill mlops` by the engineer; None leaves a field out."""
    fields: Json = {
        "token": samples.VERIFICATION_TOKEN,
        "team_id": samples.WORKSPACE,
        "team_domain": "sample-workspace",
        "channel_id": "C0GENERAL",
        "channel_name": "general",
        "user_id": ENGINEER,
        "user_name": "engineer",
        "command": "/skill",
        "text": "mlops",
        "api_app_id": samples.APP_ID,
        "is_enterprise_install": "false",
        "response_url": "",
        "trigger_id": "trigger",
    } | changes
    return {name: value for name, value in fields.items() if value is not None}


def interaction_fields(kind: str, **changes: Any) -> Json:
    """Return an interactive payload by the engineer; None leaves a field out."""
    fields: Json = {
        "type": kind,
        "user": {"id": ENGINEER, "username": "engineer", "team_id": samples.WORKSPACE},
        "api_app_id": samples.APP_ID,
        "token": samples.VERIFICATION_TOKEN,
        "team": {"id": samples.WORKSPACE, "domain": "sample-workspace"},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": "trigger",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None or name in changes}


def as_message(surface: Surface | None) -> MessageHandle:
    """Return the message that a press left the member with."""
    assert isinstance(surface, MessageHandle), surface
    return surface


def as_modal(surface: Surface | None) -> ViewHandle:
    """Return the modal that a press left the member with."""
    assert isinstance(surface, ViewHandle), surface
    return surface


@contextmanager
def captured_logs() -> Iterator[list[MutableMapping[str, Any]]]:
    """Collect what the bot logs, whatever logging was set up before."""
    structlog.reset_defaults()
    with structlog.testing.capture_logs() as logs:
        yield logs


def _client() -> aiohttp.ClientSession:
    # Only the headers that a test names: one that it leaves out must not come by itself.
    return aiohttp.ClientSession(skip_auto_headers=("Content-Type", "User-Agent"))


@asynccontextmanager
async def running_desk(
    database_url: str,
    caplog: pytest.LogCaptureFixture,
    *,
    mode: Mode = "http",
    languages: Languages | None = None,
    limits: Limits | None = None,
    ticking: bool = False,
) -> AsyncIterator[Desk]:
    """Run the pair over HTTP or Socket Mode; leaving checks that all was clean.

    What the bot does by itself every second or so it does only if `ticking`: a scenario tells it
    when, and a crowded machine does not spend its time on it. It begins on a Tuesday at eight, by
    UTC, for what comes in the evening or on a Sunday may wait; `ticking` it begins now, for the
    database's clock is asked too.
    """
    with captured_logs() as logs, kept_catalogue():
        async with LocalSlack(manifest=build_manifest(), mode=mode) as slack:
            if not ticking:
                begin_at_work(slack)
            pair = (
                _beside_on_socket(slack, database_url)
                if mode == "socket"
                else _beside_on_http(slack, database_url, languages, limits)
            )
            async with AsyncExitStack() as running, _client() as client:
                with _spared(ticking=ticking, peopled=isinstance(database_url, PeopledUrl)):
                    nextrung = await running.enter_async_context(pair)
                desk = Desk(slack, nextrung, logs, client)
                yield desk
                await slack.settled(quiet=0.01)
                desk.clean()
    if not desk.faults_expected:
        # What nobody caught ends in the standard library's log: Bolt's, aiohttp's, asyncio's.
        loud = [each for each in caplog.records if each.levelno >= logging.ERROR]
        assert [each.getMessage() for each in loud] == []


def begin_at_work(slack: LocalSlack) -> None:
    """Let it be when all sample members are at work next, in Berlin and in Shanghai."""
    now = slack.clock.now()
    morning = now.replace(hour=8, minute=0, second=0, microsecond=0)
    morning += timedelta(days=(_TUESDAY - now.weekday()) % 7)
    slack.advance((morning - now) % timedelta(days=7) / timedelta(seconds=1))


@contextmanager
def _spared(*, ticking: bool, peopled: bool) -> Iterator[None]:
    """Spare a start what the scenario does not use: a clock, and to introduce who is known."""
    with ExitStack() as patches:
        if not ticking:
            patches.enter_context(patch.object(Clockwork, "every"))
            patches.enter_context(patch.object(Clockwork, "start"))
        if peopled:
            patches.enter_context(patch("bot.cli.local.introduce"))
            patches.enter_context(patch(f"{__name__}.introduce"))
        yield


@asynccontextmanager
async def _beside_on_http(
    slack: LocalSlack, database_url: str, languages: Languages | None, limits: Limits | None
) -> AsyncIterator[Nextrung]:
    async with beside(slack, database_url=database_url, languages=languages, limits=limits) as pair:
        yield pair.nextrung


@asynccontextmanager
async def _beside_on_socket(slack: LocalSlack, database_url: str) -> AsyncIterator[Nextrung]:
    settings = Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
        slack_api_url=slack.api_url,
        database_url=database_url,
        nextrung_member_per_minute=0,
    )
    nextrung = bootstrap(settings, clock=slack.clock)
    socket = SocketMode(nextrung.app, app_token=slack.app_token)
    try:
        await nextrung.start()
        await introduce(nextrung.services.members, slack)
        await socket.connect()
        await slack.socket.connected()
        yield nextrung
    finally:
        await socket.close()
        await nextrung.stop()
