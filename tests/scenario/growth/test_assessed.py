"""How a walk-through ends: what changed, what is next, and what else shows it."""

import re

from bot.cards.ids import Action
from bot.cards.links import encode
from bot.domain.growth.requests import Assess
from bot.domain.lookup.requests import ShowGap
from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.growing import (
    counted,
    lead_cells,
    lead_required,
    mark,
    member,
    name_of,
    walked_cells,
)
from tests.scenario.growth.test_assessment import LEAD, TARGET, answer, walk
from tests.scenario.presses import button, pressed


async def test_the_end_tells_the_progress_what_changed_and_what_is_next(any_desk: Desk) -> None:
    cells = walked_cells(any_desk)
    rest = [each for each in lead_cells(any_desk) if each not in cells[:3]]
    for cell in rest[:-1]:
        await mark(any_desk, cell)
    modal = await walk(any_desk)
    assert f"1 of {len(lead_cells(any_desk))} in all" in modal.plain
    modal = await answer(await answer(modal, "Met"), "Working on It")
    while "Where you stand" not in modal.plain:
        modal = as_modal(await modal.submit())

    assert f" open*, of {len(lead_required(any_desk))} required" in modal.plain
    assert "*What has changed*" in modal.plain
    assert f"• Met: {name_of(any_desk, cells[0])}" in modal.plain
    assert "• Working on it: " in modal.plain
    assert re.search(r"Required and met: (\d+) before, (\d+) now", modal.plain)
    assert "To work on next: " in modal.plain
    assert "Assess 2 More" in modal.buttons
    rest_ = as_modal(await modal.press("Assess 2 More"))
    assert f"3 of {len(lead_cells(any_desk))} in all" in rest_.plain


async def test_where_nothing_was_answered_the_end_says_so(desk: Desk) -> None:
    modal = await walk(desk)
    for _ in lead_cells(desk):
        modal = as_modal(await modal.submit())
    assert "You changed nothing this time." in modal.plain
    assert "What has changed" not in modal.plain


async def test_the_end_leads_to_the_gap_and_to_a_goal(any_desk: Desk) -> None:
    desk = any_desk
    card = await desk.engineer.command(LEAD)
    modal = as_modal(await card.press("Assess Myself"))
    for _ in lead_cells(desk):
        modal = as_modal(await modal.submit())

    told = as_modal(await modal.press("See the Gap"))
    assert "Close this to see it." in told.plain
    goal = as_modal(await told.press("Set as Goal"))
    await desk.drained()

    assert "Your goal is *LLM Engineer, Lead*." in goal.plain
    assert "Set as Goal" not in goal.buttons
    assert "Your goal" in card.plain
    held = await desk.nextrung.services.growth.of(await member(desk))
    assert held.growth.active_goal is not None


async def test_from_home_the_gap_comes_as_a_direct_message(desk: Desk) -> None:
    services = desk.nextrung.services
    await services.goals.set(await member(desk), services.catalogues.shelf(), TARGET)
    modal = as_modal(await (await desk.home(desk.engineer)).press("Assess Myself"))
    for _ in lead_cells(desk):
        modal = as_modal(await modal.submit())
    assert "Set as Goal" not in modal.buttons

    told = as_modal(await modal.press("See the Gap"))

    assert "your direct messages with Nextrung" in told.plain
    required = f"of {len(lead_required(desk))} required"
    (sent,) = [each for each in desk.engineer.messages() if required in each.plain]
    assert sent.channel.im_member_id == desk.engineer.id
    marked = await sent.choose("mark_menu.0", "Met")
    assert "Marked *met* just now." in marked.plain
    assert as_message(marked).ts == sent.ts, "in place: nobody else sees that message"
    turned = as_message(await marked.press("Next 5"))
    assert turned.ts == sent.ts


async def test_the_last_answer_celebrates_a_goal_that_it_completes(stored_desk: Desk) -> None:
    desk, services = stored_desk, stored_desk.nextrung.services
    await services.goals.set(await member(desk), services.catalogues.shelf(), TARGET)
    last = lead_required(desk)[-1]
    for cell in lead_cells(desk):
        if cell != last:
            await mark(desk, cell)
    at = walked_cells(desk).index(last) + 1
    modal = await walk(desk)
    assert f"{at} of {len(lead_cells(desk))} in all" in modal.plain

    following = await answer(modal, "Met")

    assert "Goal reached: LLM Engineer, Lead." in following.plain
    undone = as_modal(await following.press("Undo"))
    assert "Your goal is open again." in undone.plain
    assert f"{at} of {len(lead_cells(desk))} in all" in undone.plain


async def test_stopping_redraws_the_card_below(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(LEAD)
    second = await answer(as_modal(await card.press("Assess Myself")), "Met")
    assert counted(any_desk, 0) in card.plain

    await second.close()
    await any_desk.drained()

    assert counted(any_desk, 1) in card.plain


async def test_a_level_without_a_gap_is_walked_whole(desk: Desk) -> None:
    value = encode(Assess(ShowGap("llm-engineer", ("senior",))))
    await desk.engineer.command(LEAD)
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    role = catalogue.role("llm-engineer")
    assert role is not None
    senior = role.ladder.level("senior")
    assert senior is not None
    total = len(catalogue.expectations_at(role, senior))
    trigger = desk.slack.world.new_trigger(desk.engineer.id).id

    await desk.interact(pressed(desk, button(Action.ASSESS, value), trigger_id=trigger))

    modal = desk.engineer.modal
    assert modal is not None
    assert f"1 of {total} in all · LLM Engineer, Senior" in modal.plain
