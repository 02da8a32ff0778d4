"""The log of everything that went between the local Slack and the bot."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import datetime
from itertools import count
from typing import Any, Literal

from bot.sandbox.judge import Verdict, Violation
from bot.sandbox.model import Json
from bot.values import dataclass

LOG_SIZE = 500

Direction = Literal["to_bot", "from_bot"]


@dataclass(slots=True, kw_only=True)
class Entry:
    """One exchange: `request` is what was sent, `response` what came back (None: nothing yet).

    `seconds` is how long the other side took; for a delivery to the bot that is its time to ack,
    and `late` tells that it was over Slack's limit.
    """

    number: int
    at: datetime
    direction: Direction
    kind: str
    name: str
    request: Json
    response: Any = None
    status: int | None = None
    seconds: float | None = None
    late: bool = False
    error: str | None = None
    member_id: str | None = None
    workspace_id: str | None = None
    violations: list[Violation] = field(default_factory=list)
    warnings: list[Violation] = field(default_factory=list)

    def record(self, verdict: Verdict) -> None:
        """Add what the judge found."""
        self.violations.extend(verdict.violations)
        self.warnings.extend(verdict.warnings)

    def warn(self, code: str, message: str, pointer: str = "") -> None:
        """Add a warning that is not about a payload's own shape."""
        self.warnings.append(Violation(code=code, pointer=pointer, message=message))

    def as_json(self) -> Json:
        """Return the entry as JSON values."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "direction": self.direction,
            "kind": self.kind,
            "name": self.name,
            "request": self.request,
            "response": self.response,
            "status": self.status,
            "seconds": self.seconds,
            "late": self.late,
            "error": self.error,
            "member_id": self.member_id,
            "workspace_id": self.workspace_id,
            "violations": [found.as_json() for found in self.violations],
            "warnings": [found.as_json() for found in self.warnings],
        }


class Inspector:
    """The newest 500 exchanges, oldest first."""

    def __init__(self, now: Callable[[], datetime], changed: Callable[[Entry], None]) -> None:
        self._now = now
        self._changed = changed
        self._numbers = count(1)
        self.entries: deque[Entry] = deque(maxlen=LOG_SIZE)

    def start(
        self,
        *,
        direction: Direction,
        kind: str,
        name: str,
        request: Json,
        member_id: str | None = None,
        workspace_id: str | None = None,
    ) -> Entry:
        """Log that something was sent; the caller completes the entry with `finish`."""
        entry = Entry(
            number=next(self._numbers),
            at=self._now(),
            direction=direction,
            kind=kind,
            name=name,
            request=request,
            member_id=member_id,
            workspace_id=workspace_id,
        )
        self.entries.append(entry)
        return entry

    def finish(self, entry: Entry) -> None:
        """Tell the readers that `entry` is complete."""
        self._changed(entry)

    def clear(self) -> None:
        """Forget everything."""
        self.entries.clear()

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self.entries))

    def find(self, *, kind: str | None = None, name: str | None = None) -> list[Entry]:
        """Return the entries of a kind ("command", "api", "response_url", …) and name."""
        return [
            entry for entry in self if kind in (None, entry.kind) and name in (None, entry.name)
        ]

    @property
    def violations(self) -> list[Violation]:
        """Everything the judge refused, oldest first."""
        return [found for entry in self for found in entry.violations]

    @property
    def warnings(self) -> list[Violation]:
        """Everything the judge let pass with a warning, oldest first."""
        return [found for entry in self for found in entry.warnings]
