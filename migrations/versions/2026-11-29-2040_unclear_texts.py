"""unclear texts

Follows: b3f2416ca8e9
"""

import sqlalchemy as sa
from alembic import op

revision: str = "7c1de0f94b58"
down_revision: str | None = "b3f2416ca8e9"
branch_labels: None = None
depends_on: None = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(255), nullable=False)


def _of_text(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["text_id"], ["unclear_text.id"], name=f"fk_{table}_text_id", ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "unclear_text",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        _key("role_key"),
        _key("level_key"),
        _key("skill_key"),
        _key("words"),
        sa.Column("times", sa.Integer(), nullable=False),
        _key("salt"),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("salted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name="fk_unclear_text_workspace_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_unclear_text"),
        sa.UniqueConstraint(
            "workspace_id",
            "role_key",
            "level_key",
            "skill_key",
            "words",
            name="uq_unclear_text_workspace_id_role_key_level_key_skill_key_words",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_unclear_text_salted_on", "unclear_text", ["salted_on"])
    op.create_table(
        "unclear_mark",
        sa.Column("text_id", ROW_ID, nullable=False),
        _key("mark"),
        _of_text("unclear_mark"),
        sa.PrimaryKeyConstraint("text_id", "mark", name="pk_unclear_mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unclear_sentence",
        sa.Column("text_id", ROW_ID, nullable=False),
        _key("token"),
        sa.Column("sentence", sa.Text(), nullable=False),
        _of_text("unclear_sentence"),
        sa.PrimaryKeyConstraint("text_id", "token", name="pk_unclear_sentence"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("unclear_sentence")
    op.drop_table("unclear_mark")
    op.drop_table("unclear_text")
