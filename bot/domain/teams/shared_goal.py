"""A goal as the other sees it: the member's status alone, and the evidence chosen for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.answers import GoalReport
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.holdings import Growth
from bot.domain.growth.own_gap import OwnState
from bot.domain.growth.progress import Progress
from bot.domain.lookup.gap import Gap, PromotionGap, in_reading_order
from bot.domain.revision import Catalogue
from bot.domain.teams.agreed import Side
from bot.domain.teams.manager_marks import UNMARKED, ManagerMark, Marked, column_of, differ
from bot.domain.teams.share import Share
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class SharedItem:
    """One change on the way. `status` is the member's; None where nothing is said that is shown.

    A *likely* one is open here: what makes it likely is not shared. `evidence` is what was chosen,
    `marked` the other's own column.
    """

    gap: Gap
    status: Status | None
    evidence: tuple[Evidence, ...] = ()
    marked: Marked = UNMARKED

    @property
    def comes_first(self) -> bool:
        """Whether it is what to talk about first, by what was sent.

        What the member has not said is set beside the marks as *not yet*, for its place alone: no
        card says that they see it so.
        """
        return differ(self.status, self.marked.sent)

    @property
    def differs(self) -> bool:
        """Whether both said how they see it, and see it differently."""
        return self.status is not None and self.comes_first

    @property
    def cell(self) -> CellKey:
        return key_of(self.gap.target)


@dataclass(frozen=True, slots=True)
class SharedGoal:
    """All that the other sees of a goal: `items` as the member's own card goes through them.

    Open ones come first, then those met, then those put aside, each in reading order; once marks
    were sent, first those to talk about, then those not marked. `gap` and
    `progress` are None where there is no way to the goal any more; then there are no items. `today`
    tells that the way begins where its owner said that they stand.
    """

    share: Share
    role: str
    level: str
    gap: PromotionGap | None = None
    progress: Progress | None = None
    items: tuple[SharedItem, ...] = ()
    today: bool = False

    @property
    def first(self) -> int:
        """How many expectations come first, to talk about."""
        return sum(each.comes_first for each in self.items)

    @property
    def unsent(self) -> int:
        """How many marks wait to be sent."""
        return sum(each.marked.draft is not None for each in self.items)


def seen_growth(growth: Growth, share: Share) -> Growth:
    """Return what of a member's growth may be looked at: marks since the share, chosen evidence.

    No note of a mark is left in it. Of those that another one replaced are left what could be
    looked at while they held.
    """
    since = share.shows_from
    marks = {
        cell: _without_notes(mark, since)
        for cell, mark in growth.marks.items()
        if since is None or mark.at >= since
    }
    chosen = tuple(each for each in growth.evidence if each.id in share.evidence)
    return replace(growth, marks=marks, evidence=chosen, actions=(), agreed=())


def growth_for(side: Side | None, growth: Growth, share: Share) -> Growth:
    """Return what a side may see of the growth behind a share; for None the goal alone."""
    match side:
        case Side.OWNER:
            return growth
        case Side.OTHER:
            return seen_growth(growth, share)
        case None:
            return Growth(goal=growth.goal)


def shared_goal(
    share: Share, seen: Growth, measured: GoalReport, catalogue: Catalogue
) -> SharedGoal:
    """Return what is shown of a goal that was measured by what may be seen.

    Args:
        share: who shows it to whom.
        seen: what `seen_growth` returned.
        measured: the goal, measured by that alone.
        catalogue: what it is measured on.
    """
    goal, report = measured.goal, measured.report
    empty = SharedGoal(share, goal.role, goal.level)
    if report is None or report.own is None:
        return empty
    own = report.own
    pieces = _by_cell(seen)
    still = in_reading_order(catalogue, (*report.gap.gaps, *own.likely))
    ordered = (*still, *report.gap.met, *own.not_relevant)
    return replace(
        empty,
        gap=report.gap,
        today=report.today,
        progress=replace(own.progress, required_likely=0, optional_likely=0),
        items=tuple(
            SharedItem(each, _status(each, own), pieces.get(key_of(each.target), ()))
            for each in ordered
        ),
    )


def with_column(goal: SharedGoal, history: Iterable[ManagerMark]) -> SharedGoal:
    """Put the other's column beside the member's: disagreements first, then what is not marked.

    What is only drafted moves nothing, so that nothing moves while somebody marks. `history` is
    named as the goal's catalogue names things, the oldest first.
    """
    column = column_of(history)
    items = [replace(each, marked=column.get(each.cell, UNMARKED)) for each in goal.items]
    if any(each.marked.sent for each in items):
        # The sort is stable: each part keeps the reading order.
        items.sort(key=_urgency)
    return replace(goal, items=tuple(items))


def sent_only(goal: SharedGoal) -> SharedGoal:
    """Return what the member sees of the column: what was sent, and nothing of the rest."""
    items = (replace(each, marked=Marked(each.marked.sent)) for each in goal.items)
    return replace(goal, items=tuple(each for each in items if each.marked.sent))


def _without_notes(mark: Assessment, since: datetime | None) -> Assessment:
    chain = [mark]
    while (before := chain[-1].before) is not None and (since is None or before.at >= since):
        chain.append(before)
    shown: Assessment | None = None
    for each in reversed(chain):
        shown = replace(each, note="", before=shown)
    return shown or mark


def _urgency(item: SharedItem) -> int:
    if item.comes_first:
        return 0
    return 1 if item.marked.sent is None else 2


def _status(gap: Gap, own: OwnState) -> Status | None:
    return own.standings.of(gap).marked


def _by_cell(growth: Growth) -> Mapping[CellKey, tuple[Evidence, ...]]:
    found: dict[CellKey, tuple[Evidence, ...]] = defaultdict(tuple)
    for piece in growth.evidence:
        for cell in piece.supports:
            found[cell] += (piece,)
    return found
