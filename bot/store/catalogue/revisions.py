"""Published revisions: shared by all workspaces, written once, never changed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Row, Select, Table, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.catalogue.publication import Published, RevisionSummary, StalePreview
from bot.domain.framework import CatalogueContent
from bot.domain.installs.audit import Act
from bot.domain.moves import NO_MOVES, Moves
from bot.domain.pauses import Pause, no_pause
from bot.domain.revision import Catalogue, RevisionInfo
from bot.domain.tenancy import Tenant
from bot.store.audit.acts import note_acts
from bot.store.catalogue.content_reader import ContentReader
from bot.store.catalogue.content_rows import ContentRows
from bot.store.catalogue.feed import NewlyPublished, PublishedMark, published_since
from bot.store.catalogue.moved_keys import moved_rows, read_moves
from bot.store.catalogue.slice_reader import SliceReader
from bot.store.collector import keep_out_of_collections, paused_collector
from bot.store.dialect import insert_into, insert_many, renew_statistics
from bot.store.engine import BULK_LIMIT_MS, transaction
from bot.store.errors import UnknownRevision
from bot.store.isolation.reach import Across, Reach
from bot.store.models import (
    catalogue,
    expectation,
    moved_key,
    prompt,
    revision,
    skill,
    skill_depth,
    translation,
    workspace,
)

BATCH = 2_000
"""Rows per INSERT batch: the event loop is free between two."""

LARGE = 10_000
"""From so many expectations on, a loaded catalogue is worth hiding from the garbage collector."""


class CatalogueStore:
    """Reads and publishes catalogue revisions. Not bound to a tenant: revisions are shared."""

    def __init__(self, *, reader: AsyncEngine, bulk: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._bulk = bulk
        self._timeout_ms = timeout_ms

    async def newest(self) -> Mapping[str, int]:
        """Return the id of each catalogue's newest revision, by catalogue key. One query."""
        query = (
            select(catalogue.c.key, func.max(revision.c.id))
            .join(revision, revision.c.catalogue_id == catalogue.c.id)
            .group_by(catalogue.c.key)
        )
        async with self._reading(self._timeout_ms) as connection:
            rows = (await connection.execute(query)).all()
        return {row[0]: row[1] for row in rows}

    async def newest_of(self, catalogue_key: str) -> int | None:
        """Return the id of a catalogue's newest revision; None where there is none. One query.

        Raises:
            StoreUnavailable: the database failed.
        """
        async with self._reading(self._timeout_ms) as connection:
            found: int | None = await connection.scalar(_NEWEST_OF, {"key": catalogue_key})
        return found

    async def published_since(self, mark: PublishedMark | None) -> NewlyPublished:
        """Return what was published in any catalogue after `mark`; see `published_since`.

        Raises:
            StoreUnavailable: the database failed; ask again with the same mark.
        """
        async with self._reading(self._timeout_ms) as connection:
            return await published_since(connection, mark)

    async def keys(self, *, most: int) -> tuple[str, ...]:
        """Return the keys of the catalogues there are, the oldest first, at most so many.

        Raises:
            StoreUnavailable: the database failed.
        """
        query = select(catalogue.c.key).order_by(catalogue.c.id).limit(most)
        async with self._reading(self._timeout_ms) as connection:
            return tuple((await connection.scalars(query)).all())

    async def load(self, revision_id: int, *, pause: Pause = no_pause) -> Catalogue:
        """Return a whole revision, indexed. Other tasks go on meanwhile.

        Threads do it, and call `pause` now and then.

        Raises:
            UnknownRevision: there is no such revision.
            StoreUnavailable: the database failed.
        """
        with paused_collector():
            async with self._reading(BULK_LIMIT_MS) as connection:
                reader = ContentReader(connection, revision_id, pause)
                info, content = await _read(connection, revision_id, reader)
                moves = await read_moves(connection, revision_id)
            loaded = await asyncio.to_thread(Catalogue, info, content, moves, pause=pause)
            if len(content.expectations) >= LARGE:
                keep_out_of_collections()
        return loaded

    async def load_slice(self, revision_id: int, role_keys: Collection[str]) -> Catalogue:
        """Return as much of a revision as some roles need, indexed.

        It holds the roles, all they expect with prompts and translations, the skills of those
        expectations, and all proficiencies. A role that the revision does not have is not in it.
        The cost is that of these roles, however large the catalogue.

        Raises:
            UnknownRevision: there is no such revision.
            StoreUnavailable: the database failed.
        """
        async with self._reading(self._timeout_ms) as connection:
            reader = SliceReader(connection, revision_id, role_keys)
            return Catalogue(*await _read(connection, revision_id, reader))

    async def moves_of(self, revision_id: int) -> Moves:
        """Return where keys went that older revisions have and this one has not. One query.

        Raises:
            StoreUnavailable: the database failed.
        """
        async with self._reading(self._timeout_ms) as connection:
            return await read_moves(connection, revision_id)

    async def history(self, catalogue_key: str) -> tuple[RevisionInfo, ...]:
        """Return the catalogue's revisions, newest first; none where the key is unknown."""
        query = _revisions().where(catalogue.c.key == catalogue_key)
        async with self._reading(self._timeout_ms) as connection:
            rows = (await connection.execute(query.order_by(revision.c.number.desc()))).all()
        return tuple(_info(row) for row in rows)

    async def made_from(self, catalogue_key: str, source_digest: str) -> RevisionInfo | None:
        """Return the catalogue's newest revision if it was made from this source. One query."""
        query = _newest(catalogue_key)
        async with self._reading(self._timeout_ms) as connection:
            row = (await connection.execute(query)).first()
        return _info(row) if row is not None and row.source_digest == source_digest else None

    async def ever_made_from(self, catalogue_key: str, source_digest: str) -> RevisionInfo | None:
        """Return the catalogue's last revision that was made from this source, newest or not."""
        query = (
            _revisions()
            .where(catalogue.c.key == catalogue_key, revision.c.source_digest == source_digest)
            .order_by(revision.c.id.desc())
            .limit(1)
        )
        async with self._reading(self._timeout_ms) as connection:
            row = (await connection.execute(query)).first()
        return None if row is None else _info(row)

    async def summaries(self) -> tuple[RevisionSummary, ...]:
        """Return every revision in figures: catalogues by key, newest revision first."""
        query = _revisions().add_columns(
            revision.c.name, revision.c.roles, revision.c.skills, revision.c.expectations
        )
        async with self._reading(self._timeout_ms) as connection:
            rows = await connection.execute(query.order_by(catalogue.c.key, revision.c.id.desc()))
        return tuple(
            RevisionSummary(_info(row), row.name, row.roles, row.skills, row.expectations)
            for row in rows
        )

    async def workspaces(self) -> tuple[tuple[Tenant, str | None], ...]:
        """Return every known workspace with the key of its own catalogue; None: the built-in."""
        query = (
            select(workspace.c.team_id, workspace.c.enterprise_id, catalogue.c.key)
            .outerjoin(catalogue, catalogue.c.id == workspace.c.catalogue_id)
            .order_by(workspace.c.id)
        )
        async with self._reading(self._timeout_ms, Across.OPERATING) as connection:
            rows = (await connection.execute(query)).all()
        return tuple((Tenant(team, enterprise), key) for team, enterprise, key in rows)

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
        newest = _newest(catalogue_key)
        async with self._publishing(tenant) as connection:
            catalogue_id = await _lock_catalogue(connection, catalogue_key, at)
            row = (await connection.execute(newest)).first()
            if row is not None and row.source_digest == source_digest:
                return Published(_info(row), is_new=False)
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
        known = _revisions().where(
            catalogue.c.key == catalogue_key, revision.c.source_digest == source_digest
        )
        known = known.order_by(revision.c.number.desc()).limit(1)
        async with self._reading(self._timeout_ms) as connection:
            row = (await connection.execute(known)).first()
        if row is not None:
            return _info(row)
        content = content_factory()  # before the lock: it may take a while
        rows = ContentRows(content)
        rows.check()
        values = _revision_values(content, author, note, at, source_digest)
        async with self._publishing() as connection:
            catalogue_id = await _lock_catalogue(connection, catalogue_key, at)
            row = (await connection.execute(known)).first()
            if row is not None:
                return _info(row)
            return await _insert(connection, catalogue_id, values, rows)

    @asynccontextmanager
    async def _reading(
        self, timeout_ms: int, reach: Reach = None
    ) -> AsyncIterator[AsyncConnection]:
        async with transaction(self._reader, timeout_ms=timeout_ms, reach=reach) as connection:
            yield connection

    @asynccontextmanager
    async def _publishing(self, tenant: Tenant | None = None) -> AsyncIterator[AsyncConnection]:
        async with transaction(self._bulk, timeout_ms=BULK_LIMIT_MS, reach=tenant) as connection:
            yield connection


