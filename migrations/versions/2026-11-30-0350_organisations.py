"""organisations

Follows: b7d15c2e9f04
"""

import sqlalchemy as sa
from alembic import op

revision: str = "c41d7be09a35"
down_revision: str | None = "b7d15c2e9f04"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(length=255)
MOMENT = sa.DateTime(timezone=True)
TOLD_AT = ("role_at", "language_at")


def upgrade() -> None:
    for name in TOLD_AT:
        op.add_column("member", sa.Column(name, MOMENT, nullable=True))
    op.create_table(
        "grid_move",
        sa.Column("tenant_key", KEY, nullable=False),
        sa.Column("team_id", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=True),
        sa.Column("stage", KEY, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        *(
            sa.Column(name, sa.Integer(), server_default="0", nullable=False)
            for name in ("mapped", "unknown", "people", "joined")
        ),
        sa.Column("listed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("trouble", KEY, nullable=True),
        sa.CheckConstraint(
            "stage IN ('moving', 'mapping', 'joining', 'done', 'lapsed')",
            name=op.f("ck_grid_move_stage"),
        ),
        sa.PrimaryKeyConstraint("tenant_key", name="pk_grid_move"),
    )
    op.create_index("ix_grid_move_organisation", "grid_move", ["organisation"])
    op.create_table(
        "grid_move_id",
        sa.Column("tenant_key", KEY, nullable=False),
        sa.Column("slack_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("tenant_key", "slack_id", name="pk_grid_move_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "organisation",
        sa.Column("tenant_key", KEY, nullable=False),
        sa.Column("enterprise_id", KEY, nullable=True),
        sa.Column("choice", KEY, server_default="none", nullable=False),
        sa.Column("chosen", KEY, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "choice IN ('none', 'open', 'made')", name=op.f("ck_organisation_choice")
        ),
        sa.PrimaryKeyConstraint("tenant_key", name="pk_organisation"),
    )
    op.create_table(
        "organisation_team",
        sa.Column("tenant_key", KEY, nullable=False),
        sa.Column("team_id", KEY, nullable=False),
        sa.Column("name", KEY, nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_key", "team_id", name="pk_organisation_team"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_organisation_team_team_id", "organisation_team", ["team_id"])


def downgrade() -> None:
    for name in ("organisation_team", "organisation", "grid_move_id", "grid_move"):
        op.drop_table(name)
    for name in TOLD_AT:
        op.drop_column("member", name)
