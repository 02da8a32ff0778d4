"""What other designs make of due nudges: a job per member, or a job per nudge.

A process of its own, so that the library is alone in it:
`python -m tests.benchmarks.planning.rivals apscheduler|procrastinate DATABASE_URL JOBS`, on an
empty PostgreSQL database. Prints JSON.
"""

import asyncio
import json
import sys
from dataclasses import asdict

from tests.benchmarks.planning import with_apscheduler, with_procrastinate

DESIGNS = {"apscheduler": with_apscheduler.measure, "procrastinate": with_procrastinate.measure}


def main(arguments: list[str]) -> None:
    """Print the measurement as JSON."""
    design, url, jobs = arguments
    print(json.dumps(asdict(asyncio.run(DESIGNS[design](url, int(jobs))))))


if __name__ == "__main__":
    main(sys.argv[1:])
