"""A job per nudge in procrastinate's queue."""

from time import perf_counter

from procrastinate import App, PsycopgConnector
from procrastinate.types import JSONDict

from tests.benchmarks.planning.results import Rival

COVERS = "a job per nudge, deferred in batches of 1,000 and worked off; the job itself does nothing"
_BATCH = 1_000
_AT_ONCE = 20
_CONNECTIONS = 10


async def measure(url: str, jobs: int) -> Rival:
    """Defer so many jobs in batches, then let one worker work them off.

    Raises:
        RuntimeError: a job was left, or failed.
    """
    app = App(connector=PsycopgConnector(conninfo=url, max_size=_CONNECTIONS))
    done: set[int] = set()

    @app.task(queue="nudges")
    async def nudge(*, member: int) -> None:
        done.add(member)

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        began = perf_counter()
        for first in range(0, jobs, _BATCH):
            members = range(first, min(first + _BATCH, jobs))
            batch: list[JSONDict] = [{"member": member} for member in members]
            await nudge.batch_defer_async(*batch)
        added = perf_counter()
        # As the database does by itself some time after so many rows.
        await app.connector.execute_query_async("ANALYZE procrastinate_jobs")
        analyzed = perf_counter()
        await app.run_worker_async(
            queues=["nudges"], concurrency=_AT_ONCE, wait=False, install_signal_handlers=False
        )
        ended = perf_counter()
    if len(done) != jobs:
        raise RuntimeError(f"{len(done)} of {jobs} jobs ran")
    return Rival("procrastinate", jobs, jobs / (added - began), jobs / (ended - analyzed), COVERS)
