"""An organisation has the app org-wide: its people are one, its frameworks kept, one is picked."""

import re
from typing import Any

import pytest

from bot.domain.installs.audit import ActKind
from bot.domain.installs.moves import Stage
from bot.sandbox.samples import ENGINEER, MANAGER, OTHER_ENGINEER, OTHER_WORKSPACE, WORKSPACE
from tests.fakes.directory import FakeDirectory
from tests.scenario.desk import Desk, as_modal
from tests.scenario.installs.moving import (
    BOTH,
    HERE,
    ORG,
    ORGANISATION,
    THERE,
    WAITS,
    Owners,
    as_organisation,
    directory,
    errands,
    framework,
    in_organisation,
    tell,
)

GOAL = "LLM Engineer, Lead"


@pytest.fixture
async def settled(stored_desk: Desk) -> Desk:
    """Two workspaces that have the app for themselves, with a member each who has a goal."""
    await stored_desk.nextrung.clockwork.stop()
    await stored_desk.engineer.command("/growth goal lead")
    other = stored_desk.slack.member(OTHER_ENGINEER)
    await other.command("/growth role llm-engineer senior")
    await other.command("/growth goal llm-engineer principal")
    await stored_desk.drained()
    return stored_desk


async def migrate(desk: Desk, teams: dict[str, str] = BOTH, **answers: Any) -> FakeDirectory:
    """Let the organisation have the app in these workspaces, in place of their own."""
    as_organisation(desk)
    desk.slack.revoke(OTHER_WORKSPACE)
    fake = directory(desk, in_organisation=teams, installed={ORG}, **answers)
    await tell(desk, "team_access_granted", team_ids=[*teams])
    await errands(desk, 3)
    return fake


async def test_people_of_several_workspaces_are_the_organisations(settled: Desk) -> None:
    desk = settled
    await migrate(desk)
    assert GOAL in await in_organisation(desk)
    other = await in_organisation(desk, user_id=OTHER_ENGINEER, team_id=OTHER_WORKSPACE)
    assert "LLM Engineer, Principal" in other
    for tenant in (HERE, THERE):
        move = await desk.nextrung.database.moves.of(tenant)
        assert move is not None
        assert (move.stage, move.organisation) == (Stage.DONE, ORGANISATION)
        assert not await desk.nextrung.database.organisations.has_people(tenant)
    assert len(desk.logged("workspace_moved")) == 2


async def test_the_same_person_in_several_workspaces_is_one(settled: Desk) -> None:
    desk = settled
    await migrate(desk, ids={OTHER_ENGINEER: ENGINEER})
    both = await in_organisation(desk)
    assert "LLM Engineer, Principal" in both, "the newer goal is the active one"
    async with desk.nextrung.database.read(ORG) as work:
        goals = await work.growth.goals_of(ENGINEER)
        assert await work.members.get(OTHER_ENGINEER) is None
    assert len(goals) == 2, "the other one is kept"


async def test_it_waits_only_until_they_went_over(settled: Desk) -> None:
    desk = settled
    as_organisation(desk)
    directory(desk, in_organisation=BOTH, installed={ORG})
    await tell(desk, "team_access_granted", team_ids=[*BOTH])
    assert WAITS in await in_organisation(desk)
    assert WAITS not in await in_organisation(desk, team_id="T0NEW", user_id="U0NEW")
    await errands(desk, 2)
    assert GOAL in await in_organisation(desk)


async def test_who_has_the_app_for_themselves_as_well_keeps_it_apart(settled: Desk) -> None:
    desk = settled
    desk.slack.world.workspaces[WORKSPACE].enterprise_id = ORGANISATION
    as_organisation(desk, OTHER_WORKSPACE)
    directory(desk, in_organisation=BOTH, installed={ORG, HERE})
    await tell(desk, "team_access_granted", team_ids=[*BOTH])
    await errands(desk, 3)
    assert GOAL in (await desk.engineer.command("/growth")).plain
    assert await desk.nextrung.database.moves.of(HERE) is None
    # Its own installation ends, and the organisation's serves it from now on.
    directory(desk, in_organisation=BOTH, installed={ORG})
    await desk.slack.event({"type": "app_uninstalled"})
    await desk.drained()
    await errands(desk, 3)
    answer = await in_organisation(desk)
    assert GOAL in answer


