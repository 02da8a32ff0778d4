"""effects and changes

Follows: e26a0b7d1c94

Triggers note each change of a member, so that no way of writing can forget to, and versions before
this one note theirs as well. Whoever copies the table `member` later makes them anew.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "c41f7be05d92"
down_revision: str | None = "e26a0b7d1c94"
branch_labels: None = None
depends_on: None = None

KEY = sa.String(length=255)
MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

POSTGRESQL = (
    """
    CREATE FUNCTION note_member_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO change (xid, team_id, enterprise_id, slack_id)
        SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint),
            workspace.team_id, workspace.enterprise_id, rows.slack_id
        FROM rows JOIN workspace ON workspace.id = rows.workspace_id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION note_member_gone() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM rows) THEN
            DELETE FROM change WHERE slack_id IN (SELECT slack_id FROM rows);
            INSERT INTO change (xid) VALUES (CAST(CAST(pg_current_xact_id() AS text) AS bigint));
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER member_added AFTER INSERT ON member REFERENCING NEW TABLE AS rows
    FOR EACH STATEMENT EXECUTE FUNCTION note_member_change()
    """,
    """
    CREATE TRIGGER member_changed AFTER UPDATE ON member REFERENCING NEW TABLE AS rows
    FOR EACH STATEMENT EXECUTE FUNCTION note_member_change()
    """,
    """
    CREATE TRIGGER member_gone AFTER DELETE ON member REFERENCING OLD TABLE AS rows
    FOR EACH STATEMENT EXECUTE FUNCTION note_member_gone()
    """,
)
SQLITE = (
    """
    CREATE TRIGGER member_added AFTER INSERT ON member BEGIN
        INSERT INTO change (team_id, enterprise_id, slack_id)
        SELECT team_id, enterprise_id, NEW.slack_id FROM workspace WHERE id = NEW.workspace_id;
    END
    """,
    """
    CREATE TRIGGER member_changed AFTER UPDATE ON member BEGIN
        INSERT INTO change (team_id, enterprise_id, slack_id)
        SELECT team_id, enterprise_id, NEW.slack_id FROM workspace WHERE id = NEW.workspace_id;
    END
    """,
    """
    CREATE TRIGGER member_gone AFTER DELETE ON member BEGIN
        DELETE FROM change WHERE slack_id = OLD.slack_id;
        INSERT INTO change (slack_id) VALUES (NULL);
    END
    """,
)


def upgrade() -> None:
    op.create_table(
        "effect",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("tenant_key", KEY, nullable=False),
        sa.Column("team_id", KEY, nullable=True),
        sa.Column("enterprise_id", KEY, nullable=True),
        sa.Column("slack_id", KEY, nullable=True),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reason", KEY, nullable=True),
        sa.Column("holder", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_effect_due_at"), "effect", ["due_at"])
    op.create_index(op.f("ix_effect_tenant_key"), "effect", ["tenant_key"])
    op.create_table(
        "change",
        sa.Column("seq", ROW_ID, nullable=False),
        sa.Column("xid", sa.BigInteger(), nullable=True),
        sa.Column("team_id", KEY, nullable=True),
        sa.Column("enterprise_id", KEY, nullable=True),
        sa.Column("slack_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_change_xid"), "change", ["xid"])
    op.create_index(op.f("ix_change_slack_id"), "change", ["slack_id"])
    for statement in POSTGRESQL if op.get_context().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    postgresql = op.get_context().dialect.name == "postgresql"
    for name in ("member_added", "member_changed", "member_gone"):
        op.execute(f"DROP TRIGGER {name} ON member" if postgresql else f"DROP TRIGGER {name}")
    if postgresql:
        op.execute("DROP FUNCTION note_member_change")
        op.execute("DROP FUNCTION note_member_gone")
    op.drop_table("change")
    op.drop_table("effect")
