"""What a member was nudged about before, as far as it decides about the next nudge."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from bot.domain.framework import CellKey
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """How often an expectation was nudged, and when last."""

    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class RecentNudge:
    """One of the last nudges. `follow_up`: it quoted what the member had written."""

    cell: CellKey
    optional: bool = False
    follow_up: bool = False


RECENT = 7
"""So many of the last nudges say whose turn it is: every eighth is about something optional."""


@dataclass(frozen=True, slots=True)
class NudgeHistory:
    """What a member was nudged about. `later` says until when something is put off.

    `recent` are the last nudges, newest first, at most `RECENT`. `prompts` maps each prompt that
    was ever sent, in its base language, to when that was last; `quoted` has the expectation and
    the moment of each note that was followed up.
    """

    asked: Mapping[CellKey, Asked] = field(default_factory=dict, hash=False)
    later: Mapping[CellKey, datetime] = field(default_factory=dict, hash=False)
    recent: tuple[RecentNudge, ...] = ()
    prompts: Mapping[str, datetime] = field(default_factory=dict, hash=False)
    quoted: frozenset[tuple[CellKey, datetime]] = frozenset()

    @property
    def latest(self) -> CellKey | None:
        """What the last nudge was about."""
        return self.recent[0].cell if self.recent else None

    def times(self, cell: CellKey) -> int:
        """Return how often an expectation was nudged."""
        asked = self.asked.get(cell)
        return asked.times if asked else 0

    def put_off(self, cell: CellKey) -> datetime | None:
        """Return until when an expectation is or was put off; None where it has come since.

        One whose outcome is unknown counts as come: it may have, and must not come twice running.
        """
        until, asked = self.later.get(cell), self.asked.get(cell)
        came = until is not None and asked is not None and asked.last >= until
        return None if came else until
