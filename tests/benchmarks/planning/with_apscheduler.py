"""A job per member in APScheduler's own store."""

import asyncio
from datetime import UTC, datetime, timedelta
from time import perf_counter

from apscheduler.events import EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.store.place.address import parse_url
from tests.benchmarks.planning.results import Rival

COVERS = "a weekly job per member, done and put off by a week; the job itself does nothing"
_PATIENCE_SECONDS = 300.0


async def nudge(member: int) -> None:
    """Stand for a nudge; it costs nothing."""


async def measure(url: str, jobs: int) -> Rival:
    """Add so many jobs whose time has passed, then let the scheduler run them all.

    No grace time, so that none is dropped for being late, and one run for all that were missed.

    Raises:
        TimeoutError: the jobs did not all run.
    """
    scheduler = AsyncIOScheduler(
        timezone="UTC", jobstores={"default": SQLAlchemyJobStore(url=parse_url(url))}
    )
    every_job = asyncio.Event()
    ran: set[str] = set()

    def count(event: JobExecutionEvent) -> None:
        ran.add(event.job_id)
        if len(ran) == jobs:
            every_job.set()

    scheduler.add_listener(count, EVENT_JOB_EXECUTED)
    scheduler.start(paused=True)
    try:
        began = perf_counter()
        _add(scheduler, jobs)
        added = perf_counter()
        scheduler.resume()
        await asyncio.wait_for(every_job.wait(), _PATIENCE_SECONDS)
        ended = perf_counter()
    finally:
        scheduler.shutdown()
    return Rival("APScheduler", jobs, jobs / (added - began), jobs / (ended - added), COVERS)


def _add(scheduler: AsyncIOScheduler, jobs: int) -> None:
    due = datetime.now(UTC) - timedelta(hours=1)
    trigger = CronTrigger(day_of_week="tue", hour=10, timezone="Europe/Berlin")
    for member in range(jobs):
        scheduler.add_job(
            nudge,
            trigger,
            args=(member,),
            id=str(member),
            next_run_time=due,
            misfire_grace_time=None,
            coalesce=True,
        )
