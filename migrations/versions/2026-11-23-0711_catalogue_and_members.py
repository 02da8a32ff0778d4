"""catalogue and members

Follows: nothing, this is the first.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision: str = "353bd91b1986"
down_revision: str | None = None
branch_labels: None = None
depends_on: None = None

KEY = sa.String(255)
MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key() -> sa.Column[str]:
    return sa.Column("key", KEY, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["revision_id", column],
        [f"{target}.revision_id", f"{target}.id"],
        name=f"fk_{table}_revision_id_{column}",
        ondelete="CASCADE",
    )


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _part(name: str, *items: SchemaItem) -> None:
    """A table whose rows belong to one revision and are numbered within it."""
    op.create_table(
        name,
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *items,
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=f"fk_{name}_revision_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", "id", name=f"pk_{name}"),
    )


def _keyed_part(name: str, *items: SchemaItem) -> None:
    _part(name, _key(), _text("name"), *items, _unique(name, "revision_id", "key"))


def _create_revisions() -> None:
    op.create_table(
        "catalogue",
        sa.Column("id", sa.Integer(), nullable=False),
        _key(),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue"),
        _unique("catalogue", "key"),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        _number("catalogue_id"),
        _number("number"),
        _text("author"),
        _text("note"),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("source_digest", KEY, nullable=False),
        _text("name"),
        sa.Column("base_locale", KEY, nullable=False),
        *map(_number, ("skills", "roles", "expectations")),
        sa.ForeignKeyConstraint(
            ["catalogue_id"],
            ["catalogue.id"],
            name="fk_revision_catalogue_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        _unique("revision", "catalogue_id", "number"),
        sqlite_autoincrement=True,
    )


def _create_ladders() -> None:
    _keyed_part("proficiency", _number("rank"))
    _keyed_part("ladder")
    _part(
        "level",
        _number("ladder_id"),
        _key(),
        _text("name"),
        _number("rank"),
        sa.Column("track", KEY),
        _text("aliases"),
        _refers("level", "ladder_id", "ladder"),
        _unique("level", "revision_id", "ladder_id", "key"),
    )


def _create_skills() -> None:
    _keyed_part("domain")
    _keyed_part(
        "skill_group",
        _number("domain_id"),
        sa.Column("summary", sa.Text()),
        _text("aliases"),
        _refers("skill_group", "domain_id", "domain"),
    )
    _keyed_part(
        "skill",
        _number("group_id"),
        sa.Column("summary", sa.Text()),
        sa.Column("updated_on", sa.Date()),
        _text("aliases"),
        _refers("skill", "group_id", "skill_group"),
    )
    _part(
        "skill_depth",
        _number("skill_id"),
        _number("proficiency_id"),
        _text("text"),
        _refers("skill_depth", "skill_id", "skill"),
        _refers("skill_depth", "proficiency_id", "proficiency"),
        _unique("skill_depth", "revision_id", "skill_id", "proficiency_id"),
    )


def _create_roles() -> None:
    _keyed_part("role_family")
    _keyed_part(
        "role",
        _number("family_id"),
        _number("ladder_id"),
        sa.Column("summary", sa.Text()),
        _text("aliases"),
        _refers("role", "family_id", "role_family"),
        _refers("role", "ladder_id", "ladder"),
    )
    _part(
        "role_focus",
        _number("role_id"),
        _number("level_id"),
        _text("text"),
        _refers("role_focus", "role_id", "role"),
        _refers("role_focus", "level_id", "level"),
        _unique("role_focus", "revision_id", "role_id", "level_id"),
    )


def _create_expectations() -> None:
    _part(
        "expectation",
        *map(_number, ("role_id", "level_id", "skill_id")),
        sa.Column("requirement", KEY, nullable=False),
        sa.Column("proficiency_id", sa.Integer()),
        sa.Column("text", sa.Text()),
        _refers("expectation", "role_id", "role"),
        _refers("expectation", "level_id", "level"),
        _refers("expectation", "skill_id", "skill"),
        _refers("expectation", "proficiency_id", "proficiency"),
        _unique("expectation", "revision_id", "role_id", "level_id", "skill_id"),
        sa.CheckConstraint(
            "requirement IN ('required', 'optional')", name=op.f("ck_expectation_requirement")
        ),
    )
    for column in ("skill_id", "level_id"):
        op.create_index(
            f"ix_expectation_revision_id_{column}", "expectation", ["revision_id", column]
        )
    _part(
        "prompt",
        sa.Column("skill_id", sa.Integer()),
        sa.Column("expectation_id", sa.Integer()),
        _text("text"),
        _refers("prompt", "skill_id", "skill"),
        _refers("prompt", "expectation_id", "expectation"),
        sa.CheckConstraint(
            "(skill_id IS NULL) <> (expectation_id IS NULL)", name=op.f("ck_prompt_one_owner")
        ),
    )
    for column in ("skill_id", "expectation_id"):
        op.create_index(f"ix_prompt_revision_id_{column}", "prompt", ["revision_id", column])
    key = ("revision_id", "kind", "owner_id", "field", "locale")
    _part(
        "translation",
        sa.Column("kind", KEY, nullable=False),
        _number("owner_id"),
        sa.Column("field", KEY, nullable=False),
        sa.Column("locale", KEY, nullable=False),
        _text("text"),
        _unique("translation", *key),
    )


def _create_members() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("tenant_key", KEY, nullable=False),
        sa.Column("enterprise_id", KEY),
        sa.Column("team_id", KEY),
        sa.Column("catalogue_id", sa.Integer()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["catalogue_id"],
            ["catalogue.id"],
            name="fk_workspace_catalogue_id",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_workspace"),
        _unique("workspace", "tenant_key"),
        sa.CheckConstraint(
            "enterprise_id IS NOT NULL OR team_id IS NOT NULL", name=op.f("ck_workspace_tenant")
        ),
    )
    op.create_index("ix_workspace_catalogue_id", "workspace", ["catalogue_id"])
    op.create_table(
        "member",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in ("slack_id", "locale", "time_zone")),
        sa.Column("role_key", KEY),
        sa.Column("level_key", KEY),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_member_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        _unique("member", "workspace_id", "slack_id"),
    )
    op.create_index("ix_member_changed_at", "member", ["changed_at"])


def upgrade() -> None:
    _create_revisions()
    _create_ladders()
    _create_skills()
    _create_roles()
    _create_expectations()
    _create_members()


def downgrade() -> None:
    for table in (
        *("member", "workspace", "translation", "prompt", "expectation", "role_focus", "role"),
        *("role_family", "skill_depth", "skill", "skill_group", "domain", "level", "ladder"),
        *("proficiency", "revision", "catalogue"),
    ):
        op.drop_table(table)
