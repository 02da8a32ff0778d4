"""A packet: all that speaks for a member on the way to a level, the honest holes included.

What others say stands beside the marks. None of it is a mark of the member's, so none of it ever
counts as met.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.goal import Goal
from bot.domain.growth.own_gap import with_marked
from bot.domain.growth.progress import Progress, progress_of
from bot.domain.growth.progress_history import ProgressHistory
from bot.domain.growth.standing import Standing, Standings
from bot.domain.lookup.gap import Gap, PromotionGap
from bot.domain.revision import RevisionInfo
from bot.values import dataclass

_RECENT = timedelta(days=90)


class Saw(StrEnum):
    """What a colleague says of an expectation that they were asked about."""

    SAW_IT = "saw_it"
    NOT_REALLY = "not_really"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class Voice:
    """A colleague's answer that the member chose to take along.

    `sentence` is what the member asked about in their own words, `words` what the colleague added;
    both are plain text, and `words` may be empty. `name` is empty where Slack does not tell it.
    """

    cell: CellKey
    name: str
    saw: Saw
    sentence: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ManagersMark:
    """How a manager marks the same expectation in their own column; `note` may be empty."""

    cell: CellKey
    status: Status
    note: str
    at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class AgreedPoint:
    """An expectation that both agreed on until a day; `name` is with whom, empty if unknown."""

    cell: CellKey
    until: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class PacketItem:
    """One change on the way, where the member stands with it, and what shows it, newest first.

    `evidence` is what supports the expectation itself or the one that its mark was made on.
    """

    gap: Gap
    standing: Standing
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_likely(self) -> bool:
        """Whether the member met it in another role, and has not said yet whether it holds here."""
        return self.standing.likely is not None

    @property
    def cells(self) -> frozenset[CellKey]:
        """Return the expectation, and the one that its mark was made on."""
        own, mark = self.standing.cell, self.standing.mark
        return frozenset({own, mark.cell if mark else own})

    @property
    def is_open(self) -> bool:
        """Whether it is neither met nor likely nor put aside."""
        return not (self.standing.met or self.is_likely or self.standing.put_aside)


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything for a promotion talk, as of `taken_at`.

    `items` are all changes of `gap` in its reading order; nothing is folded away in it. `goal` is
    None where the target is not what the member works towards. `name` is the member's own as Slack
    has it, empty where it is not known; `history` how the progress grew, None where nothing on the
    way was marked; `unplaced` is the evidence that is tied to no expectation yet, newest first.
    `voices`, `managers` and `agreed` are what others said and agreed to, of any expectations; each
    is empty where there is nothing that the member may take along. `today` tells that the way
    begins where the member said that they stand.
    """

    gap: PromotionGap
    items: tuple[PacketItem, ...]
    progress: Progress
    revision: RevisionInfo
    goal: Goal | None
    taken_at: datetime
    time_zone: str
    name: str = ""
    history: ProgressHistory | None = None
    unplaced: tuple[Evidence, ...] = ()
    voices: tuple[Voice, ...] = ()
    managers: tuple[ManagersMark, ...] = ()
    agreed: tuple[AgreedPoint, ...] = ()
    today: bool = False

    def of(self, *statuses: Status) -> tuple[PacketItem, ...]:
        """Return the items with one of these statuses, in reading order; without likely ones."""
        return tuple(
            each for each in self.items if each.standing.status in statuses and not each.is_likely
        )

    def said(self, status: Status | None) -> tuple[PacketItem, ...]:
        """Return the items that the member marked so, in reading order; None: they said nothing."""
        return tuple(
            each for each in self.items if each.standing.marked is status and not each.is_likely
        )

    @property
    def likely(self) -> tuple[PacketItem, ...]:
        """Return the items that wait for the member's word."""
        return tuple(each for each in self.items if each.is_likely)

    def item_of(self, cell: CellKey) -> PacketItem | None:
        """Return the item of an expectation, or of the one that its mark was made on."""
        return next((each for each in self.items if cell in each.cells), None)

    @property
    def since(self) -> datetime:
        """From when on its summary tells what has moved: the day of the goal, or 90 days back."""
        return self.goal.set_at if self.goal else self.taken_at - _RECENT

    def marked_since(self, *statuses: Status) -> tuple[PacketItem, ...]:
        """Return the items with one of these statuses that got it since then."""
        return tuple(
            each
            for each in self.of(*statuses)
            if each.standing.mark and each.standing.mark.at >= self.since
        )


def packet_items(gap: PromotionGap, standings: Standings) -> tuple[PacketItem, ...]:
    """Return every change on the way as the member stands with it.

    What carries over from another role is among them as soon as a mark says something about it.
    """
    return tuple(_item(each, standings) for each in with_marked(gap, standings).gaps)


def progress_in(items: tuple[PacketItem, ...]) -> Progress:
    """Count what is met."""
    return progress_of((each.gap.target, each.standing) for each in items)


def _item(gap: Gap, standings: Standings) -> PacketItem:
    item = PacketItem(gap, standings.of(gap.target))
    pieces = {piece.id: piece for cell in item.cells for piece in standings.evidence_for(cell)}
    newest = sorted(pieces.values(), key=lambda piece: (piece.added_at, piece.id), reverse=True)
    return replace(item, evidence=tuple(newest))
