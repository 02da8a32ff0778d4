"""How commands are answered by one process on SQLite while it plans and sends nudges.

`nextrung web` does both there by itself. All members are of one workspace, and all their nudges
become due at one moment: planned as fast as it goes, then sent at Slack's pace, and in a second
run without any pace. One command after the other is sent all the while; every tenth writes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from time import perf_counter

from bot.services.clock import SystemClock
from bot.services.nudges.tools import Pace
from bot.store.database import Database
from tests.benchmarks import servers
from tests.benchmarks.commands import GAP, SKILL, Typed, warm
from tests.benchmarks.load import drive
from tests.benchmarks.prepare import BUILT_IN, SEED
from tests.benchmarks.results import quantile
from tests.benchmarks.sending.crowd import token_of
from tests.benchmarks.sending.plan import SendingPlan
from tests.benchmarks.sending.processes import FarEnd, far_end
from tests.benchmarks.sending.results import Answers
from tests.benchmarks.sending.tell import Tell
from tests.benchmarks.speed import signed_now
from tests.benchmarks.vocabulary import TEAM, Vocabulary, read_vocabulary

_PAUSE_SECONDS = 0.01
_PATIENCE_SECONDS = 30.0
_WRITE_EVERY = 10
_MOST_PLANNING_SECONDS = 300.0
_UNLIMITED = 100_000


@dataclass(frozen=True, slots=True)
class _Phase:
    name: str
    seconds: float
    nudges: int
    times: list[float]


async def measure(plan: SendingPlan, folder: Path, tell: Tell) -> list[Answers]:
    """Answer commands during a run at Slack's pace, and during one without limit.

    Raises:
        ServerFailed: a process failed; the message is the end of what it said.
    """
    paces = (int(Pace().per_minute), _UNLIMITED)
    return [each for pace in paces for each in await _run(plan, folder, tell, pace)]


async def _run(plan: SendingPlan, folder: Path, tell: Tell, per_minute: int) -> list[Answers]:
    tell(f"{plan.members:,} members on SQLite: make them")
    url = f"sqlite:///{folder}/beside{per_minute}.sqlite"
    vocabulary_file = folder / "beside.json"
    await servers.child("prepare", BUILT_IN.name, url, str(vocabulary_file))
    vocabulary = read_vocabulary(vocabulary_file)
    seconds = str(plan.beside_seconds)
    await servers.child("sending.crowd", url, str(plan.members), seconds, TEAM)
    tell(f"{plan.members:,} members on SQLite: plan, and send {per_minute:,} a minute")
    first = signed_now([Typed(vocabulary.askers[0], SKILL, "help")])[0]
    more = {"NEXTRUNG_NUDGES_PER_MINUTE": str(per_minute), "SLACK_BOT_TOKEN": token_of(TEAM)}
    database = Database(url)
    try:
        async with (
            far_end(folder, workspaces=0, each=0, per_minute=0) as slack,
            servers.product(
                database_url=url,
                slack_url=slack.settings["SLACK_API_URL"],
                first=first,
                log=folder / "beside.log",
                more=more | slack.settings,
            ) as server,
        ):
            phases = await _phases(plan, server.port, vocabulary, slack, database)
    finally:
        await database.dispose()
    return [_answers(plan, per_minute, each) for each in phases if each.times]


def _answers(plan: SendingPlan, per_minute: int, phase: _Phase) -> Answers:
    return Answers(
        members=plan.members,
        per_minute=per_minute,
        phase=phase.name,
        seconds=phase.seconds,
        nudges=phase.nudges,
        answers=len(phase.times),
        p50_ms=quantile(phase.times, 0.5) * 1e3,
        p99_ms=quantile(phase.times, 0.99) * 1e3,
        slowest_ms=max(phase.times) * 1e3,
    )


async def _phases(
    plan: SendingPlan, port: int, vocabulary: Vocabulary, slack: FarEnd, database: Database
) -> list[_Phase]:
    requests = _requests(vocabulary)

    async def due() -> bool:
        return await database.nudge_desk.plans_due(now=SystemClock().now())

    async def phase(
        name: str, goes_on: Callable[[], Awaitable[bool]], most_seconds: float, nudges: int = 0
    ) -> _Phase:
        began, times = perf_counter(), []
        while perf_counter() - began < most_seconds and await goes_on():
            taken = await drive(port, iter([next(requests)]), callers=1, seconds=_PATIENCE_SECONDS)
            times += taken.seconds
            await asyncio.sleep(_PAUSE_SECONDS)
        return _Phase(name, perf_counter() - began, nudges, times)

    async def not_due() -> bool:
        return not await due()

    async def always() -> bool:
        return True

    before = await phase("nothing", not_due, plan.beside_seconds + _PATIENCE_SECONDS)
    planning = await phase("planning", due, _MOST_PLANNING_SECONDS, plan.members)
    already = (await slack.counts()).posted
    sending = await phase("sending", always, plan.beside_seconds)
    sent = (await slack.counts()).posted - already
    return [before, planning, _Phase(sending.name, sending.seconds, sent, sending.times)]


def _requests(vocabulary: Vocabulary) -> Iterator[bytes]:
    """Return commands without end, each signed when it is needed: that holds for five minutes."""
    asked = [*warm(SKILL, vocabulary, seed=SEED), *warm(GAP, vocabulary, seed=SEED)]
    for number, typed in enumerate(cycle(asked)):
        level = ("senior", "lead")[number // len(asked) % 2]
        writing = Typed(typed.asker, "/growth", f"role llm-engineer {level}")
        yield signed_now([typed if number % _WRITE_EVERY else writing])[0]
