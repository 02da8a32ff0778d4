"""schema floor

Follows: 5b9e27d4f1a6
"""

import sqlalchemy as sa
from alembic import op

revision: str = "f80b36d2a9c5"
down_revision: str | None = "5b9e27d4f1a6"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "schema_floor",
        sa.Column("migration", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("migration", name=op.f("pk_schema_floor")),
    )


def downgrade() -> None:
    op.drop_table("schema_floor")
