"""Tells members once, by direct message, what a published revision changed in their goals."""

from datetime import timedelta
from typing import Protocol

from bot.domain.answers import GoalReport
from bot.domain.local_time import zone_named
from bot.domain.named_in import settled
from bot.domain.nudges.schedule import in_working_time
from bot.domain.tenancy import Member, Tenant
from bot.log import get_logger
from bot.services.growth.measuring import Measuring
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.members.directory import Members
from bot.services.nudges.ports import OutcomeUnknown, Posted, Refusal, Refused
from bot.services.ports import Clock, Profiles
from bot.store.database import Database
from bot.store.growth.goal_news import DueNews, NewsState

GRACE = timedelta(minutes=10)
"""How long an owner may take a revision back before anybody is told of it."""
LEASE = timedelta(minutes=5)
AT_ONCE = 50
AGAIN = timedelta(hours=1)
"""When somebody is told whom Slack said nothing of, or whose workspace was not connected."""
TOLD_WITHIN = timedelta(days=7)
"""So long after a revision was published somebody may still be told of it then."""

log = get_logger()


class GoalNewsPost(Protocol):
    """Draws news and posts them."""

    async def post_goal_news(
        self, tenant: Tenant, slack_id: str, report: GoalReport, *, language: str, id_: int
    ) -> Posted:
        """Post a direct message once; as `NudgePost.post_nudge` does.

        Raises:
            Refused: it has not arrived.
            OutcomeUnknown: nobody knows whether it has.
        """
        ...


class GoalNews:
    """Sends what is due, a few at a time. `turn` is called every half minute or so."""

    def __init__(
        self,
        database: Database,
        *,
        catalogues: Catalogues,
        members: Members,
        measuring: Measuring,
        profiles: Profiles,
        post: GoalNewsPost,
        clock: Clock,
    ) -> None:
        self._database = database
        self._catalogues = catalogues
        self._members = members
        self._measuring = measuring
        self._profiles = profiles
        self._post = post
        self._clock = clock

    async def turn(self) -> None:
        """Tell those who are to be told now; one who cannot be told now is, later.

        Raises:
            StoreUnavailable, CatalogueUnavailable: the rest is told at a later turn.
        """
        now = self._clock.now()
        due = await self._database.goal_news.due(
            now=now, published_before=now - GRACE, claimed_before=now - LEASE, most=AT_ONCE
        )
        # Catalogue by catalogue: each is loaded once.
        for news in sorted(due, key=lambda each: each.revision_id):
            if await self._database.goal_news.claim(news, at=now, claimed_before=now - LEASE):
                await self._tell(news)

    async def _tell(self, news: DueNews) -> None:
        member = await self._members.known(news.tenant, news.slack_id)
        shelf = member and await self._catalogues.of(member.catalogue_key, passing=True)
        if member is None or not shelf or shelf.catalogue.revision.id != news.revision_id:
            # This process has yet to notice one of them: it is asked again, once the lease is over.
            return
        if not await self._works_now(member):
            return
        member = settled(member, shelf.catalogue)
        report = await self._measuring.report(member, shelf)
        touched = report is not None and (report.moved or report.lost)
        if touched and report is not None and news.told is not None:
            # They know of the rest already, and chose.
            touched = await self._measuring.changed_since(report.goal, news.told, shelf.catalogue)
        if report is None or not touched:
            await self._becomes(news, NewsState.SKIPPED)
            return
        profile = await self._profiles.profile(member.tenant, member.slack_id)
        if profile is None:
            # Perhaps a guest, or gone: unknown means no, until Slack tells.
            await self._put_off(news)
        elif profile.barred is not None:
            await self._becomes(news, NewsState.SKIPPED)
        elif await self._becomes(news, NewsState.SENDING):
            await self._send(news, member, report)

    async def _send(self, news: DueNews, member: Member, report: GoalReport) -> None:
        try:
            await self._post.post_goal_news(
                news.tenant, news.slack_id, report, language=member.spoken, id_=news.goal_id
            )
        except Refused as error:
            if error.kind is Refusal.WORKSPACE:
                await self._put_off(news)
            else:
                later = error.kind is Refusal.LATER
                await self._becomes(news, NewsState.CLAIMED if later else NewsState.SKIPPED)
            log.info("goal_news_refused", team=news.tenant.team_id, code=error.code)
        except OutcomeUnknown as error:
            log.warning("goal_news_unknown", team=news.tenant.team_id, code=error.code)
        else:
            await self._becomes(news, NewsState.SENT)

    async def _becomes(self, news: DueNews, state: NewsState) -> bool:
        return await self._database.goal_news.become(news, state, at=self._clock.now())

    async def _put_off(self, news: DueNews) -> None:
        """Tell them in a while: they are not passed over because Slack, or its token, was away."""
        now = self._clock.now()
        late = now - news.published_at > TOLD_WITHIN
        state, at = (NewsState.SKIPPED, now) if late else (NewsState.CLAIMED, now + AGAIN - LEASE)
        await self._database.goal_news.become(news, state, at=at)

    async def _works_now(self, member: Member) -> bool:
        """Tell whether it is a working hour of the workspace where the member is."""
        async with self._database.read(member.tenant) as work:
            policy = await work.plans.policy()
        zone = zone_named(member.time_zone)
        return in_working_time(self._clock.now(), policy.working, zone)
