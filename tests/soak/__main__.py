"""`python -m tests.soak`: workers killed 200 times on a real PostgreSQL; nothing may go wrong."""

import argparse
import asyncio
import tempfile
from pathlib import Path

from rich.console import Console

from tests.fakes.postgresql import running_server
from tests.integration.nudges.killing import kill_workers
from tests.scenario.published import publish_built_in


def main() -> None:
    """Kill, reconcile, and print what became of the nudges; an assertion fails where one must."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how often (200)")
    parser.add_argument("--seed", type=int, default=1, help="for the same moments again (1)")
    arguments = parser.parse_args()
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="nextrung-soak-") as folder, running_server() as server:
        url = server.create("nextrung_soak")
        publish_built_in(url, migrated=False)
        outcome = asyncio.run(
            kill_workers(
                url,
                Path(folder),
                kills=arguments.kills,
                seed=arguments.seed,
                told=console.print,
            )
        )
    print(f"kills by step: {dict(outcome.kills)}")
    print(f"nudges by state: {dict(outcome.states)}")
    print("Nothing was sent twice, and every slot has its row.")


if __name__ == "__main__":
    main()
