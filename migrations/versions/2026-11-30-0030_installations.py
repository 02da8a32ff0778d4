"""installations

Follows: 5e0b9a37c4d1
"""

import sqlalchemy as sa
from alembic import op

revision: str = "a17c3e5d9f04"
down_revision: str | None = "5e0b9a37c4d1"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(length=255)
MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LASTING = "expires_at IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("tenant_key", KEY, nullable=False),
        sa.Column("team_id", KEY, nullable=True),
        sa.Column("enterprise_id", KEY, nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("org_wide", sa.Boolean(), nullable=False),
        sa.Column("app_id", KEY, nullable=True),
        sa.Column("bot_id", KEY, nullable=True),
        sa.Column("bot_user_id", KEY, nullable=True),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("installer", KEY, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", KEY, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("installed_at", MOMENT, nullable=True),
        sa.Column("trouble", KEY, nullable=True),
        sa.Column("trouble_since", MOMENT, nullable=True),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("refreshed_by", KEY, nullable=True),
        sa.Column("refresh_until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
        sa.UniqueConstraint("tenant_key", name=op.f("uq_installation_tenant_key")),
    )
    op.create_index(
        op.f("ix_installation_expires_at"),
        "installation",
        ["expires_at"],
        sqlite_where=sa.text(LASTING),
        postgresql_where=sa.text(LASTING),
    )


def downgrade() -> None:
    op.drop_table("installation")
