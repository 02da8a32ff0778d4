"""A share: one member lets one named person see one goal of theirs, until either ends it."""

from collections.abc import Iterable
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.values import dataclass

ANSWER_WITHIN = timedelta(days=14)
"""An ask that nobody answers for so long lapses: the first one, and each later one."""
RENEW_AFTER = timedelta(days=91)
"""After a quarter of a year the member is asked whether they want to go on sharing."""
ASK_AGAIN_AFTER = timedelta(days=7)
"""So long after a no, or an ask that came to nothing, the same person is left in peace."""
CHECKED_EVERY = timedelta(days=1)
"""How often Slack is asked who the two are by now."""
SAME_LOOK = timedelta(minutes=15)
"""Whoever looks again so soon has looked once."""


class ShareState(StrEnum):
    """What was ended never comes back; whoever shares again asks anew."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    ENDED = "ended"


class ShareEnd(StrEnum):
    """Why a share ended. Where either of the two is forgotten, no row is left to say so."""

    DECLINED = "declined"
    REVOKED = "revoked"
    LEFT_BY_OTHER = "left_by_other"
    LAPSED = "lapsed"
    GOAL_OVER = "goal_over"
    DEACTIVATED = "deactivated"
    GUEST = "guest"


BY_OTHER = frozenset({ShareEnd.DECLINED, ShareEnd.LEFT_BY_OTHER})
"""Ends that the other chose: what they were sent stays with them as their answer left it."""


def asked_again_from(ended: Iterable["Share"], *, now: datetime) -> datetime | None:
    """Return from when somebody may be asked again, given what ended with them; None for any time.

    A no counts from when it was said, and so does silence: the answer is the same for both. What
    was taken back before it was answered counts from the ask. What was accepted and then stopped
    by its owner, or went with the goal, keeps nobody waiting; nor does what a wrong clock wrote.
    """
    moments = (_left_in_peace(each) for each in ended)
    return max((each + ASK_AGAIN_AFTER for each in moments if each and each <= now), default=None)


def _left_in_peace(share: "Share") -> datetime | None:
    if share.end in BY_OTHER or share.end is ShareEnd.LAPSED:
        return share.ended_at
    return share.asked_at if share.end is ShareEnd.REVOKED and not share.accepted_at else None


class LookKind(StrEnum):
    """What of a shared goal the other has looked at.

    `talks` is what the two have between them: Home names it among no looks, for both made it.
    """

    GOAL = "goal"
    TEAM = "team"
    TEAM_FILE = "team_file"
    TALKS = "talks"


@dataclass(frozen=True, slots=True)
class Share:
    """A goal and who may see it. `owner` and `other` are Slack ids of one tenant's members.

    Nothing said before `shows_from` is shown; None where the member chose to show the past too.
    `renew_at` is when the member is asked again, `asked_again_at` when they last were, `checked_at`
    when Slack last told who the two are. `evidence` are the pieces that are shown, by their ids: no
    others ever are.
    """

    id: int
    goal_id: int
    owner: str
    other: str
    state: ShareState
    asked_at: datetime
    accepted_at: datetime | None = None
    shows_from: datetime | None = None
    renew_at: datetime | None = None
    ended_at: datetime | None = None
    end: ShareEnd | None = None
    evidence: frozenset[int] = field(default_factory=frozenset)
    asked_again_at: datetime | None = None
    checked_at: datetime | None = None

    @property
    def accepted(self) -> bool:
        """Whether the other may look."""
        return self.state is ShareState.ACCEPTED

    @property
    def ended(self) -> bool:
        return self.state is ShareState.ENDED


@dataclass(frozen=True, slots=True)
class Look:
    """That the other has looked, and at what; `at` is when they last did."""

    share_id: int
    at: datetime
    kind: LookKind = LookKind.GOAL
