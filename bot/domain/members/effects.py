"""What must be done although the process that was asked for it may end before."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.tenancy import Tenant
from bot.values import dataclass

MOST_ATTEMPTS = 5
# Longer than any try lasts: then another process may take over.
LEASE = timedelta(minutes=5)


# No errand is put off for longer; see `NotYet`.
LONGEST_REST = timedelta(days=366)


class NotYet(Exception):
    """What an errand asks for is due at a later moment: until then it rests."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class EffectKind(StrEnum):
    """What is to be done."""

    PACKET = "packet"
    MY_DATA = "my_data"
    CHART = "chart"
    CATALOGUE_FILE = "catalogue_file"
    ADOPTION = "adoption"
    # Reading, publishing and rolling back are not done again by themselves, but told of.
    CATALOGUE_WORK = "catalogue_work"
    FORGET_WORKSPACE = "forget_workspace"
    # A workspace moves into an organisation; what an organisation's installation may be used for.
    GRID_MOVE = "grid_move"
    ORGANISATION = "organisation"
    # A letter is on its way; messages, files and open modals are to be taken back; what somebody's
    # Home shows of others is to be drawn anew.
    LETTER = "letter"
    TAKE_BACK = "take_back"
    HOME = "home"
    # A colleague was asked to confirm something: the ask is over some day.
    ASK_OVER = "ask_over"


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be done for a tenant, or one of its members.

    `request` says what in particular: ids and names, never a text of a member's.
    """

    tenant: Tenant
    kind: EffectKind
    slack_id: str | None = None
    request: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """An errand that is kept since a moment; `attempts` counts this one."""

    id: int
    errand: Errand
    attempts: int
    since: datetime

    @property
    def last(self) -> bool:
        return self.attempts >= MOST_ATTEMPTS


@dataclass(frozen=True, slots=True)
class EffectOverview:
    """How the errands stand. `late` are those that a process left; `given_up` ended undone."""

    waiting: int
    late: int
    given_up: tuple["GivenUp", ...]


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An errand that was tried as often as it is tried. No text of it is shown."""

    kind: str
    workspace: str
    reason: str
    since: datetime


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait before the next try."""
    return timedelta(minutes=2 ** min(attempts, 6))
