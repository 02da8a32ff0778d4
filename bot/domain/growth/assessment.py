"""What a member says of themselves: an append-only history of marks on expectations."""

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.domain.framework import CellKey
from bot.values import dataclass

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Status(StrEnum):
    """How far a member is with an expectation, in their own eyes."""

    NOT_YET = "not_yet"
    WORKING = "working"
    MET = "met"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True, slots=True)
class Assessment:
    """One mark. `proficiency` is the depth that the expectation asked for when it was marked.

    `revision_id` is the catalogue revision whose words the member had before them; None where that
    is not known. One that `withdraws` takes back the mark before it on the same expectation, and
    says nothing itself: its status is what holds again. `before` is the mark that this one
    replaced, as folding a history finds it. `made_as` names the expectation as it was called when
    it was marked, where `cell` is what it is called now.
    """

    cell: CellKey
    status: Status
    at: datetime
    proficiency: str | None = None
    note: str = ""
    revision_id: int | None = None
    withdraws: bool = False
    before: "Assessment | None" = field(default=None, compare=False, repr=False)
    made_as: CellKey | None = field(default=None, compare=False)

    @property
    def made_on(self) -> CellKey:
        """The expectation as it was called when it was marked, and as it is stored."""
        return self.made_as or self.cell

    @property
    def stamp(self) -> int:
        """Name the mark among those of its expectation: its moment in microseconds."""
        return (self.at - _EPOCH) // timedelta(microseconds=1)


def fold_in(held: dict[CellKey, Assessment], one: Assessment) -> None:
    """Let a mark, or its withdrawal, come after those in `held`: what counts per expectation."""
    last = held.get(one.cell)
    if not one.withdraws:
        held[one.cell] = replace(one, before=last)
    elif last is not None and last.before is not None:
        held[one.cell] = last.before
    else:
        held.pop(one.cell, None)


def newest_per_cell(history: Iterable[Assessment]) -> dict[CellKey, Assessment]:
    """Reduce a history, oldest first, to what counts: the newest mark of each expectation."""
    held: dict[CellKey, Assessment] = {}
    for each in history:
        fold_in(held, each)
    return held


def withdrawal(mark: Assessment, *, at: datetime) -> Assessment:
    """Return what takes back a mark that counts: the one before it counts again, or none does."""
    status = mark.before.status if mark.before else Status.NOT_YET
    return Assessment(
        mark.made_on,
        status,
        at,
        mark.before.proficiency if mark.before else mark.proficiency,
        revision_id=mark.revision_id,
        withdraws=True,
    )
