"""The tables of what two people have between them. Everything here goes with either of them."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
    UniqueConstraint,
)
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
    # The modals that may still stand open, by Slack's ids, with a space between: they are closed to
    # the other at once.
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

# The shares of which a letter shows something, where there are several: with any it is taken back.
letter_share = Table(
    "letter_share",
    metadata,
    _of("letter", "letter_id", key=True),
    _of("share", "share_id", key=True),
    Index(None, "share_id"),
)

# A colleague is asked about one expectation; what is over keeps no words.
confirmation = _numbered(
    "confirmation",
    # Who asks, and who answers.
    _of("member", "member_id"),
    _of("member", "other_member_id"),
    *(Column(f"{part}_key", Key, nullable=False) for part in ("role", "level", "skill")),
    Column("sentence", StoredText, nullable=False),
    Column("state", Key, nullable=False),
    Column("asked_at", UtcMoment, nullable=False),
    Column("saw", Key),
    Column("words", StoredText, nullable=False),
    Column("answered_at", UtcMoment),
    # Since when the member takes the answer along; NULL where they leave it out.
    Column("included_at", UtcMoment),
    CheckConstraint("state IN ('asked', 'answered', 'over')", name="state"),
    CheckConstraint("saw IN ('saw_it', 'not_really', 'cannot_say')", name="saw"),
)

_SIDE = "IN ('owner', 'other')"

# What either proposed to count until a day, and how the other answered: appended, never changed.
agreed_step = _numbered(
    "agreed_step",
    _of("share", "share_id"),
    *(Column(f"{part}_key", Key, nullable=False) for part in ("role", "level", "skill")),
    Column("act", Key, nullable=False),
    Column("side", Key, nullable=False),
    Column("until", Date),
    Column("at", UtcMoment, nullable=False),
    CheckConstraint("act IN ('proposed', 'accepted', 'declined', 'withdrawn')", name="act"),
    CheckConstraint(f"side {_SIDE}", name="side"),
)

# When the two of a share talk.
talk_rhythm = Table(
    "talk_rhythm",
    metadata,
    _of("share", "share_id", key=True),
    Column("often", Key, nullable=False),
    # From Monday = 0, and local minutes after midnight in this zone.
    Column("weekday", SmallInteger, nullable=False),
    Column("at_minute", SmallInteger, nullable=False),
    Column("zone", Key, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("state", Key, nullable=False),
    # The next talk, and when something is to be done for it: a brief, or going on to the next.
    Column("next_at", UtcMoment),
    Column("due_at", UtcMoment, index=True),
    Column("side", Key, nullable=False),
    Column("set_at", UtcMoment, nullable=False),
    CheckConstraint("often IN ('weekly', 'two_weeks', 'monthly')", name="often"),
    CheckConstraint("state IN ('on', 'paused', 'ended')", name="state"),
    CheckConstraint(f"side {_SIDE}", name="side"),
)

# A talk, of which the two were sent a brief: one of a moment.
talk = _numbered(
    "talk",
    _of("share", "share_id"),
    Column("at", UtcMoment, nullable=False),
    UniqueConstraint("share_id", "at"),
)

# To whom a brief of a talk was written: to each once.
talk_brief = Table(
    "talk_brief",
    metadata,
    _of("talk", "talk_id", key=True),
    Column("side", Key, primary_key=True),
    CheckConstraint(f"side {_SIDE}", name="side"),
)

# One line that either noted after a talk: for both, or for themselves.
talk_point = _numbered(
    "talk_point",
    _of("talk", "talk_id"),
    Column("side", Key, nullable=False),
    Column("text", StoredText, nullable=False),
    Column("for_both", Boolean, nullable=False),
    # The form it was noted with, and its line there: sending that twice keeps one.
    Column("token", Key, nullable=False),
    Column("made_at", UtcMoment, nullable=False),
    Column("done_at", UtcMoment),
    CheckConstraint(f"side {_SIDE}", name="side"),
    UniqueConstraint("talk_id", "token"),
)
