"""What a member wants to do with a nudge."""

from bot.domain.framework import CellKey
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class AnswerNudge:
    """Answer a nudge; `cell` is what it was about when it was pressed.

    `instead` replaces an answer that was given before; without it, a nudge is answered once.
    """

    nudge_id: int
    cell: CellKey | None = None
    instead: bool = False
