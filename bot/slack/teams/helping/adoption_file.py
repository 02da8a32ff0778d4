"""Adoption as a file for an owner or admin, by direct message."""

from bot.cards.teams.helping.adoption_view import adoption_file_text, role_name
from bot.domain.document import Document, Parcel
from bot.domain.local_time import local_day
from bot.domain.members.effects import EffectKind
from bot.slack.context import Here


async def adoption_parcel(here: Here) -> Parcel:
    """Gather the figures.

    Raises:
        NotCatalogueOwner: the member neither owns the catalogue nor administers the workspace.
        StoreUnavailable: the store does not answer.
    """
    catalogue, tr = here.shelf.catalogue, here.tr
    months = await here.services.adoption.of(here.member, catalogue)
    day = local_day(here.services.clock.now(), here.member.time_zone)

    def write() -> tuple[Document, ...]:
        from bot.documents.adoption_csv import adoption_document

        return (adoption_document(months, lambda key: role_name(key, catalogue, tr), on=day),)

    return Parcel("adoption", adoption_file_text(tr), write, EffectKind.ADOPTION)
