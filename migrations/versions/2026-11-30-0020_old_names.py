"""old names

Follows: 5b8e02d7c9a1
"""

import sqlalchemy as sa
from alembic import op

revision: str = "5e0b9a37c4d1"
down_revision: str | None = "5b8e02d7c9a1"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    names = sa.Column("old_names", sa.Text(), server_default="[]", nullable=False)
    op.add_column("moved_key", names)


def downgrade() -> None:
    op.drop_column("moved_key", "old_names")
