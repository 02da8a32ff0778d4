"""`python -m tests.soak`: two web and two workers, broken on purpose in every way, under load."""

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from tests.fakes.left_over import tidied
from tests.fakes.postgresql import running_server
from tests.fakes.scratch import scratch_folder
from tests.soak.ending import run_until_told
from tests.soak.faults.disk import NoDisk, small_disk
from tests.soak.scenarios import BATCHES, SCENARIOS, Scenario, play
from tests.soak.stand import standing
from tests.soak.table import machine, markdown, save
from tests.soak.tally import Outcome

QUICK_SECONDS = 6.0
FULL_SECONDS = 35.0
RATE = 4.0
STANDS = ("postgresql", "pgbouncer", "sqlite")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is to do."""

    seconds: float
    rate: float
    seed: int
    only: str
    out: Path


def main() -> None:
    """Play the scenarios, print the table, and exit with 1 where something must not be."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few seconds for each scenario")
    parser.add_argument("--seconds", type=float, help=f"for each scenario ({FULL_SECONDS:g})")
    parser.add_argument("--rate", type=float, default=RATE, help=f"deeds a second ({RATE:g})")
    parser.add_argument("--seed", type=int, default=1, help="for the same load again (1)")
    parser.add_argument(
        "--only", default="", help="only scenarios whose name this expression finds"
    )
    parser.add_argument("--out", type=Path, default=Path(".soak"), help="folder of tables (.soak)")
    given = parser.parse_args()
    seconds = given.seconds or (QUICK_SECONDS if given.quick else FULL_SECONDS)
    asked = Asked(seconds, given.rate, given.seed, given.only, given.out)
    outcomes = run_until_told(run(asked))
    print(f"{machine()}\n\n{markdown(outcomes)}")
    wrong = [f"{each.name}: {words}" for each in outcomes for words in faults_of(each)]
    print("\n".join(wrong) or "Nothing was lost, doubled, late or unanswered.")
    sys.exit(1 if wrong else 0)


async def run(asked: Asked) -> list[Outcome]:
    """Play what is asked for, a stand after another; the table is saved after each scenario."""
    outcomes: list[Outcome] = []
    tell = Console(stderr=True, highlight=False).print

    def note(outcome: Outcome) -> None:
        outcomes.append(outcome)
        save(asked.out, outcomes, seed=asked.seed, rate=asked.rate)
        tell(f"{outcome.name}: {outcome.seconds:g} s; {'; '.join(faults_of(outcome)) or 'well'}")

    with (
        tempfile.TemporaryDirectory(
            prefix="nextrung-soak-", dir=scratch_folder(), ignore_cleanup_errors=True
        ) as name,
        tidied(Path(name)),
    ):
        for on in STANDS:
            wanted = [
                each for each in SCENARIOS if each.on == on and re.search(asked.only, each.name)
            ]
            if not wanted:
                continue
            try:
                await _on(on, Path(name), wanted, asked, note)
            except NoDisk as reason:
                outcomes += [Outcome(each.name, skipped=str(reason)) for each in wanted]
    return outcomes


async def _on(
    on: str,
    folder: Path,
    wanted: Sequence[Scenario],
    asked: Asked,
    note: Callable[[Outcome], None],
) -> None:
    with ExitStack() as stack:
        server = stack.enter_context(running_server()) if on != "sqlite" else None
        disk = stack.enter_context(small_disk(folder)) if on == "sqlite" else None
        own = folder / on
        own.mkdir()
        async with standing(
            server,
            own,
            seed=asked.seed,
            rate=asked.rate,
            batches=BATCHES * len(wanted),
            behind_pooler=on == "pgbouncer",
            sqlite=disk,
        ) as stand:
            for scenario in wanted:
                note(await play(stand, scenario, asked.seconds))


def faults_of(outcome: Outcome) -> list[str]:
    """Return what must not be, in words.

    Only a process that is killed, frozen, or years off may leave something unanswered.
    """
    found, nudges = outcome.all, outcome.nudges
    gone = outcome.name.startswith(("kill -9", "a process frozen", "clock of a web"))
    counted = {
        "unanswered": 0 if gone else found.lost,
        "over 3 s": 0 if gone else found.late,
        "nudges doubled": nudges.doubled,
        "nudges lost": nudges.lost,
        "data lost": outcome.data_lost,
        "data doubled": outcome.data_doubled,
    }
    words = [f"{count} {name}" for name, count in counted.items() if count]
    if found.lost:
        words += [f"({count} x {why})" for why, count in outcome.why_lost.items()]
    return [*words, *outcome.wrong]


if __name__ == "__main__":
    main()
