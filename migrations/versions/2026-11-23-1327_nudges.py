"""nudges

Follows: db558c3309fb
"""

import sqlalchemy as sa
from alembic import op

revision: str = "dbb083ce6e21"
down_revision: str | None = "db558c3309fb"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(255)
MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORKING = {"work_days": "31", "work_start": "540", "work_end": "1080", "weekly_cap": "5"}


def _key(name: str, *, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, KEY, nullable=nullable)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=nullable)


def _small(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.SmallInteger(), nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def _owner(table: str, owner: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column(f"{owner}_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            [f"{owner}_id"],
            [f"{owner}.id"],
            name=f"fk_{table}_{owner}_id",
            ondelete="CASCADE",
        ),
    )


def upgrade() -> None:
    for name, default in WORKING.items():
        column = sa.Column(name, sa.SmallInteger(), server_default=default, nullable=False)
        op.add_column("workspace", column)
    op.add_column(
        "workspace", sa.Column("holidays", sa.Text(), server_default="[]", nullable=False)
    )
    op.add_column(
        "workspace", sa.Column("default_cadence", KEY, server_default="weekly", nullable=False)
    )
    _plans()
    _nudges()
    op.create_table(
        "nudge_passed",
        *_owner("nudge_passed", "nudge"),
        *(_key(f"{part}_key", nullable=False) for part in ("role", "level", "skill")),
        sa.PrimaryKeyConstraint(
            "nudge_id", "role_key", "level_key", "skill_key", name="pk_nudge_passed"
        ),
    )
    op.create_table(
        "nudge_later",
        *_owner("nudge_later", "member"),
        *(_key(f"{part}_key", nullable=False) for part in ("role", "level", "skill")),
        _moment("until", nullable=False),
        sa.PrimaryKeyConstraint(
            "member_id", "role_key", "level_key", "skill_key", name="pk_nudge_later"
        ),
    )
    op.create_table(
        "nudge_sender",
        *_owner("nudge_sender", "workspace"),
        _key("holder"),
        _moment("held_until"),
        _moment("resumes_at"),
        _moment("broken_since"),
        _key("broken_reason"),
        _count("failures"),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_nudge_sender"),
    )


def _plans() -> None:
    op.create_table(
        "nudge_plan",
        *_owner("nudge_plan", "member"),
        *_owner("nudge_plan", "workspace"),
        _key("cadence", nullable=False),
        _small("weekdays"),
        _small("at_minute"),
        _key("own_zone"),
        _key("zone", nullable=False),
        _moment("paused_until"),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        _moment("regular_at"),
        _moment("later_at"),
        _moment("next_due_at"),
        _count("ignored"),
        _flag("asked_less"),
        _flag("told_done"),
        _key("barred"),
        _moment("checked_at"),
        sa.PrimaryKeyConstraint("member_id", name="pk_nudge_plan"),
        sa.CheckConstraint(
            "cadence IN ('daily', 'weekly', 'two_weeks', 'monthly')",
            name=op.f("ck_nudge_plan_cadence"),
        ),
        sa.CheckConstraint("weekdays BETWEEN 1 AND 127", name=op.f("ck_nudge_plan_weekdays")),
        sa.CheckConstraint("at_minute BETWEEN 0 AND 1439", name=op.f("ck_nudge_plan_at_minute")),
    )
    op.create_index("ix_nudge_plan_next_due_at", "nudge_plan", ["next_due_at"])
    op.create_index("ix_nudge_plan_workspace_id", "nudge_plan", ["workspace_id"])


def _nudges() -> None:
    op.create_table(
        "nudge",
        sa.Column("id", ROW_ID, nullable=False),
        *_owner("nudge", "member"),
        *_owner("nudge", "workspace"),
        _key("kind", nullable=False),
        sa.Column("slot_day", sa.Date(), nullable=False),
        _moment("due_at", nullable=False),
        _key("state", nullable=False),
        _key("reason"),
        _key("holder"),
        _moment("created_at", nullable=False),
        _moment("sent_at"),
        _key("channel"),
        _key("ts"),
        _key("form"),
        *(_key(f"{part}_key") for part in ("role", "level", "skill")),
        sa.Column("prompt", sa.Text(), nullable=True),
        _key("reasons"),
        _key("answer"),
        _moment("answered_at"),
        sa.PrimaryKeyConstraint("id", name="pk_nudge"),
        sa.UniqueConstraint(
            "member_id", "kind", "slot_day", name="uq_nudge_member_id_kind_slot_day"
        ),
        sa.CheckConstraint("kind IN ('regular', 'later')", name=op.f("ck_nudge_kind")),
        sa.CheckConstraint(
            "state IN ('planned', 'sending', 'sent', 'unknown', 'failed', 'cancelled')",
            name=op.f("ck_nudge_state"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_nudge_workspace_id", "nudge", ["workspace_id"])
    _partial("ix_nudge_planned", ["workspace_id", "due_at"], "state = 'planned'")
    _partial("ix_nudge_open", ["workspace_id", "state"], "state IN ('sending', 'unknown')")


def _partial(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "nudge", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for table in ("nudge_sender", "nudge_later", "nudge_passed", "nudge", "nudge_plan"):
        op.drop_table(table)
    with op.batch_alter_table("workspace") as workspace:
        for name in (*WORKING, "holidays", "default_cadence"):
            workspace.drop_column(name)
