"""The Details modal as the member sees it: the cell, and what they hold about it."""

from collections.abc import Sequence

from bot.cards.blocks import Block, View
from bot.cards.lookup.details.view import details_view
from bot.cards.teams.confirming.lines import confirmation_blocks
from bot.domain.framework import CellKey
from bot.domain.lookup.profiles import Details
from bot.domain.lookup.requests import ShowDetails
from bot.domain.revision import Catalogue, expectation_at
from bot.log import get_logger
from bot.services.lookup.lookups import turn_details_to
from bot.services.lookup.showing import show_details
from bot.slack.context import Here
from bot.slack.reply.own_view import own_view
from bot.slack.reply.return_path import with_return
from bot.store.errors import StoreUnavailable

log = get_logger()


async def details_modal(
    here: Here, request: ShowDetails, *, url: str = "", lead: Sequence[Block] = ()
) -> View:
    """Build the modal for a request.

    Args:
        here: who asks.
        request: the cell, and the card to redraw after a change.
        url: the response URL of that card.
        lead: what to say first.

    Raises:
        LeftCatalogue: the skill, role or level is no longer in the catalogue.
    """
    catalogue = await _catalogue_with(here, _cell(request))
    return await _modal(here, catalogue, show_details(catalogue, request), request, url, lead)


async def turned_modal(
    here: Here, request: ShowDetails, *, url: str, level: str | None, role: str | None
) -> View:
    """Build the modal turned to another level or role.

    Raises:
        OutdatedCard: as `bot.services.lookups.turn_details_to`.
    """
    catalogue = await _catalogue_with(here, _cell(request))
    found = turn_details_to(catalogue, request, level=level, role=role)
    return await _modal(here, catalogue, found, request, url, ())


async def _catalogue_with(here: Here, cell: CellKey) -> Catalogue:
    """Return the newest revision; the goal's own where only that still defines the cell."""
    newest = here.shelf.catalogue
    if expectation_at(newest, cell) is not None:
        return newest
    pinned = await here.services.measuring.pinned_catalogue(here.member, here.shelf)
    return pinned if pinned and expectation_at(pinned, cell) is not None else newest


def _cell(request: ShowDetails) -> CellKey:
    return CellKey(request.role, request.level, request.skill)


async def _modal(
    here: Here,
    catalogue: Catalogue,
    found: Details,
    request: ShowDetails,
    url: str,
    lead: Sequence[Block],
) -> View:
    own = await own_view(here)
    expectation = found.cell.expectation
    cell = await own.own_cell(catalogue, expectation) if expectation else None
    member = here.member
    guest = here.services.help_offers.accounts.at_hand(member.tenant, member.slack_id) is False
    colleagues: Sequence[Block] = ()
    if cell:
        about = cell.standing.cell
        colleagues = await _colleagues(here, about, request, catalogue)
    view = details_view(
        found,
        here.tr,
        cell,
        viewer=here.viewer,
        back=request.back,
        lead=lead,
        colleagues=colleagues,
        today=here.services.actions.today(here.member),
        helped=not guest,
    )
    view["private_metadata"] = with_return(view["private_metadata"], url)
    return view


async def _colleagues(
    here: Here, about: CellKey, request: ShowDetails, catalogue: Catalogue
) -> Sequence[Block]:
    """Return what colleagues were asked; nothing while the store is away, as of a member's own."""
    try:
        asked = await here.services.confirmations.of_cell(here.member, here.shelf, about, catalogue)
    except StoreUnavailable as error:
        log.warning("shown_without_asked", team=here.member.tenant.team_id, reason=str(error))
        return ()
    return confirmation_blocks(asked, about, request.back, here.tr)
