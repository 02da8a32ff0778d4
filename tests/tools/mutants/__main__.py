"""Makes small faults in the code, one at a time, and tells which of them no test notices.

    python -m tests.tools.mutants [--seed N] [--each N] [--minutes N] [--kept] [PATH ...]

A few faults of each module, chosen by the seed. Each is tried with the tests that run its lines,
quick ones first, for at most 15 s of them. It ends when the minutes are over. `--kept` uses what an
earlier run has measured, `--tests` names other tests than all quick ones on SQLite.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tests.tools.mutants.covering import Covering, measure, read
from tests.tools.mutants.edits import Edit, edits
from tests.tools.mutants.trying import survives, warm_up

ROOT = Path(__file__).resolve().parents[3]
KEPT = ROOT / ".mutants"
SOURCES = ("bot/domain", "bot/services", "bot/store/nudges")
TESTS = ("tests/unit/domain", "tests/unit/services", "tests/integration/nudges", "tests/scenario")
_LONGEST = 15.0


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one fault."""

    path: Path
    edit: Edit

    @property
    def module(self) -> str:
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)

    def __str__(self) -> str:
        old = " ".join(self.edit.old.split())
        place = f"{self.path.relative_to(ROOT)}:{self.edit.line}"
        return f"{place}  {old[:70]}  ->  {self.edit.new or '(left out)'}"


def chosen(paths: Sequence[str], *, each: int, seed: int) -> list[Mutant]:
    """Return so many faults of each module, in an order that the seed decides too."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    found: list[Mutant] = []
    for path in _modules(paths):
        possible = edits(path.read_text(encoding="utf-8"))
        found += [Mutant(path, one) for one in chance.sample(possible, min(each, len(possible)))]
    chance.shuffle(found)
    return found


def _modules(paths: Sequence[str]) -> Iterator[Path]:
    for each in paths:
        place = ROOT / each
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


def within(tests: Sequence[str], covering: Covering, longest: float) -> tuple[list[str], float]:
    """Return the first of the tests that together take no longer, and what these take."""
    taken: list[str] = []
    total = 0.0
    for test in tests:
        total += covering.seconds[test]
        if taken and total > longest:
            return taken, total - covering.seconds[test]
        taken.append(test)
    return taken, total


def tried(mutants: Sequence[Mutant], covering: Covering, *, minutes: float) -> None:
    """Try the mutants one after the other, and print those that no test notices."""
    ends, counts = monotonic() + minutes * 60, dict.fromkeys(("noticed", "survived", "not run"), 0)
    folder = Path(tempfile.mkdtemp(prefix="nextrung-mutants-"))
    try:
        for mutant in mutants:
            if monotonic() > ends:
                break
            tests, seconds = within(
                covering.tests(mutant.path, mutant.edit.lines), covering, _LONGEST
            )
            source = mutant.edit.applied(mutant.path.read_text(encoding="utf-8"))
            if not tests:
                fate = "not run"
            elif survives(mutant.module, source, tests, folder=folder, seconds=seconds):
                fate = "survived"
            else:
                fate = "noticed"
            counts[fate] += 1
            if fate != "noticed":
                print(f"{fate:9} {mutant}  ({len(tests)} tests)", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{sum(counts.values())} of {len(mutants)} tried:", counts)


def main(arguments: Sequence[str]) -> None:
    """Measure, unless that is kept; then try a sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=SOURCES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--kept", action="store_true")
    parser.add_argument("--tests", nargs="+", default=TESTS)
    asked = parser.parse_args(arguments)
    if not asked.kept:
        measure(ROOT, KEPT, SOURCES, asked.tests)
    covering = read(KEPT)
    mutants = chosen(asked.paths, each=asked.each, seed=asked.seed)
    warm_up(ROOT)
    tried(mutants, covering, minutes=asked.minutes)


if __name__ == "__main__":
    main(sys.argv[1:])
