"""The answers to a command or a press: a closed set of frozen values, one card each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from enum import Enum

from bot.domain.framework import CellKey, Proficiency, Role, key_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.goal import Goal
from bot.domain.growth.goal_drift import Move
from bot.domain.growth.own_gap import OwnState
from bot.domain.growth.own_profile import OwnProfile
from bot.domain.lookup.gap import Gap, PromotionGap
from bot.domain.lookup.names.lexicon import Kind
from bot.domain.lookup.profiles import (
    CatalogueOverview,
    DomainOverview,
    GroupOverview,
    RoleOverview,
    SkillProfile,
)
from bot.domain.lookup.requests import ShowCard, Viewer
from bot.domain.lookup.rung import Rung
from bot.domain.text import LocalText
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice: press it and get `request`."""

    kind: Kind
    name: LocalText
    request: ShowCard


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """What was typed fits several names equally well, or is a level that several roles have.

    `many` tells that it is a part of more names than are offered.
    """

    typed: str
    offers: tuple[Offer, ...]
    command: str = "skill"
    is_level: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """What was typed fits nothing; `offers` are the nearest names, perhaps none."""

    typed: str
    offers: tuple[Offer, ...]
    command: str = "skill"


class Start(Enum):
    """Why a promotion gap starts where it does."""

    OWN_LEVEL = "own_level"
    LEVEL_BELOW = "level_below"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a press has just done to one item: it stands in the item's place, until the next press.

    `status` is what it was marked with, None where the mark was taken back. `stamp` names the mark
    for who wants to take it back, 0 where it said nothing new. `evidence` counts what shows it,
    `note` is the reason that was given with it.
    """

    cell: CellKey
    status: Status | None
    stamp: int = 0
    evidence: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class GapReport:
    """A promotion gap, and why it starts where it does; None where that is the asker's matter.

    `own` is None where the asker's own state is not known, or not to be shown. `receipt` tells what
    a press has just done to one of the items. `recorded` tells that the start which was given is
    the asker's own level.
    """

    gap: PromotionGap
    start: Start | None
    own: OwnState | None = None
    receipt: Receipt | None = None
    recorded: bool = False

    @property
    def today(self) -> bool:
        """Whether the gap starts where the asker said that they stand, and not at a likely place"""
        return self.start is Start.OWN_LEVEL or (self.recorded and self.start is not None)

    @property
    def to_check(self) -> tuple[Gap, ...]:
        """What the member is to confirm: what is likely, and what is due for a fresh look."""
        own = self.own
        return self._in_order((*own.likely, *own.due)) if own else ()

    def listed(self, *, check: bool = False) -> Sequence[Gap]:
        """Return what a card goes through: what is open, or with `check` what is to confirm.

        What the press of the receipt has just settled keeps its place.
        """
        items = self.to_check if check else self.gap.gaps
        own, receipt = self.own, self.receipt
        if own is None or receipt is None:
            return items
        everything = (*self.gap.gaps, *self.gap.met, *own.likely, *own.not_relevant)
        done = (each for each in everything if key_of(each.target) == receipt.cell)
        return self._in_order((*items, *done))

    def _in_order(self, items: Iterable[Gap]) -> tuple[Gap, ...]:
        """Return each once, in reading order, in which the standings are."""
        found = {each.target.skill.key: each for each in items}
        standings = self.own.standings if self.own and found else {}
        return tuple(found[skill] for skill in standings if skill in found)


@dataclass(frozen=True, slots=True)
class GoalReport:
    """A member's goal and the way to it, measured on the revision that the goal is pinned to.

    `body` is a `GapReport` with the member's state, or why there is no gap any more (the member's
    recorded level is at the target, say); None where even the pinned revision lost the target.
    `moved` is what the newest revision changed at the target; empty where it changed nothing.
    `lost` tells that the newest revision has the target no longer; then `near` are the levels of
    roles there that could take its place, nearest first, and `follows` is what an owner said takes
    over. `adoptable` tells that the goal can be measured on the newest revision as it is: it has
    the level that the goal was set from, too.
    """

    goal: Goal
    body: "Body | None"
    moved: tuple[Move, ...] = ()
    adoptable: bool = True
    lost: bool = False
    near: tuple[Rung, ...] = ()
    follows: Rung | None = None

    @property
    def report(self) -> GapReport | None:
        return self.body if isinstance(self.body, GapReport) else None


@dataclass(frozen=True, slots=True)
class AtFoot:
    """The target is the first level of the ladder: there is nothing to come from."""

    target: Rung
    expectations: int


@dataclass(frozen=True, slots=True)
class NotAbove:
    """The target is not above the level one comes from."""

    target: Rung
    origin: Rung
    own: bool


@dataclass(frozen=True, slots=True)
class AtTop:
    """The member stands on the highest level of the ladder."""

    rung: Rung


@dataclass(frozen=True, slots=True)
class NeedsRole:
    """No role was typed and none is recorded."""

    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class NeedsLevel:
    """A level must be chosen on `role`'s ladder; `typed` is what the ladder does not have.

    `of_origin` is True where the missing level is the one to come from. `elsewhere` is what `typed`
    is called in every language where another ladder has it.
    """

    role: Role
    typed: str | None
    offers: tuple[Offer, ...]
    of_origin: bool = False
    elsewhere: LocalText | None = field(default=None, compare=False)

    def missing(self, call: Callable[[LocalText], str]) -> str:
        """Return what the ladder does not have, as `call` says a name; empty where it is open."""
        return call(self.elsewhere) if self.elsewhere else self.typed or ""


@dataclass(frozen=True, slots=True)
class Help:
    """What the command can do, and what the depths mean that its answers name.

    `depths` are those that the framework describes, shallowest first.
    """

    command: str
    depths: tuple[Proficiency, ...] = ()


Body = (
    SkillProfile
    | OwnProfile
    | GroupOverview
    | RoleOverview
    | DomainOverview
    | CatalogueOverview
    | GapReport
    | AtFoot
    | NotAbove
    | AtTop
    | NeedsRole
    | NeedsLevel
    | Ambiguous
    | Unknown
    | Help
)


@dataclass(frozen=True, slots=True)
class Alias:
    """What was typed, and what the framework lists it under."""

    typed: str
    kind: Kind
    name: LocalText


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with what explains it.

    `request` redraws the card (None where there is nothing to redraw), `corrections` pairs what
    was typed with the name shown instead, `former` with what took over from that, `ignored` holds
    words without a meaning. `alias` is what was typed and what it belongs to, where the name does
    not show that by itself. `for_goal` tells that a goal was typed, not the way to it.
    """

    body: Body
    viewer: Viewer
    request: ShowCard | None = None
    corrections: tuple[tuple[str, LocalText], ...] = ()
    former: tuple[tuple[str, LocalText], ...] = ()
    ignored: tuple[str, ...] = ()
    alias: Alias | None = None
    for_goal: bool = False

    def with_body(self, body: Body) -> "Answer":
        """Return the same with another body."""
        return Answer(
            body,
            self.viewer,
            self.request,
            self.corrections,
            self.former,
            self.ignored,
            self.alias,
            self.for_goal,
        )
