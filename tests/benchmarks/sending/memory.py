"""What a worker holds while it sends very many nudges, to a far end that takes them at once."""

from pathlib import Path
from time import perf_counter

from tests.benchmarks import servers
from tests.benchmarks.sending.crowd import teams
from tests.benchmarks.sending.plan import SendingPlan
from tests.benchmarks.sending.processes import far_end, workers
from tests.benchmarks.sending.results import Memory
from tests.benchmarks.sending.tell import Tell
from tests.fakes.postgresql import running_server

_WORKSPACES = 200
_UNLIMITED = "100000"


async def measure(plan: SendingPlan, folder: Path, tell: Tell) -> Memory:
    """Let one worker send everything, and look at its memory now and then.

    Raises:
        ServerFailed: a process failed; the message is the end of what it said.
    """
    tell(f"{plan.nudges:,} nudges: make them")
    log = folder / "sending-memory.log"
    each = -(-plan.nudges // _WORKSPACES)
    with running_server() as database:
        url = database.create("memory")
        await servers.child("sending.crowd", url, str(each), "0", *teams(_WORKSPACES))
        tell(f"{plan.nudges:,} nudges: send them")
        async with far_end(folder, workspaces=_WORKSPACES, each=each, per_minute=0) as slack:
            settings = {
                **slack.settings,
                "DATABASE_URL": url,
                "NEXTRUNG_NUDGES_PER_MINUTE": _UNLIMITED,
            }
            async with workers("worker", [[str(_WORKSPACES)]], settings, log=log) as running:
                (worker,) = running
                await slack.until(1, running, log)
                began = perf_counter()
                sizes = []
                for sent in range(plan.nudges_every, plan.nudges + 1, plan.nudges_every):
                    await slack.until(sent, running, log)
                    sizes.append(worker.resident_mb)
                    tell(f"{sent:,} nudges: {sizes[-1]:.0f} MB")
                seconds, cpu = perf_counter() - began, worker.cpu_seconds
    return Memory(plan.nudges, seconds, cpu / plan.nudges * 1e3, tuple(sizes))
