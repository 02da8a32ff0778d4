"""`python -m tests.soak.kills`: workers killed, PostgreSQL restarted, often, and no harm done."""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console

from tests.fakes.postgresql import running_server
from tests.integration.nudges.killing import kill_workers
from tests.integration.nudges.restarting import restart_postgresql
from tests.scenario.published import publish_built_in
from tests.soak.ending import run_until_told


def main() -> None:
    """Do it, reconcile, and print what became of the nudges; an assertion fails where one must."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="workers killed (200)")
    parser.add_argument("--restarts", type=int, default=20, help="outages of PostgreSQL (20)")
    parser.add_argument("--seed", type=int, default=1, help="for the same moments again (1)")
    arguments = parser.parse_args()
    told = Console(stderr=True).print
    with tempfile.TemporaryDirectory(prefix="nextrung-soak-") as folder, running_server() as server:
        published = "nextrung_soak"
        publish_built_in(server.create(published), migrated=False)
        restarted = run_until_told(
            restart_postgresql(
                server,
                server.create("nextrung_restarts", template=published),
                Path(folder),
                stops=("fast", "immediate") * (arguments.restarts // 2),
                seed=arguments.seed,
                told=told,
            )
        )
        print(f"PostgreSQL away {arguments.restarts} times, nudges by state: {dict(restarted)}")
        outcome = run_until_told(
            kill_workers(
                server.create("nextrung_kills", template=published),
                Path(folder),
                kills=arguments.kills,
                seed=arguments.seed,
                told=told,
            )
        )
    print(f"kills by step: {dict(outcome.kills)}")
    print(f"nudges by state: {dict(outcome.states)}")
    print("Nothing was sent twice, and every slot has its row.")


if __name__ == "__main__":
    main()
