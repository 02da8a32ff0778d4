"""What becomes of a member's plan when their goal or their profile changes: in the same commit."""

from dataclasses import replace
from datetime import datetime

from bot.domain.nudges.cadence import NudgeSettings
from bot.domain.nudges.decision import GUEST, PlanStatus
from bot.domain.nudges.plan import begin, in_zone, renewed, resting, with_settings
from bot.domain.tenancy import Member
from bot.services.growth.changes import GrowthChange
from bot.services.ports import Profile
from bot.store.unit_of_work import UnitOfWork


async def enrol(change: GrowthChange, member: Member) -> None:
    """Let nudges come from now on: the member has set a goal.

    The settings of an earlier goal stay, a *stop* too.
    """
    policy, status = change.nudges.policy, change.nudges.plan
    await change.nudges.forget_put_off()
    if status is None:
        settings = NudgeSettings(cadence=policy.default_cadence)
        plan = begin(settings, policy.working, zone=member.time_zone, now=change.now)
    else:
        held = in_zone(status.plan, status.plan.settings.zone or member.time_zone)
        plan = with_settings(
            replace(held, later_at=None),
            held.settings,
            policy.working,
            zone=held.zone,
            now=change.now,
        )
    await change.nudges.keep_plan(PlanStatus(plan, barred=still_barred(status)))


def still_barred(status: PlanStatus | None) -> str | None:
    """Return why nothing comes to whoever begins anew: a guest stays one, else it is tried."""
    return GUEST if status is not None and status.barred == GUEST else None


async def rest(change: GrowthChange) -> None:
    """Let nothing come any more: the goal was reached or dropped."""
    status = change.nudges.plan
    if status is not None:
        await change.nudges.forget_put_off()
        await change.nudges.keep_plan(replace(status, plan=resting(status.plan)))


async def follow_profile(
    work: UnitOfWork, slack_id: str, profile: Profile, *, now: datetime
) -> None:
    """Take over the zone of someone who moved, and whether they may get nudges at all."""
    status = await work.plans.of(slack_id)
    if status is None or not concerns(status, profile):
        return
    owner = await work.members.hold(slack_id, at=now)
    if owner is None:
        return
    moved = in_zone(status.plan, status.plan.settings.zone or profile.time_zone)
    working = (await work.plans.policy()).working
    if moved.next_due_at is not None:
        # Who comes back starts anew: what was missed meanwhile is not caught up on.
        moved = (
            with_settings(moved, moved.settings, working, zone=moved.zone, now=now)
            if status.barred
            else renewed(moved, working, now=now)
        )
    kept = replace(status, plan=moved, barred=profile.barred, checked_at=now)
    await work.plans.keep(owner, kept)


async def doubt(work: UnitOfWork, slack_id: str, *, now: datetime) -> None:
    """Let Slack be asked about the account before the next nudge."""
    owner = await work.members.hold(slack_id, at=now)
    status = await work.plans.of(slack_id)
    if owner is not None and status is not None:
        await work.plans.keep(owner, replace(status, checked_at=None))


def concerns(status: PlanStatus, profile: Profile) -> bool:
    """Tell whether a profile changes a plan."""
    zone = status.plan.settings.zone or profile.time_zone
    return zone != status.plan.zone or profile.barred != status.barred
