"""letters that show something of several shares, and which block Slack refuses where

Follows: d2f61b8e40c7
"""

import sqlalchemy as sa
from alembic import op

revision: str = "7c3be0d915a4"
down_revision: str | None = "d2f61b8e40c7"
branch_labels: None = None
depends_on: None = None

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _refers(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_letter_share_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    # What letters show of one share stays with them, in `letter.share_id`.
    op.create_table(
        "letter_share",
        sa.Column("letter_id", ROW_ID, nullable=False),
        sa.Column("share_id", ROW_ID, nullable=False),
        _refers("letter_id", "letter"),
        _refers("share_id", "share"),
        sa.PrimaryKeyConstraint("letter_id", "share_id", name="pk_letter_share"),
    )
    op.create_index("ix_letter_share_share_id", "letter_share", ["share_id"])
    op.add_column("workspace", sa.Column("table_refused_at", MOMENT, nullable=True))


def downgrade() -> None:
    op.drop_column("workspace", "table_refused_at")
    op.drop_table("letter_share")
