"""What a workspace decides about nudges: days, hours, holidays, first cadence, weekly cap."""

from dataclasses import replace

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
        async with self._database.write(tenant) as work:
            await work.plans.set_policy(policy, at=self._clock.now())
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
