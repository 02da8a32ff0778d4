"""The composition root: settings in, a running Nextrung out. Nothing else builds services."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, cast

from bot.domain.framework import CatalogueContent
from bot.domain.installs.command_names import CommandNames
from bot.domain.revision import Catalogue
from bot.formats.bundled import data_folder
from bot.formats.native_source import source_digest
from bot.log import get_logger
from bot.scheduler.clockwork import Clockwork
from bot.services.bundle import Services, build_services
from bot.services.catalogue.scheduled import ScheduledPublishing
from bot.services.clock import Steadiness, SystemClock, always_steady
from bot.services.figures.process import Figures
from bot.services.figures.standing import CacheFigures, StandingFigures
from bot.services.goal_news import GoalNews
from bot.services.health import Health
from bot.services.installs.begun import BegunInstalls
from bot.services.installs.installing import Installing
from bot.services.installs.limits import Limits
from bot.services.installs.moving import Moves
from bot.services.installs.rotation import Rotation, TokenExchange
from bot.services.lookup.metrics import CatalogueMetrics
from bot.services.lookup.shelves import BUILT_IN, Catalogues
from bot.services.nudges.metrics import NudgeMetrics
from bot.services.nudges.tools import Pace
from bot.services.nudges.worker import Nudging, build_nudging
from bot.services.ports import Clock
from bot.slack.app import NextrungApp, build_app
from bot.slack.auth import Workspaces
from bot.slack.catalogue.draft_post import SlackDraftPost
from bot.slack.client import slack_client
from bot.slack.growth.news_post import SlackGoalNewsPost
from bot.slack.guard import ASGIApp
from bot.slack.http import build_http, operator_http
from bot.slack.installs.directory import SlackDirectory
from bot.slack.installs.errands import Errands
from bot.slack.installs.oauth.app import OAuthApp
from bot.slack.installs.oauth.exchange import Exchange
from bot.slack.installs.oauth.flow import InstallPages
from bot.slack.installs.stored import StoredInstallations
from bot.slack.members.profiles import SlackProfiles
from bot.slack.network import Network, Pool, trusting
from bot.slack.nudges.post import SlackNudgePost
from bot.slack.reply.messenger import SlackMessenger
from bot.slack.tokens.exchange import SlackExchange
from bot.store import migrate
from bot.store.collector import keep_out_of_collections
from bot.store.database import Database
from bot.store.members.changes import DatabaseWentBack
from bot.store.tokens.keys import TokenKeys, key_words, keys_in
from bot.text.languages import Languages, load_languages

if TYPE_CHECKING:
    # Who calls has read them; here they are a value like others, and need no pydantic.
    from bot.config import Settings

# A new revision, or a member changed by another process, is served within two seconds.
REFRESH_SECONDS = 1.0
# A nudge is sent within a few seconds of when it is due.
NUDGE_SECONDS = 1.0
# A plan that lies impossibly far is found within a minute.
STRAIGHT_SECONDS = 60.0
# A token that ends is exchanged up to an hour before nudges need it.
ROTATION_SECONDS = 60.0
EXPIRY_SECONDS = 3600.0
# What a revision changed in goals is told some minutes after it was published: to look whose goals
# it touches takes a while where there are very many. A draft is published within half a minute of
# its moment.
NEWS_SECONDS = 60.0
DRAFT_SECONDS = 20.0
PRUNE_SECONDS = 600.0
# What a process left undone is taken up by another within minutes; this is only how often it looks.
EFFECT_SECONDS = 5.0

log = get_logger()


@dataclass(slots=True)
class Ending:
    """Whether this process is to end: `asked` by whoever, by itself where there is a `why`."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    why: DatabaseWentBack | None = None


