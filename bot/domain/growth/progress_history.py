"""How a member came to where they stand on the way to a level: progress day by day. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum
from itertools import accumulate

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, fold_in, newest_per_cell
from bot.domain.growth.holdings import Growth
from bot.domain.growth.marked_words import MarkedWords
from bot.domain.growth.own_gap import with_marked
from bot.domain.growth.progress import Progress, progress_of
from bot.domain.growth.standing import Standings
from bot.domain.lookup.gap import PromotionGap
from bot.domain.lookup.rung import Rung
from bot.values import dataclass

MOST_DAYS = 120
"""A chart shows no more; of a longer history, days are left out evenly."""


class NoHistory(Enum):
    """Why there is no progress to tell of."""

    NO_GOAL = "no_goal"
    NO_WAY = "no_way"  # the catalogue has no way to the goal any more
    NOTHING_MARKED = "nothing_marked"


@dataclass(frozen=True, slots=True)
class ProgressPoint:
    """Progress at the end of a day."""

    on: date
    progress: Progress


@dataclass(frozen=True, slots=True)
class ProgressHistory:
    """Progress towards a rung, oldest first, with one day at most once.

    The first point is the day before the first mark, when nothing was met; the last is today.
    `recounted_on` is the day since which cards count as every point here does; None where they
    always did. `days` is on how many days something was marked: one makes no line to be drawn.
    """

    target: Rung
    points: tuple[ProgressPoint, ...]
    recounted_on: date | None = None
    days: int = 2

    @property
    def now(self) -> Progress:
        return self.points[-1].progress

    @property
    def drawable(self) -> bool:
        """Whether a chart says more than words do."""
        return self.days > 1


def progress_history(
    gap: PromotionGap,
    words: MarkedWords,
    history: Iterable[Assessment],
    *,
    now: datetime,
    zone: tzinfo,
    recounted_at: datetime | None = None,
) -> ProgressHistory | None:
    """Work out the progress at the end of each day on which something was marked.

    Args:
        gap: the way to the target, nothing folded away.
        words: what the marks were made on, for the revision that the way is measured on.
        history: every mark of the member, oldest first, withdrawals included.
        now: the present moment.
        zone: the member's time zone decides where a day ends.
        recounted_at: since when cards count in this way.

    Returns:
        None where nothing on this way was ever marked.
    """
    every = tuple(history)
    # What counts today is counted on every day, so that the total stays the same.
    gap = with_marked(gap, _standings(newest_per_cell(every), words, now))
    skills = {each.target.skill.key for each in gap.gaps}
    marks = [each for each in every if each.cell.skill in skills]
    if not marks:
        return None
    # A clock that was put back moves no mark before an older one.
    days = list(accumulate((each.at.astimezone(zone).date() for each in marks), max))
    wanted = set(_thinned(sorted(set(days))))
    before = ProgressPoint(days[0] - timedelta(days=1), _progress(gap, words, {}, now))
    points, held = [before], dict[CellKey, Assessment]()
    for position, (day, mark) in enumerate(zip(days, marks, strict=True)):
        fold_in(held, mark)
        ends = position + 1 == len(marks) or days[position + 1] != day
        if ends and day in wanted:
            points.append(ProgressPoint(day, _progress(gap, words, held, now)))
    today = max(now.astimezone(zone).date(), points[-1].on)
    if points[-1].on != today:
        points.append(ProgressPoint(today, points[-1].progress))
    recounted = recounted_at.astimezone(zone).date() if recounted_at else None
    return ProgressHistory(gap.target, tuple(points), recounted, len(set(days)))


def _progress(
    gap: PromotionGap, words: MarkedWords, held: dict[CellKey, Assessment], now: datetime
) -> Progress:
    standings = _standings(held, words, now)
    return progress_of((each.target, standings.of(each.target)) for each in gap.gaps)


def _standings(held: dict[CellKey, Assessment], words: MarkedWords, now: datetime) -> Standings:
    return Standings(Growth(marks=held), words.catalogue, now=now, words=words)


def _thinned(days: Sequence[date]) -> Sequence[date]:
    """Keep at most `MOST_DAYS`, evenly chosen, the last one always."""
    step = -(-len(days) // MOST_DAYS)
    return days[::-1][::step]
