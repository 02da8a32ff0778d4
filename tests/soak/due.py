"""Nudges that fall due in a scenario, and what became of each: in the outbox, and in Slack."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.sandbox.local_slack import LocalSlack
from bot.store.database import Database
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.models import member as members
from bot.store.nudges.models import nudge, nudge_plan
from tests.integration.nudges.killing import A_KILL, PATIENCE_MS, enlist, make_due
from tests.integration.nudges.post_office import posts_of
from tests.soak.tally import Nudged

_KEPT = ("sent", "unknown", "planned", "sending")


class Due:
    """Batches of members with a goal; each batch falls due once. The rest are due in a week."""

    def __init__(self, slack: LocalSlack, database: Database, batches: int) -> None:
        self._slack = slack
        self._database = database
        self._batches = batches
        self._next = 0
        self._mine: list[str] = []

    async def enlist(self) -> None:
        """Let all of them have a goal; none is due before its batch is."""
        await enlist(self._slack, self._database, (self._batches + 1) * A_KILL)
        later = datetime.now(UTC) + timedelta(days=7)
        last = [f"UKILL{each:06d}" for each in self._names(self._batches)]
        async with transaction(
            self._database._writer, timeout_ms=PATIENCE_MS, reach=Across.COPYING
        ) as connection:
            chosen = select(members.c.id).where(members.c.slack_id.in_(last))
            await connection.execute(
                nudge_plan.update()
                .where(nudge_plan.c.member_id.in_(chosen))
                .values(regular_at=later, next_due_at=later)
            )

    def begin(self) -> None:
        """Count from now on for another scenario."""
        self._mine = []

    async def fall_due(self) -> None:
        """Let the next batch be due now."""
        if self._next < self._batches:
            await make_due(self._database, self._next)
            self._mine += [f"UKILL{each:06d}" for each in self._names(self._next)]
            self._next += 1

    async def settled(self, seconds: float) -> bool:
        """Wait until nothing is due, planned or being sent; False where that takes longer."""
        due = select(func.count()).where(nudge_plan.c.next_due_at <= func.now())
        under_way = select(func.count()).where(nudge.c.state.in_(("planned", "sending")))
        try:
            async with asyncio.timeout(seconds):
                while True:
                    async with transaction(
                        self._database._reader, timeout_ms=PATIENCE_MS, reach=Across.COPYING
                    ) as connection:
                        left = [await connection.scalar(due), await connection.scalar(under_way)]
                    if not any(left):
                        return True
                    await asyncio.sleep(0.1)
        except TimeoutError:
            return False

    async def reckoned(self) -> Nudged:
        """Compare the outbox with what Slack took, for this scenario's members."""
        query = select(nudge.c.id, nudge.c.state, members.c.slack_id).join(
            members, members.c.id == nudge.c.member_id
        )
        async with transaction(
            self._database._reader, timeout_ms=PATIENCE_MS, reach=Across.COPYING
        ) as connection:
            rows = (await connection.execute(query)).all()
        mine = set(self._mine)
        taken: Counter[str] = Counter()
        for post in posts_of(self._slack):
            taken[post.channel_id] += 1
        rows_of = Counter(row.slack_id for row in rows)
        states = Counter(row.state for row in rows if row.slack_id in mine)
        waiting = {f"UKILL{each:06d}" for each in range(self._next * A_KILL, 10**6)}
        return Nudged(
            due=len(mine),
            sent=states["sent"],
            unknown=states["unknown"],
            doubled=sum(taken[f"D{each[1:]}"] > 1 or rows_of[each] > 1 for each in mine),
            waiting=states["planned"] + states["sending"],
            lost=len(mine) - sum(states[each] for each in _KEPT),
            early=sum(row.slack_id in waiting for row in rows),
        )

    def _names(self, number: int) -> range:
        return range(number * A_KILL, (number + 1) * A_KILL)
