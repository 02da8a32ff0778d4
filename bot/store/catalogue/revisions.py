"""Publishing revisions: shared by all workspaces, written once, never changed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.catalogue.publication import Published, StalePreview
from bot.domain.framework import CatalogueContent
from bot.domain.installs.audit import Act
from bot.domain.moves import NO_MOVES, Moves
from bot.domain.revision import RevisionInfo
from bot.domain.tenancy import Tenant
from bot.store.audit.acts import note_acts
from bot.store.catalogue.content_rows import ContentRows
from bot.store.catalogue.moved_keys import moved_rows, read_moves
from bot.store.catalogue.published import PublishedRevisions, info_of, newest_query, revisions_query
from bot.store.catalogue.revision_models import (
    expectation,
    moved_key,
    prompt,
    skill,
    skill_depth,
    translation,
)
from bot.store.dialect import insert_into, insert_many, renew_statistics
from bot.store.engine import BULK_LIMIT_MS, transaction
from bot.store.models import catalogue, revision

BATCH = 2_000
"""Rows per INSERT batch: the event loop is free between two."""


class CatalogueStore(PublishedRevisions):
    """Reads and publishes catalogue revisions, each publication in one transaction."""

    def __init__(self, *, reader: AsyncEngine, bulk: AsyncEngine, timeout_ms: int) -> None:
        super().__init__(reader=reader, timeout_ms=timeout_ms)
        self._bulk = bulk

    async def publish(
        self,
        content: CatalogueContent,
        *,
        catalogue_key: str,
        author: str,
        note: str,
        at: datetime,
        source_digest: str = "",
    ) -> RevisionInfo:
        """Publish `content` as the catalogue's next revision, in one transaction.

        The catalogue is created with its first revision. Publishers of one catalogue wait for each
        other, so numbers have no holes and no doubles.

        Raises:
            InvalidContent: the content contradicts itself. Nothing is written.
            UnstorableText: a text cannot be kept by both databases. Nothing is written.
            StoreUnavailable: the database failed. Nothing is written.
        """
        rows = ContentRows(content)
        rows.check()
        values = _revision_values(content, author, note, at, source_digest)
        async with self._publishing() as connection:
            catalogue_id = await _lock_catalogue(connection, catalogue_key, at)
            return await _insert(connection, catalogue_id, values, rows)

    async def publish_changed(
        self,
        content: CatalogueContent,
        *,
        catalogue_key: str,
        author: str,
        note: str,
        at: datetime,
        source_digest: str,
        expected: int | None = None,
        moves: Callable[[Moves], Moves] = lambda before: before,
        act: Act | None = None,
        tenant: Tenant | None = None,
    ) -> Published:
        """Publish as `publish` does, unless the newest revision was made from the same source.

        Also of two processes that publish the same at once, only one writes. `expected` is the
        number of the revision that must still be the newest, 0 for none at all. `moves`
        makes where keys of older revisions went out of where they did in the newest one. `act` is
        noted with what was published, in `tenant` where a member of it acts.

        Raises:
            StalePreview: another revision is the newest by now. Nothing is written.
            InvalidContent, UnstorableText, StoreUnavailable: as in `publish`.
        """
        rows = ContentRows(content)
        rows.check()
        values = _revision_values(content, author, note, at, source_digest)
        newest = newest_query(catalogue_key)
        async with self._publishing(tenant) as connection:
            catalogue_id = await _lock_catalogue(connection, catalogue_key, at)
            row = (await connection.execute(newest)).first()
            if row is not None and row.source_digest == source_digest:
                return Published(info_of(row), is_new=False)
            number = 0 if row is None else row.number
            if expected not in (None, number):
                raise StalePreview(number=number)
            before = NO_MOVES if row is None else await read_moves(connection, row.id)
            info = await _insert(connection, catalogue_id, values, rows)
            await _insert_batches(connection, moved_key, info.id, moved_rows(moves(before)))
            if act is not None:
                done = replace(act, detail=f"{catalogue_key}@{info.number}{act.detail}")
                await note_acts(connection, tenant, done, at=at)
            return Published(info, is_new=True)

    async def ensure(
        self,
        content_factory: Callable[[], CatalogueContent],
        *,
        catalogue_key: str,
        author: str,
        note: str,
        at: datetime,
        source_digest: str,
    ) -> RevisionInfo:
        """Return the revision made from this source, publishing it when there is none.

        Of several processes that start at once exactly one publishes.

        Args:
            content_factory: called only when no revision has this digest yet.
            source_digest: identifies the source the content comes from; not empty.
            catalogue_key, author, note, at: as in `publish`.

        Raises:
            ValueError: the digest is empty.
            InvalidContent, UnstorableText, StoreUnavailable: as in `publish`.
        """
        if not source_digest:
            raise ValueError("a source digest may not be empty")
        known = revisions_query().where(
            catalogue.c.key == catalogue_key, revision.c.source_digest == source_digest
        )
        known = known.order_by(revision.c.number.desc()).limit(1)
        async with self._reading(self._timeout_ms) as connection:
            row = (await connection.execute(known)).first()
        if row is not None:
            return info_of(row)
        content = content_factory()  # before the lock: it may take a while
        rows = ContentRows(content)
        rows.check()
        values = _revision_values(content, author, note, at, source_digest)
        async with self._publishing() as connection:
            catalogue_id = await _lock_catalogue(connection, catalogue_key, at)
            row = (await connection.execute(known)).first()
            if row is not None:
                return info_of(row)
            return await _insert(connection, catalogue_id, values, rows)

    @asynccontextmanager
    async def _publishing(self, tenant: Tenant | None = None) -> AsyncIterator[AsyncConnection]:
        async with transaction(self._bulk, timeout_ms=BULK_LIMIT_MS, reach=tenant) as connection:
            yield connection


def _revision_values(
    content: CatalogueContent, author: str, note: str, at: datetime, source_digest: str
) -> dict[str, Any]:
    return {
        "author": author,
        "note": note,
        "published_at": at,
        "source_digest": source_digest,
        "name": content.name.base,
        "base_locale": content.base_locale,
        "skills": len(content.skills),
        "roles": len(content.roles),
        "expectations": len(content.expectations),
    }


async def _lock_catalogue(connection: AsyncConnection, key: str, at: datetime) -> int:
    """Return the catalogue's id; until the transaction ends nobody else publishes to it."""
    await connection.execute(
        insert_into(connection, catalogue)
        .values(key=key, created_at=at)
        .on_conflict_do_nothing(index_elements=[catalogue.c.key])
    )
    # key_share: members' workspaces may refer to the catalogue meanwhile. SQLite has no row locks
    # and needs none: BEGIN IMMEDIATE lets only one write.
    locked = select(catalogue.c.id).where(catalogue.c.key == key).with_for_update(key_share=True)
    return int((await connection.execute(locked)).scalar_one())


