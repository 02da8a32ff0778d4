"""What shows a member's growth: notes, links and Slack messages."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.assessment import CellKey


class EvidenceKind(StrEnum):
    """Where a piece of evidence leads."""

    NOTE = "note"
    LINK = "link"
    SLACK_MESSAGE = "slack_message"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence; it may support several expectations, or none yet.

    `note` may be empty where there is a `url`, and `url` is None for a plain note. `added_at` is
    when it was first kept; an edit leaves it.
    """

    id: int
    kind: EvidenceKind
    note: str
    url: str | None
    added_at: datetime
    supports: frozenset[CellKey] = frozenset()
