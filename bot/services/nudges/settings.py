"""A member's own settings for nudges. Every change counts at once, for queued nudges too."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.nudges.cadence import NudgePolicy, NudgeSettings
from bot.domain.nudges.decision import GUEST, PlanStatus
from bot.domain.nudges.outlook import NudgeOutlook
from bot.domain.nudges.plan import begin, in_zone, resting, with_settings
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache
from bot.services.growth.changes import GrowthChange, GrowthChanges
from bot.services.growth.enrolment import still_barred
from bot.services.members.directory import Members
from bot.services.members.zones import zone_names
from bot.store.database import Database

SettingsWish = Callable[[NudgeSettings], NudgeSettings]


class NudgeSettingsService:
    """Keeps what members choose."""

    def __init__(
        self, database: Database, changes: GrowthChanges, growth: GrowthCache, members: Members
    ) -> None:
        self._database = database
        self._changes = changes
        self._growth = growth
        self._members = members

    async def of(self, member: Member) -> NudgeOutlook:
        """Return the member's settings; where there are none yet, what they would begin with.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        has_goal = (await self._growth.of(member)).growth.active_goal is not None
        async with self._database.read(member.tenant) as work:
            found = await work.states.home(member.slack_id)
        return outlook(member, found.policy, found.plan, has_goal=has_goal)

    async def asked(self, member: Member) -> NudgeOutlook:
        """Ask Slack whether the member may get nudges, and return the settings as they are then.

        Raises:
            StoreUnavailable: the store does not answer; what the member chose is kept.
        """
        await self._members.ask_anew(member.tenant, member.slack_id)
        return await self.of(member)

    async def change(self, member: Member, settings: NudgeSettings) -> NudgeOutlook:
        """Replace the settings, pause and stop included.

        Raises:
            ValueError: the time zone has no such name.
            StoreUnavailable: nothing was changed.
        """
        if settings.zone is not None and settings.zone not in zone_names():
            raise ValueError(f"there is no time zone {settings.zone!r}")
        return await self._apply(member, lambda _: settings)

    async def pause(self, member: Member, until: datetime) -> NudgeOutlook:
        """Let nothing come before `until`; what falls into the pause is not caught up on.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        return await self._apply(member, lambda held: replace(held, paused_until=until))

    async def resume(self, member: Member) -> NudgeOutlook:
        """End a pause or a stop.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        return await self._apply(
            member, lambda held: replace(held, paused_until=None, stopped=False)
        )

    async def stop(self, member: Member) -> NudgeOutlook:
        """Let nothing come until the member resumes.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        return await self._apply(member, lambda held: replace(held, stopped=True))

    async def _apply(self, member: Member, wish: SettingsWish) -> NudgeOutlook:
        async with self._changes.change(member) as change:
            await apply_wish(change, member, wish)
        status = change.nudges.plan
        if status is not None and status.barred is not None:
            return await self.asked(member)
        has_goal = change.growth.active_goal is not None
        return outlook(member, change.nudges.policy, change.nudges.plan, has_goal=has_goal)


async def apply_wish(change: GrowthChange, member: Member, wish: SettingsWish) -> None:
    """Change the settings within a change under way, and plan by them from now on."""
    policy, held = change.nudges.policy, change.nudges.plan
    if held:
        here = held.plan.settings.zone or member.time_zone
        held = replace(held, plan=in_zone(held.plan, here))
    settings = wish(held.plan.settings if held else NudgeSettings(cadence=policy.default_cadence))
    zone = settings.zone or member.time_zone
    plan = (
        with_settings(
            replace(held.plan, later_at=change.nudges.next_later),
            settings,
            policy.working,
            zone=zone,
            now=change.now,
        )
        if held
        else begin(settings, policy.working, zone=zone, now=change.now)
    )
    if change.growth.active_goal is None:
        plan = resting(plan)
    # Whoever chooses is there: a count of nudges without an answer begins anew, and of an account
    # that could get none Slack is asked again. A guest is promised nothing before it has answered.
    status = PlanStatus(
        plan,
        told_done=held.told_done if held else False,
        barred=still_barred(held),
        checked_at=held.checked_at if held and not held.barred else None,
    )
    await change.nudges.keep_plan(status)


def outlook(
    member: Member, policy: NudgePolicy, status: PlanStatus | None, *, has_goal: bool
) -> NudgeOutlook:
    """Put together what a member sees of their settings."""
    settings = status.plan.settings if status else NudgeSettings(cadence=policy.default_cadence)
    coming = status is not None and status.barred is None and has_goal
    return NudgeOutlook(
        settings=settings,
        working=policy.working,
        slack_zone=member.time_zone,
        next_at=status.plan.next_due_at if status and coming else None,
        has_goal=has_goal,
        guest=status is not None and status.barred == GUEST,
    )
