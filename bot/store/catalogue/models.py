"""The tables of uploads, and of what members say about texts: the latter name no member."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, Table, UniqueConstraint

from bot.store.models import RowId, metadata
from bot.store.types import Key, StoredText, UtcMoment

# A file on its way to be published: which one it is in Slack, what its owner answered, and how far
# it is. An owner has one at a time. An id is never given twice: a button on an old message must
# not act on a newer upload.
catalogue_upload = Table(
    "catalogue_upload",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("author_id", Key, nullable=False),
    Column("file", Key, nullable=False),
    Column("file_name", StoredText, nullable=False),
    Column("mapping", Key),
    Column("name", StoredText, nullable=False),
    Column("note", StoredText, nullable=False),
    Column("answers", StoredText, nullable=False),
    Column("step", Key, nullable=False),
    # The message that tells of it.
    Column("channel", Key, nullable=False),
    Column("ts", Key, nullable=False),
    Column("found", StoredText, nullable=False),
    Column("changed_at", UtcMoment, nullable=False, index=True),
    CheckConstraint("step IN ('reading', 'asking', 'wrong', 'ready')", name="step"),
    UniqueConstraint("workspace_id", "author_id"),
    sqlite_autoincrement=True,
)

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
