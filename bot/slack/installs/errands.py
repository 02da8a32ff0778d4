"""Errands that another process left: files sent, outcomes told, workspaces deleted after all."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from bot.cards.catalogue.outcomes import broken_off_card
from bot.cards.links import decode
from bot.domain.document import Parcel
from bot.domain.errors import NotDelivered, OutdatedCard
from bot.domain.lookup.requests import ShowGap
from bot.domain.members.effects import Effect, EffectKind, Errand, NotYet
from bot.domain.teams.taken_back import read_taken_back
from bot.log import get_logger
from bot.services.bundle import Services
from bot.slack.auth import Workspaces
from bot.slack.catalogue.download import catalogue_parcel
from bot.slack.client import SlackClient
from bot.slack.context import Here, LaterWork
from bot.slack.installs.putting_off import put_off
from bot.slack.installs.removal import Removal
from bot.slack.members.parcels import chart_parcel, my_data_parcel, packet_parcel
from bot.slack.refusals import NOT_SHOWN, reason_of
from bot.slack.reply.home import draw_home
from bot.slack.reply.telling import show_directly
from bot.slack.teams.drawers import DRAWERS
from bot.slack.teams.helping.adoption_file import adoption_parcel
from bot.slack.teams.letter_post import SlackLetterPost
from bot.slack.teams.taking_back import take_back
from bot.store.errors import StoreUnavailable

# What is not given up because Slack was away, or the workspace not connected, for an hour: what
# somebody must not see any more, and what nobody would ask for again. A workspace that removed the
# app may install it again for so long.
_WITHIN: Mapping[EffectKind, timedelta] = MappingProxyType(
    {
        EffectKind.TAKE_BACK: timedelta(days=30),
        EffectKind.LETTER: timedelta(days=30),
        EffectKind.HOME: timedelta(days=1),
    }
)

log = get_logger()


class Errands:
    """A `Carrier`: does what an errand says, for who asked and whoever they are by now."""

    def __init__(
        self, services: Services, workspaces: Workspaces, removal: Removal, later: LaterWork
    ) -> None:
        self._services = services
        self._workspaces = workspaces
        self._removal = removal
        self._later = later

    async def __call__(self, effect: Effect) -> None:
        """Do it.

        Raises:
            NextrungError, SlackApiError, OSError: it could not be done; it is tried again.
            NotYet: it is due later.
        """
        errand = effect.errand
        if errand.kind is EffectKind.FORGET_WORKSPACE:
            await self._removal.carry_out(effect)
            return
        if await self._of_nobody(effect):
            return
        if (until := self._services.moves.again_at(errand.tenant)) is not None:
            raise NotYet(until)  # while a workspace moves, nobody there can be reached
        try:
            here = await self._here(errand)
            if here is not None and errand.kind is EffectKind.LETTER:
                await self._deliver(here, errand)
                return
        except NOT_SHOWN as error:
            # The database is soon back, mostly: what needs no more than that is tried soon.
            if effect.last or not isinstance(error, StoreUnavailable):
                self._put_off(effect, error)
            raise
        if here is None:
            return  # forgotten meanwhile, and what they asked for with them
        await self._for_member(here, effect)

    async def _for_member(self, here: Here, effect: Effect) -> None:
        errand = effect.errand
        if errand.kind is EffectKind.HOME:
            await self._draw_home(here, effect)
            return
        if errand.kind is EffectKind.CATALOGUE_WORK:
            panel = await self._services.own_catalogue.panel(here.member)
            await show_directly(here, broken_off_card(panel, here.tr))
            return
        parcel = await _parcel(here, errand)
        if isinstance(parcel, Parcel):
            await self._services.messenger.send(errand.tenant, here.member.slack_id, parcel)

    async def _of_nobody(self, effect: Effect) -> bool:
        """Do what needs no member to be there; False where it does."""
        errand = effect.errand
        if errand.kind is EffectKind.ASK_OVER:
            await self._services.confirmations.over(errand)
        elif errand.kind is EffectKind.TAKE_BACK:
            await self._take_back(effect)
        elif errand.kind in {EffectKind.GRID_MOVE, EffectKind.ORGANISATION}:
            await self._services.relocating.carry_out(effect)
        else:
            return False
        return True

    async def _deliver(self, here: Here, errand: Errand) -> None:
        post = SlackLetterPost(here, self._workspaces, DRAWERS)
        await self._services.letters.deliver(errand.tenant, int(errand.request), post)

    async def _take_back(self, effect: Effect) -> None:
        errand = effect.errand
        if (until := self._services.moves.again_at(errand.tenant)) is not None:
            raise NotYet(until)
        try:
            client = await self._client(errand)
            await take_back(client, read_taken_back(errand.request), self._services.translators)
        except NOT_SHOWN as error:
            self._put_off(effect, error)
            raise

    async def _draw_home(self, here: Here, effect: Effect) -> None:
        try:
            await draw_home(here)
        except NOT_SHOWN as error:
            self._put_off(effect, error)
            log.warning(
                "home_not_published", team=here.member.tenant.team_id, reason=reason_of(error)
            )

    def _put_off(self, effect: Effect, error: Exception) -> None:
        """Raise `NotYet` where it is to be tried again: see `put_off`."""
        if (most := _WITHIN.get(effect.errand.kind)) is not None:
            put_off(effect, error, now=self._services.clock.now(), most=most)

    async def _client(self, errand: Errand) -> SlackClient:
        connected = await self._workspaces.find(errand.tenant)
        if connected is None:
            raise NotDelivered(reason="workspace_not_connected")
        return connected.client

    async def _here(self, errand: Errand) -> Here | None:
        services = self._services
        member = await services.members.known(errand.tenant, errand.slack_id or "")
        if member is None:
            return None
        return Here(
            member=member,
            shelf=await services.catalogues.of(member.catalogue_key),
            tr=services.translators.for_locale(member.spoken),
            services=services,
            later=self._later,
            client=await self._client(errand),
        )


async def _parcel(here: Here, errand: Errand) -> Parcel | str:
    """Gather the files anew, as everything stands now."""
    match errand.kind:
        case EffectKind.PACKET:
            request = decode(errand.request)
            if not isinstance(request, ShowGap):
                raise OutdatedCard
            return await packet_parcel(here, request)
        case EffectKind.CHART:
            return await chart_parcel(here)
        case EffectKind.ADOPTION:
            return await adoption_parcel(here)
        case EffectKind.CATALOGUE_FILE:
            return await catalogue_parcel(here, errand.request)
        case _:
            return await my_data_parcel(here)
