"""The Bolt app: services in, listeners registered, every request answered in time."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from prometheus_client import CollectorRegistry
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.cards.blocks import section
from bot.cards.card import Card
from bot.cards.errors.card import not_installed_text
from bot.domain.errors import TooSlow
from bot.log import get_logger, number_request
from bot.services.bundle import Services
from bot.services.clock import Steady, always_steady
from bot.services.figures.requests import RequestFigures, Watch
from bot.slack import fallbacks
from bot.slack.auth import Workspaces, bolt_authorize
from bot.slack.catalogue import checking, drafts, publishing, rolling_back, wizard
from bot.slack.catalogue import panel as catalogue
from bot.slack.client import SlackClient, client_of_request, slack_client
from bot.slack.commands import growth
from bot.slack.commands import lookups as commands
from bot.slack.context import LaterWork, follow_with
from bot.slack.door.entering import Door
from bot.slack.door.underway import Underway
from bot.slack.errors import answer_error, handle_errors
from bot.slack.growth import actions as planned
from bot.slack.growth import evidence, goals, home, shortcuts
from bot.slack.growth import marks as marking
from bot.slack.growth import walkthrough as assessment
from bot.slack.guard import UNPARSED
from bot.slack.installs import events as workspace
from bot.slack.installs import frameworks, grid
from bot.slack.installs.removal import Removal
from bot.slack.lookup import presses as actions
from bot.slack.lookup import suggestions as options
from bot.slack.lookup import unclear
from bot.slack.members import my_data as export
from bot.slack.members import settings
from bot.slack.network import Network
from bot.slack.nudges import presses as nudges
from bot.slack.reading import misfit
from bot.slack.reply.answering import notice_view
from bot.slack.routes import Routes
from bot.slack.sent_text import make_whole
from bot.slack.teams import agreements, confirmations, manager_marks, shares, talks
from bot.slack.teams.helping import adoption
from bot.slack.teams.helping import offers as helping
from bot.slack.teams.team_view import presses as team_presses
from bot.spans import Tracer, within
from bot.time_left import TimeLimit, answer_within

LISTENERS = (
    commands,
    actions,
    marking,
    assessment,
    evidence,
    planned,
    options,
    unclear,
    nudges,
    growth,
    home,
    goals,
    settings,
    shortcuts,
    export,
    catalogue,
    checking,
    publishing,
    rolling_back,
    drafts,
    wizard,
    frameworks,
    helping,
    adoption,
    shares,
    team_presses,
    confirmations,
    agreements,
    talks,
    manager_marks,
)

# Slack waits three seconds; the rest is for the way back.
DEADLINE_SECONDS = 2.5
LAST_SECONDS = 0.3

log = get_logger()


class NextrungApp(AsyncApp):
    """A Bolt app that always answers before Slack stops waiting, and can be drained."""

    services: Services
    removal: Removal
    deadline_seconds: float = DEADLINE_SECONDS

    def __init__(
        self,
        *,
        services: Services,
        routes: Routes,
        workspaces: Workspaces,
        client: SlackClient,
        signing_secret: str,
        figures: RequestFigures,
        tracer: Tracer | None = None,
    ) -> None:
        self.figures = figures
        self.tracer = tracer
        self.routes = routes
        self.workspaces = workspaces
        # Speaks for no workspace; each request gets one that does.
        self.slack = client
        # Without one nobody can sign: Bolt would verify against an empty secret.
        signing_secret = signing_secret or token_urlsafe()
        self.signatures = SignatureVerifier(signing_secret)
        with _environment_hidden():
            super().__init__(
                name="nextrung",
                # Each request gets the token that its workspace is authorized with.
                client=client,
                authorize=bolt_authorize(workspaces.authorizer()),
                user_facing_authorize_error_message=not_installed_text(services.translators),
                signing_secret=signing_secret,
                process_before_response=True,
                # None of the events that we take is ever our own doing.
                ignoring_self_events_enabled=False,
                ignoring_self_assistant_message_events_enabled=False,
                attaching_function_token_enabled=False,
                attaching_conversation_kwargs_enabled=False,
            )
        self.services = services
        self._pattern: dict[str, Any] = {}
        self._underway = Underway()

    @property
    def later(self) -> LaterWork:
        """Does work beside the answers; see `Underway.later`."""
        return self._underway.later

    @property
    def is_idle(self) -> bool:
        """Whether no request and nothing beside one is under way."""
        return self._underway.is_idle

    async def drained(self, seconds: float) -> bool:
        """Wait until no request is in flight; False where some still run after `seconds`."""
        return await self._underway.drained(seconds)

    def _init_context(self, req: AsyncBoltRequest) -> None:
        """Give a request a client of its own, as Bolt does, by a copy of the first one.

        To make one anew, Bolt looks up proxies and versions, which takes as long as our own part of
        an answer that is at hand. It is one of ours: Bolt's would go to Slack its own way.
        """
        context, pattern = req.context, self._pattern
        if not pattern:
            super()._init_context(req)
            for name in ("logger", "token", "client", "listener_runner"):
                pattern[name] = context[name]
            pattern["client"] = self.slack
        context.update(pattern)
        context["client"] = client_of_request(pattern["client"], context.team_id)

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Answer a request; one that takes too long gets a clear card instead of silence."""
        make_whole(req)
        span = self.tracer.begin("request") if self.tracer else None
        watch = Watch(self.figures, req.body, span)
        follow_with(req.context, watch)
        number_request()
        task = self._underway.begin()
        try:
            with within(span):
                return await self._in_time(req, watch)
        except UNPARSED:
            unfit = misfit(req.body)
            if unfit is None:
                raise
            # Bolt failed on it before our door; nobody knows yet whether it is Slack's.
            watch.refused(unfit.code)
            log.warning("payload_unfit", part=unfit.params["part"])
            return BoltResponse(status=200, body="")
        finally:
            watch.end()
            self._underway.end(task)
            if self.is_idle:
                self.services.catalogues.settle()

    async def _in_time(self, req: AsyncBoltRequest, watch: Watch) -> BoltResponse:
        try:
            with answer_within(self.deadline_seconds):
                async with TimeLimit(self.deadline_seconds):
                    return self._told(req, await super().async_dispatch(req))
        except TimeoutError:
            watch.late()
            return await self._too_slow(req)

    def _told(self, req: AsyncBoltRequest, answer: BoltResponse) -> BoltResponse:
        """Say in a modal that the app is not installed there: Slack shows no plain text for it."""
        if req.body.get("type") != "view_submission" or req.context.authorize_result:
            return answer
        translators = self.services.translators
        text, tr = not_installed_text(translators), translators.for_locale(None)
        if answer.body != text:
            return answer
        view = notice_view(Card(text, [section(text)]), tr)
        return BoltResponse(status=200, body={"response_action": "update", "view": view})

    async def _too_slow(self, req: AsyncBoltRequest) -> BoltResponse:
        """Say so in what is left of Slack's three seconds; else acknowledge in silence."""
        try:
            async with asyncio.timeout(LAST_SECONDS):
                return await answer_error(TooSlow(), req.body, req.context, self.services)
        except TimeoutError:
            return BoltResponse(status=200, body="")


