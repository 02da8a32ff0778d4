"""A goal: the level of a role that a member works towards, pinned to a catalogue revision."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from bot.values import dataclass


class GoalState(StrEnum):
    """At most one goal of a member is active. A reached one stays reached when the next is set."""

    ACTIVE = "active"
    REACHED = "reached"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal. Progress is measured against `revision_id` until the member adopts a newer one.

    `origin_role` and `origin_level` are where the member stood when it was set; None where that
    was not recorded, and the level below the target stands in. `recounted_at` is since when its
    progress is counted in another way than on the days before, `recount_told_at` when the member
    has taken note of that; None where it was always counted so. `kept_revision_id` is the newest
    revision of the day on which the member chose to keep the goal in its old words.
    `news_revision_id` is the last one of which they were told that it changed the goal. `by` is
    the day by which they want to reach it, where they are; None where they named none.
    """

    id: int
    role: str
    level: str
    revision_id: int
    set_at: datetime
    state: GoalState = GoalState.ACTIVE
    origin_role: str | None = None
    origin_level: str | None = None
    ended_at: datetime | None = None
    recounted_at: datetime | None = None
    recount_told_at: datetime | None = None
    kept_revision_id: int | None = None
    news_revision_id: int | None = None
    news_at: datetime | None = None
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Unshared:
    """Whom a goal that is over was shared with, as Slack ids: who saw it, and who was just asked.

    `at` is when it ended; None where nothing did.
    """

    saw: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    at: datetime | None = None


NOBODY = Unshared()


def unshared(ended: Iterable[tuple[str, bool]], at: datetime) -> Unshared:
    """Return who those are with whom shares ended, and whether each had accepted."""
    people = tuple(ended)
    if not people:
        return NOBODY
    saw = tuple(who for who, accepted in people if accepted)
    return Unshared(saw, tuple(who for who, accepted in people if not accepted), at)
