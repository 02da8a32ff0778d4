"""`python -m tests.fuzz`: very many requests that nobody sane sends; none may do any harm."""

import argparse
import asyncio
import signal
import sys
import time
from pathlib import Path

from tests.fuzz.run import run
from tests.fuzz.tally import Tally, load


def main() -> None:
    """Go on where the last run of this seed ended; exit with 1 where something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=1_000_000, help="how many (1,000,000)")
    parser.add_argument("--seconds", type=float, default=3600, help="end after so long (3600)")
    parser.add_argument("--seed", type=int, default=1, help="for the same cases again (1)")
    parser.add_argument(
        "--kept", type=Path, default=Path(".fuzz"), help="folder of tallies (.fuzz)"
    )
    arguments = parser.parse_args()
    arguments.kept.mkdir(parents=True, exist_ok=True)
    path = arguments.kept / f"{arguments.seed}.json"
    tally, stopped = load(path, arguments.seed), False
    until = time.monotonic() + arguments.seconds

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    asyncio.run(
        run(
            tally,
            path,
            requests=arguments.requests,
            ends=lambda: stopped or time.monotonic() > until,
        )
    )
    print(told(tally))
    sys.exit(1 if tally.faults else 0)


def told(tally: Tally) -> str:
    """Return what came of it, a line each."""
    lines = [
        f"{tally.done:,} requests in {tally.seconds:,.0f} s: {tally.kinds}",
        f"answers: {dict(sorted(tally.answers.items()))}",
        f"{len(tally.listeners)} listeners reached",
        *(f"memory: {each}" for each in tally.memory),
        f"{len(tally.faults)} faults",
    ]
    return "\n".join([*lines, *tally.faults])


if __name__ == "__main__":
    main()
