"""The delta: up to five expectations of a shared goal that two agreed count until a day. Pure.

What either proposed and how the other answered is an append-only history; what holds follows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import NextrungError
from bot.domain.framework import CellKey, Expectation
from bot.domain.teams.share import Share
from bot.values import dataclass

MOST = 5


class Side(StrEnum):
    """Who of the two: whose goal it is, or with whom it is shared."""

    OWNER = "owner"
    OTHER = "other"

    @property
    def opposite(self) -> "Side":
        return Side.OTHER if self is Side.OWNER else Side.OWNER


def side_of(share: Share, slack_id: str) -> Side | None:
    """Return which of the two somebody is; None for anybody else."""
    if slack_id == share.owner:
        return Side.OWNER
    return Side.OTHER if slack_id == share.other else None


def person_of(share: Share, side: Side) -> str:
    """Return the Slack id of a side."""
    return share.owner if side is Side.OWNER else share.other


class AgreedAct(StrEnum):
    """What somebody did. An answer is about the open proposal on the same expectation."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class AgreedStep:
    """One act. `until` is what was proposed: a day, or None to let the expectation count no more.

    In an answer it says what was answered.
    """

    id: int
    cell: CellKey
    act: AgreedAct
    by: Side
    until: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreed:
    """An expectation that both agreed counts until a day, since `at`; `step_id` made it so."""

    cell: CellKey
    until: date
    at: datetime
    step_id: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one proposed and the other has yet to answer; `step_id` names it."""

    step_id: int
    cell: CellKey
    by: Side
    until: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Delta:
    """What counts, what is proposed, and all that led there, oldest first."""

    items: tuple[Agreed, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    history: tuple[AgreedStep, ...] = ()

    def on(self, day: date) -> "Delta":
        """Return what counts on a day or later; the history stays whole."""
        return replace(self, items=tuple(each for each in self.items if each.until >= day))

    def item(self, cell: CellKey) -> Agreed | None:
        return next((each for each in self.items if each.cell == cell), None)

    def step(self, step_id: int) -> AgreedStep | None:
        return next((each for each in self.history if each.id == step_id), None)

    def proposal(self, cell: CellKey) -> Proposal | None:
        return next((each for each in self.proposals if each.cell == cell), None)

    @property
    def wanted(self) -> frozenset[CellKey]:
        """What counts, or would with all proposals accepted that add something."""
        added = (each.cell for each in self.proposals if each.until is not None)
        return frozenset((*(each.cell for each in self.items), *added))


NOTHING_AGREED = Delta()


class CannotAgree(NextrungError):
    """A step cannot be taken. Params: `why`, which is too_many, not_asked (the goal does not ask
    for it), answered (there is no such proposal any more) or same (that holds already)."""

    code = "cannot_agree"


def folded(steps: Iterable[AgreedStep]) -> Delta:
    """Return what follows from a history. Steps that no side may take change nothing."""
    history = tuple(steps)
    items: dict[CellKey, Agreed] = {}
    proposals: dict[CellKey, Proposal] = {}
    for step in history:
        if step.act is AgreedAct.PROPOSED:
            proposals[step.cell] = Proposal(step.id, step.cell, step.by, step.until, step.at)
            continue
        found = proposals.get(step.cell)
        mine = found is not None and found.by is step.by
        if found is None or mine is not (step.act is AgreedAct.WITHDRAWN):
            continue
        del proposals[step.cell]
        if step.act is AgreedAct.ACCEPTED and found.until is not None:
            items[step.cell] = Agreed(step.cell, found.until, step.at, step.id)
        elif step.act is AgreedAct.ACCEPTED:
            items.pop(step.cell, None)
    in_time = sorted(items.values(), key=lambda each: (each.until, each.at))
    return Delta(tuple(in_time), tuple(proposals.values()), history)


def proposing(delta: Delta, cell: CellKey, until: date | None, by: Side) -> AgreedAct:
    """Return which act it is to propose something: to propose what the other has is to accept it.

    Raises:
        CannotAgree: it holds already, or more would count than may.
    """
    held, waiting = delta.item(cell), delta.proposal(cell)
    if waiting is not None and waiting.until == until:
        if waiting.by is by:
            raise CannotAgree(why="same")
        return AgreedAct.ACCEPTED
    if waiting is None and (held.until if held else None) == until:
        raise CannotAgree(why="same")
    if until is not None and len(delta.wanted | {cell}) > MOST:
        raise CannotAgree(why="too_many")
    return AgreedAct.PROPOSED


def answering(delta: Delta, step_id: int, by: Side, act: AgreedAct) -> Proposal:
    """Return the proposal that is answered.

    Raises:
        CannotAgree: it is answered or withdrawn, or not theirs to answer.
    """
    for each in delta.proposals:
        if each.step_id == step_id and (each.by is by) is (act is AgreedAct.WITHDRAWN):
            return each
    raise CannotAgree(why="answered")


@dataclass(frozen=True, slots=True)
class SharedDelta:
    """The delta of a share as one of the two sees it.

    `asked` has every expectation on the way, by its key, in reading order: what can be agreed.
    """

    share: Share
    side: Side
    delta: Delta
    asked: Mapping[CellKey, Expectation] = field(default_factory=dict, hash=False)
