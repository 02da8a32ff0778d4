"""A dated action: what a member means to do about one expectation, and on which day."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import EmptyAction, TextTooLong
from bot.domain.framework import CellKey, Skill
from bot.domain.text import LocalText, storable
from bot.values import dataclass

MAX_TEXT = 300
MOST_OPEN = 50


class ActionState(StrEnum):
    """How far an action is. What has ended stays so."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class DatedAction:
    """One action. Its days are local days of the member.

    `first_due` is what it was planned for at first. `evidence_id` is the piece that shows that it
    is done, None without one; `reminded_on` the day of which the member was reminded last.
    """

    id: int
    cell: CellKey
    text: str
    due: date
    first_due: date
    made_at: datetime
    state: ActionState = ActionState.OPEN
    ended_at: datetime | None = None
    evidence_id: int | None = None
    reminded_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.state is ActionState.OPEN


@dataclass(frozen=True, slots=True)
class NamedAction:
    """An action, and the skill that it is about: None where the catalogue has it no longer.

    `former` is then what it was called last, where that is known.
    """

    action: DatedAction
    skill: Skill | None
    former: LocalText | None = None

    @property
    def skill_name(self) -> LocalText:
        """What the skill is called, or was; its key where nobody knows."""
        if self.skill is not None:
            return self.skill.name
        return self.former or LocalText(self.action.cell.skill)


def checked_action(text: str) -> str:
    """Return what a member wrote, in one line without surrounding space.

    Raises:
        EmptyAction: nothing is left.
        TextTooLong: it has more than `MAX_TEXT` characters.
    """
    line = " ".join(storable(text).split())
    if not line:
        raise EmptyAction
    if len(line) > MAX_TEXT:
        raise TextTooLong(limit=MAX_TEXT)
    return line


def in_turn(actions: Iterable[DatedAction]) -> tuple[DatedAction, ...]:
    """Return the open ones in the order of their days, of one day the older first."""
    still = (each for each in actions if each.is_open)
    return tuple(sorted(still, key=lambda each: (each.due, each.id)))
