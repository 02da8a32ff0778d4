"""What is published: read by whoever asks, and heard of by those who hold it in memory."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.catalogue.publication import RevisionSummary
from bot.domain.framework import CatalogueContent
from bot.domain.moves import Moves
from bot.domain.revision import Catalogue, RevisionInfo
from bot.domain.tenancy import Tenant
from bot.domain.text import LocalText
from bot.pauses import Pause, no_pause
from bot.store.catalogue.content_reader import ContentReader
from bot.store.catalogue.feed import NewlyPublished, PublishedMark, published_since
from bot.store.catalogue.former_names import former_names
from bot.store.catalogue.moved_keys import read_moves
from bot.store.catalogue.slice_reader import SliceReader
from bot.store.collector import keep_out_of_collections, paused_collector
from bot.store.engine import BULK_LIMIT_MS, transaction
from bot.store.errors import UnknownRevision
from bot.store.isolation.reach import Across, Reach
from bot.store.models import catalogue, revision, workspace

LARGE = 10_000
"""From so many expectations on, a loaded catalogue is worth hiding from the garbage collector."""


class PublishedRevisions:
    """Reads catalogue revisions. Not bound to a tenant: revisions are shared."""

    def __init__(self, *, reader: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
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

    async def former_names(
        self, catalogue_key: str, kind: str, keys: Collection[str], *, role: str = ""
    ) -> Mapping[str, LocalText]:
        """Return what things were called last in a catalogue; see `former_names`.

        Raises:
            StoreUnavailable: the database failed.
        """
        async with self._reading(self._timeout_ms) as connection:
            return await former_names(connection, catalogue_key, kind, keys, role=role)

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
        query = revisions_query().where(catalogue.c.key == catalogue_key)
        async with self._reading(self._timeout_ms) as connection:
            rows = (await connection.execute(query.order_by(revision.c.number.desc()))).all()
        return tuple(info_of(row) for row in rows)

    async def made_from(self, catalogue_key: str, source_digest: str) -> RevisionInfo | None:
        """Return the catalogue's newest revision if it was made from this source. One query."""
        query = newest_query(catalogue_key)
        async with self._reading(self._timeout_ms) as connection:
            row = (await connection.execute(query)).first()
        return info_of(row) if row is not None and row.source_digest == source_digest else None

    async def ever_made_from(self, catalogue_key: str, source_digest: str) -> RevisionInfo | None:
        """Return the catalogue's last revision that was made from this source, newest or not."""
        query = (
            revisions_query()
            .where(catalogue.c.key == catalogue_key, revision.c.source_digest == source_digest)
            .order_by(revision.c.id.desc())
            .limit(1)
        )
        async with self._reading(self._timeout_ms) as connection:
            row = (await connection.execute(query)).first()
        return None if row is None else info_of(row)

    async def summaries(self) -> tuple[RevisionSummary, ...]:
        """Return every revision in figures: catalogues by key, newest revision first."""
        query = revisions_query().add_columns(
            revision.c.name, revision.c.roles, revision.c.skills, revision.c.expectations
        )
        async with self._reading(self._timeout_ms) as connection:
            rows = await connection.execute(query.order_by(catalogue.c.key, revision.c.id.desc()))
        return tuple(
            RevisionSummary(info_of(row), row.name, row.roles, row.skills, row.expectations)
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

    @asynccontextmanager
    async def _reading(
        self, timeout_ms: int, reach: Reach = None
    ) -> AsyncIterator[AsyncConnection]:
        async with transaction(self._reader, timeout_ms=timeout_ms, reach=reach) as connection:
            yield connection


def revisions_query() -> Select[Any]:
    """Select revisions with what `info_of` makes a value of."""
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
    return info_of(row), await reader.read(name=name, base_locale=base_locale)


# Built once, for each load asks these.
_NEWEST_OF = (
    select(func.max(revision.c.id))
    .join(catalogue, catalogue.c.id == revision.c.catalogue_id)
    .where(catalogue.c.key == bindparam("key"))
)
_REVISION = (
    revisions_query()
    .add_columns(revision.c.name, revision.c.base_locale)
    .where(revision.c.id == bindparam("revision"))
)


def newest_query(catalogue_key: str) -> Select[Any]:
    """Select a catalogue's newest revision, with the digest of its source."""
    query = revisions_query().add_columns(revision.c.source_digest)
    return query.where(catalogue.c.key == catalogue_key).order_by(revision.c.number.desc()).limit(1)


def info_of(row: Row[Any]) -> RevisionInfo:
    """Return a row of `revisions_query` as a value."""
    return RevisionInfo(
        id=row.id,
        catalogue_key=row.key,
        number=row.number,
        author=row.author,
        note=row.note,
        published_at=row.published_at,
    )
