"""A draft that waits: for another owner's look, for a day, or for both."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.catalogue.goings import Decisions, GoingKey
from bot.domain.catalogue.workspace_catalogue import Upload, UploadedDraft
from bot.domain.errors import NextrungError
from bot.values import dataclass

KEPT = "draft:"
"""What the id of an upload begins with that is kept as a draft, and no file in Slack."""
FURTHEST = timedelta(days=366)
CLOSED_KEPT = timedelta(days=90)
"""How long a draft is kept that waits no more: it can be compared again so long."""
OPEN_KEPT = FURTHEST + timedelta(days=30)
"""How long one is kept that nobody approved, published or called off."""


class DraftClosed(NextrungError):
    """The draft is published, called off or gone. Params: `state`, empty where it is gone."""

    code = "draft_closed"


class NoSecondOwner(NextrungError):
    """Who is to look at a draft does not own the catalogue, or is its author. Params: none."""

    code = "no_second_owner"


class NothingToWaitFor(NextrungError):
    """Neither an owner nor a day was chosen. Params: none."""

    code = "nothing_to_wait_for"


class DayPast(NextrungError):
    """The moment to publish at has passed, or is further away than a year. Params: none."""

    code = "day_past"


class DraftState(StrEnum):
    """How far a draft is."""

    WAITING = "waiting"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"  # it could not be published at its moment, and somebody has to decide


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an owner wants of a draft: who looks at it first, and when it is published."""

    reviewer_id: str | None = None
    publish_at: datetime | None = None

    def check(self, now: datetime) -> None:
        """Return where there is something to wait for.

        Raises:
            NothingToWaitFor, DayPast: see there.
        """
        if self.reviewer_id is None and self.publish_at is None:
            raise NothingToWaitFor
        if self.publish_at is not None and not now < self.publish_at <= now + FURTHEST:
            raise DayPast


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft without its content. `base` and `digest` are as in `UploadedDraft`.

    `decisions` are what takes over from what goes, `typed_name` is the catalogue's name as the
    author typed it. `comment` is what the reviewer wrote last.
    """

    id: int
    author_id: str
    state: DraftState
    note: str
    base: int
    digest: str
    waiting: Waiting
    typed_name: str = ""
    approved_at: datetime | None = None
    comment: str = ""
    decisions: Decisions = field(default_factory=dict, hash=False)

    @property
    def wants_look(self) -> bool:
        """Whether another owner has yet to approve it."""
        return self.waiting.reviewer_id is not None and self.approved_at is None

    @property
    def uploaded(self) -> UploadedDraft:
        """How it is named where it is previewed and published, as an upload is."""
        return UploadedDraft(Upload(f"{KEPT}{self.id}", None, self.note), self.base, self.digest)

    def check_open(self) -> None:
        """Return where it still waits.

        Raises:
            DraftClosed: it does not.
        """
        if self.state is not DraftState.WAITING:
            raise DraftClosed(state=self.state.value)


def draft_id(file: str) -> int | None:
    """Return the id of the draft that an upload's file names; None for a file in Slack."""
    number = file.removeprefix(KEPT)
    return int(number) if number != file and number.isdecimal() and number.isascii() else None


def decisions_of(pairs: Mapping[GoingKey, str | None]) -> list[tuple[str, str, str, str | None]]:
    """Return decisions as plain values, to be kept."""
    return [(at.part.value, at.key, at.within, target) for at, target in pairs.items()]
