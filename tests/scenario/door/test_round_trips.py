"""What a press costs: round trips to the database per listener, everything beside it included.

BEGIN with its settings, COMMIT and the refreshed Home count. On SQLite each statement is one.
"""

import pytest

from tests.fakes.wire import count_statements, metered
from tests.properties import sampled
from tests.scenario.desk import running_desk
from tests.scenario.door.budgets import BUDGETS
from tests.scenario.door.walk.every_room import journey
from tests.scenario.trips import Meter, listened_for


@sampled(
    "kind, anew",
    [("postgresql", True), ("postgresql", False), ("sqlite", False), ("sqlite", True)],
    fewest=2,
    ids=["postgresql-anew", "postgresql-at_hand", "sqlite-at_hand", "sqlite-anew"],
)
async def test_no_listener_costs_more_than_its_budget(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture, kind: str, anew: bool
) -> None:
    bot_url: str = request.getfixturevalue(f"{kind}_bot_url")
    async with metered(bot_url) as (url, wire), running_desk(url, caplog) as desk:
        listeners = listened_for(desk.nextrung.app)
        await count_statements(desk.nextrung.database, wire)
        meter = Meter(desk, wire, anew=anew)
        with meter.counting():
            await journey(desk, meter.settle)
    assert listeners == set(BUDGETS), "each listener has a budget, and each budget a listener"
    assert listeners - set(meter.most) == set(), "the journey passes every listener"
    dear = {
        name: (most, meter.asked[name])
        for name, most in meter.most.items()
        if most > BUDGETS[name][anew]
    }
    assert {name: most for name, (most, _) in dear.items()} == {}, dear
    assert sum(meter.most.values()) > 0, "something is counted at all"


def test_the_budgets_of_what_members_press_most() -> None:
    assert BUDGETS["action mark"].at_hand <= 11  # 8 where it is no part of Details
    assert BUDGETS["action mark_menu"].at_hand <= 8
    assert BUDGETS["action nudge_working"].at_hand <= 10
    assert BUDGETS["action nudge_another"].at_hand <= 10
    assert BUDGETS["action nudge_did_it"].at_hand <= 4
