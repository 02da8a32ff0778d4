"""A letter: a message to one person because of another person's act. It can be taken back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.domain.teams.share import LookKind
from bot.values import dataclass

GIVEN_UP_AFTER = timedelta(days=7)
"""A letter that could not be sent for so long is none any more."""


class LetterKind(StrEnum):
    """What a letter tells. What it says is drawn when it is sent, from what is stored then."""

    SHARE_ASK = "share_ask"
    SHARE_ANSWER = "share_answer"
    SHARE_RENEW = "share_renew"
    MARKS_SENT = "marks_sent"
    MARK_REPLY = "mark_reply"
    AGREED_PROPOSED = "agreed_proposed"
    BRIEF = "brief"
    ACTION_DUE = "action_due"
    CONFIRM_ASK = "confirm_ask"
    CONFIRM_ANSWER = "confirm_answer"
    PACKET = "packet"
    PAIR = "pair"
    TEAM_TABLE = "team_table"
    TEAM_PICTURE = "team_picture"
    TEAM_FILE = "team_file"

    @property
    def look(self) -> LookKind | None:
        """What whoever gets it has looked at; None where it is no look."""
        return _LOOKS.get(self)

    @property
    def by_itself(self) -> bool:
        """Whether it answers no act of just now: then it comes in working hours alone."""
        return self is LetterKind.SHARE_RENEW or self.heeds_pause

    @property
    def heeds_pause(self) -> bool:
        """Whether it waits as long as the member has paused their nudges."""
        return self in _HEED_PAUSE


_LOOKS: Mapping["LetterKind", LookKind] = MappingProxyType(
    {
        LetterKind.TEAM_TABLE: LookKind.TEAM,
        LetterKind.TEAM_PICTURE: LookKind.TEAM,
        LetterKind.TEAM_FILE: LookKind.TEAM_FILE,
    }
)
_HEED_PAUSE = frozenset({LetterKind.BRIEF, LetterKind.ACTION_DUE, LetterKind.PAIR})


class LetterState(StrEnum):
    """How far a letter is.

    `unknown` may have arrived or not: it is never sent again by itself. `recalled` was taken back,
    before or after it was sent. `withheld` has nothing to say any more, or may not be said.
    """

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    RECALLED = "recalled"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter. `to` and `author` are Slack ids; `author` is whose act it tells of.

    `subject` is the id of the row that it is about, which `kind` says the table of, 0 where it is
    about several. `share_id` is
    the share that it shows something of: when that ends, it is taken back. `channel` and `ts` name
    the message, `files` what was sent with it, once they are known.
    """

    id: int
    to: str
    author: str
    kind: LetterKind
    subject: int
    state: LetterState
    at: datetime
    share_id: int | None = None
    channel: str | None = None
    ts: str | None = None
    files: tuple[str, ...] = ()
