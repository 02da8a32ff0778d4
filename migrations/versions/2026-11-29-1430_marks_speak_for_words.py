"""marks speak for words

Follows: a4c17e90b3d2
"""

import sqlalchemy as sa
from alembic import op

revision: str = "c81f5be20d47"
down_revision: str | None = "a4c17e90b3d2"
branch_labels: None = None
depends_on: None = None

MOMENT = sa.DateTime(timezone=True)

# The revision in force when something was marked: of the catalogue that the member's workspace
# uses, or of the built-in one for marks from before that had any.
IN_FORCE = """
    UPDATE assessment SET revision_id = (
        SELECT revision.id
        FROM revision
        JOIN catalogue ON catalogue.id = revision.catalogue_id
        JOIN member ON member.id = assessment.member_id
        JOIN workspace ON workspace.id = member.workspace_id
        WHERE revision.published_at <= assessment.at
          AND (catalogue.id = workspace.catalogue_id OR catalogue.key = 'built-in')
        ORDER BY
            CASE WHEN catalogue.id = workspace.catalogue_id THEN 0 ELSE 1 END,
            revision.published_at DESC,
            revision.number DESC
        LIMIT 1
    )
"""
# Whoever never marked anything sees no other figures than before.
RECOUNTED = """
    UPDATE goal SET recounted_at = CURRENT_TIMESTAMP
    WHERE state <> 'dropped'
      AND EXISTS (SELECT 1 FROM assessment WHERE assessment.member_id = goal.member_id)
"""


def upgrade() -> None:
    op.add_column("proficiency", sa.Column("summary", sa.Text(), nullable=True))
    op.add_column("assessment", sa.Column("revision_id", sa.Integer(), nullable=True))
    op.add_column("assessment", sa.Column("withdraws", sa.Boolean(), nullable=True))
    op.add_column("goal", sa.Column("recounted_at", MOMENT, nullable=True))
    op.add_column("goal", sa.Column("recount_told_at", MOMENT, nullable=True))
    op.execute(IN_FORCE)
    op.execute(RECOUNTED)


def downgrade() -> None:
    op.drop_column("goal", "recount_told_at")
    op.drop_column("goal", "recounted_at")
    op.drop_column("assessment", "withdraws")
    op.drop_column("assessment", "revision_id")
    op.drop_column("proficiency", "summary")
