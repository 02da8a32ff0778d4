"""A rhythm, of its row."""

from datetime import time
from typing import Any

from bot.domain.teams.agreed import Side
from bot.domain.teams.rhythm import HeldRhythm, Often, Rhythm, RhythmState


def rhythm_of(row: Any) -> HeldRhythm:
    """Return the rhythm that a row of `talk_rhythm` holds."""
    hour, minute = divmod(row.at_minute, 60)
    rhythm = Rhythm(Often(row.often), row.weekday, time(hour, minute), row.zone, row.first_day)
    return HeldRhythm(
        row.share_id,
        rhythm,
        RhythmState(row.state),
        row.next_at,
        Side(row.side),
        row.set_at,
        row.due_at,
    )
