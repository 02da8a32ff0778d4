"""The built-in catalogue in the store."""

from pathlib import Path

from bot.domain.framework import CatalogueContent
from bot.domain.revision import Catalogue
from bot.formats.bundled import data_folder
from bot.formats.native_source import source_digest
from bot.services.lookup.shelves import BUILT_IN
from bot.services.ports import Clock
from bot.store.database import Database


async def ensure_built_in(database: Database, clock: Clock) -> Catalogue | None:
    """Publish the packaged catalogue where the store does not have it; else do nothing.

    Returns what was published, or None where it was there.
    """
    folder = data_folder() / "catalogue"
    read: list[CatalogueContent] = []

    def content() -> CatalogueContent:
        read.append(_read_built_in(folder))
        return read[0]

    now = clock.now()
    revision = await database.catalogues.ensure(
        content,
        catalogue_key=BUILT_IN,
        author="Nextrung",
        note="Built-in catalogue",
        at=now,
        source_digest=source_digest(folder),
    )
    # Another process may have been the first.
    return Catalogue(revision, read[0]) if read and revision.published_at == now else None


def _read_built_in(folder: Path) -> CatalogueContent:
    """Parse the packaged catalogue: once for each version of it, not at each start."""
    from bot.formats.native import read_bundled

    return read_bundled(folder)
