"""shares and letters

Follows: c41d7be09a35
"""

import sqlalchemy as sa
from alembic import op

revision: str = "a7e30c52d918"
down_revision: str | None = "c41d7be09a35"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(length=255)
MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "share",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("member_id", ROW_ID, nullable=False),
        sa.Column("other_member_id", ROW_ID, nullable=False),
        sa.Column("goal_id", ROW_ID, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        *(
            sa.Column(name, MOMENT, nullable=True)
            for name in (
                "accepted_at",
                "shows_from",
                "renew_at",
                "asked_again_at",
                "checked_at",
                "ended_at",
            )
        ),
        sa.Column("why_ended", KEY, nullable=True),
        sa.CheckConstraint("state IN ('asked', 'accepted', 'ended')", name=op.f("ck_share_state")),
        _refers("share", "member_id", "member"),
        _refers("share", "other_member_id", "member"),
        _refers("share", "goal_id", "goal"),
        sa.PrimaryKeyConstraint("id", name="pk_share"),
        sqlite_autoincrement=True,
    )
    for name in ("member_id", "other_member_id", "goal_id"):
        op.create_index(f"ix_share_{name}", "share", [name])
    op.create_index(
        "uq_share_goal_id_other_member_id_open",
        "share",
        ["goal_id", "other_member_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_table(
        "share_evidence",
        sa.Column("share_id", ROW_ID, nullable=False),
        sa.Column("evidence_id", ROW_ID, nullable=False),
        _refers("share_evidence", "share_id", "share"),
        _refers("share_evidence", "evidence_id", "evidence"),
        sa.PrimaryKeyConstraint("share_id", "evidence_id", name="pk_share_evidence"),
    )
    op.create_index("ix_share_evidence_evidence_id", "share_evidence", ["evidence_id"])
    op.create_table(
        "share_look",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("share_id", ROW_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", KEY, nullable=False),
        sa.Column("view_id", KEY, nullable=True),
        _refers("share_look", "share_id", "share"),
        sa.PrimaryKeyConstraint("id", name="pk_share_look"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_share_look_share_id", "share_look", ["share_id"])
    op.create_table(
        "letter",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("member_id", ROW_ID, nullable=False),
        sa.Column("author_member_id", ROW_ID, nullable=False),
        sa.Column("share_id", ROW_ID, nullable=True),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("subject", ROW_ID, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sending_at", MOMENT, nullable=True),
        *(sa.Column(name, KEY, nullable=True) for name in ("reason", "channel", "ts")),
        sa.Column("files", sa.Text(), server_default="[]", nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'sending', 'sent', 'unknown', 'recalled', 'withheld')",
            name=op.f("ck_letter_state"),
        ),
        _refers("letter", "member_id", "member"),
        _refers("letter", "author_member_id", "member"),
        _refers("letter", "share_id", "share"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sqlite_autoincrement=True,
    )
    for name in ("member_id", "author_member_id", "share_id", "subject"):
        op.create_index(f"ix_letter_{name}", "letter", [name])


def downgrade() -> None:
    for name in ("letter", "share_look", "share_evidence", "share"):
        op.drop_table(name)
