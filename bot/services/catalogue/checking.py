"""A check of the catalogue that members see, for its owners: lint, and what members say."""

import asyncio

from bot.domain.catalogue.checked import Checked
from bot.domain.catalogue.lint.finding import LintFinding
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Member
from bot.domain.typed_words import TypedWords
from bot.services.catalogue.unclear import UnclearTexts
from bot.services.catalogue.weights import weight_of_findings
from bot.services.catalogue.workspace_catalogue import WorkspaceCatalogue
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.memo import Memo

# Findings of a large catalogue take memory, and are looked at by one owner at a time.
_REMEMBERED = 2
_SHARE = 16


class Checking:
    """Lint takes a while for a large catalogue: its findings are kept for the next page."""

    def __init__(
        self, own_catalogue: WorkspaceCatalogue, unclear: UnclearTexts, catalogues: Catalogues
    ) -> None:
        self._own_catalogue = own_catalogue
        self._unclear = unclear
        self._typed = catalogues.typed
        self._found: Memo[tuple[LintFinding, ...]] = catalogues.beside(
            _REMEMBERED, share=_SHARE, weigh=weight_of_findings
        )
        # One at a time: it takes a core.
        self._working = asyncio.Lock()

    async def check(self, member: Member) -> Checked:
        """Check what members see. Commands are answered meanwhile.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            StoreUnavailable, CatalogueUnavailable: it cannot be checked now.
        """
        catalogue = await self._own_catalogue.used(member)
        unclear = await self._unclear.of(member.tenant, catalogue)
        return Checked(catalogue, await self._findings(catalogue), unclear)

    async def _findings(self, catalogue: Catalogue) -> tuple[LintFinding, ...]:
        async with self._working:
            found = self._found.known(catalogue.revision.id)
            if found is None:
                found = await asyncio.to_thread(_linted, catalogue, self._typed)
                self._found.put(catalogue.revision.id, found)
        return found


def _linted(catalogue: Catalogue, typed: TypedWords) -> tuple[LintFinding, ...]:
    # A start needs neither, and together they are a dozen modules.
    from bot.domain.catalogue.lint.linter import lint
    from bot.formats.lint_terms import load_terms

    return lint(catalogue.content, typed, load_terms())