async def test_the_removal_of_a_workspaces_own_installation_deletes_nothing(settled: Desk) -> None:
    desk = settled
    await framework(desk, THERE, owner=MANAGER)
    await migrate(desk)
    await desk.slack.event({"type": "app_uninstalled"}, workspace_id=OTHER_WORKSPACE)
    await desk.drained()
    for _ in range(3):
        desk.slack.advance(20 * 86_400)
        await errands(desk, 3)
    (part,) = (await desk.nextrung.database.frameworks.of(ORG, "none")).parts
    assert part.team_id == OTHER_WORKSPACE
    assert desk.logged("workspace_kept_for_organisation")
    async with desk.nextrung.database.read(ORG) as work:
        assert await work.members.get(OTHER_ENGINEER) is not None


async def test_the_only_framework_is_used(settled: Desk) -> None:
    desk = settled
    await framework(desk, HERE, owner=MANAGER)
    await migrate(desk)
    async with desk.nextrung.database.read(ORG) as work:
        assert await work.workspaces.catalogue_key() == f"workspace-{WORKSPACE.lower()}"
        assert await work.workspaces.catalogue_owners() == {MANAGER}
    assert "Framework of" not in await home(desk, ENGINEER)
    assert GOAL in await in_organisation(desk)


async def home(desk: Desk, slack_id: str, *owners: str) -> str:
    """Return what somebody's Home says who opens it by the organisation's installation."""
    desk.nextrung.services.own_catalogue.rights._profiles = Owners(*owners)
    desk.nextrung.services.own_catalogue.rights.forget()
    handle = desk.slack.member(slack_id)
    await desk.home(handle)
    return handle.home.plain


async def test_of_several_frameworks_an_owner_of_the_organisation_picks(settled: Desk) -> None:
    desk = settled
    for tenant, owner in ((HERE, MANAGER), (THERE, OTHER_ENGINEER)):
        await framework(desk, tenant, owner=owner)
    await migrate(desk)
    async with desk.nextrung.database.read(ORG) as work:
        assert await work.workspaces.catalogue_key() is None
        assert await work.workspaces.catalogue_owners() == frozenset()

    told = await home(desk, ENGINEER)
    assert "Your organisation brought 2 frameworks of its own" in told
    assert "you all see the one that comes with Nextrung" in told
    assert "Choose a Framework" not in desk.engineer.home.buttons
    assert (
        "Choose a Framework…" in (await home(desk, MANAGER, MANAGER), desk.manager.home.buttons)[1]
    )

    modal = as_modal(await desk.manager.home.press("Choose a Framework…"))
    assert f"Framework of {WORKSPACE}" in modal.plain
    assert "From the workspace Bakery" in modal.plain
    assert "From the workspace Mill" in modal.plain
    assert re.search(r"\d+ roles · \d+ skills", modal.plain)
    assert modal.buttons.count("Use This One") == 2
    await modal.press("Use This One")
    await desk.drained()
    async with desk.nextrung.database.read(ORG) as work:
        assert await work.workspaces.catalogue_key() is not None
    acts = [each async for each in desk.nextrung.database.audit.entries()]
    picked = [each.act for each in acts if each.act.kind is ActKind.FRAMEWORK_PICKED]
    assert [(each.slack_id) for each in picked] == [MANAGER]
    found = await desk.nextrung.database.frameworks.of(ORG, "none")
    assert len(found.others) == 1, "the other one is kept, and can be picked later"
    assert "Also kept, and not in use" in await home(desk, MANAGER, MANAGER)
    assert "Also kept" not in await home(desk, ENGINEER)


async def test_an_admin_of_a_workspace_picks_nothing(settled: Desk) -> None:
    desk = settled
    for tenant in (HERE, THERE):
        await framework(desk, tenant, owner=MANAGER)
    await migrate(desk)
    await home(desk, MANAGER, MANAGER)
    modal = as_modal(await desk.manager.home.press("Choose a Framework…"))
    desk.nextrung.services.own_catalogue.rights._profiles = Owners()
    await modal.press("Use This One")
    assert "Only an owner or an admin of your organisation" in desk.manager.modal.plain  # type: ignore[union-attr]
    async with desk.nextrung.database.read(ORG) as work:
        assert await work.workspaces.catalogue_key() is None
