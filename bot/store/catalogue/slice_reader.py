"""From table rows back to the part of a catalogue that some roles need.

Every query names the rows it wants by an index, so the cost is that of those roles' expectations,
however large the catalogue.
"""

from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CatalogueContent
from bot.store import models
from bot.store.catalogue.content_reader import ContentReader

CHUNK = 500
"""Values named in one query: far below what either database takes."""

Restriction = tuple[Column[Any], Collection[Any]]


class SliceReader(ContentReader):
    """Reads some roles of one revision, what they expect, and the skills of those expectations."""

    def __init__(
        self, connection: AsyncConnection, revision_id: int, role_keys: Collection[str]
    ) -> None:
        super().__init__(connection, revision_id)
        self._role_keys = role_keys
        self._wanted: dict[Table, tuple[Restriction, ...]] = {}

    async def read(self, *, name: str, base_locale: str) -> CatalogueContent:
        """Return what the owner published for the roles, in the owner's order.

        All proficiencies are there, of everything else only what the roles refer to.
        """
        await self._choose()
        return await super().read(name=name, base_locale=base_locale)

    async def _choose(self) -> None:
        """Follow the references from the roles downwards: which rows of each table are wanted."""
        role, expectation, skill = models.role, models.expectation, models.skill
        roles = await self._find(role.c.key, self._role_keys, role.c.family_id, role.c.ladder_id)
        role_ids, family_ids, ladder_ids = _columns(roles, 3)
        cells = await self._find(expectation.c.role_id, role_ids, expectation.c.skill_id)
        cell_ids, skill_ids = _columns(cells, 2)
        group_ids = _columns(await self._find(skill.c.id, skill_ids, skill.c.group_id), 2)[1]
        group = models.skill_group
        domain_ids = _columns(await self._find(group.c.id, group_ids, group.c.domain_id), 2)[1]
        self._wanted = {
            models.ladder: ((models.ladder.c.id, ladder_ids),),
            models.level: ((models.level.c.ladder_id, ladder_ids),),
            models.domain: ((models.domain.c.id, domain_ids),),
            group: ((group.c.id, group_ids),),
            skill: ((skill.c.id, skill_ids),),
            models.skill_depth: ((models.skill_depth.c.skill_id, skill_ids),),
            models.role_family: ((models.role_family.c.id, family_ids),),
            role: ((role.c.id, role_ids),),
            models.role_focus: ((models.role_focus.c.role_id, role_ids),),
            expectation: ((expectation.c.id, cell_ids),),
            models.prompt: (
                (models.prompt.c.skill_id, skill_ids),
                (models.prompt.c.expectation_id, cell_ids),
            ),
            models.guide_line: ((models.guide_line.c.skill_id, skill_ids),),
            models.resource: (
                (models.resource.c.skill_id, skill_ids),
                (models.resource.c.expectation_id, cell_ids),
            ),
        }

    async def _find(
        self, by: Column[Any], values: Collection[Any], *columns: Column[Any]
    ) -> list[Any]:
        """Return (id, *columns) of the rows whose column `by` has one of the values, by id."""
        table = by.table
        rows: list[Any] = []
        for chunk in _chunks(values):
            query = select(table.c.id, *columns).where(
                table.c.revision_id == self._revision_id, by.in_(chunk)
            )
            rows += (await self._connection.execute(query)).all()
        # Asked to sort, SQLite would walk the whole revision in order of id instead.
        return sorted(rows, key=itemgetter(0))

    async def _pages(self, table: Table, *columns: str) -> AsyncIterator[Sequence[Any]]:
        """Yield the wanted rows as (id, *columns), their translations read beforehand."""
        if table not in self._wanted:
            async for page in super()._pages(table, *columns):
                await self._read_translations_of(table.name, [row[0] for row in page])
                yield page
        for by, values in self._wanted.get(table, ()):
            for chunk in _chunks(values):
                rows = await self._find(by, chunk, *(table.c[column] for column in columns))
                await self._read_translations_of(table.name, [row[0] for row in rows])
                yield rows

    async def _read_translations(self) -> None:
        """Read those of the catalogue itself; the others come with their rows."""
        await self._read_translations_of("catalogue", [0])

    async def _read_translations_of(self, kind: str, owner_ids: Sequence[int]) -> None:
        table = models.translation
        for chunk in _chunks(owner_ids):
            query = select(table.c.owner_id, table.c.field, table.c.locale, table.c.text).where(
                table.c.revision_id == self._revision_id,
                table.c.kind == kind,
                table.c.owner_id.in_(chunk),
            )
            for row in (await self._connection.execute(query)).all():
                self._translated(kind, *row)


def _columns(rows: Sequence[Any], count: int) -> list[list[Any]]:
    """Return the distinct values of each of the rows' columns, in order."""
    return [sorted({row[place] for row in rows}) for place in range(count)]


def _chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    every = list(values)
    for start in range(0, len(every), CHUNK):
        yield every[start : start + CHUNK]