def build_app(
    services: Services,
    *,
    workspaces: Workspaces,
    api_url: str,
    signing_secret: str,
    network: Network | None = None,
    figures: RequestFigures | None = None,
    tracer: Tracer | None = None,
    removed_kept_for: timedelta = timedelta(),
    steady: Steady = always_steady,
) -> NextrungApp:
    """Build the app, and register every listener.

    What is held of a workspace that removed the app is kept for `removed_kept_for`.
    """
    routes = Routes()
    app = NextrungApp(
        services=services,
        routes=routes,
        workspaces=workspaces,
        client=slack_client(None, api_url=api_url, network=network),
        signing_secret=signing_secret,
        figures=figures or RequestFigures(CollectorRegistry()),
        tracer=tracer,
    )
    app.use(Door(services, routes, app.later, app.figures))
    app.error(handle_errors(services))
    for listeners in LISTENERS:
        listeners.register(routes)
    app.removal = Removal(services, workspaces, removed_kept_for, steady)
    workspace.register(routes, services, workspaces, app.removal, app.later)
    grid.register(routes, services, workspaces, app.later)
    fallbacks.register(routes)
    return app


@contextmanager
def _environment_hidden() -> Iterator[None]:
    """Hide Slack's settings from Bolt, which reads them by itself.

    A token beside our client is warned about, a client id would begin an OAuth flow with files of
    its own, and a verification token would be one more secret that lets somebody in.
    """
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)
