"""“This text is unclear”: said by members, counted for owners, and never kept by name."""

from collections.abc import Callable
from functools import partial

from bot.domain.catalogue.unclear import MOST_SENTENCE, UnclearText, digest_of, mark_of
from bot.domain.framework import CellKey, Expectation, key_of
from bot.domain.lookup.gone import gone_cell
from bot.domain.lookup.requests import ShowDetails
from bot.domain.revision import Catalogue, expectation_at
from bot.domain.tenancy import Member, Tenant
from bot.domain.text import storable
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.showing import show_details
from bot.services.ports import Clock
from bot.store.database import Database


class UnclearTexts:
    """Nothing of it is logged: a log with names and times would tell who it was."""

    def __init__(self, database: Database, clock: Clock, *, secret: bytes) -> None:
        self._database = database
        self._clock = clock
        self._secret = secret

    async def report(
        self, member: Member, shelf: Shelf, request: ShowDetails, sentence: str
    ) -> bool:
        """Count a text as unclear to somebody; False where the same member said so already.

        Then nothing is kept, the sentence neither. A sentence is cut after `MOST_SENTENCE`.

        Raises:
            LeftCatalogue: the newest revision has no such expectation.
            StoreUnavailable: nothing was kept.
        """
        expectation = shown_expectation(shelf.catalogue, request)
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            await work.workspaces.ensure(at=now)
            return await work.unclear.report(
                key_of(expectation),
                words=digest_of(expectation),
                revision_id=shelf.catalogue.revision.id,
                marker=self.marker(member),
                sentence=" ".join(storable(sentence).split())[:MOST_SENTENCE],
                today=now.date(),
            )

    async def expire(self) -> None:
        """Throw away all marks that have been kept for long enough."""
        await self._database.drop_expired_marks(self._clock.now().date())

    async def of(self, tenant: Tenant, catalogue: Catalogue) -> tuple[UnclearText, ...]:
        """Return what was said about the words that the catalogue has now, most often first.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        return await texts_of(self._database, tenant, catalogue)

    def marker(self, member: Member) -> Callable[[str], str]:
        """Return what makes the member's marks."""
        return partial(mark_of, self._secret, member.slack_id)


async def texts_of(
    database: Database, tenant: Tenant, catalogue: Catalogue
) -> tuple[UnclearText, ...]:
    """Return what a tenant's members said about words that this catalogue has.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    async with database.read(tenant) as work:
        found = await work.unclear.all()
    return tuple(each for each in found if _still_there(catalogue, each))


def _still_there(catalogue: Catalogue, text: UnclearText) -> bool:
    expectation = expectation_at(catalogue, text.cell)
    return expectation is not None and digest_of(expectation) == text.words


def shown_expectation(catalogue: Catalogue, request: ShowDetails) -> Expectation:
    """Return the expectation that a Details modal shows.

    Raises:
        LeftCatalogue: the catalogue has none there.
    """
    expectation = show_details(catalogue, request).cell.expectation
    if expectation is None:
        raise gone_cell(catalogue, CellKey(request.role, request.level, request.skill))
    return expectation
