"""A team as its manager sees it: whoever shares a goal with them, and nobody else."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.domain.revision import Catalogue
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.letter import Letter, LetterKind
from bot.domain.teams.requests import TeamAsk
from bot.domain.teams.share import CHECKED_EVERY, LookKind
from bot.domain.teams.taken_back import TakenBack
from bot.domain.teams.team_view import (
    PAGE,
    TeamGoal,
    TeamPage,
    TeamPerson,
    part_of,
    team_goal,
    team_page,
    team_person,
    without,
)
from bot.domain.tenancy import Member
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.ports import Clock
from bot.services.teams.letters import Letters
from bot.services.teams.people import TwoPeople
from bot.services.teams.shared_goals import SharedGoals
from bot.store.database import Database


class Team:
    """Reads what is shared with a member, person by person, as each shared goal is read."""

    def __init__(
        self,
        database: Database,
        shared: SharedGoals,
        catalogues: Catalogues,
        people: TwoPeople,
        letters: Letters,
        clock: Clock,
    ) -> None:
        self._database = database
        self._shared = shared
        self._catalogues = catalogues
        self._people = people
        self._letters = letters
        self._clock = clock

    async def look(self, member: Member, asked: TeamAsk) -> tuple[TeamPage, Collection[int]]:
        """Return a page of a member's team, and the ids of the looks at it, which are noted.

        A look is noted for each person who stands on the page, and for nobody else.

        Raises:
            NoLongerShared: the member may see nothing any more.
            CannotShare: Slack does not say who the member is.
            StoreUnavailable, CatalogueUnavailable: nothing is shown, and no look is noted.
        """
        newest = (await self._catalogues.of(member.catalogue_key)).catalogue
        goals, number = _page_of(await self._everybody(member, newest), asked)
        page = await self._page(member, replace(asked, page=number), goals, newest)
        shares = [each.goal.share.id for each in page.people]
        if not shares:
            return page, ()
        async with self._database.write(member.tenant) as work:
            now = self._clock.now()
            looks = await work.looks.at(member.slack_id, shares, LookKind.TEAM, at=now)
        # Some may have ended meanwhile.
        ended = {*shares} - looks.keys()
        return (without(page, ended, newest) if ended else page), looks.values()

    async def shown_in(self, member: Member, look_ids: Collection[int], view_id: str) -> None:
        """Note in which modal looks go on, so that it can be closed to them.

        Where a share ended while it was opened, it is closed by an errand.

        Raises:
            StoreUnavailable: it is not noted.
        """
        if not look_ids:
            return
        async with self._database.write(member.tenant) as work:
            if not await work.looks.shown_in(look_ids, view_id):
                views, teams = ((view_id, member.spoken),), frozenset({view_id})
                closed = TakenBack(views=views, teams=teams)
                await work.letters.take_back(closed, at=self._clock.now())

    async def send(self, member: Member, asked: TeamAsk, kind: LetterKind) -> int:
        """Let a page be sent to the member: as a table, as a picture, or all pages as a file.

        Return how many people it will show. It is a look once it has arrived, and is taken back as
        soon as any of these shares ends.

        Raises:
            NoLongerShared: nobody shares any of it any more.
            StoreUnavailable, CatalogueUnavailable: nothing will be sent.
        """
        newest = (await self._catalogues.of(member.catalogue_key)).catalogue
        everybody = await self._everybody(member, newest)
        whole = kind is LetterKind.TEAM_FILE
        goals = part_of(everybody, asked) if whole else _page_of(everybody, asked)[0]
        if not goals:
            raise NoLongerShared
        async with self._database.write(member.tenant) as work:
            await self._letters.write(
                work,
                to=member.slack_id,
                author=member.slack_id,
                kind=kind,
                subject=0,
                shares=[each.share.id for each in goals],
            )
        return len(goals)

    async def of_letter(self, member: Member, letter: Letter) -> TeamPage | None:
        """Return what a letter to a member shows, as it stands now; None where that is nothing.

        Raises:
            CannotShare: Slack does not say who the member is.
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        async with self._database.read(member.tenant) as work:
            shares = await work.letters.shares_of(letter.id)
        newest = (await self._catalogues.of(member.catalogue_key)).catalogue
        everybody = await self._everybody(member, newest)
        goals = [each for each in everybody if each.share.id in shares]
        page = await self._page(member, TeamAsk(), goals, newest)
        return page if page.people else None

    async def _everybody(self, member: Member, newest: Catalogue) -> Sequence[TeamGoal]:
        async with self._database.read(member.tenant) as work:
            found = await work.team.of(member.slack_id)
        return [team_goal(share, role, level, newest) for share, role, level in found]

    async def _page(
        self, member: Member, asked: TeamAsk, goals: Sequence[TeamGoal], newest: Catalogue
    ) -> TeamPage:
        since = self._clock.now() - CHECKED_EVERY
        names, unknown = await self._people.held(
            member.tenant,
            [each.share for each in goals],
            # More than a page is more than Slack can be asked about at once.
            within=since if len(goals) > PAGE else None,
        )
        # Changed or ended while Slack was asked.
        everybody = await self._everybody(member, newest)
        people: list[TeamPerson] = []
        for goal in everybody:
            if goal.share.id not in names:
                continue
            try:
                shared = await self._shared.shown(member.tenant, goal.share)
            except NoLongerShared:
                continue
            people.append(team_person(goal, shared, names[goal.share.id], newest))
        return team_page(asked, everybody, people, newest, unknown=unknown)


def _page_of(everybody: Sequence[TeamGoal], asked: TeamAsk) -> tuple[Sequence[TeamGoal], int]:
    """Return the goals of one page, and its number: the last one where it is there no more."""
    part = part_of(everybody, asked)
    page = min(asked.page, max(0, (len(part) - 1) // PAGE))
    return part[page * PAGE : (page + 1) * PAGE], page
