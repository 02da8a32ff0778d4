"""What the sample engineer holds in pictures: two months of marks, some evidence, and a goal."""

from datetime import timedelta

from bot.cli.local import Local
from bot.domain.framework import key_of
from bot.domain.growth.assessment import Status
from bot.domain.lookup.requests import ShowGap
from bot.domain.tenancy import Tenant
from bot.sandbox.samples import ENGINEER, WORKSPACE
from tests.browser.way_to_lead import to_lead

GOAL = ShowGap("llm-engineer", ("lead",))
DAYS = 56
# On which of those days what was marked, by its place in the gap.
MARKS = {
    3: [(6, Status.MET)],
    9: [(9, Status.MET), (13, Status.NOT_RELEVANT)],
    17: [(2, Status.WORKING), (10, Status.MET)],
    30: [(7, Status.MET), (11, Status.MET), (16, Status.MET)],
    38: [(0, Status.WORKING), (18, Status.MET)],
    49: [(5, Status.MET), (1, Status.NOT_YET)],
    53: [(12, Status.MET)],
}
# Note, link and what each shows.
EVIDENCE = {
    31: ("Ran the design review that settled how requests are batched", "", (6, 7)),
    40: ("", "https://wiki.example.com/llm/regression-runs", (0,)),
    54: ("Led the rollout of the new model: two stages, one rollback drill", "", (2, 12)),
}


async def grow(local: Local) -> None:
    """Let the sample engineer have grown until now."""
    services, slack = local.nextrung.services, local.slack
    me = await services.members.find(Tenant(WORKSPACE), ENGINEER)
    shelf = services.catalogues.shelf()
    cells = [key_of(each.target) for each in to_lead(local)]
    slack.advance(-timedelta(days=DAYS).total_seconds())
    for day in range(DAYS):
        for at, status in MARKS.get(day, ()):
            await services.assessing.mark(me, shelf, cells[at], status)
        if day in EVIDENCE:
            note, link, shows = EVIDENCE[day]
            supports, token = [cells[at] for at in shows], f"day {day}"
            await services.evidence.add(me, note=note, link=link, supports=supports, token=token)
        slack.advance(timedelta(days=1).total_seconds())
    # Last, so that no nudge comes in between.
    await services.goals.set(me, shelf, GOAL)
