"""catalogue drafts

Follows: 7c1d90e4ab52
"""

import sqlalchemy as sa
from alembic import op

revision: str = "e26a0b7d1c94"
down_revision: str | None = "7c1d90e4ab52"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(255)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "catalogue_draft",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "workspace_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("reviewer_id", KEY, nullable=True),
        sa.Column("publish_at", MOMENT, nullable=True),
        sa.Column("state", KEY, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("typed_name", sa.Text(), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("claimed_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'published', 'withdrawn', 'stopped')",
            name=op.f("ck_catalogue_draft_state"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name="fk_catalogue_draft_workspace_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_draft"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_catalogue_draft_workspace_id", "catalogue_draft", ["workspace_id"])
    op.create_index("ix_catalogue_draft_publish_at", "catalogue_draft", ["publish_at"])


def downgrade() -> None:
    op.drop_table("catalogue_draft")
