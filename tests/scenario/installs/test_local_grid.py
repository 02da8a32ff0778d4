"""The same with the local Slack's own organisation: its events, its tokens, its answers."""

from dataclasses import replace

import pytest

from bot.domain.installs.moves import Stage
from bot.domain.tenancy import Tenant
from bot.sandbox.sample_organisation import SHARED_CHANNEL, SOUTH, SOUTH_ENGINEER
from bot.sandbox.samples import BOT, ENGINEER, WORKSPACE
from tests.scenario.desk import Desk, interaction_fields
from tests.scenario.installs.moving import HERE, ORG, ORGANISATION, as_organisation, errands, said
from tests.scenario.nudging import begin, deliver, next_at
from tests.scenario.presses import MODAL

NEW = "W" + ENGINEER[1:]


@pytest.fixture
async def grid(stored_desk: Desk) -> Desk:
    await stored_desk.nextrung.clockwork.stop()
    slack = stored_desk.slack
    slack.world.add_organisation(bot_name=slack.manifest.app_name)
    return stored_desk


async def test_a_workspace_moves_leaves_and_its_people_see_what_they_told(grid: Desk) -> None:
    desk, events = grid, grid.slack.install_events
    await begin(desk, desk.engineer, "/growth goal lead")
    await events.start_migration(WORKSPACE)
    assert "is moving into an organisation" in (await desk.engineer.command("/growth")).plain
    desk.slack.advance(3600)
    await events.finish_migration(WORKSPACE, renamed=[ENGINEER])
    await desk.drained()
    await errands(desk)
    engineer = desk.slack.member(NEW)
    assert "LLM Engineer, Lead" in (await engineer.command("/growth")).plain
    move = await desk.nextrung.database.moves.of(HERE)
    assert move is not None
    assert (move.stage, move.mapped, move.unknown) == (Stage.DONE, 1, 0)
    desk.slack.migrations.leave(WORKSPACE)
    assert "LLM Engineer, Lead" in (await engineer.command("/growth")).plain


async def test_a_workspace_is_taken_out_and_let_in_again(grid: Desk) -> None:
    desk = grid
    await begin(desk, desk.engineer, "/growth goal lead")
    profiles = desk.nextrung.nudging.sending._tools.profiles
    told = profiles.profile

    async def only_here(tenant: Tenant, slack_id: str) -> object:
        found = await told(tenant, slack_id)
        refused = desk.nextrung.services.moves.refused(tenant)
        return replace(found, barred="refused" if WORKSPACE in refused else None) if found else None

    profiles.profile = only_here  # type: ignore[method-assign, assignment]
    organisations, now = desk.nextrung.database.organisations, desk.slack.clock.now()
    as_organisation(desk)
    await organisations.told(ORG, {WORKSPACE: "Bakery"}, [], now=now)
    await desk.nextrung.database.moves.enter(HERE, ORGANISATION, now=now)
    await desk.nextrung.database.moves.give_over(HERE, ORG, now=now, most=99)
    await desk.nextrung.database.moves.end(HERE, Stage.DONE, now=now)
    claim = {"enterprise_id": ORGANISATION, "is_enterprise_install": "true"}
    assert "LLM Engineer, Lead" in await said(desk, **claim)

    await organisations.told(ORG, {}, [WORKSPACE], now=now)
    await desk.nextrung.services.moves.refresh()
    refused = await said(desk, **claim)
    assert "Your organisation does not let Nextrung be used in this workspace" in refused
    count = len(desk.engineer.messages())
    desk.slack.advance(8 * 86_400)
    await deliver(desk)
    assert len(desk.engineer.messages()) == count, "who is only there gets nothing"

    await organisations.told(ORG, {WORKSPACE: "Bakery"}, [], now=desk.slack.clock.now())
    await desk.nextrung.services.moves.refresh()
    assert "LLM Engineer, Lead" in await said(desk, **claim)
    async with desk.nextrung.database.read(ORG) as work:
        status = await work.plans.of(ENGINEER)
    assert status is not None
    assert status.barred is None
    desk.slack.advance(8 * 86_400)
    await deliver(desk)
    assert len(desk.engineer.messages()) == count + 1, "what was missed is one nudge"


async def test_who_a_connected_channel_brings_is_told_and_not_kept(grid: Desk) -> None:
    """A form names their own workspace; that the app is in another one, its view says."""
    desk = grid
    channel = desk.slack.world.channels[SHARED_CHANNEL]
    channel.member_ids |= {BOT, ENGINEER}
    person = {"id": SOUTH_ENGINEER, "username": "south", "team_id": SOUTH}
    view = MODAL | {"callback_id": "role", "private_metadata": "home", "team_id": SOUTH}
    view |= {"app_installed_team_id": WORKSPACE}
    enterprise = {"id": ORGANISATION, "name": "Sample Organisation"}
    form = interaction_fields(
        "view_submission",
        user=person,
        team={"id": SOUTH, "domain": "sample-south"},
        enterprise=enterprise,
        view=view,
    )
    for _ in range(2):
        answer = (await desk.interact(form)).json()
        assert answer["response_action"] == "update"
        told = str(answer["view"]["blocks"])
        assert "Nextrung is here for the members of the workspace that installed it" in told
    async with desk.nextrung.database.read(HERE) as work:
        assert await work.members.get(SOUTH_ENGINEER) is None
    asked = desk.slack.inspector.find(name="users.info")
    assert [each.request.get("user") for each in asked].count(SOUTH_ENGINEER) == 1
    # Where it is in no workspace of ours at all, nothing is known of it.
    stranger = form | {"view": view | {"app_installed_team_id": SOUTH}}
    answer = (await desk.interact(stranger)).json()
    assert answer["response_action"] == "update"
    assert "Nextrung is not installed in this workspace." in str(answer["view"]["blocks"])


async def test_a_guest_reads_and_gets_no_nudges(grid: Desk) -> None:
    desk = grid
    await desk.engineer.command("/growth goal lead")
    due = await next_at(desk, desk.engineer)
    desk.slack.world.change_member(ENGINEER, is_restricted=True)
    desk.slack.advance((due - desk.slack.clock.now()).total_seconds() + 8 * 86_400)
    count = len(desk.engineer.messages())
    await deliver(desk)
    assert len(desk.engineer.messages()) == count
    assert "LLM Engineer, Lead" in (await desk.engineer.command("/growth")).plain
