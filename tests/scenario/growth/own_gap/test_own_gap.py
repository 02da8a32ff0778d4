"""`/promote-gap` with the member's own state: marks made on the card, and what they lead to."""

from datetime import timedelta

import pytest

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.growth.standing import FRESH_FOR
from bot.domain.lookup.requests import ShowGap
from bot.domain.revision import expectation_at
from tests.scenario.desk import Desk, as_message, as_modal, running_desk
from tests.scenario.growing import (
    counted,
    history,
    lead_cells,
    lead_required,
    mark,
    member,
    name_of,
    raised_menu,
)
from tests.scenario.growth.own_gap.gap_controls import LEAD, MENU


async def test_met_folds_the_item_away_in_place(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(LEAD)
    name = name_of(any_desk, lead_cells(any_desk)[0])
    assert f"*{name}*" in card.plain

    redrawn = as_message(await card.choose(MENU, "Met"))

    assert redrawn.ts == card.ts
    assert "Marked *met* just now. Nothing shows it yet." in redrawn.plain
    assert counted(any_desk, 1) in redrawn.plain
    assert f"*1 met:* {name}" in redrawn.plain
    assert redrawn.plain.count(name) == 2  # in place, and folded away
    assert counted(any_desk, 1) in redrawn.text


async def test_the_menu_of_an_item_offers_every_answer(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(LEAD)
    offered = ["Met", "Working on it", "Not yet", "Not relevant to me…"]
    assert card.options(MENU) == [*offered, "Add evidence…", "Details…"]

    working = as_message(await card.choose(MENU, "Working on it"))
    assert working.ts == card.ts
    assert "Marked *working on it* just now." in working.plain
    assert counted(any_desk, 0) in working.plain
    assert MENU not in working.action_ids, "the receipt stands in the item's place"

    again = await any_desk.engineer.command(LEAD)
    assert again.options(MENU) == [*offered, "Add evidence…", "Details…"]


async def test_something_required_is_put_aside_with_a_reason(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(LEAD)
    asked = as_modal(await card.choose(MENU, "Not relevant to me…"))
    assert name_of(any_desk, lead_cells(any_desk)[0]) in asked.plain
    assert await history(any_desk) == ()
    await asked.fill({"Why is it not relevant to you?": "Another team does it"})
    await asked.submit()
    await any_desk.drained()

    assert not asked.is_open
    required = len(lead_required(any_desk))
    assert f"0 met · {required - 1} open* · 1 put aside, of {required} required" in card.plain
    assert "*Put aside* just now, and out of the open ones: “Another team does it”" in card.plain
    assert [each.note for each in await history(any_desk)] == ["Another team does it"]
    undone = await card.press("Undo")
    assert counted(any_desk, 0) in undone.plain


async def test_a_reason_that_is_not_given_puts_aside_all_the_same(desk: Desk) -> None:
    card = await desk.engineer.command(LEAD)
    await as_modal(await card.choose(MENU, "Not relevant to me…")).submit()
    await desk.drained()
    assert "No reason is given." in card.plain
    assert [each.status for each in await history(desk)] == [Status.NOT_RELEVANT]


async def test_whatever_is_chosen_the_menu_shows_the_status_again(desk: Desk) -> None:
    """Slack's clients would go on showing "Details…" until the id of the block changes."""
    card = await desk.engineer.command(LEAD)
    seen = set()
    for chosen in ("Details…", "Add evidence…", "Not relevant to me…", "Details…"):
        block = next(each for each in card.blocks if MENU in str(each))
        assert block["block_id"] not in seen
        seen.add(block["block_id"])
        modal = as_modal(await card.choose(MENU, chosen))
        await desk.drained()
        await modal.close()
    block = next(each for each in card.blocks if MENU in str(each))
    assert block["block_id"] not in seen
    assert "initial_option" not in block["accessory"]
    assert await history(desk) == ()


async def test_evidence_added_from_the_menu_is_counted_on_the_item(desk: Desk) -> None:
    card = await desk.engineer.command(LEAD)
    form = as_modal(await card.choose(raised_menu(desk), "Add evidence…"))
    await form.fill({"Note": "Owns every prompt"})
    await form.submit()
    await desk.drained()
    assert "Advanced → Expert · evidence: 1" in card.plain


async def test_the_next_command_knows_the_mark(stored_desk: Desk) -> None:
    card = await stored_desk.engineer.command(LEAD)
    await card.choose(MENU, "Met")

    again = await stored_desk.engineer.command(LEAD)
    assert counted(stored_desk, 1) in again.plain
    assert "just now" not in again.plain


async def test_nobody_else_sees_the_mark(desk: Desk) -> None:
    await (await desk.engineer.command(LEAD)).choose(MENU, "Met")

    card = await desk.manager.command("/promote-gap llm-engineer lead from llm-engineer senior")
    assert counted(desk, 0) in card.plain


async def test_the_shared_card_tells_nothing_of_the_member(any_desk: Desk) -> None:
    card = as_message(await (await any_desk.engineer.command(LEAD)).choose(MENU, "Met"))

    await card.choose("more.0", "Share in Channel")

    shared = next(each for each in any_desk.manager.messages("general") if not each.is_ephemeral)
    assert "LLM Engineer: Senior → Lead" in shared.plain
    assert f"*{len(lead_cells(any_desk))}* expectations" in shared.plain
    for own in ("1 met", "just now", "Met"):
        assert own not in shared.plain
    assert not {"Set as Goal", "Met", "Undo", "Add Evidence"} & set(shared.buttons)


async def test_details_on_a_shared_card_never_redraw_it(desk: Desk) -> None:
    card = await desk.engineer.command(LEAD)
    await card.choose("more.0", "Share in Channel")
    shared = next(each for each in desk.manager.messages("general") if not each.is_ephemeral)
    before = shared.blocks

    modal = as_modal(await shared.press("Details"))
    await modal.press("Met")
    await desk.drained()

    assert shared.blocks == before


async def test_a_met_of_long_ago_is_listed_for_a_fresh_look(desk: Desk) -> None:
    await mark(desk, lead_cells(desk)[0])
    desk.slack.advance(FRESH_FOR.total_seconds() + 60)

    card = await desk.engineer.command(LEAD)
    assert (
        f"*1 of them is due for a fresh look:* {name_of(desk, lead_cells(desk)[0])}" in card.plain
    )
    assert counted(desk, 1) in card.plain  # a met stays one until the member says otherwise

    page = await card.press("Look Again at 1")
    assert "· due for a fresh look" in page.plain
    fresh = await page.press("Still Met")
    assert "due for a fresh look" not in fresh.plain
    assert counted(desk, 1) in fresh.plain
    assert len(await history(desk)) == 2


async def test_how_long_a_met_stays_fresh_is_a_setting(
    sqlite_bot_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEXTRUNG_FRESH_DAYS", "30")
    async with running_desk(sqlite_bot_url, caplog) as desk:
        await mark(desk, lead_cells(desk)[0])
        for days, due in ((29, False), (2, True)):
            desk.slack.advance(timedelta(days=days).total_seconds())
            card = await desk.engineer.command(LEAD)
            assert ("due for a fresh look" in card.plain) is due


async def test_a_skill_met_deep_enough_in_another_role_is_likely_and_not_met(desk: Desk) -> None:
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    cell, other = next(
        (cell, each)
        for cell in lead_cells(desk)
        for asked in [expectation_at(catalogue, cell)]
        if asked and asked.proficiency
        for each in catalogue.expectations_of(asked.skill)
        if each.role.key != cell.role
        and each.proficiency
        and each.proficiency.rank >= asked.proficiency.rank
        and each.level.rank >= asked.level.rank
    )
    await mark(desk, CellKey(other.role.key, other.level.key, cell.skill))

    card = await desk.engineer.command(LEAD)

    assert f"0 met · 1 likely · {len(lead_required(desk)) - 1} open" in card.plain


async def test_details_opened_from_the_card_redraw_it(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(LEAD)
    modal = as_modal(await card.choose(MENU, "Details…"))
    assert "Not assessed yet" in modal.plain

    again = as_modal(await modal.press("Met"))
    await any_desk.drained()

    assert again.is_open
    assert "Not assessed yet" not in again.plain
    assert "Met · " in again.plain
    assert counted(any_desk, 1) in card.plain
    assert f"*1 met:* {name_of(any_desk, lead_cells(any_desk)[0])}" in card.plain


async def test_reaching_the_goal_is_celebrated_once(stored_desk: Desk) -> None:
    desk, services = stored_desk, stored_desk.nextrung.services
    shelf = services.catalogues.shelf()
    target = ShowGap("llm-engineer", ("lead",))
    await services.goals.set(await member(desk), shelf, target)
    cells = lead_cells(desk)
    for cell in cells[1:]:
        await mark(desk, cell)
    card = await desk.engineer.command(LEAD)
    assert "Your goal" in card.plain
    assert "Set as Goal" not in card.buttons

    reached = await card.choose(MENU, "Met")

    assert "Goal reached: LLM Engineer, Lead." in reached.plain
    assert counted(desk, len(lead_required(desk))) in reached.plain
    assert "Marked *met* just now." in reached.plain
    assert "Goal reached" not in (await desk.engineer.command(LEAD)).plain
    await mark(desk, cells[0], Status.MET, "once more")
    held = await services.growth.of(await member(desk))
    assert held.growth.active_goal is None


async def test_a_reached_level_leads_to_the_next(desk: Desk) -> None:
    for cell in lead_cells(desk):
        await mark(desk, cell)
    card = await desk.engineer.command(LEAD)
    assert "Set as Goal" not in card.buttons

    following = await card.press("Gap to Principal")

    assert following.plain.splitlines()[0] == "LLM Engineer: Lead → Principal"
