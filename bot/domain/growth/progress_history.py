"""How a member came to where they stand on the way to a level: progress day by day. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import accumulate

from bot.domain.framework import Catalogue, CellKey
from bot.domain.growth.assessment import Assessment
from bot.domain.growth.standing import Growth, Progress, Standings, progress_of
from bot.domain.lookup.gap import PromotionGap
from bot.domain.lookup.rung import Rung

MOST_DAYS = 120
"""A chart shows no more; of a longer history, days are left out evenly."""


@dataclass(frozen=True, slots=True)
class ProgressPoint:
    """Progress at the end of a day."""

    on: date
    progress: Progress


@dataclass(frozen=True, slots=True)
class ProgressHistory:
    """Progress towards a rung, oldest first, with one day at most once.

    The first point is the day before the first mark, when nothing was met; the last is today.
    """

    target: Rung
    points: tuple[ProgressPoint, ...]

    @property
    def now(self) -> Progress:
        return self.points[-1].progress


def progress_history(
    gap: PromotionGap,
    catalogue: Catalogue,
    history: Iterable[Assessment],
    *,
    now: datetime,
    zone: tzinfo,
) -> ProgressHistory | None:
    """Work out the progress at the end of each day on which something was marked.

    Args:
        gap: the way to the target, nothing folded away.
        catalogue: the revision that the way is measured on.
        history: every mark of the member, oldest first.
        now: the present moment.
        zone: the member's time zone decides where a day ends.

    Returns:
        None where nothing on this way was ever marked.
    """
    skills = {each.target.skill.key for each in gap.gaps}
    marks = [each for each in history if each.cell.skill in skills]
    if not marks:
        return None
    # A clock that was put back moves no mark before an older one.
    days = list(accumulate((each.at.astimezone(zone).date() for each in marks), max))
    wanted = set(_thinned(sorted(set(days))))
    before = ProgressPoint(days[0] - timedelta(days=1), _progress(gap, catalogue, {}, now))
    points, held = [before], dict[CellKey, Assessment]()
    for position, (day, mark) in enumerate(zip(days, marks, strict=True)):
        held[mark.cell] = mark
        ends = position + 1 == len(marks) or days[position + 1] != day
        if ends and day in wanted:
            points.append(ProgressPoint(day, _progress(gap, catalogue, held, now)))
    today = max(now.astimezone(zone).date(), points[-1].on)
    if points[-1].on != today:
        points.append(ProgressPoint(today, points[-1].progress))
    return ProgressHistory(gap.target, tuple(points))


def _progress(
    gap: PromotionGap, catalogue: Catalogue, held: dict[CellKey, Assessment], now: datetime
) -> Progress:
    standings = Standings(Growth(marks=held), catalogue, now=now)
    return progress_of((each.target, standings.of(each.target)) for each in gap.gaps)


def _thinned(days: Sequence[date]) -> Sequence[date]:
    """Keep at most `MOST_DAYS`, evenly chosen, the last one always."""
    step = -(-len(days) // MOST_DAYS)
    return days[::-1][::step]
