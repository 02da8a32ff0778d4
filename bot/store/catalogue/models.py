"""The tables of what members say about texts. None of them names a member."""

from sqlalchemy import Column, Date, ForeignKey, Integer, Table, UniqueConstraint

from bot.store.models import RowId, metadata
from bot.store.types import Key, StoredText

# A text by stable keys and by a digest of its words: no foreign key, it outlives revisions.
unclear_text = Table(
    "unclear_text",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("role_key", Key, nullable=False),
    Column("level_key", Key, nullable=False),
    Column("skill_key", Key, nullable=False),
    Column("words", Key, nullable=False),
    Column("times", Integer, nullable=False),
    # What its marks are made with, for which revision, and since when.
    Column("salt", Key, nullable=False),
    Column("revision_id", Integer, nullable=False),
    Column("salted_on", Date, nullable=False, index=True),
    UniqueConstraint("workspace_id", "role_key", "level_key", "skill_key", "words"),
    sqlite_autoincrement=True,
)

# That somebody counts once; see `bot.domain.catalogue.unclear`. Sorted by the mark, and so without
# the order in which they came.
unclear_mark = Table(
    "unclear_mark",
    metadata,
    Column("text_id", ForeignKey("unclear_text.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", Key, primary_key=True),
    sqlite_with_rowid=False,
)

# What somebody added, beside a random token: no moment, no mark.
unclear_sentence = Table(
    "unclear_sentence",
    metadata,
    Column("text_id", ForeignKey("unclear_text.id", ondelete="CASCADE"), primary_key=True),
    Column("token", Key, primary_key=True),
    Column("sentence", StoredText, nullable=False),
    sqlite_with_rowid=False,
)
