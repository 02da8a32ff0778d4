"""Goals: set from a card, changed, dropped, adopted, reached; pinned to their revision."""

from dataclasses import replace

import pytest

from bot.cards.growth.home.moved import MOVES
from bot.domain.errors import LeftCatalogue
from bot.domain.framework import CatalogueContent, CellKey, Requirement
from bot.domain.growth.assessment import Status
from bot.domain.growth.goal import Goal, GoalState
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.samples import ENGINEER, WORKSPACE
from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.growing import counted, lead_cells, lead_required
from tests.scenario.lookup.test_revisions import current, publish
from tests.scenario.presses import button, pressed

HERE = Tenant(WORKSPACE)


async def member_of(desk: Desk) -> Member:
    return await desk.nextrung.services.members.find(HERE, ENGINEER)


async def goal_of(desk: Desk) -> Goal | None:
    return (await desk.nextrung.services.growth.of(await member_of(desk))).growth.goal


async def meet(desk: Desk, *, leave: int = 0) -> None:
    """Mark every required expectation of Lead as met but the last `leave`."""
    services, member = desk.nextrung.services, await member_of(desk)
    shelf = services.catalogues.shelf()
    report = await services.measuring.report(member, shelf)
    assert report is not None
    assert report.report is not None
    required = report.report.gap.required()
    for gap in required[: len(required) - leave]:
        cell = CellKey("llm-engineer", "lead", gap.target.skill.key)
        await services.assessing.mark(member, shelf, cell, Status.MET)


async def test_goal_is_set_from_the_gap_card_which_is_redrawn(any_desk: Desk) -> None:
    gap = await any_desk.engineer.command("/promote-gap llm-engineer lead")
    redrawn = as_message(await gap.press("Set as Goal"))

    assert "Set as Goal" not in redrawn.buttons
    assert "LLM Engineer: Senior → Lead" in redrawn.plain
    assert (await any_desk.refreshed(any_desk.engineer)).plain.startswith(
        "Goal: LLM Engineer, Lead"
    )


async def test_goal_is_changed_in_a_form_and_the_old_one_is_kept_as_dropped(desk: Desk) -> None:
    await desk.engineer.command("/growth goal lead")
    await desk.refreshed(desk.engineer)
    form = as_modal(await desk.engineer.home.choose("more.0", "Change Goal…"))
    turned = as_modal(await form.choose("Role", "Data Scientist"))
    assert "Junior" not in turned.options("Level")  # nothing lies below it
    await turned.fill({"Level": "Senior"})
    await turned.submit()

    assert (await desk.refreshed(desk.engineer)).plain.startswith("Goal: Data Scientist, Senior")
    record = await desk.nextrung.services.records.everything(await member_of(desk))
    assert [each.state for each in record.goals] == [GoalState.DROPPED, GoalState.ACTIVE]


async def test_goal_is_dropped_only_after_a_second_word(desk: Desk) -> None:
    await desk.engineer.command("/growth goal lead")
    home = await desk.refreshed(desk.engineer)
    await as_modal(await home.choose("more.0", "Drop Goal…")).close()
    assert (await desk.refreshed(desk.engineer)).plain.startswith("Goal:")
    await as_modal(await home.choose("more.0", "Drop Goal…")).submit()

    assert (await desk.refreshed(desk.engineer)).plain.startswith("Three things between you")
    goal = await goal_of(desk)
    assert goal is None or goal.state is not GoalState.ACTIVE


async def test_pressing_twice_sets_one_goal(stored_desk: Desk) -> None:
    desk = stored_desk
    hub = await desk.engineer.command("/growth")
    await hub.press("Set Lead as Goal")
    for _ in range(2):
        await desk.interact(pressed(desk, button("pick_goal.0", "gap?k=llm-engineer&l=lead")))

    record = await desk.nextrung.services.records.everything(await member_of(desk))
    assert [(each.level, each.state) for each in record.goals] == [("lead", GoalState.ACTIVE)]


async def test_reaching_the_goal_changes_home_and_leads_on(desk: Desk) -> None:
    await desk.engineer.command("/growth goal lead")
    await meet(desk, leave=1)
    required = len(lead_required(desk))
    home = await desk.home(desk.engineer)
    assert counted(desk, required - 1) in home.plain
    await home.choose("mark_menu.0", "Met")
    home = await desk.refreshed(desk.engineer)
    assert home.plain.startswith("Goal reached: LLM Engineer, Lead")
    assert counted(desk, required) in home.plain

    hub = await desk.engineer.command("/growth")
    onward = ["Next Goal", "Record Lead as My Level", "See the Gap"]
    assert hub.buttons == [*onward, "Change Role", "Settings"]

    form = as_modal(await home.press("Next Goal"))
    await form.close()
    await home.press("Record Lead as My Level")
    home = await desk.refreshed(desk.engineer)
    assert "*You:* LLM Engineer, Lead" in home.plain
    assert "Record Lead as My Level" not in home.buttons
    form = as_modal(await home.press("Next Goal"))
    await form.submit()
    home = await desk.refreshed(desk.engineer)
    assert home.plain.startswith("Goal: LLM Engineer, Principal")


