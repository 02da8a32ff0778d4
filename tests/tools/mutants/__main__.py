"""Makes small faults in the code, one at a time, and tells which of them no test notices.

    python -m tests.tools.mutants [--seed N] [--each N] [--minutes N] [--kept] [PATH ...]

A few faults of each module, chosen by the seed. Each is tried with the tests that run its lines:
for 15 s with the quickest, and where these notice nothing for 45 s with the next. It ends when the
minutes are over. `--kept` uses what an earlier run has measured, `--tests` names other tests than
the usual ones; those on PostgreSQL are left out.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
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
        if taken and total + covering.seconds[test] > longest:
            break
        taken.append(test)
        total += covering.seconds[test]
    return taken, total


def fate_of(mutant: Mutant, covering: Covering, folder: Path) -> str:
    """Tell what became of a mutant: *noticed* is nothing to look at."""
    every = covering.tests(mutant.path, mutant.edit.lines)
    source = mutant.edit.applied(mutant.path.read_text(encoding="utf-8"))
    done = 0
    # The quick ones notice nearly all; what they let pass is worth the others.
    for longest in (_LONGEST, 3 * _LONGEST):
        tests, seconds = within(every[done:], covering, longest)
        if tests and not survives(mutant.module, source, tests, folder=folder, seconds=seconds):
            return "noticed"
        done += len(tests)
    return f"survived {done} of {len(every)} tests" if every else "uncovered"


def tried(mutants: Sequence[Mutant], covering: Covering, *, minutes: float) -> None:
    """Try the mutants one after the other, and print those that no test notices."""
    ends, counts = monotonic() + minutes * 60, Counter[str]()
    folder = Path(tempfile.mkdtemp(prefix="nextrung-mutants-"))
    try:
        _check_tests(mutants, covering, folder)
        for mutant in mutants:
            if monotonic() > ends:
                break
            fate = fate_of(mutant, covering, folder)
            counts[fate.partition(" ")[0]] += 1
            if fate != "noticed":
                print(f"{mutant}  ({fate})", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    told = ", ".join(f"{count} {fate}" for fate, count in counts.most_common())
    print(f"{counts.total()} of {len(mutants)} tried: {told}")


def _check_tests(mutants: Sequence[Mutant], covering: Covering, folder: Path) -> None:
    """Run some of the tests without any fault: where they fail by themselves, nothing is told.

    Raises:
        RuntimeError: they do.
    """
    every = {test for each in mutants for test in covering.tests(each.path, each.edit.lines)}
    tests, seconds = within(random.Random(1).sample(sorted(every), len(every)), covering, _LONGEST)  # noqa: S311
    source = mutants[0].path.read_text(encoding="utf-8")
    if not survives(mutants[0].module, source, tests, folder=folder, seconds=seconds):
        raise RuntimeError("tests fail without any fault: run them by themselves")


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
    warm_up()
    tried(mutants, covering, minutes=asked.minutes)


if __name__ == "__main__":
    main(sys.argv[1:])
