"""audit

Follows: f80b36d2a9c5
"""

import sqlalchemy as sa
from alembic import op

revision: str = "5b8e02d7c9a1"
down_revision: str | None = "f80b36d2a9c5"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(length=255)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_key", KEY, nullable=True),
        sa.Column("team_id", KEY, nullable=True),
        sa.Column("enterprise_id", KEY, nullable=True),
        sa.Column("actor", KEY, nullable=False),
        sa.Column("slack_id", KEY, nullable=True),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("about", KEY, nullable=True),
        sa.Column("detail", KEY, nullable=False),
        sa.CheckConstraint(
            "actor IN ('member', 'operator', 'nextrung')", name=op.f("ck_audit_actor")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_tenant_key", "audit", ["tenant_key"])


def downgrade() -> None:
    op.drop_table("audit")
