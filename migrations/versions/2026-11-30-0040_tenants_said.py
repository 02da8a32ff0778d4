"""tenants said

Follows: c14f8a6e20b7

It changes nothing. From here on each transaction says whose rows it wants, so that the database
may be locked for it: see docs/decisions/0031-a-second-lock.md. A version from before does not start
on a locked database, for it would see nothing there.
"""

revision: str = "b7d15c2e9f04"
down_revision: str | None = "c14f8a6e20b7"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None: ...


def downgrade() -> None: ...
