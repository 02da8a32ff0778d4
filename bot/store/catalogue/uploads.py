"""Uploads of one tenant's owners that are on their way to be published: one for each owner."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.catalogue.uploading import BegunUpload, Found, UploadStep
from bot.store.catalogue.models import catalogue_upload as upload
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.models import workspace
from bot.store.owners import Owners


class UploadRepository:
    """Reads and writes the uploads of the tenant it is bound to, and no other."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    # Made only where they are asked for: every transaction has one of these, and few ask.
    @property
    def _workspace_id(self) -> ScalarSelect[Any]:
        return self._owners.workspace_id()

    @property
    def _mine(self) -> ColumnElement[bool]:
        return upload.c.workspace_id == self._workspace_id

    async def begin(self, made: BegunUpload) -> BegunUpload:
        """Keep an upload in place of the one that its author had; return it with its id."""
        # Two forms that are sent at the same moment come one after the other.
        held = select(workspace.c.id).where(workspace.c.id == self._workspace_id).with_for_update()
        await self._connection.execute(held)
        await self.forget(made.author_id)
        values = {
            "workspace_id": self._workspace_id,
            "author_id": made.author_id,
            "file": made.file,
            "file_name": made.file_name,
            "mapping": made.mapping,
            "name": made.name,
            "note": made.note,
            "answers": json.dumps({**made.answers}),
            "step": made.step.value,
            "channel": made.channel,
            "ts": made.ts,
            "found": json.dumps(asdict(made.found)),
            "changed_at": made.changed_at,
        }
        added = await self._connection.execute(insert(upload).values(values).returning(*upload.c))
        return _upload(added.one())

    async def of(self, author_id: str) -> BegunUpload | None:
        """Return the upload of this author, if there is one."""
        query = select(upload).where(self._mine, upload.c.author_id == author_id)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _upload(row)

    async def answer(
        self, id_: int, author_id: str, answers: Mapping[str, str], *, at: datetime
    ) -> bool:
        """Keep answers; False where the upload is gone."""
        said = json.dumps({**answers})
        step = UploadStep.READING.value
        return await self._change(id_, author_id, answers=said, step=step, changed_at=at)

    async def tell(
        self,
        id_: int,
        author_id: str,
        step: UploadStep,
        found: Found,
        *,
        told_at: tuple[str, str],
        at: datetime,
    ) -> bool:
        """Keep how far it is, what was found, and the channel and ts of the message that tells it.

        False where the upload is gone.
        """
        channel, ts = told_at
        said = json.dumps(asdict(found))
        return await self._change(
            id_, author_id, step=step.value, found=said, channel=channel, ts=ts, changed_at=at
        )

    async def drop(self, id_: int, author_id: str) -> bool:
        """Delete an upload; True for the one that did."""
        gone = delete(upload).where(upload.c.id == id_, self._mine, upload.c.author_id == author_id)
        return (await self._connection.execute(gone)).rowcount == 1

    async def forget(self, slack_id: str) -> None:
        """Delete what a person has uploaded."""
        await self._connection.execute(
            delete(upload).where(self._mine, upload.c.author_id == slack_id)
        )

    async def _change(self, id_: int, author_id: str, **values: Any) -> bool:
        changed = (
            update(upload)
            .where(upload.c.id == id_, self._mine, upload.c.author_id == author_id)
            .values(**values)
        )
        return (await self._connection.execute(changed)).rowcount == 1


class OldUploads:
    """Uploads of all workspaces that nobody went on with."""

    def __init__(self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms

    async def drop(self, *, before: datetime) -> int:
        """Delete those untouched since; return how many. Writes nothing where there are none.

        Raises:
            StoreUnavailable: the database failed.
        """
        old = upload.c.changed_at < before
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.SWEEPING
        ) as connection:
            if await connection.scalar(select(upload.c.id).where(old).limit(1)) is None:
                return 0
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.SWEEPING
        ) as connection:
            return (await connection.execute(delete(upload).where(old))).rowcount


def _found(figures: dict[str, int]) -> Found:
    """Return what was found; a figure that only a newer version knows is left out."""
    known = {each.name for each in fields(Found)}
    return Found(**{name: figure for name, figure in figures.items() if name in known})


def _upload(row: Row[Any]) -> BegunUpload:
    return BegunUpload(
        id=row.id,
        author_id=row.author_id,
        file=row.file,
        file_name=row.file_name,
        changed_at=row.changed_at,
        mapping=row.mapping,
        name=row.name,
        note=row.note,
        answers=json.loads(row.answers),
        step=UploadStep(row.step),
        found=_found(json.loads(row.found)),
        channel=row.channel,
        ts=row.ts,
    )
