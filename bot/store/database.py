"""The store as the rest of Nextrung sees it."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime

from sqlalchemy import exists, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members.personal_data import NOTHING_FORGOTTEN, Forgotten
from bot.domain.tenancy import Tenant
from bot.store.audit.acts import AuditLog
from bot.store.catalogue.due_drafts import DueDrafts
from bot.store.catalogue.revisions import CatalogueStore
from bot.store.catalogue.unclear import drop_expired_marks
from bot.store.catalogue.uploads import OldUploads
from bot.store.connections import dispose
from bot.store.dialect import empty_log
from bot.store.effects import EffectStore
from bot.store.engine import Purpose, make_engine, transaction
from bot.store.fitness.probe import Fitness
from bot.store.fitness.standing import StandingDesk
from bot.store.growth.due_actions import DueActions
from bot.store.growth.goal_news import GoalNewsStore
from bot.store.installs.frameworks import FrameworkStore
from bot.store.installs.joining import Joined, SplitWorkspaces
from bot.store.installs.moves import MoveStore
from bot.store.installs.oauth.states import OAuthStates
from bot.store.installs.organisations import OrganisationStore
from bot.store.installs.refreshing import RefreshStore
from bot.store.isolation.reach import Across, Reach
from bot.store.isolation.state import LockState, lock_state
from bot.store.members.changes import Changes, Mark, begin_history, changes_since, prune
from bot.store.models import member
from bot.store.nudges.operator import NudgeDesk
from bot.store.nudges.outbox import NudgeOutbox
from bot.store.nudges.planner import NudgePlanner
from bot.store.nudges.restored import Restored, settle
from bot.store.nudges.senders import NudgeSenders
from bot.store.place.address import dialect_of, parse_url
from bot.store.place.condition import share_condition
from bot.store.teams.due import DueShares
from bot.store.teams.due_talks import DueTalks
from bot.store.teams.helping.adoption import AdoptionStore
from bot.store.teams.helping.everywhere import HelpingStore
from bot.store.tokens.installed import InstallationStore
from bot.store.tokens.keys import NO_KEYS, TokenKeys
from bot.store.unit_of_work import UnitOfWork

BUILT_IN = "built-in"
"""The key of the catalogue for workspaces without one of their own."""
_SETTLE_MS = 300_000
FORGET_BATCH = 50
"""Members deleted in one transaction: short enough that others go on writing in between."""


class Database:
    """Connections to one database, and the units of work on it.

    Reads and writes have separate connections: a long write never keeps a reader waiting, and a
    write by mistake within `read` is refused by the database itself. On SQLite one connection
    writes; on PostgreSQL there are at most twice `pool_size` connections.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 5,
        statement_timeout_ms: int = 2000,
        token_keys: TokenKeys = NO_KEYS,
    ) -> None:
        """Prepare engines; nothing is connected or created yet.

        Args:
            url: sqlite:///path or postgresql://..., see `parse_url`.
            pool_size: most connections for reading, and on PostgreSQL as many for writing.
            statement_timeout_ms: limit for a statement, a lock or a free connection; a whole unit
                of work ends at most half a second later.
            token_keys: what the tokens of installations are encrypted with.

        Raises:
            BadDatabaseUrl: the URL cannot be used.
        """
        parsed = parse_url(url)
        self.dialect = dialect_of(parsed)
        self._timeout_ms = statement_timeout_ms
        self._token_keys = token_keys
        limit = statement_timeout_ms
        writers = 1 if self.dialect == "sqlite" else pool_size
        self._reader = make_engine(parsed, Purpose.READ, pool_size=pool_size, timeout_ms=limit)
        self._writer = make_engine(parsed, Purpose.WRITE, pool_size=writers, timeout_ms=limit)
        self._bulk = make_engine(parsed, Purpose.BULK)
        share_condition(self._reader, self._writer, self._bulk)
        engines = {"reader": self._reader, "writer": self._writer}
        self.catalogues = CatalogueStore(reader=self._reader, bulk=self._bulk, timeout_ms=limit)
        self.fitness = Fitness(**engines, timeout_ms=limit)
        self.standing = StandingDesk(reader=self._reader, timeout_ms=limit)
        # Names this process in what it holds: no other, and none after a restart.
        holder = secrets.token_hex(8)
        self.nudges = NudgePlanner(self._writer, timeout_ms=limit)
        self.senders = NudgeSenders(**engines, timeout_ms=limit, holder=holder)
        self.outbox = NudgeOutbox(**engines, timeout_ms=limit, holder=holder)
        self.goal_news = GoalNewsStore(**engines, timeout_ms=limit, built_in=BUILT_IN)
        self.helping = HelpingStore(reader=self._reader, timeout_ms=limit)
        self.adoption = AdoptionStore(reader=self._reader, timeout_ms=limit)
        self.due_drafts = DueDrafts(**engines, timeout_ms=limit)
        self.due_actions = DueActions(reader=self._reader, timeout_ms=limit)
        self.due_talks = DueTalks(reader=self._reader, timeout_ms=limit)
        self.due_shares = DueShares(reader=self._reader, timeout_ms=limit)
        self.old_uploads = OldUploads(**engines, timeout_ms=limit)
        self.effects = EffectStore(**engines, timeout_ms=limit, holder=holder)
        self.audit = AuditLog(**engines, timeout_ms=limit)
        self.installations = InstallationStore(**engines, timeout_ms=limit, keys=token_keys)
        self.oauth_states = OAuthStates(writer=self._writer, timeout_ms=limit)
        self.refreshes = RefreshStore(**engines, timeout_ms=limit, holder=holder, keys=token_keys)
        self._split = SplitWorkspaces(reader=self._reader, bulk=self._bulk, timeout_ms=_SETTLE_MS)
        self.moves = MoveStore(**engines, bulk=self._bulk, timeout_ms=limit, settle_ms=_SETTLE_MS)
        self.organisations = OrganisationStore(**engines, timeout_ms=limit)
        self.frameworks = FrameworkStore(**engines, timeout_ms=limit)
        self.nudge_desk = NudgeDesk(**engines, timeout_ms=limit)

    @asynccontextmanager
    async def read(self, tenant: Tenant) -> AsyncIterator[UnitOfWork]:
        """Repositories for reading. Each query sees what is committed when it runs.

        Raises:
            StoreUnavailable: the database is locked, slow or away, or refused a write.
        """
        async with self._reading(tenant) as connection:
            yield UnitOfWork(connection, tenant, self._token_keys)

    @asynccontextmanager
    async def write(self, tenant: Tenant) -> AsyncIterator[UnitOfWork]:
        """Repositories in one transaction: committed on success, rolled back on any error.

        Raises:
            StoreUnavailable: the database is locked, slow or away. Nothing was written, unless the
                connection broke during the commit itself; saving again is then safe.
        """
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=tenant
        ) as connection:
            yield UnitOfWork(connection, tenant, self._token_keys)

    async def changes_since(self, mark: Mark | None) -> Changes:
        """Return which members were changed after `mark` by any process: this is for caches.

        No clock is asked: the database says what was visible when one asked before.

        Raises:
            DatabaseWentBack: a backup was restored meanwhile.
            StoreUnavailable: the database is locked, slow or away; ask again with the same mark.
        """
        async with self._reading(Across.CHANGES) as connection:
            return await changes_since(connection, mark)

    async def prune_changes(self) -> None:
        """Delete changes that everybody has heard of.

        Raises:
            StoreUnavailable: nothing was deleted.
        """
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.CHANGES
        ) as connection:
            await prune(connection)

    async def join_split(self, *, now: datetime) -> tuple[Joined, ...]:
        """Join the workspaces whose rows are split; see `SplitWorkspaces.join`.

        Raises:
            StoreUnavailable: some may be joined already; do it again.
        """
        return await self._split.join(at=now)

    async def restored(self, *, now: datetime) -> Restored:
        """Settle what lies between a backup that was restored and now; see `settle`.

        Processes that still run are told that this is another database, as far as the account may.

        Raises:
            StoreUnavailable: some may be settled already; do it again.
        """
        async with transaction(self._bulk, timeout_ms=_SETTLE_MS, reach=None) as connection:
            await begin_history(connection)
        async with transaction(
            self._bulk, timeout_ms=_SETTLE_MS, reach=Across.RESTORING
        ) as connection:
            return await settle(connection, now)

    async def forget_workspace(self, tenant: Tenant, *, now: Callable[[], datetime]) -> Forgotten:
        """Delete a workspace, its members and everything they hold; return how much that was.

        It takes many short transactions, so that other workspaces are served meanwhile. When it
        is interrupted, call it again: it goes on with who is left.

        Raises:
            StoreUnavailable: the database is locked, slow or away; some may be deleted already.
        """
        deleted = NOTHING_FORGOTTEN
        while True:
            async with self.write(tenant) as work:
                some = await work.workspaces.forget_some(FORGET_BATCH, at=now())
            deleted += some
            if some.members < FORGET_BATCH:
                return deleted

    async def drop_expired_marks(self, today: date) -> None:
        """Throw away what tells that somebody found a text unclear, once it was kept long enough.

        Raises:
            StoreUnavailable: the database is locked, slow or away; nothing is gone.
        """
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.SWEEPING
        ) as connection:
            await drop_expired_marks(connection, today)

    async def scrub(self) -> None:
        """Let SQLite's files hold nothing that was deleted, unless somebody reads just then.

        Raises:
            StoreUnavailable: the database is locked, slow or away; what was deleted stays deleted.
        """
        async with self._reading(None) as connection:
            await empty_log(connection)

    async def moment(self) -> datetime | None:
        """Return the time by the database's clock; None where that is this machine's own.

        Raises:
            StoreUnavailable: it does not answer.
        """
        if self.dialect == "sqlite":
            return None
        async with self._reading(None) as connection:
            told: datetime | None = await connection.scalar(text("SELECT clock_timestamp()"))
        return told

    async def tenant_lock(self) -> LockState | None:
        """Return how the second lock stands; None where there is none, as on SQLite.

        Raises:
            StoreUnavailable: the database is locked, slow or away.
        """
        if self.dialect == "sqlite":
            return None
        async with self._reading(None) as connection:
            return await lock_state(connection)

    async def knows_somebody(self) -> bool:
        """Return whether any member, wherever, has reached us and was not forgotten since.

        Raises:
            StoreUnavailable: the database is locked, slow or away.
        """
        async with self._reading(Across.OPERATING) as connection:
            return bool(await connection.scalar(select(exists().select_from(member))))

    async def dispose(self) -> None:
        """Close all connections. Call once, when nothing uses the store any more."""
        for engine in (self._reader, self._writer, self._bulk):
            await dispose(engine)

    @asynccontextmanager
    async def _reading(self, reach: Reach) -> AsyncIterator[AsyncConnection]:
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=reach
        ) as connection:
            yield connection
