"""`/promote-gap` page by page, and over Home: what is pressed on a page stays on it."""

import pytest

from bot.sandbox.handles import MessageHandle
from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.growing import (
    counted,
    lead_cells,
    mark,
)
from tests.scenario.growth.own_gap.gap_controls import LEAD, MENU


async def last_page(card: MessageHandle) -> MessageHandle:
    while "show.91" in card.action_ids:
        card = as_message(await card.press(action_id="show.91"))
    return card


async def test_the_whole_gap_opens_over_home_and_is_worked_through_there(any_desk: Desk) -> None:
    home, total = await any_desk.home(any_desk.engineer), len(lead_cells(any_desk))
    gap = as_modal(await home.press(f"See All {total}"))
    assert f"Open, 1 to 5 of {total}" in gap.plain
    gap = as_modal(await gap.choose(MENU, "Met"))
    assert counted(any_desk, 1) in gap.plain
    assert "Marked *met* just now." in gap.plain
    gap = as_modal(await gap.press("Undo"))
    assert counted(any_desk, 0) in gap.plain
    gap = as_modal(await gap.press("Next 5"))
    assert f"Open, 6 to 10 of {total}" in gap.plain
    assert "Share in Channel" not in gap.options("more.0")
    details = as_modal(await gap.choose(MENU, "Details…"))
    await details.press("Met")
    await any_desk.drained()
    assert counted(any_desk, 1) in gap.plain


async def test_marking_the_last_item_of_the_last_page_shows_the_page_before(desk: Desk) -> None:
    cells = lead_cells(desk)
    one_too_many = (len(cells) - 1) % 5
    for cell in cells[:one_too_many]:
        await mark(desk, cell)
    last = len(cells) - one_too_many
    card = await last_page(await desk.engineer.command(LEAD))
    assert f"Open, {last} to {last} of {last}" in card.plain

    redrawn = as_message(await card.choose(MENU, "Met"))

    assert "Marked *met* just now." in redrawn.plain, "nothing moves under the hand"
    assert "Open, " not in redrawn.plain, "and what stands there is open no more"
    assert (
        f"Open, {last - 5} to {last - 1} of {last - 1}" in (await redrawn.press("Previous 5")).plain
    )


async def test_what_follows_a_press_is_on_its_page_or_on_the_next_one(desk: Desk) -> None:
    total = len(lead_cells(desk))
    card = as_message(await desk.engineer.command(LEAD))
    card = as_message(await card.choose(MENU, "Met"))
    assert f"Open, 1 to 5 of {total - 1}" in card.plain
    card = as_message(await card.press("Next 5"))
    assert f"Open, 6 to 10 of {total - 1}" in card.plain


@pytest.mark.parametrize("label", ["Export Packet", "Set as Goal"])
async def test_a_press_on_a_later_page_redraws_that_page(desk: Desk, label: str) -> None:
    card = as_message(await (await desk.engineer.command(LEAD)).press("Next 5"))
    if label == "Export Packet":
        await card.choose("more.0", label)
    else:
        await card.press(label)
    await desk.drained()

    assert f"Open, 6 to 10 of {len(lead_cells(desk))}" in card.plain
    assert ("Your goal" in card.plain) is (label == "Set as Goal")


async def test_a_walk_opened_on_a_later_page_comes_back_to_it(desk: Desk) -> None:
    card = as_message(await (await desk.engineer.command(LEAD)).press("Next 5"))
    modal = as_modal(await card.press("Assess Myself"))
    await (as_modal(await modal.press("Met"))).close()
    await desk.drained()

    assert f"Open, 6 to 10 of {len(lead_cells(desk)) - 1}" in card.plain
    assert counted(desk, 1) in card.plain


async def test_the_largest_gap_is_paged_whole(desk: Desk) -> None:
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    role = max(catalogue.content.roles, key=lambda each: len(catalogue.skills_asked_of(each)))
    top, foot = role.ladder.levels[-1], role.ladder.levels[0]
    card = await desk.engineer.command(
        f"/promote-gap {role.key} {top.key} from {role.key} {foot.key}"
    )
    pages = [card.plain]
    while "show.91" in card.action_ids:
        card = as_message(await card.press(action_id="show.91"))
        pages.append(card.plain)
    assert len(pages) > 2
    assert len(set(pages)) == len(pages)
