"""moved keys

Follows: 7c1de0f94b58
"""

import sqlalchemy as sa
from alembic import op

revision: str = "7c1d90e4ab52"
down_revision: str | None = "7c1de0f94b58"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(255)


def upgrade() -> None:
    op.create_table(
        "moved_key",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("old_key", KEY, nullable=False),
        sa.Column("old_level", KEY, nullable=True),
        sa.Column("new_key", KEY, nullable=False),
        sa.Column("new_level", KEY, nullable=True),
        sa.CheckConstraint("kind IN ('role', 'rung', 'skill')", name=op.f("ck_moved_key_kind")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_moved_key_revision_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", "id", name="pk_moved_key"),
    )
    op.add_column("goal", sa.Column("kept_revision_id", sa.Integer(), nullable=True))
    op.add_column("goal", sa.Column("news_revision_id", sa.Integer(), nullable=True))
    op.add_column("goal", sa.Column("news_state", KEY, nullable=True))
    op.add_column("goal", sa.Column("news_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for column in ("news_at", "news_state", "news_revision_id", "kept_revision_id"):
        op.drop_column("goal", column)
    op.drop_table("moved_key")
