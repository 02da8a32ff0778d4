"""Marks on the gap card where something is amiss: sent twice, odd, a newer catalogue, no store."""

import asyncio
from dataclasses import replace

import pytest

from bot.cards.links import encode
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import MarkCell
from bot.domain.lookup.requests import ShowDetails, ShowGap
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache, HeldGrowth
from bot.store.errors import StoreUnavailable
from tests.scenario.desk import Desk
from tests.scenario.growing import (
    counted,
    history,
    lead_cells,
    mark,
    name_of,
)
from tests.scenario.growth.own_gap.gap_controls import LEAD, MENU, MET
from tests.scenario.locked import write_locked
from tests.scenario.lookup.test_revisions import current, publish
from tests.scenario.presses import button, pressed


async def test_the_same_press_twice_is_one_mark(stored_desk: Desk) -> None:
    desk = stored_desk
    await desk.engineer.command(LEAD)
    cell = lead_cells(desk)[0]
    value = encode(MarkCell(cell, Status.MET, ShowGap("llm-engineer", ("lead",))))

    press = pressed(desk, button(MET, value))
    await asyncio.gather(desk.interact(press), desk.interact(press))

    assert len(await history(desk)) == 1


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
        assert "from another version of Nextrung" in desk.engineer.messages("general")[-1].plain
    for chosen in ("met!", "", None):
        press = button(MENU, None) | {"selected_option": {"value": chosen}}
        await desk.interact(pressed(desk, press))
        assert "from another version of Nextrung" in desk.engineer.messages("general")[-1].plain
    assert await history(desk) == ()


async def test_without_the_store_the_catalogue_is_shown_and_says_what_is_missing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await (await desk.engineer.command(LEAD)).choose(MENU, "Met")

    async def away(_cache: GrowthCache, _member: Member) -> HeldGrowth:
        raise StoreUnavailable(reason="away")

    monkeypatch.setattr(GrowthCache, "of", away)
    card = await desk.engineer.command(LEAD)

    assert f"*{len(lead_cells(desk))}* expectations are new" in card.plain
    assert "I cannot reach your own marks right now. They are not lost" in card.plain
    assert not {"Met", "Set as Goal", "Add Evidence"} & set(card.buttons)
    monkeypatch.undo()
    assert counted(desk, 1) in (await desk.engineer.command(LEAD)).plain


async def test_a_mark_without_the_store_is_refused_and_loses_nothing(
    desk: Desk, sqlite_bot_url: str
) -> None:
    card = await desk.engineer.command(LEAD)
    with write_locked(sqlite_bot_url):
        await card.choose(MENU, "Met")
    # Below the card, which is drawn again: first or last, as it happens.
    trouble = desk.engineer.messages("general")[-1]
    assert "I cannot reach my database right now" in trouble.plain
    assert counted(desk, 0) in card.plain
    await desk.drained()

    assert counted(desk, 1) in (await card.choose(MENU, "Met")).plain


async def test_a_newer_revision_asks_anew_only_for_what_it_raised(
    desk: Desk, sqlite_bot_url: str
) -> None:
    cell, gone_cell = lead_cells(desk)[:2]
    name = name_of(desk, gone_cell)
    await mark(desk, cell)
    card = await desk.engineer.command(LEAD)
    content = current(desk)
    without = replace(
        content,
        expectations=tuple(
            each for each in content.expectations if each.skill.key != gone_cell.skill
        ),
    )
    await publish(sqlite_bot_url, without, desk.slack.clock.now())
    await desk.nextrung.services.catalogues.refresh()

    gone = await card.choose(MENU, "Met")  # it stands first on the card of before

    assert "The catalogue has changed" in gone.plain
    fresh = await desk.engineer.command(LEAD)
    assert counted(desk, 1) in fresh.plain
    assert name not in fresh.plain
