"""what two agreed, and their talks

Follows: 5a1e0c7d94b2
"""

import sqlalchemy as sa
from alembic import op

revision: str = "d92c4f16ae07"
down_revision: str | None = "5a1e0c7d94b2"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(length=255)
MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{each}'" for each in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "agreed_step",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("share_id", ROW_ID, nullable=False),
        *(sa.Column(f"{part}_key", KEY, nullable=False) for part in ("role", "level", "skill")),
        sa.Column("act", KEY, nullable=False),
        sa.Column("side", KEY, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        _one_of("agreed_step", "act", "proposed", "accepted", "declined", "withdrawn"),
        _one_of("agreed_step", "side", "owner", "other"),
        _refers("agreed_step", "share_id", "share"),
        sa.PrimaryKeyConstraint("id", name="pk_agreed_step"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agreed_step_share_id", "agreed_step", ["share_id"])
    op.create_table(
        "talk_rhythm",
        sa.Column("share_id", ROW_ID, nullable=False),
        sa.Column("often", KEY, nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("at_minute", sa.SmallInteger(), nullable=False),
        sa.Column("zone", KEY, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("side", KEY, nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        _one_of("talk_rhythm", "often", "weekly", "two_weeks", "monthly"),
        _one_of("talk_rhythm", "state", "on", "paused", "ended"),
        _one_of("talk_rhythm", "side", "owner", "other"),
        _refers("talk_rhythm", "share_id", "share"),
        sa.PrimaryKeyConstraint("share_id", name="pk_talk_rhythm"),
    )
    op.create_index("ix_talk_rhythm_due_at", "talk_rhythm", ["due_at"])
    op.create_table(
        "talk",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("share_id", ROW_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _refers("talk", "share_id", "share"),
        sa.PrimaryKeyConstraint("id", name="pk_talk"),
        sa.UniqueConstraint("share_id", "at", name="uq_talk_share_id_at"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_talk_share_id", "talk", ["share_id"])
    op.create_table(
        "talk_brief",
        sa.Column("talk_id", ROW_ID, nullable=False),
        sa.Column("side", KEY, nullable=False),
        _one_of("talk_brief", "side", "owner", "other"),
        _refers("talk_brief", "talk_id", "talk"),
        sa.PrimaryKeyConstraint("talk_id", "side", name="pk_talk_brief"),
    )
    op.create_table(
        "talk_point",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("talk_id", ROW_ID, nullable=False),
        sa.Column("side", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("for_both", sa.Boolean(), nullable=False),
        sa.Column("token", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        _one_of("talk_point", "side", "owner", "other"),
        _refers("talk_point", "talk_id", "talk"),
        sa.PrimaryKeyConstraint("id", name="pk_talk_point"),
        sa.UniqueConstraint("talk_id", "token", name="uq_talk_point_talk_id_token"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_talk_point_talk_id", "talk_point", ["talk_id"])


def downgrade() -> None:
    for name in ("talk_point", "talk_brief", "talk", "talk_rhythm", "agreed_step"):
        op.drop_table(name)
