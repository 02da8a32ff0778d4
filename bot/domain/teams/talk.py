"""A talk of two people: its brief before, and what they noted after. Frozen values."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.errors import NextrungError, TextTooLong
from bot.domain.framework import CellKey, Expectation
from bot.domain.growth.assessment import Status
from bot.domain.growth.evidence import Evidence
from bot.domain.lookup.rung import Rung
from bot.domain.teams.agreed import NOTHING_AGREED, Delta, Side
from bot.domain.teams.share import Share
from bot.domain.text import LocalText, storable
from bot.values import dataclass

MAX_POINT = 300
MOST_POINTS = 10
"""Points that one form can hold."""
MOST_OPEN = 50
"""Points of a share that are not done."""
POINTS, QUESTIONS, MOVED, PIECES = 3, 3, 8, 5


class CannotNote(NextrungError):
    """Points cannot be kept. Params: `why`: empty, too_many (in one form) or full."""

    code = "cannot_note"


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk, of which both were sent a brief. `at` is when it begins."""

    id: int
    share_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Point:
    """One line that somebody noted. `both` see it, or its author alone."""

    id: int
    talk_id: int
    by: Side
    text: str
    both: bool
    made_at: datetime
    done_at: datetime | None = None

    def seen_by(self, side: Side) -> bool:
        return self.both or self.by is side


@dataclass(frozen=True, slots=True)
class Moved:
    """An expectation whose status changed since the last talk."""

    expectation: Expectation
    status: Status


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """An expectation that is still open, with a question of the catalogue about it, if any."""

    expectation: Expectation
    question: LocalText | None


@dataclass(frozen=True, slots=True)
class Brief:
    """What one of the two reads before a talk. `since` is the talk before, or when sharing began.

    `moved` and `evidence` are at most `MOVED` and `PIECES` of so many; `points` are undone lines of
    talks before that this one may see. `skills` are the names of
    what counts, and `said` its status, as far as this one may see it.
    `begun` tells that the talk has begun.
    """

    share: Share
    side: Side
    talk: Talk
    since: datetime
    target: Rung | None
    moved: tuple[Moved, ...] = ()
    moved_in_all: int = 0
    evidence: tuple[Evidence, ...] = ()
    pieces_in_all: int = 0
    delta: Delta = NOTHING_AGREED
    skills: tuple[tuple[CellKey, LocalText], ...] = ()
    said: tuple[tuple[CellKey, Status], ...] = ()
    open: tuple[OpenPoint, ...] = ()
    points: tuple[Point, ...] = ()
    begun: bool = False

    def status_of(self, cell: CellKey) -> Status | None:
        return next((status for key, status in self.said if key == cell), None)

    def name_of(self, cell: CellKey) -> LocalText | None:
        return next((name for key, name in self.skills if key == cell), None)


def points_of(text: str) -> tuple[str, ...]:
    """Return the points of a text, one a line, without the signs of a list.

    Raises:
        CannotNote: there is none, or more than `MOST_POINTS`.
        TextTooLong: one has more than `MAX_POINT` characters.
    """
    lines = (line.strip().lstrip("-*•·").strip() for line in storable(text).splitlines())
    found = tuple(" ".join(line.split()) for line in lines if line)
    if not found:
        raise CannotNote(why="empty")
    if len(found) > MOST_POINTS:
        raise CannotNote(why="too_many")
    if any(len(each) > MAX_POINT for each in found):
        raise TextTooLong(limit=MAX_POINT)
    return found


def undone_for(points: Iterable[Point], side: Side) -> tuple[Point, ...]:
    """Return the points that come again in the next brief of a side, oldest first."""
    still = (each for each in points if each.done_at is None and each.seen_by(side))
    return tuple(sorted(still, key=lambda each: each.id))
