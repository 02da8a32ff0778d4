"""scope of levels, guides and resources

Follows: c81f5be20d47
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision: str = "5d0e7a93c6f1"
down_revision: str | None = "c81f5be20d47"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(255)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["revision_id", column],
        [f"{target}.revision_id", f"{target}.id"],
        name=f"fk_{table}_revision_id_{column}",
        ondelete="CASCADE",
    )


def _part(name: str, *items: SchemaItem) -> None:
    """A table whose rows belong to one revision and are numbered within it."""
    op.create_table(
        name,
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *items,
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=f"fk_{name}_revision_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", "id", name=f"pk_{name}"),
    )


def upgrade() -> None:
    op.add_column("level", sa.Column("scope", KEY, nullable=True))
    _part(
        "guide_line",
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("band", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _refers("guide_line", "skill_id", "skill"),
        sa.CheckConstraint("band IN ('early', 'later')", name=op.f("ck_guide_line_band")),
        sa.CheckConstraint("kind IN ('prompt', 'evidence')", name=op.f("ck_guide_line_kind")),
    )
    _part(
        "resource",
        sa.Column("skill_id", sa.Integer()),
        sa.Column("expectation_id", sa.Integer()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("language", KEY),
        sa.Column("kind", KEY),
        _refers("resource", "skill_id", "skill"),
        _refers("resource", "expectation_id", "expectation"),
        sa.CheckConstraint(
            "(skill_id IS NULL) <> (expectation_id IS NULL)", name=op.f("ck_resource_one_owner")
        ),
    )
    for table, column in (
        ("guide_line", "skill_id"),
        ("resource", "skill_id"),
        ("resource", "expectation_id"),
    ):
        op.create_index(f"ix_{table}_revision_id_{column}", table, ["revision_id", column])


def downgrade() -> None:
    op.drop_table("resource")
    op.drop_table("guide_line")
    op.drop_column("level", "scope")
