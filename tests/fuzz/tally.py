"""What was sent and what came of it, kept in a file so that a run can go on where it ended."""

import json
import logging
import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import structlog

MOST_FAULTS = 200
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(slots=True)
class Tally:
    """`done` cases so far; `kinds` and `answers` count them.

    `memory` are (done, MB, millions of blocks) of a process: all that it has of the machine, and
    how many of Python's small blocks are in use. Where only the first grows, it is what the
    allocator keeps for later.
    `faults` are what must not be: an answer of 500 or more, a traceback, an error in the log.
    """

    seed: int
    done: int = 0
    seconds: float = 0.0
    kinds: dict[str, int] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    listeners: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    memory: list[list[tuple[int, float, float]]] = field(default_factory=list)

    def count(self, kind: str, answer: str) -> None:
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        self.answers[answer] = self.answers.get(answer, 0) + 1

    def fault(self, words: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(words[:4000])

    def weigh(self) -> None:
        """Note how much memory this process has now, and say so."""
        megabytes, blocks = resident() / 1e6, sys.getallocatedblocks() / 1e6
        self.memory[-1].append((self.done, round(megabytes, 1), round(blocks, 3)))
        print(f"{self.done:,} requests: {megabytes:.1f} MB, {blocks:.3f} M blocks", flush=True)

    def save(self, path: Path) -> None:
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        beside.replace(path)


def load(path: Path, seed: int) -> Tally:
    """Return what a run of this seed has done so far; one of another seed begins anew."""
    if path.exists():
        kept = Tally(**json.loads(path.read_text(encoding="utf-8")))
        if kept.seed == seed:
            return kept
    return Tally(seed)


def resident() -> int:
    """Return how many bytes of memory this process has."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * _PAGE


@contextmanager
def listening() -> Iterator[list[str]]:
    """Hear every log record of ours and of libraries; yields those that must not be."""
    errors: list[str] = []

    def ours(_logger: Any, method: str, event: MutableMapping[str, Any]) -> NoReturn:
        if method in {"error", "critical", "exception"} or "exception" in event:
            errors.append(f"{method}: {dict(event)}")
        raise structlog.DropEvent

    before, root = structlog.get_config(), logging.getLogger()
    handlers = root.handlers[:]
    structlog.configure(
        processors=[structlog.processors.format_exc_info, ours],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        cache_logger_on_first_use=False,
    )
    root.handlers[:] = [_Library(errors)]
    try:
        yield errors
    finally:
        structlog.configure(**before)
        root.handlers[:] = handlers


class _Library(logging.Handler):
    """What Bolt says of a payload without a workspace is its own; a traceback is nobody's."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or not record.name.startswith("slack_bolt"):
            trace = logging.Formatter().format(record)
            self._errors.append(f"{record.name}: {trace}")
