"""How far a workspace has come with Nextrung: how many people, never who, nor fewer than five.

A month is counted once it is over, and what was counted then stays. Everybody stands in one role,
and each role's people are rounded down by themselves, in fives; all together are the sum of that.
So whatever is shown is a multiple of five, and so is all that can be worked out from it: of no set
of people does anything tell that there is one, or four.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.catalogue.people import counted_people
from bot.domain.moves import Moves
from bot.values import dataclass

MONTHS = 12
"""So many months are shown, and counted after the fact where nobody was there to count."""
NO_ROLE = ""
"""In place of a role's key: people with neither a goal nor a recorded role."""
_SETTLED = timedelta(hours=12)


class AdoptionFigure(StrEnum):
    """What people did in a month; everybody counts once in each."""

    GOALS = "goals"
    NUDGES = "nudges"
    ASSESSMENTS = "assessments"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """How many people there were at least, in a multiple of five that is not 0."""

    month: date
    figure: AdoptionFigure
    role: str
    people: int


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A month that was counted: the people of each figure, in all and by role, as they are shown.

    `roles` have the larger ones first; a role of which nothing can be told is not in it.
    """

    month: date
    totals: Mapping[AdoptionFigure, int]
    roles: Mapping[str, Mapping[AdoptionFigure, int]]


def counted(
    month: date, acted: Mapping[AdoptionFigure, Iterable[int]], role_of: Mapping[int, str]
) -> tuple[AdoptionRow, ...]:
    """Return what is kept of a month.

    Args:
        month: its first day.
        acted: who did each thing in it, by ids of members.
        role_of: the role in which each of them stands; who is in none stands in `NO_ROLE`.
    """
    rows: list[AdoptionRow] = []
    for figure in AdoptionFigure:
        people = Counter(role_of.get(who, NO_ROLE) for who in set(acted.get(figure, ())))
        least = ((role, counted_people(people[role])) for role in sorted(people))
        rows += [AdoptionRow(month, figure, role, count) for role, count in least if count]
    return tuple(rows)


def figures(
    months: Iterable[date], rows: Iterable[AdoptionRow], moves: Moves
) -> tuple[MonthFigures, ...]:
    """Return what is shown of counted months, the newest first.

    A role that became another one is counted with it: both were rounded by themselves.
    """
    found: dict[date, dict[str, Counter[AdoptionFigure]]] = {month: {} for month in months}
    for row in rows:
        if row.month in found:
            role = moves.role(row.role) if row.role else NO_ROLE
            found[row.month].setdefault(role, Counter())[row.figure] += row.people
    return tuple(
        MonthFigures(
            month,
            {figure: sum(each[figure] for each in roles.values()) for figure in AdoptionFigure},
            dict(sorted(roles.items(), key=lambda each: (-sum(each[1].values()), each[0]))),
        )
        for month, roles in sorted(found.items(), reverse=True)
    )


def months_over(now: datetime, since: datetime) -> tuple[date, ...]:
    """Return the first days of the months that are over everywhere, the oldest first.

    None from before `since`, and at most the last `MONTHS`.
    """
    month, first = month_of(now - _SETTLED), month_of(since)
    found: list[date] = []
    while len(found) < MONTHS:
        month = month_of(start_of(month) - timedelta(days=1))
        if month < first:
            break
        found.append(month)
    return tuple(reversed(found))


def month_of(moment: datetime) -> date:
    """Return the first day of a moment's month, in UTC."""
    return moment.astimezone(UTC).date().replace(day=1)


def start_of(month: date) -> datetime:
    """Return when a month begins, in UTC."""
    return datetime.combine(month, time(), UTC)


def end_of(month: date) -> datetime:
    """Return when the next month begins, in UTC."""
    return start_of((month + timedelta(days=31)).replace(day=1))
