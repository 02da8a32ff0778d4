"""The walk-through: one expectation a step, answered with one press."""

import html
import re

from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import Assess
from bot.domain.lookup.requests import ShowGap
from bot.domain.revision import expectation_at
from bot.sandbox.handles import ViewHandle
from tests.scenario.desk import Desk, Json, as_message, as_modal
from tests.scenario.growing import (
    counted,
    history,
    lead_cells,
    lead_required,
    mark,
    name_of,
    skill_of,
    walked_cells,
)
from tests.scenario.presses import button, pressed

JOINER = "\u2060"
LEAD = "/promote-gap llm-engineer lead"
TARGET = ShowGap("llm-engineer", ("lead",))


async def walk(desk: Desk) -> ViewHandle:
    return as_modal(await (await desk.engineer.command(LEAD)).press("Assess Myself"))


async def answer(modal: ViewHandle, status: str) -> ViewHandle:
    return as_modal(await modal.press(status))


def onwards(modal: ViewHandle) -> str:
    """Return what the button says that goes on without an answer."""
    return str(modal.view.payload["submit"]["text"])


async def send(desk: Desk, modal: ViewHandle, skill: str, status: str) -> None:
    """Answer about a skill as a card of another day would, with whatever status it carried."""
    value = f"{encode(Assess(TARGET, skill))}&s={status}"
    view: Json = {
        "id": modal.view.id,
        "type": "modal",
        "callback_id": Callback.ASSESSMENT,
        "private_metadata": modal.private_metadata,
        "state": {"values": {}},
    }
    pressed_ = pressed(desk, button(f"{Action.ASSESS_ANSWER}.0", value), view=view, container={})
    sent = await desk.interact(pressed_)
    assert sent.status_code == 200


async def test_each_answer_leads_to_the_next_expectation(any_desk: Desk) -> None:
    modal = await walk(any_desk)
    assert f"· 1 of {len(lead_cells(any_desk))} in all · LLM Engineer, Lead" in modal.plain
    assert "Back" not in modal.buttons

    second = await answer(modal, "Met")
    assert f"2 of {len(lead_cells(any_desk))} in all" in second.plain
    third = await answer(second, "Working on It")

    assert f"3 of {len(lead_cells(any_desk))} in all" in third.plain
    marked = [(each.cell, each.status) for each in await history(any_desk)]
    cells = walked_cells(any_desk)
    assert marked == [(cells[0], Status.MET), (cells[1], Status.WORKING)]


async def test_a_step_says_what_is_asked_then_what_is_asked_today(desk: Desk) -> None:
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    modal = await walk(desk)
    for cell in walked_cells(desk):
        lead = expectation_at(catalogue, cell)
        senior = expectation_at(catalogue, CellKey(cell.role, "senior", cell.skill))
        assert lead is not None
        assert lead.wording is not None
        read = html.unescape(modal.plain).replace(JOINER, "")
        asked = read.index(lead.wording.base)
        if senior is None:
            assert "New: not defined at Senior." in read
        else:
            assert senior.wording is not None
            assert asked < read.index(f"*Today, at Senior:* {senior.wording.base}")
        assert "same depth" not in read
        modal = as_modal(await modal.submit())
    assert "Where you stand" in modal.plain


async def test_steps_of_a_group_follow_each_other_and_count_in_it(desk: Desk) -> None:
    modal = await walk(desk)
    read: list[tuple[int, int, str]] = []
    for _ in lead_cells(desk):
        found = re.search(r"\*(\d+) of (\d+) in (.+?)\* · ", modal.plain)
        assert found
        read.append((int(found[1]), int(found[2]), found[3]))
        modal = as_modal(await modal.submit())
    totals = {group: total for _, total, group in read}
    expected = [(at + 1, totals[group], group) for group in totals for at in range(totals[group])]
    assert read == expected
    assert len(totals) > 3


async def test_another_group_is_one_choice_away(desk: Desk) -> None:
    first = await answer(await walk(desk), "Met")
    groups = first.options("Choose a skill group")
    cells = walked_cells(desk)
    inside = [each for each in cells if skill_of(desk, each).group.name.base == groups[0]]
    assert inside == cells[: len(inside)]
    assert f"1 of {len(inside)} answered" in str(first.blocks)

    there = as_modal(await first.choose("Choose a skill group", groups[-1]))

    assert f" in {groups[-1]}* · " in html.unescape(there.plain)
    assert "*1 of " in there.plain
    assert len(await history(desk)) == 1


async def test_back_shows_what_was_answered_and_skip_answers_nothing(any_desk: Desk) -> None:
    modal = await walk(any_desk)
    assert onwards(modal) == "Skip"
    second = await answer(modal, "Met")

    first = as_modal(await second.press("Back"))
    assert f"1 of {len(lead_cells(any_desk))} in all" in first.plain
    assert "Until now: Met · " in first.plain
    assert onwards(first) == "Next"
    again = as_modal(await first.submit())  # as it was: nothing new is kept
    assert f"2 of {len(lead_cells(any_desk))} in all" in again.plain
    third = as_modal(await again.submit())

    assert f"3 of {len(lead_cells(any_desk))} in all" in third.plain
    assert len(await history(any_desk)) == 1


