"""What a member's Home is made of."""

from datetime import date

from bot.domain.answers import GapReport, GoalReport
from bot.domain.catalogue.workspace_catalogue import CataloguePanel
from bot.domain.framework import Role
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.planned.action import NamedAction
from bot.domain.installs.organisation import FrameworksSeen
from bot.domain.lookup.rung import Rung
from bot.domain.lookup.skill_offer import NamedOffer
from bot.domain.nudges.outlook import NudgeOutlook
from bot.domain.teams.home import NOTHING_SHARED, SharingSeen
from bot.domain.teams.talk_page import HomeTalk
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class HomePage:
    """A member's own page.

    `rung` is the recorded role and level, None where none is recorded or (then `lost` is True) the
    catalogue no longer has it. `roles` are those to choose from. `goal` is the goal and the way to
    it, active or reached. `steps` are the ways to the levels above `rung`: several where the
    ladder forks, none at its top. `evidence` is newest first, at most `RECENT` of `pieces`;
    `to_place` are at most as many of the `unplaced`, which are tied to no expectation yet.
    `example` is a way up to show to who has not said where they stand.
    `nudges` is None without an active goal; `paused` tells that they are for a while.
    `panel` is None for who does not own the workspace's catalogue, `frameworks` where no
    organisation has several to choose from. `sharing` is who sees what, both ways. `today` is the
    member's local day, `actions` are the open ones in turn, `talks` what they have with others.
    `offers` are what they offer help with, and want to learn.
    """

    roles: tuple[Role, ...]
    rung: Rung | None = None
    lost: bool = False
    goal: GoalReport | None = None
    steps: tuple[GapReport, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    pieces: int = 0
    to_place: tuple[Evidence, ...] = ()
    unplaced: int = 0
    example: GapReport | None = None
    nudges: NudgeOutlook | None = None
    paused: bool = False
    panel: CataloguePanel | None = None
    sharing: SharingSeen = NOTHING_SHARED
    frameworks: FrameworksSeen | None = None
    offers: tuple[NamedOffer, ...] = ()
    today: date | None = None
    actions: tuple[NamedAction, ...] = ()
    talks: tuple[HomeTalk, ...] = ()


RECENT = 3
TALKS = 5
