"""Whose rows: the proof that a member was found within the tenant, and locked for writing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.models import member, workspace


@dataclass(frozen=True, slots=True)
class Owner:
    """A member's row, held by this transaction until it ends. Only `Owners.hold` makes one."""

    member_id: int


class Owners:
    """Finds members of one tenant."""

    def __init__(self, connection: AsyncConnection, tenant_key: str) -> None:
        self._connection = connection
        self._key = tenant_key

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
            .returning(member.c.id)
        )
        member_id = await self._connection.scalar(held)
        return None if member_id is None else Owner(member_id)


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
