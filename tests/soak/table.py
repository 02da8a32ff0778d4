"""The table of a run, in Markdown and as JSON."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import psutil

from tests.soak.tally import Outcome

_REQUESTS = ("sent", "answered", "told why not", "over 3 s", "lost", "longest, s")
_NUDGES = ("nudges due", "sent", "doubled", "unknown", "waiting", "lost")
_REST = ("kept", "data lost", "well again, s", "load", "held up, s")
_HEAD = ("broken on purpose", *_REQUESTS, *_NUDGES, *_REST)


def machine() -> str:
    """Return what this machine has."""
    cores, memory = os.cpu_count(), psutil.virtual_memory().total / (1 << 30)
    return f"{cores} cores, {memory:.0f} GiB of memory"


def markdown(outcomes: Sequence[Outcome]) -> str:
    """Return the table."""
    lines = [_row(_HEAD), _row(["---"] * len(_HEAD)), *map(_line, outcomes)]
    return "\n".join(lines) + "\n"


def _line(outcome: Outcome) -> str:
    if outcome.skipped:
        return _row([outcome.name, f"skipped: {outcome.skipped}", *[""] * (len(_HEAD) - 2)])
    found, nudges = outcome.all, outcome.nudges
    well = "not" if outcome.recovered is None else f"{outcome.recovered:.1f}"
    cells: list[object] = [
        *(outcome.name, found.sent, found.answered, found.told, found.late, found.lost),
        *(f"{found.longest:.1f}", nudges.due, nudges.sent, nudges.doubled, nudges.unknown),
        *(nudges.waiting, nudges.lost, outcome.written, outcome.data_lost, well),
        *(outcome.load, outcome.lag),
    ]
    return _row([str(each) for each in cells])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def save(folder: Path, outcomes: Sequence[Outcome], *, seed: int, rate: float) -> None:
    """Write `soak.md` and `soak.json` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "soak.md").write_text(markdown(outcomes), encoding="utf-8")
    told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "seed": seed,
        "requests_a_second": rate,
        "scenarios": [asdict(each) for each in outcomes],
    }
    (folder / "soak.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
