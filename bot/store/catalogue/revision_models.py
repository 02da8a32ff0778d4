"""The tables of a revision. Everything in it is numbered from 0 in the owner's order.

Within a revision each part has the primary key (revision_id, id), where `id` is the position the
owner gave it. So publishing knows every id beforehand, order needs no column of its own, and a
part can only refer to parts of the same revision. Revisions are immutable: rows are inserted once
and leave only together with their revision.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from bot.store.models import metadata
from bot.store.types import Key, StoredText, TextList


def _part(name: str, *items: SchemaItem) -> Table:
    """A table whose rows belong to one revision and are numbered within it."""
    revision_id: Column[int] = Column(
        "revision_id", ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True
    )
    position: Column[int] = Column("id", Integer, primary_key=True, autoincrement=False)
    return Table(name, metadata, revision_id, position, *items)


def _refers(column: str, target: str) -> ForeignKeyConstraint:
    """`column` names a row of `target` in the same revision."""
    return ForeignKeyConstraint(
        ["revision_id", column], [f"{target}.revision_id", f"{target}.id"], ondelete="CASCADE"
    )


def _key_unique(*within: str) -> UniqueConstraint:
    return UniqueConstraint("revision_id", *within, "key")


proficiency = _part(
    "proficiency",
    Column("key", Key, nullable=False),
    Column("name", StoredText, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("summary", StoredText),
    _key_unique(),
)
ladder = _part(
    "ladder",
    Column("key", Key, nullable=False),
    Column("name", StoredText, nullable=False),
    _key_unique(),
)
level = _part(
    "level",
    Column("ladder_id", Integer, nullable=False),
    Column("key", Key, nullable=False),
    Column("name", StoredText, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("track", Key),
    Column("aliases", TextList, nullable=False),
    Column("scope", Key),
    _refers("ladder_id", "ladder"),
    _key_unique("ladder_id"),
)
domain = _part(
    "domain",
    Column("key", Key, nullable=False),
    Column("name", StoredText, nullable=False),
    _key_unique(),
)
skill_group = _part(
    "skill_group",
    Column("domain_id", Integer, nullable=False),
    Column("key", Key, nullable=False),
    Column("name", StoredText, nullable=False),
    Column("summary", StoredText),
    Column("aliases", TextList, nullable=False),
    _refers("domain_id", "domain"),
    _key_unique(),
)
skill = _part(
    "skill",
    Column("group_id", Integer, nullable=False),
    Column("key", Key, nullable=False),
    Column("name", StoredText, nullable=False),
    Column("summary", StoredText),
    Column("updated_on", Date),
    Column("aliases", TextList, nullable=False),
    _refers("group_id", "skill_group"),
    _key_unique(),
)
skill_depth = _part(
    "skill_depth",
    Column("skill_id", Integer, nullable=False),
    Column("proficiency_id", Integer, nullable=False),
    Column("text", StoredText, nullable=False),
    _refers("skill_id", "skill"),
    _refers("proficiency_id", "proficiency"),
    UniqueConstraint("revision_id", "skill_id", "proficiency_id"),
)
role_family = _part(
    "role_family",
    Column("key", Key, nullable=False),
    Column("name", StoredText, nullable=False),
    _key_unique(),
)
role = _part(
    "role",
    Column("family_id", Integer, nullable=False),
    Column("ladder_id", Integer, nullable=False),
    Column("key", Key, nullable=False),
    Column("name", StoredText, nullable=False),
    Column("summary", StoredText),
    Column("aliases", TextList, nullable=False),
    _refers("family_id", "role_family"),
    _refers("ladder_id", "ladder"),
    _key_unique(),
)
role_focus = _part(
    "role_focus",
    Column("role_id", Integer, nullable=False),
    Column("level_id", Integer, nullable=False),
    Column("text", StoredText, nullable=False),
    _refers("role_id", "role"),
    _refers("level_id", "level"),
    UniqueConstraint("revision_id", "role_id", "level_id"),
)
expectation = _part(
    "expectation",
    Column("role_id", Integer, nullable=False),
    Column("level_id", Integer, nullable=False),
    Column("skill_id", Integer, nullable=False),
    Column("requirement", Key, nullable=False),
    Column("proficiency_id", Integer),
    Column("text", StoredText),
    _refers("role_id", "role"),
    _refers("level_id", "level"),
    _refers("skill_id", "skill"),
    _refers("proficiency_id", "proficiency"),
    UniqueConstraint("revision_id", "role_id", "level_id", "skill_id"),
    CheckConstraint("requirement IN ('required', 'optional')", name="requirement"),
    # Without them, deleting a revision looks through all its expectations once per skill and level.
    Index(None, "revision_id", "skill_id"),
    Index(None, "revision_id", "level_id"),
)
prompt = _part(
    "prompt",
    Column("skill_id", Integer),
    Column("expectation_id", Integer),
    Column("text", StoredText, nullable=False),
    _refers("skill_id", "skill"),
    _refers("expectation_id", "expectation"),
    CheckConstraint("(skill_id IS NULL) <> (expectation_id IS NULL)", name="one_owner"),
    Index(None, "revision_id", "skill_id"),
    Index(None, "revision_id", "expectation_id"),
)
guide_line = _part(
    "guide_line",
    Column("skill_id", Integer, nullable=False),
    Column("band", Key, nullable=False),
    Column("kind", Key, nullable=False),
    Column("text", StoredText, nullable=False),
    _refers("skill_id", "skill"),
    CheckConstraint("band IN ('early', 'later')", name="band"),
    CheckConstraint("kind IN ('prompt', 'evidence')", name="kind"),
    Index(None, "revision_id", "skill_id"),
)
resource = _part(
    "resource",
    Column("skill_id", Integer),
    Column("expectation_id", Integer),
    Column("title", StoredText, nullable=False),
    Column("url", StoredText, nullable=False),
    Column("language", Key),
    Column("kind", Key),
    _refers("skill_id", "skill"),
    _refers("expectation_id", "expectation"),
    CheckConstraint("(skill_id IS NULL) <> (expectation_id IS NULL)", name="one_owner"),
    Index(None, "revision_id", "skill_id"),
    Index(None, "revision_id", "expectation_id"),
)
translation = _part(
    "translation",
    Column("kind", Key, nullable=False),
    Column("owner_id", Integer, nullable=False),
    Column("field", Key, nullable=False),
    Column("locale", Key, nullable=False),
    Column("text", StoredText, nullable=False),
    UniqueConstraint("revision_id", "kind", "owner_id", "field", "locale"),
)
# Where keys went that older revisions have and this one has not; see `bot.domain.moves`.
moved_key = _part(
    "moved_key",
    Column("kind", Key, nullable=False),
    Column("old_key", Key, nullable=False),
    Column("old_level", Key),
    Column("new_key", Key, nullable=False),
    Column("new_level", Key),
    Column("old_names", TextList, nullable=False, server_default="[]"),
    CheckConstraint("kind IN ('role', 'rung', 'skill')", name="kind"),
)
