"""Whose rows: the proof that a member was found within the tenant, and locked for writing.

Locks have one order on PostgreSQL: first the people, then what is between them (shares, asks),
then what was written of it (letters, marks). Whoever writes a letter refers to people, and so waits
for somebody who is being forgotten: had they locked a share before, forgetting would wait for them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    bindparam,
    case,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.models import member, workspace
from bot.values import dataclass

KEPT = ("slack_id", "locale", "time_zone", "role_key", "level_key", "language")
"""Columns of `member` that a `Member` has."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A member's row, held by this transaction until it ends. Only `Owners.hold` makes one.

    `version` is what the member's version is from now on.
    """

    member_id: int
    version: int


OWNER = (
    select(member)
    .join(workspace, workspace.c.id == member.c.workspace_id)
    .where(
        workspace.c.tenant_key == bindparam("tenant_key"),
        member.c.slack_id == bindparam("slack_id"),
    )
    .cte("owner")
)
"""One tenant's member within a statement; see `Owners.named`."""
THE_OWNER = select(OWNER.c.id)
"""Their id, as what a column is `in_`."""


class Owners:
    """Finds members of one tenant."""

    def __init__(self, connection: AsyncConnection, tenant_key: str) -> None:
        self._connection = connection
        self._key = tenant_key

    def named(self, slack_id: str) -> Mapping[str, str]:
        """Return the values that `OWNER` asks for."""
        return {"tenant_key": self._key, "slack_id": slack_id}

    def is_owner(self, slack_id: str) -> ColumnElement[bool]:
        """Return the condition on `member` that names this tenant's member."""
        return (member.c.workspace_id == self.workspace_id()) & (member.c.slack_id == slack_id)

    def workspace_id(self) -> ScalarSelect[Any]:
        """Return the tenant's workspace id, as a subquery."""
        return select(workspace.c.id).where(workspace.c.tenant_key == self._key).scalar_subquery()

    async def hold(self, slack_id: str, *, at: datetime) -> Owner | None:
        """Hold the member's row for a change of what they own; None where there is no such member.

        Whoever else wants to change the same member waits until this transaction ends. The
        member's version rises, so that every cache of the member learns of the change. It rises
        also where nothing is written in the end: that costs each cache one read, and to find out
        first would cost every change one.
        """
        held = (
            update(member)
            .where(self.is_owner(slack_id))
            .values(growth_version=_next_version(at), changed_at=changed(at))
            .returning(member.c.id, member.c.growth_version)
        )
        row = (await self._connection.execute(held)).one_or_none()
        return None if row is None else Owner(row.id, row.growth_version)


def keeping(query: Select[Any], *people: FromClause) -> Select[Any]:
    """Return a query whose people nobody forgets until the transaction ends.

    Everything else may happen to them meanwhile. Where one is just being forgotten it waits, and
    then finds nothing of them.
    """
    return query.with_for_update(read=True, key_share=True, of=people)


def changed(at: datetime) -> ColumnElement[datetime]:
    """Return what `member.changed_at` becomes by a change at `at`: it never goes back."""
    moment = literal(at, type_=member.c.changed_at.type)
    return case((member.c.changed_at > moment, member.c.changed_at), else_=moment)


def _next_version(at: datetime) -> ColumnElement[int]:
    """Count on, from the moment in milliseconds at least.

    So a member who was forgotten and came back has no version that anything remembers.
    """
    moment = int(at.timestamp() * 1000)
    version = member.c.growth_version
    return case((version < moment, moment), else_=version + 1)