@dataclass(frozen=True, slots=True)
class Nextrung:
    """Everything that runs in one process."""

    settings: "Settings"
    database: Database
    services: Services
    app: NextrungApp
    http: ASGIApp
    operator: ASGIApp
    nudging: Nudging
    goal_news: GoalNews
    scheduled: ScheduledPublishing
    errands: Errands
    clockwork: Clockwork
    ending: Ending
    stored: StoredInstallations
    rotation: Rotation | None
    pool: Pool
    health: Health
    figures: Figures

    async def start(self, *, nudging: bool | None = None) -> None:
        """Prepare the store, load the built-in catalogue, start the clock.

        `nudging` tells whether this process plans and sends nudges; by itself it does on SQLite,
        where there is no other. On PostgreSQL that is the workers' part.

        Raises:
            StoreError: the database cannot be used; the error says what to do.
        """
        if self.database.dialect == "sqlite":
            await migrate.upgrade(self.settings.database)
        else:
            await migrate.check(self.settings.database)
        published = await ensure_built_in(self.database, self.services.clock)
        if published is not None:
            await self.services.catalogues.hold(published)
        await self._join_split()
        # What was forgotten just before the last end may still lie in SQLite's log.
        await self.services.records.scrub()
        await self.services.catalogues.begin()
        await self.services.members.refresh()
        await self.services.moves.refresh()
        self.clockwork.every(REFRESH_SECONDS, "catalogues", self.services.catalogues.poll)
        self.clockwork.every(REFRESH_SECONDS, "members", self._hear_of_changes)
        self.clockwork.every(REFRESH_SECONDS, "moves", self.services.moves.refresh)
        self.clockwork.every(PRUNE_SECONDS, "changes", self.database.prune_changes)
        self.clockwork.every(EFFECT_SECONDS, "effects", self._finish_errands)
        self.clockwork.every(EFFECT_SECONDS, "removals", self.services.installing.take_back)
        if self.database.dialect == "sqlite" if nudging is None else nudging:
            self.clockwork.every(NUDGE_SECONDS, "nudge_planning", self.nudging.plan)
            self.clockwork.every(NUDGE_SECONDS, "nudge_sending", self.nudging.send)
            self.clockwork.every(NEWS_SECONDS, "goal_news", self.goal_news.turn)
            self.clockwork.every(DRAFT_SECONDS, "scheduled", self.scheduled.turn)
            self.clockwork.every(STRAIGHT_SECONDS, "nudge_plans", self.nudging.straighten)
            if self.rotation is not None:
                self.clockwork.every(ROTATION_SECONDS, "rotation", self.rotation.turn)
        self.clockwork.every(PRUNE_SECONDS, "garbage", self._free_garbage)
        self.clockwork.every(EXPIRY_SECONDS, "unclear_marks", self.services.unclear.expire)
        self.clockwork.every(EXPIRY_SECONDS, "old_drafts", self.scheduled.clean)
        self.clockwork.every(EXPIRY_SECONDS, "split_workspaces", self._join_split)
        self.clockwork.every(EXPIRY_SECONDS, "organisations", self.services.relocating.ask_all)
        self.clockwork.every(EXPIRY_SECONDS, "audit", self.services.audit.expire)
        self.clockwork.start()
        # What is loaded now stays: a collection that walks it would hold up every answer. None
        # comes first: it would take a tenth of a second to find next to nothing (30 objects).
        keep_out_of_collections()

    async def _join_split(self) -> None:
        """Join what a version from before kept twice, as it may during a roll-out."""
        for each in await self.database.join_split(now=self.services.clock.now()):
            log.warning("workspace_joined", **asdict(each))

    async def _free_garbage(self) -> None:
        if self.app.is_idle:
            self.services.catalogues.look_at_everything()

    async def _hear_of_changes(self) -> None:
        try:
            changes = await self.services.members.refresh()
        except DatabaseWentBack as error:
            # What is in memory belongs to another history; nothing more must come of it.
            if self.ending.why is None:
                log.error("database_went_back", remedy=error.params["remedy"])  # noqa: TRY400 - its level
            self.nudging.sending.halt()
            self.ending.why = error
            self.ending.asked.set()
        else:
            self.stored.heard(changes.installs)

    def check_end(self) -> None:
        """Return where this process was told to end.

        Raises:
            DatabaseWentBack: it ended because a backup was restored.
        """
        if self.ending.why is not None:
            raise self.ending.why

    async def _finish_errands(self) -> None:
        await self.services.effects.turn(self.errands)

    async def stop(self, *, drain_seconds: float = 3.0) -> None:
        """Finish what is in flight, then let go of everything."""
        if not await self.app.drained(drain_seconds):
            log.warning("requests_abandoned")
        await self.nudging.stop()
        await self.clockwork.stop()
        await self.services.catalogues.stop()
        if self.rotation is not None:
            await self.rotation.settled()
        await self.pool.close()
        await self.database.dispose()


