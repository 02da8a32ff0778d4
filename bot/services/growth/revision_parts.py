"""Older revisions of catalogues, as far as members' goals and marks need them."""

from collections.abc import Collection
from typing import Protocol

from bot.domain.growth.holdings import Growth
from bot.domain.growth.marked_words import MarkedWords, RolePart, wanted_parts
from bot.domain.revision import Catalogue
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.lookup.weights import weight_of_catalogue
from bot.services.memo import Memo

_KEPT = 64
"""Parts at hand; a revision never changes, so one that is forgotten is only read again."""
_SHARE = 8
"""Most of the memory for catalogues that they take."""


class StoredRevisions(Protocol):
    """Where they come from; the store's `CatalogueStore` is one."""

    async def load_slice(self, revision_id: int, role_keys: Collection[str]) -> Catalogue: ...


class RevisionParts:
    """Reads parts of revisions once, and shares them between members."""

    def __init__(self, stored: StoredRevisions, catalogues: Catalogues) -> None:
        self._stored = stored
        self._parts: Memo[Catalogue] = catalogues.beside(
            _KEPT, share=_SHARE, weigh=weight_of_catalogue
        )

    async def of(self, revision_id: int, roles: Collection[str]) -> Catalogue:
        """Return as much of a revision as some roles need; see `CatalogueStore.load_slice`.

        Raises:
            StoreUnavailable: it is not at hand, and the store does not answer.
        """
        key = (revision_id, tuple(sorted(set(roles))))
        known = self._parts.known(key)
        if known is None:
            known = await self._stored.load_slice(*key)
            self._parts.put(key, known)
        return known

    async def words(self, growth: Growth, catalogue: Catalogue, newest: Catalogue) -> MarkedWords:
        """Return what a member's marks were made on, for questions about `catalogue`.

        Nothing is read for marks on these two revisions, and for others a role once.

        Raises:
            StoreUnavailable: one is not at hand, and the store does not answer.
        """
        other = None if newest is catalogue else newest
        parts: dict[RolePart, Catalogue] = {}
        for wanted in sorted(wanted_parts(growth.marks.values(), catalogue, other)):
            revision_id, role = wanted
            parts[wanted] = await self.of(revision_id, (role,))
        return MarkedWords(catalogue, other, parts)