async def _insert(
    connection: AsyncConnection,
    catalogue_id: int,
    values: Mapping[str, Any],
    rows: ContentRows,
) -> RevisionInfo:
    number = await connection.scalar(
        select(func.coalesce(func.max(revision.c.number), 0) + 1).where(
            revision.c.catalogue_id == catalogue_id
        )
    )
    inserted = await connection.execute(
        insert(revision)
        .values(catalogue_id=catalogue_id, number=number, **values)
        .returning(revision.c.id)
    )
    revision_id = int(inserted.scalar_one())
    for table, table_rows in rows.tables():
        await _insert_batches(connection, table, revision_id, table_rows)
    await renew_statistics(connection, (expectation, prompt, skill, skill_depth, translation))
    return await _read_info(connection, revision_id)


async def _read_info(connection: AsyncConnection, revision_id: int) -> RevisionInfo:
    row = await connection.execute(revisions_query().where(revision.c.id == revision_id))
    return info_of(row.one())


async def _insert_batches(
    connection: AsyncConnection, table: Table, revision_id: int, rows: Iterator[dict[str, Any]]
) -> None:
    numbered: Iterable[dict[str, Any]] = ({"revision_id": revision_id} | row for row in rows)
    iterator = iter(numbered)
    while batch := list(islice(iterator, BATCH)):
        await insert_many(connection, table, batch)
        await asyncio.sleep(0)
