"""What a nudge in a direct message shows, before and after it is answered. Frozen values."""

from datetime import datetime
from enum import StrEnum

from bot.domain.answers import GapReport
from bot.domain.framework import CellKey
from bot.domain.growth.goal import NOBODY, Unshared
from bot.domain.nudges.cadence import NudgeSettings
from bot.domain.nudges.choice import Choice
from bot.values import dataclass


class NudgeAnswer(StrEnum):
    """What a member answered. The first answer counts; only *did it* may become *met*."""

    DID_IT = "did_it"  # evidence was kept; whether it is met is asked next
    MET = "met"
    WORKING = "working"
    LATER = "later"
    NOT_RELEVANT = "not_relevant"
    NOT_YET = "not_yet"  # what was likely is not met here
    LESS_OFTEN = "less_often"
    AS_IT_IS = "as_it_is"
    STOPPED = "stopped"


class Form(StrEnum):
    """Which body a nudge has, as it is kept."""

    ONE = "one"
    DIGEST = "digest"
    LESS_OFTEN = "less_often"
    ALL_DONE = "all_done"


class PutOff(StrEnum):
    """How long something is put off."""

    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"
    IN_A_MONTH = "in_a_month"


@dataclass(frozen=True, slots=True)
class OneNudge:
    """One expectation and one prompt.

    `report` is the way to the goal with the member's side of it. `only` tells that nothing else is
    there to ask about now, so that there is no other to ask for.
    """

    choice: Choice
    report: GapReport
    only: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """After a long absence: a few expectations to begin again with, best first."""

    choices: tuple[Choice, ...]
    report: GapReport


@dataclass(frozen=True, slots=True)
class LessOften:
    """The question that stands in for a nudge when several were not answered."""

    settings: NudgeSettings


@dataclass(frozen=True, slots=True)
class AllDone:
    """Said once: every expectation of the goal is met or put aside."""

    report: GapReport


NudgeBody = OneNudge | Digest | LessOften | AllDone


@dataclass(frozen=True, slots=True)
class NudgeMessage:
    """A nudge as its message shows it.

    `answer` is None while the member has not answered. `until` is when what was put off comes
    again; `reached` tells that this very answer completed the goal, `unshared` whom that was shared
    with, `late` that a press came after another answer, which stays.
    """

    id: int
    body: NudgeBody
    answer: NudgeAnswer | None = None
    until: datetime | None = None
    reached: bool = False
    late: bool = False
    unshared: Unshared = NOBODY

    @property
    def cell(self) -> CellKey | None:
        """What it asks about; None for a question, a notice or a digest."""
        return self.body.choice.cell if isinstance(self.body, OneNudge) else None
