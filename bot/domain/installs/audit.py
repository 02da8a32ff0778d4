"""What admins, owners and the operator did: who, what and when.

Never what a member holds or wrote: an act names a catalogue, a draft or a setting, and people by
their Slack id alone.
"""

from datetime import datetime
from enum import Enum

from bot.domain.tenancy import Tenant
from bot.values import dataclass


class Actor(Enum):
    """Who acts: somebody in Slack, whoever has the command line, or the program by itself."""

    MEMBER = "member"
    OPERATOR = "operator"
    NEXTRUNG = "nextrung"


class ActKind(Enum):
    """What was done."""

    CATALOGUE_PUBLISHED = "catalogue_published"
    CATALOGUE_ROLLED_BACK = "catalogue_rolled_back"
    CATALOGUE_USED = "catalogue_used"
    DRAFT_KEPT = "draft_kept"
    DRAFT_SCHEDULED = "draft_scheduled"
    DRAFT_APPROVED = "draft_approved"
    DRAFT_WITHDRAWN = "draft_withdrawn"
    OWNER_GRANTED = "owner_granted"
    OWNER_WITHDRAWN = "owner_withdrawn"
    POLICY_CHANGED = "policy_changed"
    NUDGE_RETRIED = "nudge_retried"
    NUDGE_DISCARDED = "nudge_discarded"
    SCHEMA_UPGRADED = "schema_upgraded"
    TENANT_LOCK_TURNED = "tenant_lock_turned"
    DATABASE_RESTORED = "database_restored"
    WORKSPACE_FORGOTTEN = "workspace_forgotten"
    APP_INSTALLED = "app_installed"
    APP_REMOVED = "app_removed"
    TOKENS_DELETED = "tokens_deleted"
    TOKENS_REENCRYPTED = "tokens_reencrypted"
    WORKSPACE_MOVED = "workspace_moved"
    TEAM_GRANTED = "team_granted"
    TEAM_REFUSED = "team_refused"
    FRAMEWORK_PICKED = "framework_picked"


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `slack_id` is who, where it was a member; `about` whom it was done to.

    Each is None where there is nobody, and where it was somebody who has been forgotten since.
    """

    kind: ActKind
    detail: str = ""
    actor: Actor = Actor.OPERATOR
    slack_id: str | None = None
    about: str | None = None

    @classmethod
    def by(
        cls, slack_id: str | None, kind: ActKind, detail: str = "", *, about: str | None = None
    ) -> "Act":
        """Return an act of a member, or of the operator where there is no Slack id."""
        actor = Actor.OPERATOR if slack_id is None else Actor.MEMBER
        return cls(kind, detail, actor, slack_id, about)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An act as it was noted. `tenant` is None where it concerns the whole installation."""

    id: int
    at: datetime
    tenant: Tenant | None
    act: Act
