"""Which tests run which lines, and how long each takes."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

_SETTINGS = """\
[run]
concurrency = thread, greenlet
data_file = {folder}/coverage
source = {sources}
"""
NOTES = "MUTANTS_NOTES"
"""Where a run under measurement writes how long each test took."""


@dataclass(frozen=True, slots=True)
class Covering:
    """Tests by the lines that they run, and the seconds that each takes."""

    lines: dict[str, dict[int, frozenset[str]]]
    seconds: dict[str, float]

    def tests(self, path: Path, lines: frozenset[int]) -> list[str]:
        """Return the tests that run one of the lines, quick ones first."""
        of_file = self.lines.get(str(path), {})
        found = {test for line in lines for test in of_file.get(line, ())}
        return sorted(found & self.seconds.keys(), key=lambda each: (self.seconds[each], each))


def measure(root: Path, folder: Path, sources: Sequence[str], tests: Sequence[str]) -> None:
    """Run tests once, and keep in `folder` what each of them runs."""
    folder.mkdir(exist_ok=True)
    settings = folder / "coveragerc"
    joined = ",".join(str(root / each) for each in sources)
    settings.write_text(_SETTINGS.format(folder=folder, sources=joined), encoding="utf-8")
    more = [f"--cov={root / each}" for each in sources]
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "--quiet", "-p", "tests.tools.mutants.noting"),
            *("-p", "no:cacheprovider", "--no-header", "-k", "not postgresql"),
            *(*more, f"--cov-config={settings}", "--cov-context=test", "--cov-report="),
            *tests,
        ],
        cwd=root,
        env={**os.environ, NOTES: str(folder / "seconds.json")},
        check=False,
    )


def read(folder: Path) -> Covering:
    """Return what `measure` kept.

    Raises:
        FileNotFoundError: nothing was measured.
    """
    seconds: dict[str, float] = json.loads((folder / "seconds.json").read_text(encoding="utf-8"))
    data = CoverageData(str(folder / "coverage"))
    data.read()
    lines: dict[str, dict[int, frozenset[str]]] = {}
    for path in data.measured_files():
        contexts = data.contexts_by_lineno(path)
        lines[path] = {
            line: frozenset(each.rpartition("|")[0] for each in found if each)
            for line, found in contexts.items()
        }
    return Covering(lines, seconds)