async def test_the_answer_before_is_named_and_can_be_taken_back(any_desk: Desk) -> None:
    second = await answer(await walk(any_desk), "Met")
    assert f"Kept just now: {name_of(any_desk, walked_cells(any_desk)[0])} · Met" in second.plain

    first = as_modal(await second.press("Undo"))

    assert f"1 of {len(lead_cells(any_desk))} in all" in first.plain
    assert "Until now" not in first.plain
    assert [each.withdraws for each in await history(any_desk)] == [False, True]
    assert counted(any_desk, 0) in (await any_desk.engineer.command(LEAD)).plain


async def test_a_reason_typed_beside_it_goes_along_with_not_relevant(any_desk: Desk) -> None:
    modal = await walk(any_desk)
    await modal.fill({"Note": "Another team owns *all* prompts"})

    second = await answer(modal, "Not Relevant")

    assert f"2 of {len(lead_cells(any_desk))} in all" in second.plain
    assert not second.value("Note").get("value")
    (mark_,) = await history(any_desk)
    assert (mark_.status, mark_.note) == (Status.NOT_RELEVANT, "Another team owns *all* prompts")
    assert "Why?" not in second.plain


async def test_without_a_reason_it_is_put_aside_and_asked_for_once(desk: Desk) -> None:
    second = await answer(await walk(desk), "Not Relevant")
    assert "It is required, so it is put aside. Why?" in second.plain

    first = as_modal(await second.press("Back"))
    await first.fill({"Note": "Another team owns it"})
    again = as_modal(await first.submit())

    assert f"2 of {len(lead_cells(desk))} in all" in again.plain
    assert [(each.status, each.note) for each in await history(desk)] == [
        (Status.NOT_RELEVANT, ""),
        (Status.NOT_RELEVANT, "Another team owns it"),
    ]


async def test_a_note_without_an_answer_is_told_and_stays(desk: Desk) -> None:
    modal = await walk(desk)
    await modal.fill({"Note": "I am not sure"})
    await modal.submit()

    assert "Choose one of the answers" in modal.errors["Note"]
    assert modal.value("Note")["value"] == "I am not sure"
    assert await history(desk) == ()


async def test_it_opens_where_nothing_was_assessed_yet(desk: Desk) -> None:
    for cell in walked_cells(desk)[:3]:
        await mark(desk, cell, Status.NOT_YET)

    assert f"4 of {len(lead_cells(desk))} in all" in (await walk(desk)).plain


async def test_something_likely_says_where_it_was_met_in_which_words(desk: Desk) -> None:
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    elsewhere = CellKey("mlops-engineer", "lead", "model-serving")
    asked = expectation_at(catalogue, elsewhere)
    assert asked is not None
    assert asked.wording is not None
    await mark(desk, elsewhere)
    cells = walked_cells(desk)
    at = [each.skill for each in cells].index("model-serving")
    modal = await walk(desk)
    for _ in range(at):
        modal = as_modal(await modal.submit())

    read = html.unescape(modal.plain).replace(JOINER, "")
    assert "Likely: you met it as MLOps Engineer, Lead" in read
    assert f"What you met: {asked.wording.base[:60]}" in read
    await answer(modal, "Met")
    assert "likely" not in (await desk.engineer.command(LEAD)).plain


async def test_a_step_that_is_gone_goes_on_with_the_next_open_one(desk: Desk) -> None:
    await mark(desk, walked_cells(desk)[0])
    modal = await walk(desk)
    for skill in ("no-such-skill", "<!channel>"):
        await send(desk, modal, skill, "met")
        assert "no longer asked" in modal.plain
        assert f"2 of {len(lead_cells(desk))} in all" in modal.plain
    assert len(await history(desk)) == 1


async def test_an_answer_that_we_never_offered_is_no_mark(desk: Desk) -> None:
    modal = await walk(desk)
    for status in ("met!", "", "%00"):
        await send(desk, modal, walked_cells(desk)[0].skill, status)
    assert await history(desk) == ()


async def test_the_same_answer_twice_is_one_mark(desk: Desk) -> None:
    modal = await walk(desk)
    for _ in range(2):
        await send(desk, modal, walked_cells(desk)[0].skill, "met")
        assert f"2 of {len(lead_cells(desk))} in all" in modal.plain
    assert len(await history(desk)) == 1


async def test_a_whole_level_takes_one_press_each(desk: Desk) -> None:
    """As many presses as expectations, from the first step to the end."""
    modal, cells, before = await walk(desk), lead_cells(desk), len(desk.answers)
    required = len(lead_required(desk))
    everything = counted(desk, required)
    for _ in cells:
        modal = await answer(modal, "Met")

    kinds = [each.kind for each in desk.answers[before:]]
    assert kinds == ["block_actions"] * len(cells)
    assert f"*{everything}*, of {required} required" in modal.plain
    assert "Nothing is open." in modal.plain
    card = as_message(await desk.engineer.command(LEAD))
    assert everything in card.plain
    assert len(await history(desk)) == len(cells)


async def test_the_walk_speaks_chinese(desk: Desk) -> None:
    modal = as_modal(await (await desk.chinese.command("/promote-gap")).press("自我评估"))
    assert "现在（" in modal.plain
    assert "项，共" in modal.plain
    assert not re.search(r"[一-鿿] \*|\* [一-鿿]", modal.plain)
    following = as_modal(await modal.press("已达到"))
    assert "撤销" in following.buttons
