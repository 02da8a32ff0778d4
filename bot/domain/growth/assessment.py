"""What a member says of themselves: an append-only history of marks on expectations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.framework import CellKey


class Status(StrEnum):
    """How far a member is with an expectation, in their own eyes."""

    NOT_YET = "not_yet"
    WORKING = "working"
    MET = "met"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True, slots=True)
class Assessment:
    """One mark. `proficiency` is the depth that the expectation asked for when it was marked."""

    cell: CellKey
    status: Status
    at: datetime
    proficiency: str | None = None
    note: str = ""


def newest_per_cell(history: Iterable[Assessment]) -> dict[CellKey, Assessment]:
    """Reduce a history, oldest first, to what counts: the newest mark of each expectation."""
    return {each.cell: each for each in history}
