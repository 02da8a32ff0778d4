"""Settings in, a running Nextrung out. Nothing else builds services."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from bot.bootstrap.from_settings import install_pages_of
from bot.bootstrap.ground import Ground, Reached, ground_of, reached_of
from bot.bootstrap.running import Ending, Nextrung
from bot.domain.installs.command_names import CommandNames
from bot.scheduler.clockwork import Clockwork
from bot.services.bundle import Services, build_services
from bot.services.catalogue.scheduled import ScheduledPublishing
from bot.services.figures.process import Figures
from bot.services.figures.standing import CacheFigures, StandingFigures
from bot.services.goal_news import GoalNews
from bot.services.health import Health
from bot.services.installs.limits import Limits
from bot.services.installs.moving import Moves
from bot.services.installs.rotation import TokenExchange
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.lookup.metrics import CatalogueMetrics
from bot.services.nudges.metrics import NudgeMetrics
from bot.services.nudges.tools import Pace
from bot.services.nudges.worker import Nudging, build_nudging
from bot.services.ports import Clock
from bot.slack.app import NextrungApp, build_app
from bot.slack.catalogue.draft_post import SlackDraftPost
from bot.slack.growth.news_post import SlackGoalNewsPost
from bot.slack.guard import ASGIApp
from bot.slack.http import build_http, operator_http
from bot.slack.installs.directory import SlackDirectory
from bot.slack.installs.errands import Errands
from bot.slack.members.profiles import SlackProfiles
from bot.slack.nudges.post import SlackNudgePost
from bot.slack.reply.messenger import SlackMessenger
from bot.store.database import Database
from bot.text.languages import Languages, load_languages

if TYPE_CHECKING:
    # Who calls has read them; here they are a value like others, and need no pydantic.
    from bot.config import Settings


def bootstrap(
    settings: "Settings",
    *,
    clock: Clock | None = None,
    bot_tokens: Sequence[str] = (),
    languages: Languages | None = None,
    limits: Limits | None = None,
    token_exchange: TokenExchange | None = None,
    compared: bool | None = None,
) -> Nextrung:
    """Build one Nextrung from settings. Connects to nothing yet.

    `bot_tokens` takes the place of the settings' token where there are several workspaces;
    `languages` that of those which come with Nextrung, `limits` that of the settings'. `compared`
    tells whether the clock must agree with the database's, as that of this machine must.

    Raises:
        BadDatabaseUrl: DATABASE_URL cannot be used.
        BadTokenKeys: a key of NEXTRUNG_TOKEN_KEYS is none, or the file cannot be read.
        BrokenWordList: a language's list of typed words cannot be used.
    """
    ground = ground_of(settings, clock, compared=compared)
    reached = reached_of(ground, bot_tokens, token_exchange)
    moves = Moves(ground.database, ground.clock)
    profiles = SlackProfiles(reached.workspaces, refused=moves.refused)
    spoken = languages or load_languages()
    services = _services(ground, reached, spoken, moves=moves, profiles=profiles, limits=limits)
    app = _app(ground, reached, services)
    nudging = _nudging(ground, reached, services, profiles)
    goal_news = _goal_news(ground, reached, services, profiles)
    errands = Errands(services, reached.workspaces, app.removal, app.later)
    services.effects.carrier = errands
    health, figures = _health(ground, services), ground.figures
    look_at_all(figures, services, ground.database, ground.counted)
    figures.look_at_clock(ground.clocks.ahead)
    pages = install_pages_of(settings, services, ground.database, ground.network)
    return Nextrung(
        settings=settings,
        database=ground.database,
        services=services,
        app=app,
        http=build_http(app, health, figures.page, pages),
        operator=cast("ASGIApp", operator_http(health, figures.page)),
        nudging=nudging,
        goal_news=goal_news,
        scheduled=_scheduled(ground, reached, services),
        errands=errands,
        clockwork=Clockwork(figures.ticks.add),
        ending=Ending(),
        stored=reached.stored,
        rotation=reached.rotation,
        pool=ground.pool,
        health=health,
        clocks=ground.clocks,
        figures=figures,
        telemetry=ground.telemetry,
    )


def _services(
    ground: Ground,
    reached: Reached,
    spoken: Languages,
    *,
    moves: Moves,
    profiles: SlackProfiles,
    limits: Limits | None,
) -> Services:
    settings = ground.settings
    return build_services(
        ground.database,
        catalogues=Catalogues(
            ground.database.catalogues,
            spoken.typed_words,
            memory=settings.nextrung_catalogue_memory_mb * 1_000_000,
            metrics=CatalogueMetrics(ground.figures.registry),
        ),
        profiles=profiles,
        messenger=SlackMessenger(reached.workspaces),
        directory=SlackDirectory(reached.workspaces),
        translators=spoken.translators.naming(CommandNames(settings.nextrung_command_prefix)),
        moves=moves,
        clock=ground.clock,
        fresh_for=timedelta(days=settings.nextrung_fresh_days),
        limits=limits
        or Limits(
            member=settings.nextrung_member_per_minute,
            workspace=settings.nextrung_workspace_per_minute,
        ),
        installing=reached.installing,
        audit_kept_for=timedelta(days=settings.nextrung_audit_days),
        catalogue_owners=settings.catalogue_owners,
        secret=_signing_secret(ground) or " ".join(reached.tokens),
        steady=ground.clocks,
        counted=ground.counted,
    )


def _signing_secret(ground: Ground) -> str:
    secret = ground.settings.slack_signing_secret
    return secret.get_secret_value() if secret else ""


def _app(ground: Ground, reached: Reached, services: Services) -> NextrungApp:
    return build_app(
        services,
        workspaces=reached.workspaces,
        api_url=ground.settings.slack_api_url,
        signing_secret=_signing_secret(ground),
        network=ground.network,
        figures=ground.figures.requests,
        tracer=ground.telemetry.tracer,
        removed_kept_for=timedelta(days=ground.settings.nextrung_keep_removed_days),
        steady=ground.clocks,
    )


def _nudging(
    ground: Ground, reached: Reached, services: Services, profiles: SlackProfiles
) -> Nudging:
    settings = ground.settings
    return build_nudging(
        ground.database,
        catalogues=services.catalogues,
        measuring=services.measuring,
        members=services.members,
        clock=ground.clock,
        profiles=profiles,
        post=SlackNudgePost(reached.workspaces, services.translators),
        pace=Pace(
            per_minute=settings.nextrung_nudges_per_minute,
            lease=timedelta(seconds=settings.nextrung_lease_seconds),
        ),
        metrics=NudgeMetrics(ground.figures.registry),
        clocks=ground.clocks,
        tracer=ground.telemetry.tracer,
    )


def _goal_news(
    ground: Ground, reached: Reached, services: Services, profiles: SlackProfiles
) -> GoalNews:
    return GoalNews(
        ground.database,
        catalogues=services.catalogues,
        members=services.members,
        measuring=services.measuring,
        profiles=profiles,
        post=SlackGoalNewsPost(reached.workspaces, services.translators),
        clock=ground.clock,
    )


def _scheduled(ground: Ground, reached: Reached, services: Services) -> ScheduledPublishing:
    return ScheduledPublishing(
        ground.database,
        services.drafts,
        services.members,
        SlackDraftPost(reached.workspaces, services.translators),
        ground.clock,
    )


def _health(ground: Ground, services: Services) -> Health:
    health = Health(ground.database, services.catalogues, ground.clock, ahead=ground.clocks.ahead)
    health.watch(ground.clocks.fault)
    return health


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
