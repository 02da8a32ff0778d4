"""The tables of nudges: what is planned per member, and every nudge that ever came of it."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    UniqueConstraint,
    false,
)

from bot.store.dialect import partial_index
from bot.store.models import RowId, metadata
from bot.store.types import Key, StoredText, UtcMoment

nudge_plan = Table(
    "nudge_plan",
    metadata,
    Column("member_id", ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
    # The workspace and the zone in force are kept here too: planning reads this table alone.
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("cadence", Key, nullable=False),
    Column("weekdays", SmallInteger, nullable=False),  # a bit per day, Monday is 1
    Column("at_minute", SmallInteger, nullable=False),  # local minutes after midnight
    Column("own_zone", Key),
    Column("zone", Key, nullable=False),
    Column("paused_until", UtcMoment),
    Column("stopped", Boolean, nullable=False),
    # The local day of the slot before: nothing is due again for it or an earlier one.
    Column("last_day", Date, nullable=False),
    Column("regular_at", UtcMoment),
    Column("later_at", UtcMoment),
    # The earlier of the two; NULL while nothing is to come. This is what is looked for.
    Column("next_due_at", UtcMoment, index=True),
    # Nudges in a row that were not answered, and whether "less often?" was asked since.
    Column("ignored", Integer, nullable=False, server_default="0"),
    Column("asked_less", Boolean, nullable=False, server_default=false()),
    Column("told_done", Boolean, nullable=False, server_default=false()),
    # Why the member can get no nudges (deactivated, a guest): a code; and when Slack was asked.
    Column("barred", Key),
    Column("checked_at", UtcMoment),
    CheckConstraint("cadence IN ('daily', 'weekly', 'two_weeks', 'monthly')", name="cadence"),
    CheckConstraint("weekdays BETWEEN 1 AND 127", name="weekdays"),
    CheckConstraint("at_minute BETWEEN 0 AND 1439", name="at_minute"),
    Index(None, "workspace_id"),
)

nudge = Table(
    "nudge",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("member_id", ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Key, nullable=False),
    Column("slot_day", Date, nullable=False),
    Column("due_at", UtcMoment, nullable=False),
    Column("state", Key, nullable=False),
    # Why it failed, was cancelled or is unknown: a code, never a text.
    Column("reason", Key),
    Column("holder", Key),
    Column("created_at", UtcMoment, nullable=False),
    Column("sent_at", UtcMoment),
    Column("channel", Key),
    Column("ts", Key),
    # What it says, chosen when it is sent: one expectation, a digest, a question or a notice.
    Column("form", Key),
    # What it is about; another one may take its place later. NULL unless it is one expectation.
    Column("role_key", Key),
    Column("level_key", Key),
    Column("skill_key", Key),
    Column("prompt", StoredText),
    Column("reasons", Key),
    # When the member wrote what it quotes, in place of a prompt: the words stay where they are.
    Column("quoted_at", UtcMoment),
    Column("answer", Key),
    Column("answered_at", UtcMoment),
    # A member has one nudge per slot, however many processes plan.
    UniqueConstraint("member_id", "kind", "slot_day"),
    CheckConstraint("kind IN ('regular', 'later')", name="kind"),
    CheckConstraint(
        "state IN ('planned', 'sending', 'sent', 'unknown', 'failed', 'cancelled')", name="state"
    ),
    # The partial ones below do not serve where a workspace is deleted.
    Index(None, "workspace_id"),
    sqlite_autoincrement=True,
)
partial_index("ix_nudge_planned", nudge.c.workspace_id, nudge.c.due_at, where="state = 'planned'")
partial_index(
    "ix_nudge_open",
    nudge.c.workspace_id,
    nudge.c.state,
    where="state IN ('sending', 'unknown')",
)

# What was offered in a nudge before another expectation took its place there.
nudge_passed = Table(
    "nudge_passed",
    metadata,
    Column("nudge_id", ForeignKey("nudge.id", ondelete="CASCADE"), primary_key=True),
    Column("role_key", Key, primary_key=True),
    Column("level_key", Key, primary_key=True),
    Column("skill_key", Key, primary_key=True),
    # What was read there, too: it does not come again.
    Column("prompt", StoredText),
    Column("quoted_at", UtcMoment),
)

nudge_later = Table(
    "nudge_later",
    metadata,
    Column("member_id", ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
    Column("role_key", Key, primary_key=True),
    Column("level_key", Key, primary_key=True),
    Column("skill_key", Key, primary_key=True),
    Column("until", UtcMoment, nullable=False),
)

nudge_sender = Table(
    "nudge_sender",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), primary_key=True),
    # One process at a time sends for a workspace, until the lease ends or is given back.
    Column("holder", Key),
    Column("held_until", UtcMoment),
    # Slack asked to wait (Retry-After), or the circuit is open: nothing before this.
    Column("resumes_at", UtcMoment),
    Column("broken_since", UtcMoment),
    Column("broken_reason", Key),
    Column("failures", Integer, nullable=False, server_default="0"),
)
