"""The tables of workspaces that move, and of organisations that have the app org-wide.

None refers to a workspace's row: what Slack tells of a workspace may come before it has one.
"""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Table, false

from bot.store.models import metadata
from bot.store.types import Key, UtcMoment

# A workspace that moves into an Enterprise organisation, and what came of it. While it moves it is
# paused, until `until` at the longest.
grid_move = Table(
    "grid_move",
    metadata,
    Column("tenant_key", Key, primary_key=True),
    Column("team_id", Key, nullable=False),
    # Whose org-wide installation its people belong to from now on; NULL where it keeps its own.
    Column("organisation", Key),
    Column("stage", Key, nullable=False),
    # Of when Slack's newest word is, by Slack's clock: older ones change nothing.
    Column("told_at", UtcMoment, nullable=False),
    Column("since", UtcMoment, nullable=False),
    Column("until", UtcMoment, nullable=False),
    # How many people got another id, how many Slack does not know, and how many were in both parts.
    Column("mapped", Integer, nullable=False, server_default="0"),
    Column("unknown", Integer, nullable=False, server_default="0"),
    Column("people", Integer, nullable=False, server_default="0"),
    Column("joined", Integer, nullable=False, server_default="0"),
    # Whether the people of whom Slack is to be asked were listed.
    Column("listed", Boolean, nullable=False, server_default=false()),
    Column("trouble", Key),
    CheckConstraint("stage IN ('moving', 'mapping', 'joining', 'done', 'lapsed')", name="stage"),
    Index(None, "organisation"),
)

# The ids of people of a workspace that moved of whom Slack was not asked yet.
grid_move_id = Table(
    "grid_move_id",
    metadata,
    Column("tenant_key", Key, primary_key=True),
    Column("slack_id", Key, primary_key=True),
    sqlite_with_rowid=False,
)

# An organisation with the app org-wide, and which of the frameworks that it met it uses.
organisation = Table(
    "organisation",
    metadata,
    Column("tenant_key", Key, primary_key=True),
    Column("enterprise_id", Key),
    # 'none' where it met none, 'open' where it met several and nobody has picked one.
    Column("choice", Key, nullable=False, server_default="none"),
    # The workspace whose framework, owners and policy it uses; NULL for its own.
    Column("chosen", Key),
    Column("asked_at", UtcMoment),
    CheckConstraint("choice IN ('none', 'open', 'made')", name="choice"),
)

# Which workspaces of an organisation the app may be used in, as Slack last told our token.
organisation_team = Table(
    "organisation_team",
    metadata,
    Column("tenant_key", Key, primary_key=True),
    Column("team_id", Key, primary_key=True),
    Column("name", Key),
    Column("granted", Boolean, nullable=False),
    Index(None, "team_id"),
    sqlite_with_rowid=False,
)
