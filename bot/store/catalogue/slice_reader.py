"""From table rows back to the part of a catalogue that some roles need.

Every query names the rows it wants by an index, so the cost is that of those roles' expectations,
however large the catalogue.
"""

from collections.abc import Collection, Iterator, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CatalogueContent
from bot.store.catalogue import revision_models as models
from bot.store.catalogue.content_maker import COLUMNS, ContentMaker, Row

CHUNK = 500
"""Values named in one query: far below what either database takes."""

# Translations come with the rows that they belong to.
_TABLES = tuple(table for table in COLUMNS if table is not models.translation)

Restriction = tuple[Column[Any], Collection[Any]]


class SliceReader:
    """Reads some roles of one revision, what they expect, and the skills of those expectations."""

    def __init__(
        self, connection: AsyncConnection, revision_id: int, role_keys: Collection[str]
    ) -> None:
        self._connection = connection
        self._revision_id = revision_id
        self._role_keys = role_keys
        self._translations: list[Row] = []

    async def read(self, *, name: str, base_locale: str) -> CatalogueContent:
        """Return what the owner published for the roles, in the owner's order.

        All proficiencies are there, of everything else only what the roles refer to.
        """
        wanted = await self._choose()
        await self._read_translations("catalogue", [0])
        rows = {table: await self._rows(table, wanted.get(table)) for table in _TABLES}
        maker = ContentMaker(rows | {models.translation: self._translations})
        maker.add(rows[models.expectation])
        return maker.content(name=name, base_locale=base_locale)

    async def _choose(self) -> dict[Table, tuple[Restriction, ...]]:
        """Follow the references from the roles downwards: which rows of each table are wanted."""
        role, expectation, skill = models.role, models.expectation, models.skill
        roles = await self._find(role.c.key, self._role_keys, role.c.family_id, role.c.ladder_id)
        role_ids, family_ids, ladder_ids = _columns(roles, 3)
        cells = await self._find(expectation.c.role_id, role_ids, expectation.c.skill_id)
        cell_ids, skill_ids = _columns(cells, 2)
        group_ids = _columns(await self._find(skill.c.id, skill_ids, skill.c.group_id), 2)[1]
        group = models.skill_group
        domain_ids = _columns(await self._find(group.c.id, group_ids, group.c.domain_id), 2)[1]
        return {
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

    async def _rows(self, table: Table, restrictions: tuple[Restriction, ...] | None) -> list[Row]:
        """Return the wanted rows of a table, all where nothing restricts them; and translations."""
        columns = [table.c[name] for name in COLUMNS[table]]
        rows: list[Row] = []
        for by, values in restrictions or ():
            for chunk in _chunks(values):
                rows += await self._find(by, chunk, *columns)
        if restrictions is None:
            query = select(table.c.id, *columns).where(table.c.revision_id == self._revision_id)
            rows = list((await self._connection.execute(query.order_by(table.c.id))).all())
        await self._read_translations(table.name, [row[0] for row in rows])
        return rows

    async def _read_translations(self, kind: str, owner_ids: Sequence[int]) -> None:
        table = models.translation
        columns = [table.c[name] for name in COLUMNS[table]]
        for chunk in _chunks(owner_ids):
            query = select(table.c.id, *columns).where(
                table.c.revision_id == self._revision_id,
                table.c.kind == kind,
                table.c.owner_id.in_(chunk),
            )
            self._translations += (await self._connection.execute(query)).all()


def _columns(rows: Sequence[Any], count: int) -> list[list[Any]]:
    """Return the distinct values of each of the rows' columns, in order."""
    return [sorted({row[place] for row in rows}) for place in range(count)]


def _chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    every = list(values)
    for start in range(0, len(every), CHUNK):
        yield every[start : start + CHUNK]
