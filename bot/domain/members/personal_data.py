"""All that is held about a member: to take along, or to have deleted."""

from datetime import date, datetime
from enum import StrEnum

from bot.domain.catalogue.uploading import BegunUpload
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.goal import Goal
from bot.domain.growth.planned.action import DatedAction
from bot.domain.installs.audit import AuditEntry
from bot.domain.lookup.skill_offer import SkillOffer
from bot.domain.nudges.choice import Reason
from bot.domain.nudges.decision import PlanStatus
from bot.domain.teams.agreed import AgreedStep
from bot.domain.teams.confirmation import Confirmation
from bot.domain.teams.helping.helpers import HelperAccount
from bot.domain.teams.helping.pairs import KeptPair
from bot.domain.teams.letter import Letter
from bot.domain.teams.manager_marks import ManagerMark
from bot.domain.teams.rhythm import HeldRhythm
from bot.domain.teams.share import Look, Share
from bot.domain.teams.talk import Point
from bot.domain.tenancy import Member
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted."""

    members: int
    assessments: int
    evidence: int
    goals: int
    drafts: int = 0
    offers: int = 0
    shares: int = 0

    def __add__(self, other: "Forgotten") -> "Forgotten":
        return Forgotten(
            members=self.members + other.members,
            assessments=self.assessments + other.assessments,
            evidence=self.evidence + other.evidence,
            goals=self.goals + other.goals,
            drafts=self.drafts + other.drafts,
            offers=self.offers + other.offers,
            shares=self.shares + other.shares,
        )


NOTHING_FORGOTTEN = Forgotten(members=0, assessments=0, evidence=0, goals=0)


@dataclass(frozen=True, slots=True)
class KeptNudge:
    """A nudge as it is held. `cell` is None where it asks about no expectation, or not yet.

    `quoted_at` is when the member wrote what it quotes.
    """

    id: int
    kind: str
    slot_day: date
    state: str
    reason: str | None
    form: str | None
    cell: CellKey | None
    prompt: str | None
    reasons: tuple[Reason, ...]
    sent_at: datetime | None
    answer: str | None
    answered_at: datetime | None
    quoted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What a nudge, by its id, asked before something else took its place."""

    nudge_id: int
    cell: CellKey
    prompt: str | None = None
    quoted_at: datetime | None = None


class DraftPart(StrEnum):
    """What somebody has to do with a draft of the catalogue."""

    AUTHOR = "author"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft of the catalogue that the member made, or was asked to look at.

    `note` and `publish_at` are the author's; `comment` and `approved_at` the reviewer's. What is
    somebody else's is None.
    """

    id: int
    part: DraftPart
    state: str
    made_at: datetime
    note: str | None = None
    publish_at: datetime | None = None
    comment: str | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GrowthRecord:
    """Everything held about a member. `assessments` is the whole history, oldest first.

    `plan` is None where there never was one; `nudges` are oldest first; `passed_over` says what was
    asked before another took its place; `put_off` says until when; `upload` is a file on its way to
    be published; `acts` is what they did as an owner or admin, or had done to them; `drafts` are
    the oldest first, so are the dated `actions`; `agreed` and `points` have
    with them the share that they belong to; `installed_at` is when they installed the app,
    where it was they who did; `shares` are those of either side, with the `looks` at them, and
    `letters` those to and by them; `confirmations` are what they asked and what they were asked,
    both sides' words with them; `manager_marks` are what they marked in the goals of others, and
    what they were sent about theirs, with the answers;
    `offers` and `pairs` are oldest first, `helper_account` what Slack said of them as a helper.
    """

    member: Member
    assessments: tuple[Assessment, ...]
    evidence: tuple[Evidence, ...]
    goals: tuple[Goal, ...]
    taken_at: datetime
    plan: PlanStatus | None = None
    nudges: tuple[KeptNudge, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    put_off: tuple[tuple[CellKey, datetime], ...] = ()
    owns_catalogue: bool = False
    upload: BegunUpload | None = None
    acts: tuple[AuditEntry, ...] = ()
    drafts: tuple[KeptDraft, ...] = ()
    actions: tuple[DatedAction, ...] = ()
    agreed: tuple[tuple[int, AgreedStep], ...] = ()
    rhythms: tuple[HeldRhythm, ...] = ()
    points: tuple[tuple[int, Point], ...] = ()
    installed_at: datetime | None = None
    offers: tuple[SkillOffer, ...] = ()
    pairs: tuple[KeptPair, ...] = ()
    helper_account: HelperAccount | None = None
    shares: tuple[Share, ...] = ()
    looks: tuple[Look, ...] = ()
    letters: tuple[Letter, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    manager_marks: tuple[ManagerMark, ...] = ()