def bootstrap(
    settings: "Settings",
    *,
    clock: Clock | None = None,
    bot_tokens: Sequence[str] = (),
    languages: Languages | None = None,
    limits: Limits | None = None,
    token_exchange: TokenExchange | None = None,
) -> Nextrung:
    """Build one Nextrung from settings. Connects to nothing yet.

    `bot_tokens` takes the place of the settings' token where there are several workspaces;
    `languages` that of those which come with Nextrung, `limits` that of the settings'.

    Raises:
        BadDatabaseUrl: DATABASE_URL cannot be used.
        BadTokenKeys: a key of NEXTRUNG_TOKEN_KEYS is none, or the file cannot be read.
        BrokenWordList: a language's list of typed words cannot be used.
    """
    time = clock or SystemClock()
    token = settings.slack_bot_token
    tokens = bot_tokens or ([token.get_secret_value()] if token else [])
    api_url = settings.slack_api_url
    pool, figures = Pool(), Figures()
    network = replace(network_of(settings), pool=pool, heard=figures.called)
    database = Database(settings.database, token_keys=token_keys_of(settings))
    client_for = partial(slack_client, api_url=api_url, network=network)
    installing = Installing(database, time)
    # A clock that is moved by hand, in the sandbox, counts for all waiting.
    counted: Callable[[], float] = (lambda: time.now().timestamp()) if clock else monotonic
    stored = StoredInstallations(
        database.installations, installing, time, client_for, counted=counted
    )
    rotation, token_exchange = None, token_exchange or token_exchange_of(settings, network)
    if token_exchange is not None:
        rotation = Rotation(database, token_exchange, time, changed=stored.drop)
        stored.renewing = rotation
    workspaces = Workspaces(
        [client_for(each) for each in tokens],
        stored=stored,
        works=installing.works,
        counted=counted,
    )
    spoken = languages or load_languages()
    catalogues = Catalogues(
        database.catalogues,
        spoken.typed_words,
        memory=settings.nextrung_catalogue_memory_mb * 1_000_000,
        metrics=CatalogueMetrics(figures.registry),
    )
    secret = settings.slack_signing_secret
    signing = secret.get_secret_value() if secret else ""
    moves = Moves(database, time)
    profiles = SlackProfiles(workspaces, refused=moves.refused)
    translators = spoken.translators.naming(CommandNames(settings.nextrung_command_prefix))
    services = build_services(
        database,
        catalogues=catalogues,
        profiles=profiles,
        messenger=SlackMessenger(workspaces),
        directory=SlackDirectory(workspaces),
        translators=translators,
        moves=moves,
        clock=time,
        fresh_for=timedelta(days=settings.nextrung_fresh_days),
        limits=limits
        or Limits(
            member=settings.nextrung_member_per_minute,
            workspace=settings.nextrung_workspace_per_minute,
        ),
        installing=installing,
        audit_kept_for=timedelta(days=settings.nextrung_audit_days),
        catalogue_owners=settings.catalogue_owners,
        secret=signing or " ".join(tokens),
    )
    # A clock that is moved by hand, in the sandbox, jumps on purpose.
    steady = always_steady if clock else Steadiness(time)
    app = build_app(
        services,
        workspaces=workspaces,
        api_url=api_url,
        signing_secret=signing,
        network=network,
        figures=figures.requests,
        removed_kept_for=timedelta(days=settings.nextrung_keep_removed_days),
        steady=steady,
    )
    nudging = build_nudging(
        database,
        catalogues=catalogues,
        goals=services.goals,
        members=services.members,
        clock=time,
        profiles=profiles,
        post=SlackNudgePost(workspaces, translators),
        pace=Pace(
            per_minute=settings.nextrung_nudges_per_minute,
            lease=timedelta(seconds=settings.nextrung_lease_seconds),
        ),
        metrics=NudgeMetrics(figures.registry),
        steady=steady,
    )
    goal_news = GoalNews(
        database,
        catalogues=catalogues,
        members=services.members,
        goals=services.goals,
        profiles=profiles,
        post=SlackGoalNewsPost(workspaces, translators),
        clock=time,
    )
    health = Health(database, catalogues)
    look_at_all(figures, services, database, counted)
    return Nextrung(
        settings=settings,
        database=database,
        services=services,
        app=app,
        http=build_http(
            app,
            health,
            figures.page,
            install_pages_of(settings, services, database, network),
        ),
        operator=cast("ASGIApp", operator_http(health, figures.page)),
        nudging=nudging,
        goal_news=goal_news,
        scheduled=ScheduledPublishing(
            database,
            services.drafts,
            services.members,
            SlackDraftPost(workspaces, translators),
            time,
        ),
        errands=Errands(services, workspaces, app.removal, app.later),
        clockwork=Clockwork(figures.ticks.add),
        ending=Ending(),
        stored=stored,
        rotation=rotation,
        pool=pool,
        health=health,
        figures=figures,
    )


