"""The tables of helpers: what Slack said of their accounts, and whom they were brought to."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Table, UniqueConstraint

from bot.store.models import RowId, metadata
from bot.store.types import Key, UtcMoment

# One row for each member who offers help or wants to learn something.
helper = Table(
    "helper",
    metadata,
    Column("member_id", ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
    # Why nobody is to see them (deactivated, a guest): a code; and when Slack said so last.
    Column("barred", Key),
    Column("checked_at", UtcMoment, nullable=False, index=True),
    # When they were last asked about a pair.
    Column("asked_at", UtcMoment),
)

skill_pair = Table(
    "skill_pair",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("helper_id", ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
    Column("learner_id", ForeignKey("member.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("skill_key", Key, nullable=False),
    Column("state", Key, nullable=False),
    Column("at", UtcMoment, nullable=False),
    # NULL before they answer. What one said the other learns only where both said yes.
    Column("helper_said", Boolean),
    Column("learner_said", Boolean),
    CheckConstraint("state IN ('proposed', 'introduced', 'declined', 'lapsed')", name="state"),
    UniqueConstraint("helper_id", "learner_id", "skill_key"),
    sqlite_autoincrement=True,
)
