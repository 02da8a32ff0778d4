"""The built-in catalogue, read and indexed once per process and kind of database.

Every bot of a scenario starts on a copy of the same published database. What it reads there is
frozen and the same each time, and reading and indexing it takes longer than most scenarios. Other
revisions, and the same content published anew, are read as ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

from bot.bootstrap import built_in
from bot.domain.lookup.names.index import Index, build_index
from bot.domain.lookup.names.near_names import Nearest
from bot.domain.revision import Catalogue, RevisionInfo
from bot.domain.typed_words import TypedWords
from bot.formats.bundled import data_folder
from bot.formats.native_source import source_digest
from bot.pauses import Pause, no_pause
from bot.services.lookup import shelves
from bot.store.catalogue.published import info_of, revisions_query
from bot.store.catalogue.revisions import CatalogueStore
from bot.store.models import revision

# The built-in catalogue comes first into every database; what comes later costs what it costs.
_FIRST = 1
_digest = cache(source_digest)
_load = CatalogueStore.load
_kept: dict[RevisionInfo, Catalogue] = {}
_indexes: dict[tuple[RevisionInfo, int], tuple[TypedWords, Index]] = {}


@contextmanager
def kept_catalogue() -> Iterator[None]:
    """Hand out what was read before, while the block runs."""
    with (
        patch.object(built_in, "source_digest", _digest),
        patch.object(CatalogueStore, "load", _loaded),
        patch.object(shelves, "build_index", _indexed),
    ):
        yield


async def _loaded(store: CatalogueStore, revision_id: int, *, pause: Pause = no_pause) -> Catalogue:
    if revision_id != _FIRST:
        return await _load(store, revision_id, pause=pause)
    query = revisions_query().add_columns(revision.c.source_digest)
    async with store._reading(store._timeout_ms) as connection:
        row = (await connection.execute(query.where(revision.c.id == revision_id))).first()
    if row is None or row.source_digest != _digest(data_folder() / "catalogue"):
        return await _load(store, revision_id, pause=pause)
    info = info_of(row)
    if info not in _kept:
        _kept[info] = await _load(store, revision_id, pause=pause)
    return _kept[info]


def _indexed(
    catalogue: Catalogue, typed: TypedWords, nearest: Nearest, pause: Pause = no_pause
) -> Index:
    if _kept.get(catalogue.revision) is not catalogue:
        return build_index(catalogue, typed, nearest, pause)
    # Kept beside its index, the words stay at their address.
    key = catalogue.revision, id(typed)
    if key not in _indexes:
        _indexes[key] = typed, build_index(catalogue, typed, nearest)
    return _indexes[key][1]
