"""confirmations

Follows: a7e30c52d918
"""

import sqlalchemy as sa
from alembic import op

revision: str = "c0f1e8a7d264"
down_revision: str | None = "a7e30c52d918"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(length=255)
MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _refers(column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_confirmation_{column}"
    return sa.ForeignKeyConstraint([column], ["member.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "confirmation",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("member_id", ROW_ID, nullable=False),
        sa.Column("other_member_id", ROW_ID, nullable=False),
        *(sa.Column(f"{part}_key", KEY, nullable=False) for part in ("role", "level", "skill")),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("saw", KEY, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("included_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'answered', 'over')", name=op.f("ck_confirmation_state")
        ),
        sa.CheckConstraint(
            "saw IN ('saw_it', 'not_really', 'cannot_say')", name=op.f("ck_confirmation_saw")
        ),
        _refers("member_id"),
        _refers("other_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_confirmation"),
        sqlite_autoincrement=True,
    )
    for name in ("member_id", "other_member_id"):
        op.create_index(f"ix_confirmation_{name}", "confirmation", [name])


def downgrade() -> None:
    op.drop_table("confirmation")
