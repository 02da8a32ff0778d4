"""The repository of evidence: kept once per submission, edited and deleted by its member."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.growth.evidence import EvidenceKind
from bot.store.dialect import insert_into
from bot.store.growth.models import evidence, evidence_support
from bot.store.owners import Owner


class EvidenceRepository:
    """Writes the evidence of members that this transaction holds; no other's can be reached."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self,
        owner: Owner,
        *,
        kind: EvidenceKind,
        note: str,
        url: str | None,
        supports: Iterable[CellKey],
        token: str,
        at: datetime,
    ) -> int:
        """Keep a piece and return its id; one already kept under this token stays as it is."""
        added = (
            insert_into(self._connection, evidence)
            .values(
                member_id=owner.member_id,
                kind=kind.value,
                note=note,
                url=url,
                token=token,
                added_at=at,
            )
            .on_conflict_do_nothing(index_elements=[evidence.c.member_id, evidence.c.token])
            .returning(evidence.c.id)
        )
        evidence_id: int | None = await self._connection.scalar(added)
        if evidence_id is None:
            known = select(evidence.c.id).where(
                evidence.c.member_id == owner.member_id, evidence.c.token == token
            )
            return int((await self._connection.execute(known)).scalar_one())
        await self._support(evidence_id, supports)
        return evidence_id

    async def edit(
        self,
        owner: Owner,
        evidence_id: int,
        *,
        kind: EvidenceKind,
        note: str,
        url: str | None,
        supports: Iterable[CellKey],
    ) -> bool:
        """Replace a piece; False where the member has no such piece."""
        changed = await self._connection.execute(
            update(evidence)
            .where(evidence.c.id == evidence_id, evidence.c.member_id == owner.member_id)
            .values(kind=kind.value, note=note, url=url)
        )
        if changed.rowcount != 1:
            return False
        await self._connection.execute(
            delete(evidence_support).where(evidence_support.c.evidence_id == evidence_id)
        )
        await self._support(evidence_id, supports)
        return True

    async def delete(self, owner: Owner, evidence_id: int) -> bool:
        """Delete a piece; False where the member has no such piece."""
        gone = await self._connection.execute(
            delete(evidence).where(
                evidence.c.id == evidence_id, evidence.c.member_id == owner.member_id
            )
        )
        return gone.rowcount == 1

    async def count(self, owner: Owner) -> int:
        """Return how many pieces the member keeps."""
        query = select(func.count()).where(evidence.c.member_id == owner.member_id)
        return int((await self._connection.execute(query)).scalar_one())

    async def _support(self, evidence_id: int, supports: Iterable[CellKey]) -> None:
        rows = [
            {
                "evidence_id": evidence_id,
                "role_key": cell.role,
                "level_key": cell.level,
                "skill_key": cell.skill,
            }
            for cell in sorted(set(supports))
        ]
        if rows:
            await self._connection.execute(insert(evidence_support), rows)
