"""The tables of adoption: what was counted of a month, rounded, once and for good."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, Table

from bot.store.models import metadata
from bot.store.types import Key, UtcMoment

# A month that was counted: whoever writes this row first counts.
adoption_month = Table(
    "adoption_month",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("counted_at", UtcMoment, nullable=False),
)

# Only multiples of five are kept, and no row tells of fewer people.
adoption = Table(
    "adoption",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("figure", Key, primary_key=True),
    # Empty for people in no role.
    Column("role_key", Key, primary_key=True),
    Column("people", Integer, nullable=False),
    CheckConstraint("figure IN ('goals', 'nudges', 'assessments', 'evidence')", name="figure"),
)
