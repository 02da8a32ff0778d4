"""growth of members

Follows: 353bd91b1986
"""

import sqlalchemy as sa
from alembic import op

revision: str = "db558c3309fb"
down_revision: str | None = "353bd91b1986"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(255)
MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, KEY, nullable=nullable)


def _id(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", ROW_ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _member(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("member_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=f"fk_{table}_member_id", ondelete="CASCADE"
        ),
    )


def upgrade() -> None:
    op.add_column("member", _key("language", nullable=True))
    op.add_column(
        "member",
        sa.Column("growth_version", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.create_table(
        "assessment",
        *_id("assessment"),
        *_member("assessment"),
        _key("role_key"),
        _key("level_key"),
        _key("skill_key"),
        _key("proficiency_key", nullable=True),
        _key("status"),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "status IN ('not_yet', 'working', 'met', 'not_relevant')",
            name=op.f("ck_assessment_status"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_assessment_member_id", "assessment", ["member_id"])
    op.create_table(
        "evidence",
        *_id("evidence"),
        *_member("evidence"),
        _key("kind"),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        _key("token"),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('note', 'link', 'slack_message')", name=op.f("ck_evidence_kind")
        ),
        sa.UniqueConstraint("member_id", "token", name="uq_evidence_member_id_token"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "evidence_support",
        sa.Column("evidence_id", ROW_ID, nullable=False),
        _key("role_key"),
        _key("level_key"),
        _key("skill_key"),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name="fk_evidence_support_evidence_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "evidence_id", "role_key", "level_key", "skill_key", name="pk_evidence_support"
        ),
    )
    op.create_table(
        "goal",
        *_id("goal"),
        *_member("goal"),
        _key("role_key"),
        _key("level_key"),
        _key("origin_role_key", nullable=True),
        _key("origin_level_key", nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        _key("state"),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('active', 'reached', 'dropped')", name=op.f("ck_goal_state")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_goal_revision_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_goal_member_id", "goal", ["member_id"])
    op.create_index("ix_goal_revision_id", "goal", ["revision_id"])
    active = sa.text("state = 'active'")
    op.create_index(
        "uq_goal_member_id_active",
        "goal",
        ["member_id"],
        unique=True,
        sqlite_where=active,
        postgresql_where=active,
    )
    op.create_table("forgetting", *_id("forgetting"), sa.Column("at", MOMENT, nullable=False))
    op.create_index("ix_forgetting_at", "forgetting", ["at"])


def downgrade() -> None:
    for table in ("forgetting", "goal", "evidence_support", "evidence", "assessment"):
        op.drop_table(table)
    with op.batch_alter_table("member") as member:
        member.drop_column("growth_version")
        member.drop_column("language")
