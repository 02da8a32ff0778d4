"""What importing a folder of pages costs, beside the same expectations in one CSV file.

Both are read and published by `nextrung catalogue import`, in turns, each in a process of its own
on a database of its own. Processor time is compared, which other work hardly changes.

`python -m tests.benchmarks.catalogue.pages FOLDER PAGES` prints the measurement.
"""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from statistics import median

from tests.benchmarks import servers
from tests.benchmarks.catalogue.results import PAGES_RATIO, CatalogueCost

LEVELS = ("Junior", "Middle", "Senior", "Lead", "Principal")
GROUPS, SKILLS = 6, 5
"""Of a page: each skill has three lines below a heading of its own."""
ROUNDS = 3
_ROWS = GROUPS * SKILLS
Cell = tuple[str, str, str, str, list[str]]


def cells(pages: int) -> Iterator[Cell]:
    """Yield role, level, group, skill and lines of every expectation, page by page."""
    for at in range(pages):
        role, level = f"Role {at // len(LEVELS)} Engineer", LEVELS[at % len(LEVELS)]
        for skill in range(_ROWS):
            lines = [f"does thing {at}.{skill} well", "and **another** thing too", "helps others"]
            yield role, level, f"Group {skill // SKILLS}", f"Skill {skill}", lines


def write_pages(folder: Path, pages: int) -> None:
    """Write a page for each role and level, in a folder for each role."""
    parts: dict[tuple[str, str], list[str]] = {}
    for role, level, group, skill, lines in cells(pages):
        page = parts.setdefault((role, level), [f"# {role}\n"])
        if f"\n## {group}\n" not in page:
            page.append(f"\n## {group}\n")
        page.append(f"\n### {skill}\n\n" + "".join(f"* {line}\n" for line in lines))
    for (role, level), page in parts.items():
        path = folder / role / f"{level}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(page), encoding="utf-8")


def write_table(path: Path, pages: int) -> None:
    """Write the same expectations as a long table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Role", "Level", "Group", "Skill", "Text"])
        for role, level, group, skill, lines in cells(pages):
            writer.writerow([role, level, group, skill, "\n".join(f"- {line}" for line in lines)])


def measure(folder: Path, pages: int) -> CatalogueCost:
    """Import both in turns; return the median processor time of each.

    Raises:
        RuntimeError: an import failed.
    """
    write_pages(folder / "pages", pages)
    write_table(folder / "table.csv", pages)
    taken: dict[str, list[float]] = {"pages": [], "table.csv": []}
    for turn in range(ROUNDS):
        for name, seconds in taken.items():
            seconds.append(_imported(folder / name, folder / f"{name}-{turn}.sqlite"))
    return CatalogueCost(
        work=f"importing {pages:,} pages",
        size=f"{pages * _ROWS:,} expectations",
        seconds=median(taken["pages"]),
        beside="the same rows as CSV",
        beside_seconds=median(taken["table.csv"]),
        most=PAGES_RATIO,
    )


def _imported(path: Path, database: Path) -> float:
    """Return the user's and the system's processor time of an import."""
    command = [sys.executable, "-m", "bot", "catalogue", "import", str(path), "--catalogue", "own"]
    environment = servers.environment({"DATABASE_URL": f"sqlite:///{database}"})
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"importing {path.name} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def main(arguments: list[str]) -> None:
    """Print the measurement as JSON."""
    folder, pages = arguments
    print(json.dumps(asdict(measure(Path(folder), int(pages)))))


if __name__ == "__main__":
    main(sys.argv[1:])