async def test_a_goal_that_is_met_when_it_is_set_is_reached(desk: Desk) -> None:
    await desk.engineer.command("/growth goal lead")
    await meet(desk)
    await desk.engineer.command("/growth goal principal")
    card = await desk.engineer.command("/growth goal lead")

    assert "Nothing required of *LLM Engineer, Lead* is open." in card.plain
    goal = await goal_of(desk)
    assert goal is not None
    assert goal.state is GoalState.REACHED


def with_all_required(content: CatalogueContent) -> CatalogueContent:
    """Return the catalogue with everything at LLM Engineer, Lead required."""
    expectations = tuple(
        replace(each, requirement=Requirement.REQUIRED)
        if (each.role.key, each.level.key) == ("llm-engineer", "lead")
        else each
        for each in content.expectations
    )
    return replace(content, expectations=expectations)


async def test_home_says_what_a_newer_revision_moved_and_adopts_it(
    stored_desk: Desk, bot_url: str
) -> None:
    desk = stored_desk
    await desk.engineer.command("/growth goal lead")
    before, moved = counted(desk, 0), len(lead_cells(desk)) - len(lead_required(desk))
    await publish(bot_url, with_all_required(current(desk)), desk.slack.clock.now())
    await desk.nextrung.services.catalogues.refresh()

    home = await desk.home(desk.engineer)
    assert f"*The catalogue changed {moved} things in your goal*" in home.plain
    assert home.plain.count("required now, was optional") == MOVES
    assert f"and {moved - MOVES} more" in home.plain
    assert before in home.plain  # as when it was set
    hub = await desk.engineer.command("/growth")
    assert f"The catalogue changed {moved} things in your goal" in hub.plain

    await home.press("Adopt New Version")
    home = await desk.refreshed(desk.engineer)
    assert counted(desk, 0) in home.plain
    assert "Adopt New Version" not in home.buttons


def without_the_role(content: CatalogueContent) -> CatalogueContent:
    return replace(
        content,
        roles=tuple(each for each in content.roles if each.key != "llm-engineer"),
        expectations=tuple(
            each for each in content.expectations if each.role.key != "llm-engineer"
        ),
    )


async def test_a_goal_whose_role_is_gone_stays_and_cannot_be_adopted(
    stored_desk: Desk, bot_url: str
) -> None:
    desk = stored_desk
    await desk.engineer.command("/growth goal lead")
    await publish(bot_url, without_the_role(current(desk)), desk.slack.clock.now())
    await desk.nextrung.services.catalogues.refresh()

    home = await desk.home(desk.engineer)
    assert "no longer has the role or level you had chosen" in home.plain
    assert "no longer has *LLM Engineer, Lead*, your goal" in home.plain
    assert "Adopt New Version" not in home.buttons
    shelf = desk.nextrung.services.catalogues.shelf()
    with pytest.raises(LeftCatalogue):
        await desk.nextrung.services.goals.adopt(await member_of(desk), shelf)
    assert await goal_of(desk) is not None


async def test_a_form_for_a_level_that_is_gone_says_so_and_loses_nothing(
    stored_desk: Desk, bot_url: str
) -> None:
    desk = stored_desk
    form = as_modal(await desk.engineer.command_view("/growth goal"))
    await publish(bot_url, without_the_role(current(desk)), desk.slack.clock.now())
    await desk.nextrung.services.catalogues.refresh()
    await form.submit()

    assert "The catalogue has changed" in form.errors["Role"]
    assert form.is_open
    assert await goal_of(desk) is None


async def test_values_of_ones_own_making_change_nothing(desk: Desk) -> None:
    for action in ("set_goal", "pick_goal.0", "change_goal", "pick_role.0"):
        for value in ("", "x", "details?k=mlops&r=llm-engineer&l=lead", "gap?k=gone&l=lead", None):
            await desk.interact(pressed(desk, button(action, value)))

    assert await goal_of(desk) is None
    member = await member_of(desk)
    assert (member.role_key, member.level_key) == ("llm-engineer", "senior")
