"""What counts, as a member sees it: undo, goals that open again, likely, put aside."""

import pytest

from bot.cards.ids import Action
from bot.domain.errors import MarkedSince
from bot.domain.framework import CellKey, Requirement
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.goal import GoalState
from bot.domain.growth.holdings import Growth
from bot.domain.lookup.requests import ShowGap
from tests.scenario.desk import Desk, as_message
from tests.scenario.growing import (
    counted,
    history,
    lead_cells,
    lead_required,
    mark,
    member,
    raised_menu,
)
from tests.scenario.presses import button, pressed

LEAD = "/promote-gap llm-engineer lead"
TRANSFER = "/promote-gap ml-engineer senior from mlops-engineer senior"
MENU = f"{Action.MARK_MENU}.0"


async def held(desk: Desk) -> Growth:
    services = desk.nextrung.services
    return (await services.growth.of(await member(desk))).growth


async def set_goal(desk: Desk) -> None:
    services = desk.nextrung.services
    goal = ShowGap("llm-engineer", ("lead",))
    await services.goals.set(await member(desk), services.catalogues.shelf(), goal)


async def mlops_senior_met(desk: Desk) -> None:
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    for each in catalogue.content.expectations:
        if (each.role.key, each.level.key) == ("mlops-engineer", "senior"):
            await mark(desk, CellKey("mlops-engineer", "senior", each.skill.key))


def transferred(desk: Desk) -> tuple[int, int, int]:
    """Return what MLOps Engineer, Senior leaves of ML Engineer, Senior: required ones, then all.

    The required ones are those that are likely and those that are open.
    """
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    met, asked = (
        [each for each in catalogue.content.expectations if (each.role.key, each.level.key) == rung]
        for rung in (("mlops-engineer", "senior"), ("ml-engineer", "senior"))
    )
    depths = {each.skill.key: each.proficiency.rank for each in met if each.proficiency}
    carried = [
        each
        for each in asked
        if each.proficiency and depths.get(each.skill.key, -1) >= each.proficiency.rank
    ]
    required = [each.requirement is Requirement.REQUIRED for each in asked]
    likely = [each.requirement is Requirement.REQUIRED for each in carried]
    assert 3 < sum(likely) < sum(required), "some carry over, and some do not"
    return sum(likely), sum(required) - sum(likely), len(carried)


async def test_undo_restores_that_nothing_was_marked(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(LEAD)
    marked = await card.choose(raised_menu(any_desk), "Met")

    undone = await marked.press("Undo")

    assert "Advanced → Expert · as it was before" in undone.plain
    assert counted(any_desk, 0) in undone.plain
    assert [each.withdraws for each in await history(any_desk)] == [False, True]
    assert (await held(any_desk)).marks == {}


async def test_undo_restores_an_earlier_mark_with_its_note_and_date(stored_desk: Desk) -> None:
    cell = lead_cells(stored_desk)[0]
    await mark(stored_desk, cell, Status.WORKING, "half way")
    before = (await held(stored_desk)).marks[cell]
    marked = await (await stored_desk.engineer.command(LEAD)).choose(MENU, "Met")

    await marked.press("Undo")

    assert (await held(stored_desk)).marks[cell] == before


async def test_undo_twice_or_after_another_mark_changes_nothing_more(stored_desk: Desk) -> None:
    desk = stored_desk
    cell, services = lead_cells(desk)[0], desk.nextrung.services
    who, shelf = await member(desk), services.catalogues.shelf()
    first = await services.assessing.mark(who, shelf, cell, Status.WORKING)
    second = await services.assessing.mark(who, shelf, cell, Status.MET)
    assert first.mark is not None
    assert second.mark is not None
    await services.assessing.undo(who, shelf, cell, second.mark.stamp)
    await services.assessing.undo(who, shelf, cell, second.mark.stamp)
    assert (await held(desk)).marks[cell].status is Status.WORKING
    third = await services.assessing.mark(who, shelf, cell, Status.NOT_YET)
    with pytest.raises(MarkedSince):
        await services.assessing.undo(who, shelf, cell, first.mark.stamp)
    assert (await held(desk)).marks[cell] == third.mark


async def test_undoing_the_mark_that_reached_a_goal_opens_it_again(any_desk: Desk) -> None:
    desk = any_desk
    await set_goal(desk)
    cells = lead_cells(desk)
    for cell in cells[1:]:
        await mark(desk, cell)
    reached = as_message(await (await desk.engineer.command(LEAD)).choose(MENU, "Met"))
    assert "Goal reached: LLM Engineer, Lead." in reached.plain
    goal = (await held(desk)).goal
    assert goal is not None
    assert goal.state is GoalState.REACHED

    undone = await reached.press("Undo")

    assert "Your goal is open again." in undone.plain
    assert counted(desk, len(lead_required(desk)) - 1) in undone.plain
    goal = (await held(desk)).active_goal
    assert goal is not None
    assert goal.ended_at is None


async def test_what_is_likely_is_confirmed_or_declined_on_the_card(stored_desk: Desk) -> None:
    desk = stored_desk
    await mlops_senior_met(desk)
    likely, open_, carried = transferred(desk)
    card = await desk.engineer.command(TRANSFER)
    assert f"0 met · {likely} likely · {open_} open" in card.plain
    assert f"*{carried} likely*, met in another role: " in card.plain
    page = await card.press(f"Check {carried} Likely")
    assert page.plain.count("*You met this as MLOps Engineer, Senior* · ") == 3

    confirmed = as_message(await page.press("Holds Here Too"))
    assert f"1 met · {likely - 1} likely · {open_} open" in confirmed.plain
    assert "Marked *met* just now." in confirmed.plain
    assert confirmed.buttons.count("Holds Here Too") == 3, "the next one follows"

    undone = await confirmed.press("Undo")
    assert f"0 met · {likely} likely · {open_} open" in undone.plain
    declined = await undone.press("Not Here")
    assert f"0 met · {likely - 1} likely · {open_ + 1} open" in declined.plain


async def test_what_nobody_marked_only_often_carries_over(desk: Desk) -> None:
    card = await desk.engineer.command(TRANSFER)
    assert "often carry over*, not marked and not counted" in card.plain
    assert "likely" not in card.plain


async def test_what_was_put_aside_is_named_when_the_goal_is_reached(desk: Desk) -> None:
    await set_goal(desk)
    first, second, *rest = lead_cells(desk)
    for cell in rest:
        await mark(desk, cell)
    await mark(desk, second, Status.NOT_RELEVANT, "another team does it")
    reached = await (await desk.engineer.command(LEAD)).choose(MENU, "Met")
    assert "Goal reached: LLM Engineer, Lead." in reached.plain
    assert "*1 required expectation is put aside:*" in reached.plain
    assert "Is that still right?" in reached.plain
    assert {each.cell for each in await history(desk)} >= {first, second}


async def test_a_mark_keeps_the_revision_it_was_made_on(any_desk: Desk) -> None:
    desk = any_desk
    await (await desk.engineer.command(LEAD)).choose(MENU, "Met")
    revision = desk.nextrung.services.catalogues.shelf().catalogue.revision.id
    marks: tuple[Assessment, ...] = await history(desk)
    assert [each.revision_id for each in marks] == [revision]


async def test_the_member_takes_note_of_changed_figures_once(desk: Desk) -> None:
    await set_goal(desk)
    await desk.interact(pressed(desk, button(Action.RECOUNT_SEEN, "recount")))
    goal = (await held(desk)).active_goal
    assert goal is not None
    assert goal.recount_told_at is not None
