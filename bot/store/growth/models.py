"""The tables of what members hold. Everything here goes with its member."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    Table,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from bot.store.dialect import partial_index
from bot.store.models import RowId, metadata
from bot.store.types import Key, StoredText, UtcMoment


def _of_member(name: str, *items: SchemaItem, index: bool = True) -> Table:
    """A table whose rows belong to one member, and go with them.

    An id is never given twice: a button on an old message must not act on a newer row.
    """
    member_id: Column[int] = Column(
        "member_id", ForeignKey("member.id", ondelete="CASCADE"), nullable=False, index=index
    )
    row_id: Column[int] = Column("id", RowId, primary_key=True)
    return Table(name, metadata, row_id, member_id, *items, sqlite_autoincrement=True)


def _cell() -> tuple[SchemaItem, ...]:
    """An expectation by stable keys: no foreign key, it outlives revisions."""
    return tuple(Column(f"{part}_key", Key, nullable=False) for part in ("role", "level", "skill"))


assessment = _of_member(
    "assessment",
    *_cell(),
    Column("proficiency_key", Key),
    Column("status", Key, nullable=False),
    Column("note", StoredText, nullable=False),
    Column("at", UtcMoment, nullable=False),
    # Whose words the member had before them; no foreign key: NULL is "not known", for good.
    Column("revision_id", Integer),
    # Takes back the mark before it on the same expectation; NULL is false. `status` is then what
    # holds again, for a version of the program that does not know of this.
    Column("withdraws", Boolean),
    CheckConstraint("status IN ('not_yet', 'working', 'met', 'not_relevant')", name="status"),
)

evidence = _of_member(
    "evidence",
    Column("kind", Key, nullable=False),
    Column("note", StoredText, nullable=False),
    Column("url", StoredText),
    # What the member submitted, by the id Slack gave it: submitting twice keeps one.
    Column("token", Key, nullable=False),
    Column("added_at", UtcMoment, nullable=False),
    CheckConstraint("kind IN ('note', 'link', 'slack_message')", name="kind"),
    UniqueConstraint("member_id", "token"),
    index=False,
)

evidence_support = Table(
    "evidence_support",
    metadata,
    Column("evidence_id", ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True),
    Column("role_key", Key, primary_key=True),
    Column("level_key", Key, primary_key=True),
    Column("skill_key", Key, primary_key=True),
)

goal = _of_member(
    "goal",
    Column("role_key", Key, nullable=False),
    Column("level_key", Key, nullable=False),
    Column("origin_role_key", Key),
    Column("origin_level_key", Key),
    Column("revision_id", ForeignKey("revision.id"), nullable=False, index=True),
    Column("state", Key, nullable=False),
    Column("set_at", UtcMoment, nullable=False),
    Column("ended_at", UtcMoment),
    # Since when its progress is counted anew, and when the member has taken note of it.
    Column("recounted_at", UtcMoment),
    Column("recount_told_at", UtcMoment),
    # The newest revision when the member chose to keep the goal in its old words.
    Column("kept_revision_id", Integer),
    # Of which newest revision the member was told that it changed the goal, and how far that is.
    Column("news_revision_id", Integer),
    Column("news_state", Key),
    Column("news_at", UtcMoment),
    # Until which day the member wants to reach it, where they are.
    Column("by_day", Date),
    CheckConstraint("state IN ('active', 'reached', 'dropped')", name="state"),
)
partial_index("uq_goal_member_id_active", goal.c.member_id, where="state = 'active'", unique=True)

# An offer of help with a skill, or the wish to learn it, under the key that the skill had then.
skill_offer = _of_member(
    "skill_offer",
    Column("side", Key, nullable=False),
    Column("skill_key", Key, nullable=False),
    Column("at", UtcMoment, nullable=False),
    CheckConstraint("side IN ('help', 'learn')", name="side"),
    UniqueConstraint("member_id", "side", "skill_key"),
    index=False,
)

# What a member means to do about an expectation, and when.
dated_action = _of_member(
    "dated_action",
    *_cell(),
    Column("text", StoredText, nullable=False),
    Column("due_on", Date, nullable=False),
    # What it was first planned for, however often it was put off since.
    Column("first_due_on", Date, nullable=False),
    # The form it was planned with: sending that twice plans one.
    Column("token", Key, nullable=False),
    Column("made_at", UtcMoment, nullable=False),
    Column("state", Key, nullable=False),
    Column("ended_at", UtcMoment),
    # What showed that it is done.
    Column("evidence_id", ForeignKey("evidence.id", ondelete="SET NULL"), index=True),
    # For which day the member was reminded: each day once.
    Column("reminded_on", Date),
    CheckConstraint("state IN ('open', 'done', 'dropped')", name="state"),
    UniqueConstraint("member_id", "token"),
    index=False,
)
partial_index("ix_dated_action_due_on_open", dated_action.c.due_on, where="state = 'open'")
