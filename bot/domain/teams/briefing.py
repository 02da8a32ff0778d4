"""What a brief says to one of the two, from what that one may see. Pure."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.answers import GapReport
from bot.domain.framework import CellKey, Expectation, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.holdings import Growth
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.rung import Rung
from bot.domain.teams.agreed import Delta, Side
from bot.domain.teams.share import Share
from bot.domain.teams.talk import (
    MOVED,
    PIECES,
    POINTS,
    QUESTIONS,
    Brief,
    Moved,
    OpenPoint,
    Point,
    Talk,
    undone_for,
)
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """What a brief is made of. `growth` is as much of the member's as the reader may see, and
    `report` is the way to the goal measured by that; None where there is no way to it any more."""

    share: Share
    side: Side
    talk: Talk
    since: datetime
    growth: Growth
    report: GapReport | None
    delta: Delta
    points: Iterable[Point] = ()
    begun: bool = False


def brief_of(told: Told) -> Brief:
    """Put a brief together. What is *likely* counts as open: what makes it so is not for both."""
    report = told.report
    everything = _everything(report) if report else {}
    moved = _moved(told, everything)
    pieces = [each for each in told.growth.evidence if told.since < each.added_at]
    return Brief(
        share=told.share,
        side=told.side,
        talk=told.talk,
        since=told.since,
        target=_target(report),
        moved=moved[:MOVED],
        moved_in_all=len(moved),
        evidence=tuple(pieces[:PIECES]),
        pieces_in_all=len(pieces),
        delta=told.delta,
        skills=tuple(
            (item.cell, everything[item.cell].skill.name)
            for item in told.delta.items
            if item.cell in everything
        ),
        said=tuple(
            (item.cell, told.growth.marks[item.cell].status)
            for item in told.delta.items
            if item.cell in told.growth.marks
        ),
        open=_open(report, told.delta) if report else (),
        points=undone_for(told.points, told.side),
        begun=told.begun,
    )


def _target(report: GapReport | None) -> Rung | None:
    return report.gap.target if report else None


def _everything(report: GapReport) -> dict[CellKey, Expectation]:
    own = report.own
    theirs = (*own.likely, *own.not_relevant) if own else ()
    every = (*report.gap.gaps, *report.gap.met, *theirs)
    return {key_of(each.target): each.target for each in every}


def _moved(told: Told, everything: dict[CellKey, Expectation]) -> tuple[Moved, ...]:
    """Return whose status is another one than it was, newest first."""
    marks = sorted(told.growth.marks.values(), key=lambda each: each.at, reverse=True)
    return tuple(
        Moved(everything[mark.cell], mark.status)
        for mark in marks
        if mark.at > told.since
        and mark.cell in everything
        and mark.status is not _status_at(mark, told.since)
    )


def _status_at(mark: Assessment, moment: datetime) -> Status | None:
    """Return the status that held at a moment before the mark; None where nothing did."""
    before = mark.before
    while before is not None and before.at > moment:
        before = before.before
    return before.status if before else None


def _open(report: GapReport, delta: Delta) -> tuple[OpenPoint, ...]:
    """Return what to talk about: what was agreed first, then as the member's own card lists it."""
    agreed = {item.cell: place for place, item in enumerate(delta.items)}
    likely = report.own.likely if report.own else ()

    def place(gap: Gap) -> int:
        return agreed.get(key_of(gap.target), len(agreed))

    first = sorted((*report.gap.gaps, *likely), key=place)[: max(POINTS, QUESTIONS)]
    return tuple(
        OpenPoint(each.target, next(iter(each.target.growth_prompts), None)) for each in first
    )
