"""The other's own column: how they mark the expectations of a goal that is shared with them.

It stands beside what the member says, and never counts in their progress. What is not sent yet is
nobody's but its author's.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.values import dataclass

STATUSES = (Status.MET, Status.WORKING, Status.NOT_YET)
"""What can be said in that column: what is relevant to a member, they alone say."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the member answers to a mark; append-only."""

    mark_id: int
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ManagerMark:
    """One mark. `status` is None where it takes back the one before it.

    `sent_at` is None as long as its author keeps it to themselves. `author` is their Slack id.
    """

    id: int
    share_id: int
    author: str
    cell: CellKey
    status: Status | None
    note: str
    at: datetime
    sent_at: datetime | None = None
    replies: tuple[Reply, ...] = ()

    @property
    def sent(self) -> bool:
        return self.sent_at is not None


@dataclass(frozen=True, slots=True)
class Marked:
    """An expectation in the column: what was sent, and what replaces it once it is sent.

    `draft` is None where nothing waits; where it takes back what was sent, its status is None.
    """

    sent: ManagerMark | None = None
    draft: ManagerMark | None = None

    @property
    def shown(self) -> ManagerMark | None:
        """What its author sees as their mark; None where there is none, or it is taken back."""
        newest = self.draft or self.sent
        return newest if newest is not None and newest.status is not None else None


UNMARKED = Marked()


def column_of(history: Iterable[ManagerMark]) -> Mapping[CellKey, Marked]:
    """Reduce a history, oldest first, to what counts of each expectation."""
    found: dict[CellKey, Marked] = {}
    for each in history:
        before = found.get(each.cell, UNMARKED)
        if each.sent:
            found[each.cell] = replace(before, sent=each if each.status else None)
        else:
            found[each.cell] = replace(before, draft=each)
    return {cell: each for cell, each in found.items() if each != UNMARKED}


def sent_marks(history: Iterable[ManagerMark]) -> Sequence[ManagerMark]:
    """Return what the member sees: the newest of each expectation that was sent and holds."""
    return [each.sent for each in column_of(history).values() if each.sent]


def differ(status: Status | None, mark: ManagerMark | None) -> bool:
    """Tell whether the two see an expectation differently.

    What the member has not said reads as *not yet*. Nothing differs from no mark.
    """
    if mark is None or mark.status is None:
        return False
    return (status or Status.NOT_YET) is not mark.status


def item_key(cell: CellKey) -> str:
    """Return a short name of an expectation for controls, whose values have little room."""
    text = "\n".join((cell.role, cell.level, cell.skill))
    return hashlib.blake2s(text.encode(), digest_size=9).hexdigest()
