"""Everything that a scenario runs on: a database, a way to it, Slack, a balancer, processes."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.sandbox.local_slack import LocalSlack
from bot.slack.installs.manifest import EVENTS_PATH, build_manifest
from bot.store.database import Database
from tests.fakes.forwarder import Forwarder, forwarding
from tests.fakes.pgbouncer import Pooler, pooled
from tests.fakes.postgresql import PostgresqlServer
from tests.integration.cli.processes import environment
from tests.integration.nudges.killing import LEASE_SECONDS, PATIENCE_MS
from tests.scenario.published import publish_built_in
from tests.soak.balancer import OK, Balancer, balancing
from tests.soak.due import Due
from tests.soak.keeper import Keeper
from tests.soak.load import OWNER, Load
from tests.soak.shim import Shim
from tests.soak.tally import Counted, in_trouble

ACK_SECONDS = 10.0
"""How long the load waits for an answer, to tell late ones from lost ones."""
SERVES_PATH = "/servez"
"""What the balancer asks for: whether no other process could answer better."""
READY_PATH = "/readyz"
"""What tells whether all is well."""
DRAIN_SECONDS = 2
WELL_WITHIN = 60.0
WEB_AND_WORKERS = {"web-1": "web", "web-2": "web"} | {
    f"worker-{number}": "worker --metrics-port 0" for number in (1, 2)
}


class Stand:
    """What is there, and what faults are made with."""

    def __init__(self, *, folder: Path, shim: Shim) -> None:
        self.folder = folder
        self.shim = shim
        self.server: PostgresqlServer | None = None
        self.way: Forwarder | None = None
        self.pooler: Pooler | None = None
        self.keepers: dict[str, Keeper] = {}
        self.lag = 0.0
        self.longest_back = 0.0
        """How long the slowest of those that were ended in turn took to be back."""
        self.url = ""
        self.slack: LocalSlack
        self.balancer: Balancer
        self.counted: Counted
        self.load: Load
        self.due: Due | None = None
        self.database: Database

    @property
    def webs(self) -> list[Keeper]:
        return [each for each in self.keepers.values() if each.command.startswith("web")]

    @property
    def workers(self) -> list[Keeper]:
        return [each for each in self.keepers.values() if each.command.startswith("worker")]

    def backends(self) -> Mapping[str, str]:
        """Return where the web processes are, for the balancer."""
        return {each.name: each.base for each in self.webs if each.base}

    async def all_ready(self) -> bool:
        """Whether each process runs and says that it is ready."""
        bases = [each.base for each in self.keepers.values()]
        if not all(bases):
            return False
        said = await asyncio.gather(
            *(self.balancer.says(each + READY_PATH) for each in bases if each)
        )
        return all(each == OK for each in said) and len(self.balancer.ready) == len(self.webs)

    async def works(self) -> bool:
        """Whether a member who writes something is told that it is kept, through the balancer."""
        try:
            card = await self.slack.member(OWNER).command("/growth role llm-engineer senior")
        except AssertionError:
            return False
        return not in_trouble(card.plain)

    async def is_well(self) -> bool:
        """Whether all processes are ready, and a member can write."""
        return await self.all_ready() and await self.works()

    async def watch_lag(self) -> None:
        """Note by how much this process itself is held up, which late answers may be due to."""
        while True:
            began = time.monotonic()
            await asyncio.sleep(0.05)
            self.lag = max(self.lag, time.monotonic() - began - 0.05)


@asynccontextmanager
async def standing(
    server: PostgresqlServer | None,
    folder: Path,
    *,
    seed: int,
    rate: float,
    batches: int = 0,
    behind_pooler: bool = False,
    sqlite: Path | None = None,
) -> AsyncIterator[Stand]:
    """Build it all; with `sqlite` one web process on that file, else two and two workers.

    `batches` of nudges may fall due on it. `folder` is there and empty.
    """
    stand = Stand(folder=folder, shim=Shim(folder))
    if Shim.possible():
        stand.shim.build()
    async with AsyncExitStack() as stack:
        await _with_slack(stand, stack)
        if server is not None:
            await _on_postgresql(stand, stack, server, batches, behind_pooler=behind_pooler)
        else:
            stand.url = f"sqlite:///{sqlite}"
            stand.database = Database(stand.url)
        stack.push_async_callback(stand.database.dispose)
        await _with_processes(stand, stack, WEB_AND_WORKERS if server else {"web": "web"})
        stand.balancer = await stack.enter_async_context(balancing(stand.backends, SERVES_PATH))
        stand.slack.connect_bot(stand.balancer.url + EVENTS_PATH)
        stand.load = Load(stand.slack, seed=seed, rate=rate)
        watching = asyncio.create_task(stand.watch_lag())
        stack.callback(watching.cancel)
        if await until(stand.is_well, within=WELL_WITHIN) is None:
            raise AssertionError("the processes started, and are not well")
        yield stand


async def _with_slack(stand: Stand, stack: AsyncExitStack) -> None:
    slack = LocalSlack(manifest=build_manifest(), ack_seconds=ACK_SECONDS)
    stand.slack = await stack.enter_async_context(slack)
    # A name, so that it can lead nowhere.
    slack.site.base_url = slack.site.base_url.replace("127.0.0.1", "localhost")
    stand.counted = Counted(slack._sender._transport)
    slack._sender._transport = stand.counted


async def _with_processes(stand: Stand, stack: AsyncExitStack, commands: Mapping[str, str]) -> None:
    settings = environment(stand.slack, stand.url, stand.folder) | {
        "NEXTRUNG_LEASE_SECONDS": str(LEASE_SECONDS),
        "NEXTRUNG_NUDGES_PER_MINUTE": "1800",
        "NEXTRUNG_DRAIN_SECONDS": str(DRAIN_SECONDS),
        "NEXTRUNG_MEMBER_PER_MINUTE": "0",
        "NEXTRUNG_CATALOGUE_OWNERS": OWNER,
    }
    for name, command in commands.items():
        own = settings | stand.shim.settings(name)
        keeper = stand.keepers[name] = Keeper(name, command, own, stand.folder)
        stack.push_async_callback(keeper.stop)
    await asyncio.gather(*(each.start() for each in stand.keepers.values()))


async def _on_postgresql(
    stand: Stand,
    stack: AsyncExitStack,
    server: PostgresqlServer,
    batches: int,
    *,
    behind_pooler: bool,
) -> None:
    own = server.create("nextrung_soak")
    publish_built_in(own, migrated=False)
    stand.server = server
    stand.database = Database(own, statement_timeout_ms=PATIENCE_MS)
    stand.due = Due(stand.slack, stand.database, batches)
    await stand.due.enlist()
    if behind_pooler:
        # So few that eight tasks at once wait for one another.
        stand.pooler = stack.enter_context(pooled(server, servers=4))
        stand.url = stand.pooler.url(own)
    else:
        stand.way = await stack.enter_async_context(forwarding(own))
        there = make_url(own).update_query_dict({"host": str(stand.way.folder)})
        stand.url = there.render_as_string(hide_password=False)


async def until(holds: Callable[[], Awaitable[bool]], *, within: float) -> float | None:
    """Wait until something holds; return after how many seconds, None where not in time."""
    began = time.monotonic()
    while (passed := time.monotonic() - began) < within:
        if await holds():
            return passed
        await asyncio.sleep(0.05)
    return None
