"""The tables of what two people have between them. Everything here goes with either of them."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.schema import SchemaItem

from bot.store.dialect import partial_index
from bot.store.models import RowId, metadata
from bot.store.types import Key, StoredText, TextList, UtcMoment


def _of(name: str, column: str, *, null: bool = False, key: bool = False) -> Column[int]:
    """A reference to a row without which this one cannot be."""
    target = ForeignKey(f"{name}.id", ondelete="CASCADE")
    return Column(column, target, nullable=null, primary_key=key, index=not key)


def _numbered(name: str, *items: SchemaItem) -> Table:
    """An id is never given twice: a button on an old message must not act on a newer row."""
    row_id: Column[int] = Column("id", RowId, primary_key=True)
    return Table(name, metadata, row_id, *items, sqlite_autoincrement=True)


share = _numbered(
    "share",
    # Whose goal it is, and who may see it.
    _of("member", "member_id"),
    _of("member", "other_member_id"),
    _of("goal", "goal_id"),
    Column("state", Key, nullable=False),
    Column("asked_at", UtcMoment, nullable=False),
    Column("accepted_at", UtcMoment),
    # Nothing of before is shown; NULL where the member chose to show the past.
    Column("shows_from", UtcMoment),
    Column("renew_at", UtcMoment),
    # When the member was last asked whether to go on, and Slack who the two are by now.
    Column("asked_again_at", UtcMoment),
    Column("checked_at", UtcMoment),
    Column("ended_at", UtcMoment),
    Column("why_ended", Key),
    CheckConstraint("state IN ('asked', 'accepted', 'ended')", name="state"),
)
partial_index(
    "uq_share_goal_id_other_member_id_open",
    share.c.goal_id,
    share.c.other_member_id,
    where="state <> 'ended'",
    unique=True,
)

# The pieces of evidence that are shown: each was chosen by itself.
share_evidence = Table(
    "share_evidence",
    metadata,
    _of("share", "share_id", key=True),
    _of("evidence", "evidence_id", key=True),
    # Without it, to delete a piece looks through all of them.
    Index(None, "evidence_id"),
)

share_look = _numbered(
    "share_look",
    _of("share", "share_id"),
    Column("at", UtcMoment, nullable=False),
    Column("what", Key, nullable=False),
    # The modal that may still stand open, by Slack's id: it is closed to the other at once.
    Column("view_id", Key),
)

# What the other marks in their own column: added, never changed but for being sent.
manager_mark = _numbered(
    "manager_mark",
    _of("share", "share_id"),
    *(Column(f"{part}_key", Key, nullable=False) for part in ("role", "level", "skill")),
    # NULL takes back the mark before it.
    Column("status", Key),
    Column("note", StoredText, nullable=False),
    Column("at", UtcMoment, nullable=False),
    # NULL as long as nobody but its author may see it.
    Column("sent_at", UtcMoment),
    CheckConstraint("status IN ('not_yet', 'working', 'met')", name="status"),
)

# What the member answers to a mark.
mark_reply = _numbered(
    "mark_reply",
    _of("manager_mark", "mark_id"),
    Column("note", StoredText, nullable=False),
    Column("at", UtcMoment, nullable=False),
)

# What was sent to somebody because of another person's act. No text is kept here.
letter = _numbered(
    "letter",
    # To whom, and whose act it tells of.
    _of("member", "member_id"),
    _of("member", "author_member_id"),
    # What it shows something of; it is taken back when that ends.
    _of("share", "share_id", null=True),
    Column("kind", Key, nullable=False),
    # The row that it is about; `kind` says of which table.
    Column("subject", RowId, nullable=False, index=True),
    Column("state", Key, nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("sending_at", UtcMoment),
    # Why it was not sent, or may not have been: a code.
    Column("reason", Key),
    Column("channel", Key),
    Column("ts", Key),
    Column("files", TextList, nullable=False, server_default="[]"),
    CheckConstraint(
        "state IN ('planned', 'sending', 'sent', 'unknown', 'recalled', 'withheld')", name="state"
    ),
)
