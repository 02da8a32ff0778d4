"""oauth states

Follows: a17c3e5d9f04
"""

import sqlalchemy as sa
from alembic import op

revision: str = "c14f8a6e20b7"
down_revision: str | None = "a17c3e5d9f04"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(length=255)


def upgrade() -> None:
    op.create_table(
        "oauth_state",
        sa.Column("state", KEY, nullable=False),
        sa.Column("browser", KEY, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state", name="pk_oauth_state"),
    )
    op.create_index("ix_oauth_state_expires_at", "oauth_state", ["expires_at"])


def downgrade() -> None:
    op.drop_table("oauth_state")
