"""A packet: all that speaks for a member on the way to a level, the honest holes included."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.framework import RevisionInfo
from bot.domain.growth.assessment import Status
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.goal import Goal
from bot.domain.growth.own_gap import with_marked
from bot.domain.growth.progress import Progress, progress_of
from bot.domain.growth.standing import Standing, Standings
from bot.domain.lookup.gap import Gap, PromotionGap


@dataclass(frozen=True, slots=True)
class PacketItem:
    """One change on the way, where the member stands with it, and what shows it, newest first.

    `evidence` is what supports the expectation itself or the one that its mark was made on.
    """

    gap: Gap
    standing: Standing
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything for a promotion talk, as of `taken_at`.

    `items` are all changes of `gap` in its reading order; nothing is folded away in it. `goal` is
    None where the target is not what the member works towards.
    """

    gap: PromotionGap
    items: tuple[PacketItem, ...]
    progress: Progress
    revision: RevisionInfo
    goal: Goal | None
    taken_at: datetime
    time_zone: str

    def of(self, *statuses: Status) -> tuple[PacketItem, ...]:
        """Return the items with one of these statuses, in reading order."""
        return tuple(each for each in self.items if each.standing.status in statuses)


def packet_items(gap: PromotionGap, standings: Standings) -> tuple[PacketItem, ...]:
    """Return every change on the way as the member stands with it.

    What carries over from another role is among them as soon as a mark says something about it.
    """
    return tuple(_item(each, standings) for each in with_marked(gap, standings).gaps)


def progress_in(items: tuple[PacketItem, ...]) -> Progress:
    """Count what is met."""
    return progress_of((each.gap.target, each.standing) for each in items)


def _item(gap: Gap, standings: Standings) -> PacketItem:
    standing = standings.of(gap.target)
    cells = {standing.cell, standing.mark.cell if standing.mark else standing.cell}
    pieces = {piece.id: piece for cell in cells for piece in standings.evidence_for(cell)}
    newest = sorted(pieces.values(), key=lambda piece: (piece.added_at, piece.id), reverse=True)
    return PacketItem(gap, standing, tuple(newest))
