"""A walk past every listener, as members press and type; a module a room."""

from collections.abc import Awaitable, Callable

from tests.scenario.desk import Desk
from tests.scenario.door.walk import (
    catalogue,
    growth,
    installs,
    lookup,
    members,
    nudges,
    team_view,
    teams,
)
from tests.scenario.door.walk.steps import Settle

STEPS: tuple[Callable[[Desk, Settle], Awaitable[None]], ...] = (
    lookup.lookup,
    teams.helping,
    lookup.finding_roles,
    growth.marks,
    growth.walking_through,
    growth.evidence,
    teams.confirmations,
    growth.actions,
    teams.two_people,
    growth.goals,
    growth.roles,
    nudges.nudges,
    nudges.rates,
    members.settings,
    nudges.digest,
    growth.the_end_of_a_goal,
    catalogue.catalogue,
    teams.sharing,
    team_view.team,
    members.forgetting,
    installs.events,
    installs.organisations,
)


async def journey(desk: Desk, settle: Settle) -> None:
    """Use every control once at least; `settle` ends what the last one led to."""
    for step in STEPS:
        await step(desk, settle)
    await settle()
