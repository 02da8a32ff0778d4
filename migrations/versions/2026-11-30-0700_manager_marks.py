"""what the other of a share marks, and what the member answers

Follows: 5d0e9a71c3b8
"""

import sqlalchemy as sa
from alembic import op

revision: str = "d2f61b8e40c7"
down_revision: str | None = "5d0e9a71c3b8"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(length=255)
MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "manager_mark",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("share_id", ROW_ID, nullable=False),
        *(sa.Column(f"{part}_key", KEY, nullable=False) for part in ("role", "level", "skill")),
        sa.Column("status", KEY, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "status IN ('not_yet', 'working', 'met')", name=op.f("ck_manager_mark_status")
        ),
        _refers("manager_mark", "share_id", "share"),
        sa.PrimaryKeyConstraint("id", name="pk_manager_mark"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_manager_mark_share_id", "manager_mark", ["share_id"])
    op.create_table(
        "mark_reply",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("mark_id", ROW_ID, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _refers("mark_reply", "mark_id", "manager_mark"),
        sa.PrimaryKeyConstraint("id", name="pk_mark_reply"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mark_reply_mark_id", "mark_reply", ["mark_id"])


def downgrade() -> None:
    op.drop_table("mark_reply")
    op.drop_table("manager_mark")
