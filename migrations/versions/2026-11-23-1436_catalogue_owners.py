"""catalogue owners

Follows: dbb083ce6e21
"""

import sqlalchemy as sa
from alembic import op

revision: str = "a4c17e90b3d2"
down_revision: str | None = "dbb083ce6e21"
branch_labels: None = None
depends_on: None = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "workspace_owner",
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("slack_id", sa.String(255), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name="fk_workspace_owner_workspace_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "slack_id", name="pk_workspace_owner"),
    )


def downgrade() -> None:
    op.drop_table("workspace_owner")
