"""catalogue uploads

Follows: c41f7be05d92
"""

import sqlalchemy as sa
from alembic import op

revision: str = "5b9e27d4f1a6"
down_revision: str | None = "c41f7be05d92"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(255)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "catalogue_upload",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("file", KEY, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("mapping", KEY, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("step", KEY, nullable=False),
        sa.Column("channel", KEY, nullable=False),
        sa.Column("ts", KEY, nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "step IN ('reading', 'asking', 'wrong', 'ready')", name=op.f("ck_catalogue_upload_step")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name="fk_catalogue_upload_workspace_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_upload"),
        sa.UniqueConstraint(
            "workspace_id", "author_id", name="uq_catalogue_upload_workspace_id_author_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_catalogue_upload_changed_at", "catalogue_upload", ["changed_at"])


def downgrade() -> None:
    op.drop_table("catalogue_upload")
