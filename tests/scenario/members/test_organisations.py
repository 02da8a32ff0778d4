"""A workspace joins an organisation and leaves it: what its members hold is seen all along."""

from bot.sandbox.samples import WORKSPACE
from tests.scenario.desk import Desk


async def test_joining_an_organisation_and_leaving_it_changes_nothing(desk: Desk) -> None:
    await desk.engineer.command("/growth goal llm-engineer principal")
    before = (await desk.engineer.command("/growth")).plain
    assert "Principal" in before
    for enterprise_id in ("E0FIRST", "E0SECOND", None):
        desk.slack.world.workspaces[WORKSPACE].enterprise_id = enterprise_id
        assert (await desk.engineer.command("/growth")).plain == before
