"""People get other ids, or go over to their organisation: errands, done in turns of some seconds.

Where a process ends in between, another one goes on with who is left.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.domain.installs.moves import UNDER_WAY, GridMove, Stage
from bot.domain.members.effects import Effect, EffectKind, Errand, NotYet
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.effects import Effects
from bot.services.growth.cache import GrowthCache
from bot.services.installs.directory import MOST_IDS, Directory, NoAnswer, NotInOrganisation
from bot.services.installs.frameworks import OrganisationFrameworks
from bot.services.installs.moving import Moves
from bot.services.members.directory import Members
from bot.services.ports import Clock
from bot.store.database import Database
from bot.store.installs.joining import JOIN_BATCH

# What one turn does at most: other errands of this process wait for it.
_EXCHANGES = 5
_JOINS = 10
_AGAIN = timedelta(minutes=5)
# Right after a move Slack may not know yet that it is over.
_SETTLES = timedelta(minutes=10)
_SOON = timedelta(minutes=1)
# How often an organisation is asked in which workspaces the app is, where no event tells.
_ASKED_EVERY = timedelta(days=1)
_AT_ONCE = 20

NOT_IN_ORGANISATION = "not_enterprise_team"
NO_WORD = "no_word_of_the_end"

log = get_logger()


class Relocating:
    """Carries out what follows when workspaces move, and when organisations let the app in."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        directory: Directory,
        *,
        moves: Moves,
        effects: Effects,
        frameworks: OrganisationFrameworks,
        members: Members,
        growth: GrowthCache,
        named: frozenset[str] = frozenset(),
    ) -> None:
        """`named` are the owners whom the settings name, by their Slack ids."""
        self._database = database
        self._clock = clock
        self._directory = directory
        self._moves = moves
        self._effects = effects
        self._frameworks = frameworks
        self._members = members
        self._growth = growth
        self._named = named

    async def carry_out(self, effect: Effect) -> None:
        """Go on with a move, or ask an organisation for its workspaces.

        Raises:
            NotYet: there is more to do, or Slack does not answer now.
            StoreUnavailable: some may be done already.
        """
        try:
            if effect.errand.kind is EffectKind.GRID_MOVE:
                await self._effects.stand_for_older(effect)
                await self._go_on(effect.errand.tenant)
            else:
                await self._ask(effect.errand)
        except NoAnswer as error:
            log.warning("organisation_silent", kind=effect.errand.kind.value, code=error.code)
            await self._database.moves.trouble(effect.errand.tenant, error.code)
            wait = timedelta(seconds=error.seconds) if error.seconds else _AGAIN
            raise NotYet(self._clock.now() + wait) from error

    async def ask_all(self) -> None:
        """Let organisations be asked that were not for a day; called every hour or so.

        Raises:
            StoreUnavailable: some may be asked already.
        """
        before = self._clock.now() - _ASKED_EVERY
        for tenant in await self._database.organisations.to_ask(before=before, most=_AT_ONCE):
            await self._effects.queue(Errand(tenant, EffectKind.ORGANISATION))

    async def belongs_to(self, tenant: Tenant) -> bool:
        """Tell whether a workspace's people went over to an organisation that has the app still.

        Raises:
            NoAnswer: Slack does not say whether it has.
            StoreUnavailable: the store does not answer.
        """
        move = await self._database.moves.of(tenant)
        if move is None or move.organisation is None:
            return False
        return await self._directory.is_installed(Tenant(None, move.organisation))

    async def parts_to_forget(self, tenant: Tenant) -> tuple[Tenant, ...]:
        """Return the workspaces that are an organisation's alone, and go with it.

        Raises:
            NoAnswer: Slack does not say whether one has the app for itself.
            StoreUnavailable: the store does not answer.
        """
        if tenant.enterprise_id is None:
            return ()
        parts = await self._database.organisations.parts_of(tenant)
        return tuple([each for each in parts if not await self._directory.is_installed(each)])

    async def ask_of(self, tenant: Tenant) -> None:
        """Ask the organisations that a workspace belongs to: its own installation has ended.

        Raises:
            StoreUnavailable: they may be asked later, within a day.
        """
        if tenant.team_id:
            for each in await self._database.organisations.that_have(tenant.team_id):
                await self._effects.queue(Errand(each, EffectKind.ORGANISATION))

    # -- a workspace moves --------------------------------------------------------------------

    async def _go_on(self, tenant: Tenant) -> None:
        move = await self._database.moves.of(tenant)
        if move is None or move.stage not in UNDER_WAY:
            return
        if move.stage is Stage.MOVING and move.pauses(self._clock.now()):
            raise NotYet(move.until)
        if move.stage is Stage.JOINING:
            await self._join(move)
        else:
            await self._exchange(move)

    async def _exchange(self, move: GridMove) -> None:
        """Learn and put in place the new ids of some people."""
        store, tenant = self._database.moves, move.tenant
        if not move.listed:
            await store.list_people(tenant)
        for _ in range(_EXCHANGES):
            asked = await store.waiting(tenant, most=MOST_IDS)
            if not asked:
                await self._exchanged(move)
                return
            whose = Tenant(None, move.organisation) if move.organisation else tenant
            try:
                new_ids = await self._directory.new_ids(whose, tenant.team_id or "", asked)
            except NotInOrganisation:
                await self._not_moved(move)
                return
            self._tell_of_named(asked, new_ids)
            await store.exchange(tenant, asked, new_ids, now=self._clock.now())
        raise NotYet(self._clock.now())

    def _tell_of_named(self, asked: Sequence[str], new_ids: Mapping[str, str]) -> None:
        """Tell the operator of owners whom the settings name by an id that is nobody's now."""
        for old in sorted(self._named.intersection(asked)):
            if new_ids.get(old, old) != old:
                log.warning("named_owner_has_another_id", old=old, new=new_ids[old])

    async def _not_moved(self, move: GridMove) -> None:
        """Serve the workspace as it was: Slack says that it is in no organisation."""
        now = self._clock.now()
        if move.stage is Stage.MOVING:
            await self._end(move, Stage.LAPSED, NO_WORD)
        elif now < move.since + _SETTLES:
            raise NotYet(now + _SOON)
        else:
            await self._end(move, Stage.DONE, NOT_IN_ORGANISATION)

    async def _exchanged(self, move: GridMove) -> None:
        if move.organisation is None:
            await self._end(move, Stage.DONE)
            return
        await self._database.moves.end(move.tenant, Stage.JOINING, now=self._clock.now())
        await self._join(move)

    async def _join(self, move: GridMove) -> None:
        """Let some people go over to the organisation's installation."""
        to = Tenant(None, move.organisation)
        for _ in range(_JOINS):
            people = await self._database.moves.give_over(
                move.tenant, to, now=self._clock.now(), most=JOIN_BATCH
            )
            if not people.moved:
                await self._end(move, Stage.DONE)
                return
        raise NotYet(self._clock.now())

    async def _end(self, move: GridMove, stage: Stage, trouble: str | None = None) -> None:
        now = self._clock.now()
        ended = await self._database.moves.end(move.tenant, stage, now=now, trouble=trouble)
        await self._moves.refresh()
        self._members.clear()
        self._growth.clear()
        if ended is None:
            return
        level = log.info if trouble is None and not ended.unknown else log.warning
        level(
            "workspace_moved",
            team=ended.tenant.team_id,
            stage=ended.stage.value,
            organisation=ended.organisation,
            mapped=ended.mapped,
            unknown=ended.unknown,
            joined=ended.joined,
            people=ended.people,
            trouble=ended.trouble,
        )

    # -- an organisation has the app ----------------------------------------------------------

    async def _ask(self, errand: Errand) -> None:
        """Keep in which workspaces it may be used, and let the people of these go over to it."""
        tenant, now = errand.tenant, self._clock.now()
        if not await self._directory.is_installed(tenant):
            return
        teams = await self._directory.teams(tenant)
        told = await self._database.organisations.told(
            tenant, teams, errand.request.split(), now=now
        )
        if told.granted or told.refused:
            log.info(
                "organisation_workspaces",
                organisation=tenant.enterprise_id,
                granted=len(told.granted),
                refused=len(told.refused),
            )
        for team_id in await self._database.organisations.with_data(teams):
            await self._enter(Tenant(team_id), str(tenant.enterprise_id))
        await self._frameworks.decide(tenant)
        await self._moves.refresh()

    async def _enter(self, tenant: Tenant, organisation: str) -> None:
        """Let a workspace's people go over, unless it has the app for itself as well."""
        move = await self._database.moves.of(tenant)
        here = move is not None and move.organisation == organisation
        if here and not await self._database.organisations.has_people(tenant):
            return
        if move is not None and move.stage in UNDER_WAY:
            return
        if await self._directory.is_installed(tenant):
            return
        await self._database.moves.enter(tenant, organisation, now=self._clock.now())
        await self._effects.queue(Errand(tenant, EffectKind.GRID_MOVE))