def _revisions() -> Select[Any]:
    return select(
        revision.c.id,
        catalogue.c.key,
        revision.c.number,
        revision.c.author,
        revision.c.note,
        revision.c.published_at,
    ).join(catalogue, catalogue.c.id == revision.c.catalogue_id)


async def _read(
    connection: AsyncConnection, revision_id: int, reader: ContentReader | SliceReader
) -> tuple[RevisionInfo, CatalogueContent]:
    row = (await connection.execute(_REVISION, {"revision": revision_id})).first()
    if row is None:
        raise UnknownRevision(revision_id=revision_id)
    *_, name, base_locale = row
    return _info(row), await reader.read(name=name, base_locale=base_locale)


# Built once, for each load asks these.
_NEWEST_OF = (
    select(func.max(revision.c.id))
    .join(catalogue, catalogue.c.id == revision.c.catalogue_id)
    .where(catalogue.c.key == bindparam("key"))
)
_REVISION = (
    _revisions()
    .add_columns(revision.c.name, revision.c.base_locale)
    .where(revision.c.id == bindparam("revision"))
)


def _newest(catalogue_key: str) -> Select[Any]:
    """Select a catalogue's newest revision, with the digest of its source."""
    query = _revisions().add_columns(revision.c.source_digest)
    return query.where(catalogue.c.key == catalogue_key).order_by(revision.c.number.desc()).limit(1)


def _info(row: Row[Any]) -> RevisionInfo:
    return RevisionInfo(
        id=row.id,
        catalogue_key=row.key,
        number=row.number,
        author=row.author,
        note=row.note,
        published_at=row.published_at,
    )


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
    row = await connection.execute(_revisions().where(revision.c.id == revision_id))
    return _info(row.one())


async def _insert_batches(
    connection: AsyncConnection, table: Table, revision_id: int, rows: Iterator[dict[str, Any]]
) -> None:
    numbered: Iterable[dict[str, Any]] = ({"revision_id": revision_id} | row for row in rows)
    iterator = iter(numbered)
    while batch := list(islice(iterator, BATCH)):
        await insert_many(connection, table, batch)
        await asyncio.sleep(0)
