"""What a workspace decides about nudges: days, hours, holidays, first cadence, weekly cap."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.installs.audit import Act, ActKind
from bot.domain.nudges.cadence import NudgePolicy
from bot.domain.nudges.plan import renewed
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.ports import Clock
from bot.store.database import Database

_BATCH = 100

log = get_logger()


class NudgePolicies:
    """Policies of workspaces."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of(self, tenant: Tenant) -> NudgePolicy:
        """Return a workspace's policy; the defaults where it never decided.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(tenant) as work:
            return await work.plans.policy()

    async def change(self, tenant: Tenant, policy: NudgePolicy) -> int:
        """Decide, and plan everybody's next slot by it; return how many plans that changed.

        It takes many short transactions. When it is interrupted, the policy holds all the same:
        working hours are looked at again when a nudge is sent. Calling it again goes on.

        Raises:
            StoreUnavailable: the store does not answer; the policy may have been kept already.
        """
        now = self._clock.now()
        async with self._database.write(tenant) as work:
            held = await work.plans.policy()
            await work.plans.set_policy(policy, at=now)
            if policy != held:
                detail = ", ".join(_changed(held, policy))
                await work.audit.note(Act(ActKind.POLICY_CHANGED, detail), at=now)
        after, changed = "", 0
        while True:
            async with self._database.write(tenant) as work:
                some = await work.plans.some(after=after, most=_BATCH)
                for slack_id in some:
                    owner = await work.members.hold(slack_id, at=self._clock.now())
                    status = await work.plans.of(slack_id)
                    if owner is None or status is None:
                        continue
                    plan = renewed(status.plan, policy.working, now=self._clock.now())
                    if plan != status.plan:
                        await work.plans.keep(owner, replace(status, plan=plan))
                        changed += 1
            if len(some) < _BATCH:
                log.info("nudge_policy_changed", team=tenant.team_id, plans=changed)
                return changed
            after = some[-1]


def _changed(held: NudgePolicy, policy: NudgePolicy) -> Iterator[str]:
    """Yield what is decided otherwise than before, each with its new value."""
    before, now = held.working, policy.working
    if now.weekdays != before.weekdays:
        yield "days " + " ".join(str(each + 1) for each in sorted(now.weekdays))
    if (now.start, now.end) != (before.start, before.end):
        yield f"hours {now.start:%H:%M}-{now.end:%H:%M}"
    if now.holidays != before.holidays:
        yield f"{len(now.holidays)} holidays"
    if policy.default_cadence != held.default_cadence:
        yield f"cadence {policy.default_cadence.value}"
    if policy.weekly_cap != held.weekly_cap:
        yield f"cap {policy.weekly_cap}"