def look_at_all(
    figures: Figures, services: Services, database: Database, counted: Callable[[], float]
) -> None:
    """Add to the figures what is looked at only when somebody asks."""
    tallies = services.catalogues.tallies
    caches = {
        "members": services.members.tally,
        "growth": services.growth.tally,
        "cards": tallies.cards,
        "typed": tallies.typed,
    }
    CacheFigures(caches, figures.registry)
    standing = StandingFigures(database.standing, services.clock, counted, figures.registry)
    figures.look_first(standing.look)


def network_of(settings: "Settings") -> Network:
    """Return the way to Slack that the settings describe.

    Raises:
        UnusableCertificates: the file of certificates cannot be used.
    """
    proxy, file = settings.https_proxy, settings.nextrung_ca_file
    return Network(
        proxy=proxy.get_secret_value() if proxy else None,
        no_proxy=settings.no_proxy or "",
        trusted=trusting(file) if file else None,
    )


def token_keys_of(settings: "Settings") -> TokenKeys:
    """Return the keys that the settings and their file hold.

    Raises:
        BadTokenKeys: one is no key, or the file cannot be read.
    """
    given, file = settings.nextrung_token_keys, settings.nextrung_token_keys_file
    keys = key_words(given.get_secret_value() if given else "")
    return TokenKeys([*keys, *(keys_in(file) if file else ())])


def install_pages_of(
    settings: "Settings", services: Services, database: Database, network: Network
) -> InstallPages | None:
    """Return the pages of OAuth; None where it is not set up."""
    app, clock = oauth_app_of(settings), services.clock
    if app is None:
        return None
    return InstallPages(
        Exchange(app, settings.slack_api_url, network, clock.now),
        BegunInstalls(database, clock),
        services.installing,
        services.translators,
    )


def oauth_app_of(settings: "Settings") -> OAuthApp | None:
    """Return who we are to Slack where people install the app by themselves."""
    client, secret = settings.slack_client_id, settings.slack_client_secret
    public = settings.nextrung_public_url
    if client is None or secret is None or public is None:
        return None
    return OAuthApp(client, secret.get_secret_value(), public, settings.slack_authorize_url)


def token_exchange_of(settings: "Settings", network: Network) -> TokenExchange | None:
    """Return what exchanges tokens that end; only whom Slack knows as the app can."""
    app = oauth_app_of(settings)
    if app is None:
        return None
    return SlackExchange(app.client_id, app.client_secret, settings.slack_api_url, network)


async def ensure_built_in(database: Database, clock: Clock) -> Catalogue | None:
    """Publish the packaged catalogue where the store does not have it; else do nothing.

    Returns what was published, or None where it was there.
    """
    folder = data_folder() / "catalogue"
    read: list[CatalogueContent] = []

    def content() -> CatalogueContent:
        read.append(_read_built_in(folder))
        return read[0]

    now = clock.now()
    revision = await database.catalogues.ensure(
        content,
        catalogue_key=BUILT_IN,
        author="Nextrung",
        note="Built-in catalogue",
        at=now,
        source_digest=source_digest(folder),
    )
    # Another process may have been the first.
    return Catalogue(revision, read[0]) if read and revision.published_at == now else None


def _read_built_in(folder: Path) -> CatalogueContent:
    """Parse the packaged catalogue: once for each version of it, not at each start."""
    from bot.formats.native import read_bundled

    return read_bundled(folder)
