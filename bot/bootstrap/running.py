"""What runs in one process: its start, its ticks, its end."""

import asyncio
from dataclasses import asdict, field
from typing import TYPE_CHECKING

from bot.bootstrap.built_in import ensure_built_in
from bot.bootstrap.telemetry import Telemetry
from bot.log import get_logger
from bot.scheduler.clockwork import Clockwork
from bot.services.bundle import Services
from bot.services.catalogue.scheduled import ScheduledPublishing
from bot.services.figures.process import Figures
from bot.services.goal_news import GoalNews
from bot.services.health import Health
from bot.services.installs.rotation import Rotation
from bot.services.nudges.worker import Nudging
from bot.services.two_clocks import TwoClocks
from bot.slack.app import NextrungApp
from bot.slack.guard import ASGIApp
from bot.slack.installs.errands import Errands
from bot.slack.installs.stored import StoredInstallations
from bot.slack.network import Pool
from bot.store import migrate
from bot.store.collector import keep_out_of_collections
from bot.store.database import Database
from bot.store.members.changes import DatabaseWentBack
from bot.values import dataclass

if TYPE_CHECKING:
    # Who calls has read them; here they are a value like others, and need no pydantic.
    from bot.config import Settings

# A new revision, or a member changed by another process, is served within two seconds.
REFRESH_SECONDS = 1.25
# A nudge is sent within a few seconds of when it is due.
NUDGE_SECONDS = 1.25
# A plan that lies impossibly far is found within a minute.
STRAIGHT_SECONDS = 60.0
# A token that ends is exchanged up to an hour before nudges need it.
ROTATION_SECONDS = 60.0
EXPIRY_SECONDS = 3600.0
# What a revision changed in goals is told some minutes after it was published: to look whose goals
# it touches takes a while where there are very many. A draft is published within half a minute of
# its moment.
NEWS_SECONDS = 60.0
ACTION_SECONDS = 60.0
BRIEF_SECONDS = 30.0
DRAFT_SECONDS = 20.0
PRUNE_SECONDS = 600.0
# Who offers help is asked about once a day, a few accounts at a time; who could help whom is
# looked at as often.
HELPER_SECONDS = 300.0
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
    clocks: TwoClocks
    figures: Figures
    telemetry: Telemetry

    async def start(self, *, nudging: bool | None = None) -> None:
        """Prepare the store, load the built-in catalogue, start the clock.

        `nudging` tells whether this process plans and sends nudges; by itself it does on SQLite,
        where there is no other. On PostgreSQL that is the workers' part.

        Raises:
            StoreError: the database cannot be used; the error says what to do.
        """
        self.telemetry.begin()
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
        self._tick_always()
        if self.database.dialect == "sqlite" if nudging is None else nudging:
            self._tick_as_worker()
        self.clockwork.start()
        # What is loaded now stays: a collection that walks it would hold up every answer. None
        # comes first: it would take a tenth of a second to find next to nothing (30 objects).
        keep_out_of_collections()

    def _tick_always(self) -> None:
        """Begin what every process does now and then."""
        every, by_time, by_age = self.clockwork.every, self.clocks.by_time, self.clocks.by_age
        every(REFRESH_SECONDS, "catalogues", self.services.catalogues.poll)
        every(REFRESH_SECONDS, "members", self._hear_of_changes)
        every(EFFECT_SECONDS, "moves", self.services.moves.refresh)
        every(PRUNE_SECONDS, "changes", self.database.prune_changes)
        every(EFFECT_SECONDS, "effects", by_time(self._finish_errands))
        every(EFFECT_SECONDS, "removals", self.services.installing.take_back)
        every(PRUNE_SECONDS, "garbage", self._free_garbage)
        every(EXPIRY_SECONDS, "unclear_marks", by_age(self.services.unclear.expire))
        every(EXPIRY_SECONDS, "old_drafts", by_age(self.scheduled.clean))
        every(EXPIRY_SECONDS, "split_workspaces", self._join_split)
        every(EXPIRY_SECONDS, "organisations", by_time(self.services.relocating.ask_all))
        every(EXPIRY_SECONDS, "audit", by_age(self.services.audit.expire))

    def _tick_as_worker(self) -> None:
        """Begin what is due at its time. Nudges look at the clocks themselves, in between too."""
        every, by_time = self.clockwork.every, self.clocks.by_time
        every(NUDGE_SECONDS, "nudge_planning", self.nudging.plan)
        every(NUDGE_SECONDS, "nudge_sending", self.nudging.send)
        every(STRAIGHT_SECONDS, "nudge_plans", self.nudging.straighten)
        every(NEWS_SECONDS, "goal_news", by_time(self.goal_news.turn))
        every(NEWS_SECONDS, "shares", by_time(self.services.share_care.turn))
        every(ACTION_SECONDS, "reminders", by_time(self.services.reminders.turn))
        every(BRIEF_SECONDS, "briefs", by_time(self.services.briefs.turn))
        every(DRAFT_SECONDS, "scheduled", by_time(self.scheduled.turn))
        every(EXPIRY_SECONDS, "adoption", by_time(self.services.adoption.turn))
        every(HELPER_SECONDS, "pairs", by_time(self.services.pairing.turn))
        every(HELPER_SECONDS, "helpers", by_time(self.services.helper_accounts.turn))
        if self.rotation is not None:
            every(ROTATION_SECONDS, "rotation", by_time(self.rotation.turn))

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
            self.services.help_offers.index.heard(changes)
            # Whoever pauses or refuses a workspace says so; else it is asked now and then.
            if changes.installs is None or changes.installs:
                await self.services.moves.refresh()

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
        await self.telemetry.close()
