"""helpers

Follows: d92c4f16ae07
"""

import sqlalchemy as sa
from alembic import op

revision: str = "5d0e9a71c3b8"
down_revision: str | None = "d92c4f16ae07"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(length=255)
MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _member(table: str, column: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column(column, ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            [column], ["member.id"], name=f"fk_{table}_{column}", ondelete="CASCADE"
        ),
    )


def _workspace(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=f"fk_{table}_workspace_id",
            ondelete="CASCADE",
        ),
    )


def upgrade() -> None:
    op.create_table(
        "skill_offer",
        sa.Column("id", ROW_ID, nullable=False),
        *_member("skill_offer", "member_id"),
        sa.Column("side", KEY, nullable=False),
        sa.Column("skill_key", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("side IN ('help', 'learn')", name=op.f("ck_skill_offer_side")),
        sa.PrimaryKeyConstraint("id", name="pk_skill_offer"),
        sa.UniqueConstraint(
            "member_id", "side", "skill_key", name="uq_skill_offer_member_id_side_skill_key"
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "helper",
        *_member("helper", "member_id"),
        sa.Column("barred", KEY, nullable=True),
        sa.Column("checked_at", MOMENT, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("member_id", name="pk_helper"),
    )
    op.create_index("ix_helper_checked_at", "helper", ["checked_at"])
    op.create_table(
        "skill_pair",
        sa.Column("id", ROW_ID, nullable=False),
        *_member("skill_pair", "helper_id"),
        *_member("skill_pair", "learner_id"),
        sa.Column("skill_key", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("helper_said", sa.Boolean(), nullable=True),
        sa.Column("learner_said", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'introduced', 'declined', 'lapsed')",
            name=op.f("ck_skill_pair_state"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_skill_pair"),
        sa.UniqueConstraint(
            "helper_id",
            "learner_id",
            "skill_key",
            name="uq_skill_pair_helper_id_learner_id_skill_key",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_skill_pair_learner_id", "skill_pair", ["learner_id"])
    op.create_table(
        "adoption_month",
        *_workspace("adoption_month"),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("counted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "month", name="pk_adoption_month"),
    )
    op.create_table(
        "adoption",
        *_workspace("adoption"),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("figure", KEY, nullable=False),
        sa.Column("role_key", KEY, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "figure IN ('goals', 'nudges', 'assessments', 'evidence')",
            name=op.f("ck_adoption_figure"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "month", "figure", "role_key", name="pk_adoption"),
    )


def downgrade() -> None:
    for name in ("adoption", "adoption_month", "skill_pair", "helper", "skill_offer"):
        op.drop_table(name)
