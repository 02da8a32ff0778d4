"""The table of what admins and operators did."""

from sqlalchemy import CheckConstraint, Column, Index, Table

from bot.store.models import RowId, metadata
from bot.store.types import Key, UtcMoment

# Not the workspace's row: that a workspace was forgotten is told after it has gone. People are
# named by their Slack id, for an owner may never have used Nextrung; blank where forgotten since.
audit = Table(
    "audit",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", UtcMoment, nullable=False, index=True),
    Column("tenant_key", Key),
    Column("team_id", Key),
    Column("enterprise_id", Key),
    Column("actor", Key, nullable=False),
    Column("slack_id", Key),
    Column("kind", Key, nullable=False),
    Column("about", Key),
    Column("detail", Key, nullable=False),
    CheckConstraint("actor IN ('member', 'operator', 'nextrung')", name="actor"),
    Index(None, "tenant_key"),
    sqlite_autoincrement=True,
    # Nobody asks for the new row, and whoever notes an act of no tenant could not see it.
    implicit_returning=False,
)
