"""What a member wants to do with a nudge."""

from dataclasses import dataclass

from bot.domain.framework import CellKey


@dataclass(frozen=True, slots=True)
class AnswerNudge:
    """Answer a nudge; `cell` is what it was about when it was pressed."""

    nudge_id: int
    cell: CellKey | None = None
