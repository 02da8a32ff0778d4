"""goal days and dated actions

Follows: c0f1e8a7d264
"""

import sqlalchemy as sa
from alembic import op

revision: str = "5a1e0c7d94b2"
down_revision: str | None = "c0f1e8a7d264"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(length=255)
MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("goal", sa.Column("by_day", sa.Date(), nullable=True))
    op.create_table(
        "dated_action",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("member_id", ROW_ID, nullable=False),
        *(sa.Column(f"{part}_key", KEY, nullable=False) for part in ("role", "level", "skill")),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("token", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("evidence_id", ROW_ID, nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'dropped')", name=op.f("ck_dated_action_state")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_dated_action_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_dated_action_evidence_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dated_action")),
        sa.UniqueConstraint("member_id", "token", name=op.f("uq_dated_action_member_id_token")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dated_action_evidence_id", "dated_action", ["evidence_id"])
    op.create_index(
        "ix_dated_action_due_on_open",
        "dated_action",
        ["due_on"],
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )


def downgrade() -> None:
    op.drop_table("dated_action")
    op.drop_column("goal", "by_day")
