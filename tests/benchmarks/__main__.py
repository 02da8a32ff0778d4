"""`python -m tests.benchmarks`: measure, and print tables and JSON. See README.md beside this."""

import argparse
import asyncio
import json
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from rich.console import Console

from tests.benchmarks.plan import DEFAULT, QUICK
from tests.benchmarks.report import show
from tests.benchmarks.run import GROUPS, profile, run

# As wide as the widest table, also where the terminal is narrower or a file.
_WIDTH = 172


def main() -> None:
    """Run the benchmark; figures that fall short are shown, never an error."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and smaller steps")
    parser.add_argument("--only", choices=GROUPS, help="measure one group alone")
    parser.add_argument("--nudges", type=int, help="so many in `sending-memory`")
    parser.add_argument("--profile", action="store_true", help="only show where time goes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures here")
    arguments = parser.parse_args()
    progress = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="nextrung-bench-") as folder:
        plan = QUICK if arguments.quick else DEFAULT
        if arguments.nudges:
            plan = replace(plan, sending=plan.sending.scaled(arguments.nudges))
        if arguments.profile:
            print(asyncio.run(profile(plan, Path(folder), progress.print)))
            return
        results = asyncio.run(run(plan, Path(folder), progress.print, only=arguments.only))
    console = Console()
    show(results, Console(width=max(_WIDTH, console.width)))
    if arguments.json:
        arguments.json.write_text(json.dumps(asdict(results), indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
