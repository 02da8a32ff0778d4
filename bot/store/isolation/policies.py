"""How each table tells whose its rows are, as PostgreSQL's policies ask.

A row of a table without a tenant of its own belongs to whom the row belongs that it refers to, and
is written only where that one can be seen. So no row can refer to another tenant's, though the
foreign keys alone would let it.
"""

from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType

from bot.values import dataclass

_KEY = "nullif(current_setting('app.tenant', true), '')"
_OWN_WORKSPACE = f"(SELECT own.id FROM workspace AS own WHERE own.tenant_key = {_KEY})"  # noqa: S608 - no value


@dataclass(frozen=True, slots=True)
class Rule:
    """Which rows of a table a tenant sees, and which it may write: None for the same."""

    sees: str
    writes: str | None = None

    @property
    def digest(self) -> str:
        """Names this rule: what is in force may be that of another version."""
        return sha256(f"{self.sees} / {self.writes}".encode()).hexdigest()[:16]


def _seen(table: str, this: str) -> str:
    """Return the condition that the row of another table can be seen which `this` refers to."""
    return f"EXISTS (SELECT 1 FROM {table} AS whose WHERE whose.id = {this})"  # noqa: S608 - no value


_BY_KEY = Rule(f"tenant_key = {_KEY}")
_BY_WORKSPACE = Rule(f"workspace_id = {_OWN_WORKSPACE}")


def _of_both(table: str) -> Rule:
    member = _seen("member", f"{table}.member_id")
    return Rule(_BY_WORKSPACE.sees, f"{_BY_WORKSPACE.sees} AND {member}")


def _of_member(table: str) -> Rule:
    return Rule(_seen("member", f"{table}.member_id"))


def _of_all(table: str, *parents: tuple[str, str]) -> Rule:
    """Rows that refer to several others: seen with the first, written where all can be seen."""
    seen = [_seen(parent, f"{table}.{column}") for parent, column in parents]
    return Rule(seen[0], " AND ".join(seen))


_CHANGED = """EXISTS (SELECT 1 FROM workspace AS own
    WHERE own.team_id IS NOT DISTINCT FROM change.team_id
    AND own.enterprise_id IS NOT DISTINCT FROM change.enterprise_id)"""

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        # The first of all: whether the lock is in force is looked up here.
        "workspace": _BY_KEY,
        "member": _BY_WORKSPACE,
        "workspace_owner": _BY_WORKSPACE,
        "assessment": _of_member("assessment"),
        "evidence": _of_member("evidence"),
        "evidence_support": Rule(_seen("evidence", "evidence_support.evidence_id")),
        "goal": _of_member("goal"),
        "skill_offer": _of_member("skill_offer"),
        "helper": _of_member("helper"),
        "skill_pair": Rule(
            _seen("member", "skill_pair.helper_id"),
            f"{_seen('member', 'skill_pair.helper_id')}"
            f" AND {_seen('member', 'skill_pair.learner_id')}",
        ),
        "dated_action": Rule(
            _seen("member", "dated_action.member_id"),
            f"{_seen('member', 'dated_action.member_id')} AND (dated_action.evidence_id IS NULL"
            f" OR {_seen('evidence', 'dated_action.evidence_id')})",
        ),
        "nudge_plan": _of_both("nudge_plan"),
        "nudge": _of_both("nudge"),
        "nudge_passed": Rule(_seen("nudge", "nudge_passed.nudge_id")),
        "nudge_later": _of_member("nudge_later"),
        "nudge_sender": _BY_WORKSPACE,
        "adoption_month": _BY_WORKSPACE,
        "adoption": _BY_WORKSPACE,
        "share": _of_all(
            "share", ("member", "member_id"), ("member", "other_member_id"), ("goal", "goal_id")
        ),
        "share_evidence": _of_all(
            "share_evidence", ("share", "share_id"), ("evidence", "evidence_id")
        ),
        "agreed_step": Rule(_seen("share", "agreed_step.share_id")),
        "talk_rhythm": Rule(_seen("share", "talk_rhythm.share_id")),
        "talk": Rule(_seen("share", "talk.share_id")),
        "talk_brief": Rule(_seen("talk", "talk_brief.talk_id")),
        "talk_point": Rule(_seen("talk", "talk_point.talk_id")),
        "share_look": Rule(_seen("share", "share_look.share_id")),
        "manager_mark": Rule(_seen("share", "manager_mark.share_id")),
        "mark_reply": Rule(_seen("manager_mark", "mark_reply.mark_id")),
        "letter": Rule(
            _seen("member", "letter.member_id"),
            f"{_seen('member', 'letter.member_id')}"
            f" AND {_seen('member', 'letter.author_member_id')}"
            f" AND (letter.share_id IS NULL OR {_seen('share', 'letter.share_id')})",
        ),
        "letter_share": _of_all("letter_share", ("letter", "letter_id"), ("share", "share_id")),
        "confirmation": _of_all(
            "confirmation", ("member", "member_id"), ("member", "other_member_id")
        ),
        "catalogue_draft": _BY_WORKSPACE,
        "catalogue_upload": _BY_WORKSPACE,
        "unclear_text": _BY_WORKSPACE,
        "unclear_mark": Rule(_seen("unclear_text", "unclear_mark.text_id")),
        "unclear_sentence": Rule(_seen("unclear_text", "unclear_sentence.text_id")),
        "effect": _BY_KEY,
        "installation": _BY_KEY,
        "grid_move": _BY_KEY,
        "grid_move_id": _BY_KEY,
        "organisation": _BY_KEY,
        "organisation_team": _BY_KEY,
        # What concerns no tenant is noted by whoever does it, and read by the operator alone.
        "audit": Rule(_BY_KEY.sees, f"{_BY_KEY.sees} OR tenant_key IS NULL"),
        # What names nobody tells caches to read anew, also where there is no workspace any more.
        "change": Rule(_CHANGED, f"{_CHANGED} OR slack_id IS NULL"),
    }
)
"""The rule of every table that has a tenant's rows."""

SHARED = frozenset(
    {
        *("catalogue", "revision", "proficiency", "ladder", "level", "domain", "skill_group"),
        *("skill", "skill_depth", "role_family", "role", "role_focus", "expectation", "prompt"),
        *("guide_line", "resource", "translation", "moved_key"),
        *("forgetting", "schema_floor", "alembic_version", "oauth_state"),
    }
)
"""Tables without a tenant: frameworks, which several workspaces may use, and what names nobody."""
