"""Make the database of a run: a published catalogue, and the members of one workspace.

A process of its own, so that the load generator never holds a large catalogue:
`python -m tests.benchmarks.prepare SIZE DATABASE_URL VOCABULARY_FILE`.
"""

import asyncio
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.framework import CatalogueContent
from bot.domain.tenancy import Member, Tenant
from bot.formats.bundled import data_folder
from bot.formats.native import read_folder
from bot.store import migrate
from bot.store.database import Database
from tests.benchmarks.holders import hold
from tests.benchmarks.vocabulary import TEAM, Asker, vocabulary_of
from tests.factories import big_catalogue

TENANT = Tenant(TEAM)
CATALOGUE_KEY = "benchmark"
SEED = 7
# Long ago, so that no process takes the members for freshly changed and drops them from memory.
_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_BATCH = 50


@dataclass(frozen=True, slots=True)
class Size:
    """How large a catalogue is; all None for the built-in one."""

    name: str
    skills: int | None = None
    roles: int | None = None
    expectations: int | None = None

    def content(self) -> CatalogueContent:
        """Return the catalogue; the same for the same size."""
        if self.skills is None or self.roles is None or self.expectations is None:
            return read_folder(data_folder() / "catalogue")
        return big_catalogue(
            skills=self.skills, roles=self.roles, expectations=self.expectations, seed=SEED
        )


BUILT_IN = Size("built-in")
MEDIUM = Size("300 x 30", skills=300, roles=30, expectations=12_000)
LARGE = Size("5,000 x 300", skills=5_000, roles=300, expectations=250_000)
SIZES = {size.name: size for size in (BUILT_IN, MEDIUM, LARGE)}


async def prepare(size: Size, url: str, vocabulary_file: Path) -> None:
    """Migrate, publish the catalogue of this size and let the benchmark's workspace use it."""
    content = size.content()
    vocabulary = vocabulary_of(content, seed=SEED)
    await migrate.upgrade(url)
    database = Database(url)
    try:
        if size.skills is not None:
            await database.catalogues.publish(
                content, catalogue_key=CATALOGUE_KEY, author="Benchmark", note=size.name, at=_AT
            )
            async with database.write(TENANT) as work:
                await work.workspaces.use_catalogue(CATALOGUE_KEY, at=_AT)
        for start in range(0, len(vocabulary.askers), _BATCH):
            await _save(database, vocabulary.askers[start : start + _BATCH])
        revisions = await database.catalogues.newest()
        # The built-in catalogue is published by the product when it starts: no goal without it.
        pinned = revisions.get(CATALOGUE_KEY)
        await hold(database, TENANT, content, vocabulary.holders, pinned=pinned, seed=SEED)
    finally:
        await database.dispose()
    vocabulary.write(vocabulary_file)


async def _save(database: Database, askers: tuple[Asker, ...]) -> None:
    async with database.write(TENANT) as work:
        for asker in askers:
            member = Member(
                tenant=TENANT,
                slack_id=asker.slack_id,
                locale=asker.locale,
                role_key=asker.role,
                level_key=asker.level,
            )
            await work.members.save(member, at=_AT)


def main(arguments: list[str]) -> None:
    """Prepare one database."""
    size, url, vocabulary_file = arguments
    asyncio.run(prepare(SIZES[size], url, Path(vocabulary_file)))


if __name__ == "__main__":
    main(sys.argv[1:])
