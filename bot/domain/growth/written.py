"""What a member wrote about an expectation, in their own words."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.framework import CellKey
from bot.domain.growth.evidence import EvidenceKind
from bot.domain.growth.holdings import NO_GROWTH, Growth
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """A note as it was typed, with a moment that names it among those of its expectation."""

    text: str
    at: datetime


class OwnWriting:
    """Finds what a member wrote. Nothing is worked out before it is asked for."""

    def __init__(self, growth: Growth = NO_GROWTH) -> None:
        self._growth = growth

    def about(self, cell: CellKey) -> tuple[Written, ...]:
        """Return the notes on an expectation, newest first.

        These are the notes of its own marks, and of evidence that supports it. The words of a Slack
        message are left out: they may be somebody else's.
        """
        found = [each for each in (*self._of_marks(cell), *self._of_evidence(cell)) if each.text]
        return tuple(sorted(found, key=lambda each: each.at, reverse=True))

    def _of_marks(self, cell: CellKey) -> Iterator[Written]:
        mark = self._growth.marks.get(cell)
        while mark is not None:
            yield Written(mark.note.strip(), mark.at)
            mark = mark.before

    def _of_evidence(self, cell: CellKey) -> Iterator[Written]:
        for piece in self._growth.evidence:
            if cell in piece.supports and piece.kind is not EvidenceKind.SLACK_MESSAGE:
                yield Written(piece.note.strip(), piece.added_at)


NOTHING_WRITTEN = OwnWriting()
