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
# On which of those days which skills of the way to Lead were marked.
MARKS = {
    3: [("test-automation", Status.MET)],
    9: [("code-review", Status.MET), ("natural-language-processing", Status.NOT_RELEVANT)],
    17: [("llm-evaluation", Status.WORKING), ("programming", Status.MET)],
    30: [("incident-response", Status.MET), ("model-monitoring", Status.MET)],
    38: [
        ("retrieval-augmented-generation", Status.WORKING),
        ("technical-communication", Status.MET),
    ],
    49: [("observability", Status.MET), ("technical-strategy", Status.NOT_YET)],
    53: [("project-delivery", Status.MET)],
}
# Note, link and what each shows.
EVIDENCE = {
    31: (
        "Wrote the decision record on a second model provider, with both rejected options",
        "",
        ("technical-communication",),
    ),
    40: ("", "https://wiki.example.com/llm/regression-runs", ("llm-evaluation",)),
    54: (
        "Led the rollout of the new model: two stages, one rollback drill",
        "",
        ("project-delivery", "model-serving"),
    ),
}


async def grow(local: Local) -> None:
    """Let the sample engineer have grown until now."""
    services, slack = local.nextrung.services, local.slack
    me = await services.members.find(Tenant(WORKSPACE), ENGINEER)
    shelf = services.catalogues.shelf()
    cells = {each.target.skill.key: key_of(each.target) for each in to_lead(local)}
    slack.advance(-timedelta(days=DAYS).total_seconds())
    for day in range(DAYS):
        for skill, status in MARKS.get(day, ()):
            await services.assessing.mark(me, shelf, cells[skill], status)
        if day in EVIDENCE:
            note, link, shows = EVIDENCE[day]
            supports, token = [cells[skill] for skill in shows], f"day {day}"
            await services.evidence.add(me, note=note, link=link, supports=supports, token=token)
        slack.advance(timedelta(days=1).total_seconds())
    # Last, so that no nudge comes in between.
    await services.goals.set(me, shelf, GOAL)
