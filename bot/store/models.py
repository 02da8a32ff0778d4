"""The tables that no room has for itself: catalogues, workspaces, members, what changed."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    UniqueConstraint,
)

from bot.store.types import Key, StoredText, TextList, UtcMoment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only where the type is exactly INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")


catalogue = Table(
    "catalogue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Key, nullable=False, unique=True),
    Column("created_at", UtcMoment, nullable=False),
)

revision = Table(
    "revision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("catalogue_id", ForeignKey("catalogue.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("author", StoredText, nullable=False),
    Column("note", StoredText, nullable=False),
    Column("published_at", UtcMoment, nullable=False),
    Column("source_digest", Key, nullable=False),
    Column("name", StoredText, nullable=False),
    Column("base_locale", Key, nullable=False),
    Column("skills", Integer, nullable=False),
    Column("roles", Integer, nullable=False),
    Column("expectations", Integer, nullable=False),
    UniqueConstraint("catalogue_id", "number"),
    # An id is never given twice, not even after a deletion: caches know a revision by it.
    sqlite_autoincrement=True,
)


workspace = Table(
    "workspace",
    metadata,
    Column("id", RowId, primary_key=True),
    # enterprise_id and team_id in one text that is never NULL, so that it can be unique.
    Column("tenant_key", Key, nullable=False, unique=True),
    Column("enterprise_id", Key),
    Column("team_id", Key),
    Column("catalogue_id", ForeignKey("catalogue.id", ondelete="SET NULL")),
    Column("created_at", UtcMoment, nullable=False),
    # When nudges may come: a bit per weekday (Monday is 1), local minutes after midnight, dates.
    Column("work_days", SmallInteger, nullable=False, server_default="31"),
    Column("work_start", SmallInteger, nullable=False, server_default="540"),
    Column("work_end", SmallInteger, nullable=False, server_default="1080"),
    Column("holidays", TextList, nullable=False, server_default="[]"),
    Column("default_cadence", Key, nullable=False, server_default="weekly"),
    Column("weekly_cap", SmallInteger, nullable=False, server_default="5"),
    # When Slack last refused a block there that not every workspace has: the native table.
    Column("table_refused_at", UtcMoment),
    CheckConstraint("enterprise_id IS NOT NULL OR team_id IS NOT NULL", name="tenant"),
    Index(None, "catalogue_id"),
)

member = Table(
    "member",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("slack_id", Key, nullable=False),
    Column("locale", Key, nullable=False),
    Column("time_zone", Key, nullable=False),
    Column("role_key", Key),
    Column("level_key", Key),
    # The language that the member chose; NULL follows `locale`, which Slack tells.
    Column("language", Key),
    # When these were told: of two rows of one person the newer word holds. NULL is not known.
    Column("role_at", UtcMoment),
    Column("language_at", UtcMoment),
    # Rises with every change of what the member holds, so that a cache knows what it has.
    Column("growth_version", BigInteger, nullable=False, server_default="0"),
    Column("changed_at", UtcMoment, nullable=False, index=True),
    UniqueConstraint("workspace_id", "slack_id"),
)

# Who may publish the workspace's catalogue, as its admins granted. Not every one of them has ever
# used Nextrung, so this names people by their Slack id.
workspace_owner = Table(
    "workspace_owner",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), primary_key=True),
    Column("slack_id", Key, primary_key=True),
)

# When somebody was forgotten, and not who: their row is gone, so the change feed cannot tell.
forgetting = Table(
    "forgetting",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", UtcMoment, nullable=False, index=True),
)

# A draft that waits to be published, with its content as a packed text. People are named by their
# Slack id: an owner may never have used Nextrung otherwise. An id is never given twice: a button on
# an old message must not act on a newer draft.
catalogue_draft = Table(
    "catalogue_draft",
    metadata,
    Column("id", RowId, primary_key=True),
    Column(
        "workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("author_id", Key, nullable=False),
    # Empty where it was somebody who has been forgotten since.
    Column("reviewer_id", Key),
    Column("publish_at", UtcMoment, index=True),
    Column("state", Key, nullable=False),
    Column("note", StoredText, nullable=False),
    Column("base", Integer, nullable=False),
    Column("digest", Key, nullable=False),
    Column("typed_name", StoredText, nullable=False),
    Column("decisions", StoredText, nullable=False),
    Column("comment", StoredText, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", UtcMoment, nullable=False),
    Column("approved_at", UtcMoment),
    Column("claimed_at", UtcMoment),
    CheckConstraint("state IN ('waiting', 'published', 'withdrawn', 'stopped')", name="state"),
    sqlite_autoincrement=True,
)

# What must be done even where this process ends: files for members, outcomes, deletions.
effect = Table(
    "effect",
    metadata,
    Column("id", RowId, primary_key=True),
    # Not the workspace's row: a deletion goes on when that is gone.
    Column("tenant_key", Key, nullable=False, index=True),
    Column("team_id", Key),
    Column("enterprise_id", Key),
    Column("slack_id", Key),
    Column("kind", Key, nullable=False),
    # What was asked for: ids and names, never a note.
    Column("request", StoredText, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    # When another try may begin, which is later than any try lasts; NULL where it was given up.
    Column("due_at", UtcMoment, index=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("reason", Key),
    Column("holder", Key),
    sqlite_autoincrement=True,
)

# The order of changes, told by the database and by no clock; triggers of `member` write it. A row
# without a member says that somebody was forgotten, and not who.
change = Table(
    "change",
    metadata,
    Column("seq", RowId, primary_key=True),
    # The transaction that made it, on PostgreSQL: seq alone does not tell when it became visible.
    Column("xid", BigInteger, index=True),
    Column("team_id", Key),
    Column("enterprise_id", Key),
    Column("slack_id", Key, index=True),
    sqlite_autoincrement=True,
)

# One row: the oldest migration whose versions of the program still work on this schema. Written
# with each upgrade, for older versions, which do not know what came after them.
schema_floor = Table("schema_floor", metadata, Column("migration", Key, primary_key=True))
