"""prompts seen

Follows: 5d0e7a93c6f1
"""

import sqlalchemy as sa
from alembic import op

revision: str = "b3f2416ca8e9"
down_revision: str | None = "5d0e7a93c6f1"
branch_labels: None = None
depends_on: None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("nudge", sa.Column("quoted_at", MOMENT, nullable=True))
    op.add_column("nudge_passed", sa.Column("prompt", sa.Text(), nullable=True))
    op.add_column("nudge_passed", sa.Column("quoted_at", MOMENT, nullable=True))


def downgrade() -> None:
    op.drop_column("nudge_passed", "quoted_at")
    op.drop_column("nudge_passed", "prompt")
    op.drop_column("nudge", "quoted_at")
