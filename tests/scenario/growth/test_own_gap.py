"""`/promote-gap` with the member's own state: marks made on the card, and what they lead to."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.ids import Action
from bot.cards.links import encode
from bot.domain.framework import CellKey, expectation_at
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import MarkCell
from bot.domain.growth.standing import FRESH_FOR
from bot.domain.lookup.requests import ShowDetails, ShowGap
from bot.domain.tenancy import Member
from bot.sandbox.handles import MessageHandle
from bot.services.growth.cache import GrowthCache, HeldGrowth
from bot.store.errors import StoreUnavailable
from tests.scenario.desk import Desk, as_message, as_modal, running_desk
from tests.scenario.growing import history, lead_cells, mark, member
from tests.scenario.locked import write_locked
from tests.scenario.lookup.test_revisions import current, publish
from tests.scenario.presses import button, pressed

LEAD = "/promote-gap llm-engineer lead"
MET = f"{Action.MARK}.0"
MENU = f"{Action.MARK_MENU}.0"


async def last_page(card: MessageHandle) -> MessageHandle:
    while "Next Page" in card.buttons:
        card = as_message(await card.press("Next Page"))
    return card


async def test_met_folds_the_item_away_in_place(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(LEAD)
    assert "*Prompt &amp; Context Engineering*" in card.plain

    redrawn = as_message(await card.press("Met"))

    assert redrawn.ts == card.ts
    assert "*Prompt &amp; Context Engineering* is now marked: Met" in redrawn.plain
    assert "1 of 23 required met" in redrawn.plain
    assert "*1 already met:* Prompt &amp; Context Engineering" in redrawn.plain
    assert redrawn.plain.count("Prompt &amp; Context Engineering") == 2  # said, and folded away
    assert "1 of 23 required met" in redrawn.text


async def test_undo_brings_the_item_back(desk: Desk) -> None:
    card = await desk.engineer.command(LEAD)
    marked = await card.press("Met")

    undone = await marked.press("Undo")

    assert "*Prompt &amp; Context Engineering* is as it was before." in undone.plain
    assert "0 of 23 required met" in undone.plain
    assert [each.withdraws for each in await history(desk)] == [False, True]


async def test_the_menu_of_an_item_has_the_other_statuses(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(LEAD)
    assert card.options(MENU) == ["Working on It", "Not Yet", "Not Relevant"]

    working = as_message(await card.choose(MENU, "Working on It"))
    assert working.ts == card.ts
    assert "_Working on it · " in working.plain
    assert "0 of 23 required met" in working.plain
    assert working.options(MENU) == ["Not Yet", "Not Relevant"]

    aside = await working.choose(MENU, "Not Relevant")
    assert "0 of 22 required met" in aside.plain
    assert "*1 required put aside, and out of the count:* Prompt &amp; Context" in aside.plain


async def test_the_same_press_twice_is_one_mark(stored_desk: Desk) -> None:
    desk = stored_desk
    await desk.engineer.command(LEAD)
    cell = lead_cells(desk)[0]
    value = encode(MarkCell(cell, Status.MET, ShowGap("llm-engineer", ("lead",))))

    press = pressed(desk, button(MET, value))
    await asyncio.gather(desk.interact(press), desk.interact(press))

    assert len(await history(desk)) == 1


async def test_the_next_command_knows_the_mark(stored_desk: Desk) -> None:
    card = await stored_desk.engineer.command(LEAD)
    await card.press("Met")

    again = await stored_desk.engineer.command(LEAD)
    assert "1 of 23 required met" in again.plain
    assert "is now marked" not in again.plain


async def test_nobody_else_sees_the_mark(desk: Desk) -> None:
    await (await desk.engineer.command(LEAD)).press("Met")

    card = await desk.manager.command("/promote-gap llm-engineer lead from llm-engineer senior")
    assert "0 of 23 required met" in card.plain


async def test_the_shared_card_tells_nothing_of_the_member(any_desk: Desk) -> None:
    card = as_message(await (await any_desk.engineer.command(LEAD)).press("Met"))

    await card.press("Share in Channel")

    shared = next(each for each in any_desk.manager.messages("general") if not each.is_ephemeral)
    assert "LLM Engineer: Senior → Lead" in shared.plain
    assert "*25* expectations" in shared.plain
    for own in ("already met", "required met", "is now marked", "Met"):
        assert own not in shared.plain
    assert not {"Set as Goal", "Met", "Undo", "Add Evidence"} & set(shared.buttons)


async def test_details_on_a_shared_card_never_redraw_it(desk: Desk) -> None:
    card = await desk.engineer.command(LEAD)
    await card.press("Share in Channel")
    shared = next(each for each in desk.manager.messages("general") if not each.is_ephemeral)
    before = shared.blocks

    modal = as_modal(await shared.press("Details"))
    await modal.press("Met")
    await desk.nextrung.app.drained(1)

    assert shared.blocks == before


async def test_marking_the_last_item_of_the_last_page_shows_the_page_before(desk: Desk) -> None:
    for cell in lead_cells(desk)[:4]:
        await mark(desk, cell)
    card = await last_page(await desk.engineer.command(LEAD))
    assert card.buttons.count("Met") == 1
    assert "Page 5 of 5" in card.plain

    redrawn = await card.press("Met")

    assert "Page 4 of 4" in redrawn.plain
    assert redrawn.buttons.count("Met") == 5


@pytest.mark.parametrize("label", ["Export Packet", "Set as Goal"])
async def test_a_press_on_a_later_page_redraws_that_page(desk: Desk, label: str) -> None:
    card = as_message(await (await desk.engineer.command(LEAD)).press("Next Page"))
    await card.press(label)
    await desk.nextrung.app.drained(10)

    assert "Page 2 of 5" in card.plain
    assert ("your goal" in card.plain) is (label == "Set as Goal")


async def test_a_walk_opened_on_a_later_page_comes_back_to_it(desk: Desk) -> None:
    card = as_message(await (await desk.engineer.command(LEAD)).press("Next Page"))
    modal = as_modal(await card.press("Assess Myself"))
    await (as_modal(await modal.press("Met"))).close()
    await desk.nextrung.app.drained(1)

    assert "Page 2 of 5" in card.plain
    assert "1 of 23 required met" in card.plain


async def test_a_met_of_long_ago_is_listed_for_a_fresh_look(desk: Desk) -> None:
    await mark(desk, lead_cells(desk)[0])
    desk.slack.advance(FRESH_FOR.total_seconds() + 60)

    card = await desk.engineer.command(LEAD)
    assert "*1 met, due for a fresh look*" in card.plain
    assert "· due for a fresh look_" in card.plain
    assert "1 of 23 required met" in card.plain  # a met stays one until the member says otherwise

    fresh = await card.press("Still Met")
    assert "due for a fresh look" not in fresh.plain
    assert "1 of 23 required met" in fresh.plain
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
            assert ("*1 met, due for a fresh look*" in card.plain) is due


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

    assert "already met" not in card.plain
    assert "0 of 23 required met · 1 likely, to confirm" in card.plain


async def test_details_opened_from_the_card_redraw_it(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(LEAD)
    modal = as_modal(await card.press("Details"))
    assert "Not assessed yet" in modal.plain

    again = as_modal(await modal.press("Met"))
    await any_desk.nextrung.app.drained(1)

    assert again.is_open
    assert "Not assessed yet" not in again.plain
    assert "Met · " in again.plain
    assert "1 of 23 required met" in card.plain
    assert "*1 already met:* Prompt &amp; Context Engineering" in card.plain


async def test_reaching_the_goal_is_celebrated_once(stored_desk: Desk) -> None:
    desk, services = stored_desk, stored_desk.nextrung.services
    shelf = services.catalogues.shelf()
    target = ShowGap("llm-engineer", ("lead",))
    await services.goals.set(await member(desk), shelf, target)
    cells = lead_cells(desk)
    for cell in cells[1:]:
        await mark(desk, cell)
    card = await desk.engineer.command(LEAD)
    assert "your goal" in card.plain
    assert "Set as Goal" not in card.buttons

    reached = await card.press("Met")

    assert "Goal reached: LLM Engineer, Lead." in reached.plain
    assert "23 of 23 required met" in reached.plain
    assert "Nothing is open any more" in reached.plain
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


async def test_what_the_catalogue_no_longer_has_is_not_marked(desk: Desk) -> None:
    for cell in (
        CellKey("llm-engineer", "lead", "no-such-skill"),
        CellKey("llm-engineer", "no-such-level", "prompt-engineering"),
        CellKey("<!channel>", "lead", "prompt-engineering"),
    ):
        value = encode(MarkCell(cell, Status.MET, ShowGap("llm-engineer", ("lead",))))
        await desk.interact(pressed(desk, button(MET, value)))
        newest = desk.engineer.messages("general")[-1]
        assert "The catalogue has changed" in newest.plain
    assert await history(desk) == ()


async def test_a_press_of_another_making_is_answered_kindly(desk: Desk) -> None:
    cell = ShowDetails("prompt-engineering", "llm-engineer", "lead")
    for value in ("", "mark?", encode(cell), "mark?k=a&r=b&l=c&s=done", "mark?" + "k" * 3000, None):
        await desk.interact(pressed(desk, button(MET, value)))
        assert "The catalogue has changed" in desk.engineer.messages("general")[-1].plain
    for chosen in ("met!", "", None):
        press = button(MENU, None) | {"selected_option": {"value": chosen}}
        await desk.interact(pressed(desk, press))
        assert "The catalogue has changed" in desk.engineer.messages("general")[-1].plain
    assert await history(desk) == ()


async def test_the_largest_gap_is_paged_whole(desk: Desk) -> None:
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    role = max(catalogue.content.roles, key=lambda each: len(catalogue.skills_asked_of(each)))
    top, foot = role.ladder.levels[-1], role.ladder.levels[0]
    card = await desk.engineer.command(
        f"/promote-gap {role.key} {top.key} from {role.key} {foot.key}"
    )
    pages = [card.plain]
    while "Next Page" in card.buttons:
        card = as_message(await card.press("Next Page"))
        pages.append(card.plain)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    assert len(set(pages)) == len(pages)


async def test_without_the_store_the_catalogue_is_shown_and_says_what_is_missing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await (await desk.engineer.command(LEAD)).press("Met")

    async def away(_cache: GrowthCache, _member: Member) -> HeldGrowth:
        raise StoreUnavailable(reason="away")

    monkeypatch.setattr(GrowthCache, "of", away)
    card = await desk.engineer.command(LEAD)

    assert "*25* expectations are new" in card.plain
    assert "I cannot reach your own marks right now. They are not lost" in card.plain
    assert not {"Met", "Set as Goal", "Add Evidence"} & set(card.buttons)
    monkeypatch.undo()
    assert "1 of 23 required met" in (await desk.engineer.command(LEAD)).plain


async def test_a_mark_without_the_store_is_refused_and_loses_nothing(
    desk: Desk, sqlite_bot_url: str
) -> None:
    card = await desk.engineer.command(LEAD)
    with write_locked(sqlite_bot_url):
        trouble = await card.press("Met")
    assert "I cannot reach my database right now" in trouble.plain
    assert "0 of 23 required met" in card.plain

    assert "1 of 23 required met" in (await card.press("Met")).plain


async def test_a_newer_revision_asks_anew_only_for_what_it_raised(
    desk: Desk, sqlite_bot_url: str
) -> None:
    await desk.nextrung.clockwork.stop()
    cell = lead_cells(desk)[0]
    await mark(desk, cell)
    card = await desk.engineer.command(LEAD)
    content = current(desk)
    without = replace(
        content,
        expectations=tuple(
            each for each in content.expectations if each.skill.key != "llm-evaluation"
        ),
    )
    await publish(sqlite_bot_url, without, desk.slack.clock.now())
    await desk.nextrung.services.catalogues.refresh()

    gone = await card.press("Met")  # LLM Evaluation stands first on the card of before

    assert "The catalogue has changed" in gone.plain
    fresh = await desk.engineer.command(LEAD)
    assert "1 of 22 required met" in fresh.plain
    assert "LLM Evaluation" not in fresh.plain
