"""The walk-through: one expectation a step."""

from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import Assess
from bot.domain.lookup.requests import ShowGap
from bot.sandbox.handles import ViewHandle
from tests.scenario.desk import Desk, Json, as_message, as_modal, interaction_fields
from tests.scenario.growing import history, lead_cells, mark, member
from tests.scenario.presses import button, pressed

LEAD = "/promote-gap llm-engineer lead"
TARGET = ShowGap("llm-engineer", ("lead",))
CHOICE = "Where do you stand?"


async def walk(desk: Desk) -> ViewHandle:
    return as_modal(await (await desk.engineer.command(LEAD)).press("Assess Myself"))


async def answer(modal: ViewHandle, status: str) -> ViewHandle:
    await modal.fill({CHOICE: status})
    return as_modal(await modal.submit())


def submitted(metadata: str, chosen: str | None) -> Json:
    field = {"type": "radio_buttons", "selected_option": {"value": chosen} if chosen else None}
    view: Json = {
        "id": "V1",
        "type": "modal",
        "callback_id": Callback.ASSESSMENT,
        "blocks": [],
        "private_metadata": metadata,
        "state": {"values": {"status.1": {Action.ASSESS_STATUS: field}}},
    }
    return interaction_fields("view_submission", view=view)


async def test_each_answer_leads_to_the_next_expectation(any_desk: Desk) -> None:
    modal = await walk(any_desk)
    assert "*1 of 25* · LLM Engineer, Lead" in modal.plain
    assert "Back" not in modal.buttons

    second = await answer(modal, "Met")
    assert "*2 of 25*" in second.plain
    third = await answer(second, "Working on it")

    assert "*3 of 25*" in third.plain
    marked = [(each.cell, each.status) for each in await history(any_desk)]
    cells = lead_cells(any_desk)
    assert marked == [(cells[0], Status.MET), (cells[1], Status.WORKING)]


async def test_back_shows_what_was_answered_and_skip_answers_nothing(any_desk: Desk) -> None:
    second = await answer(await walk(any_desk), "Met")

    first = as_modal(await second.press("Back"))
    assert "*1 of 25*" in first.plain
    assert "Until now: Met · " in first.plain
    onwards = await first.submit()  # as it was: nothing new is kept
    assert "*2 of 25*" in onwards.plain
    third = as_modal(await onwards.press("Skip"))

    assert "*3 of 25*" in third.plain
    assert len(await history(any_desk)) == 1


async def test_an_unanswered_step_is_asked_for(desk: Desk) -> None:
    modal = await walk(desk)
    stays = await modal.submit()
    assert "*1 of 25*" in stays.plain
    assert await history(desk) == ()


async def test_it_opens_where_nothing_was_assessed_yet(desk: Desk) -> None:
    for cell in lead_cells(desk)[:3]:
        await mark(desk, cell, Status.NOT_YET)

    assert "*4 of 25*" in (await walk(desk)).plain


async def test_the_end_tells_the_progress_and_what_is_next(any_desk: Desk) -> None:
    cells = lead_cells(any_desk)
    for cell in cells[1:-1]:
        await mark(any_desk, cell)
    first = await walk(any_desk)
    assert "*1 of 25*" in first.plain
    modal = as_modal(await first.press("Skip"))
    for _ in cells[2:]:
        modal = as_modal(await modal.press("Skip"))

    end = as_modal(await modal.press("Skip"))

    assert "22 of 23 required met · 1 of 2 optional" in end.plain
    assert "To work on next: *Prompt &amp; Context Engineering* and" in end.plain
    assert "`/promote-gap llm-engineer lead`" in end.plain
    rest = as_modal(await end.press("Assess 2 More"))
    assert "*1 of 25*" in rest.plain


async def test_the_last_answer_celebrates_a_goal_that_it_completes(stored_desk: Desk) -> None:
    desk, services = stored_desk, stored_desk.nextrung.services
    await services.goals.set(await member(desk), services.catalogues.shelf(), TARGET)
    required, optional = lead_cells(desk)[:23], lead_cells(desk)[23:]
    for cell in (*required[:-1], *optional):
        await mark(desk, cell)
    modal = await walk(desk)
    assert "*23 of 25*" in modal.plain

    following = await answer(modal, "Met")

    assert "Goal reached: LLM Engineer, Lead." in following.plain
    assert "*24 of 25*" in following.plain
    assert "Goal reached" not in (await answer(following, "Met")).plain


async def test_stopping_redraws_the_card_below(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(LEAD)
    second = await answer(as_modal(await card.press("Assess Myself")), "Met")
    assert "0 of 23 required met" in card.plain

    await second.close()
    await any_desk.nextrung.app.drained(1)

    assert "1 of 23 required met" in card.plain


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
    assert f"*1 of {total}* · LLM Engineer, Senior" in modal.plain


async def test_a_step_that_is_gone_goes_on_with_the_next_open_one(desk: Desk) -> None:
    await mark(desk, lead_cells(desk)[0])
    for skill in ("no-such-skill", "<!channel>"):
        body = submitted(encode(Assess(TARGET, skill)), "met")
        shown = (await desk.interact(body)).json()
        assert shown["response_action"] == "update"
        assert "no longer asked" in str(shown["view"])
        assert "*2 of 25*" in str(shown["view"])
    assert len(await history(desk)) == 1


async def test_a_target_that_is_gone_is_told_at_the_choice(desk: Desk) -> None:
    for target in (ShowGap("gone", ("lead",)), ShowGap("llm-engineer", ("gone",)), ShowGap()):
        body = submitted(encode(Assess(target, "prompt-engineering")), "met")
        shown = (await desk.interact(body)).json()
        assert shown["response_action"] in {"errors", "update"}
    assert [each.cell.role for each in await history(desk)] in ([], ["llm-engineer"])


async def test_an_answer_that_we_never_offered_is_no_mark(desk: Desk) -> None:
    for chosen in ("met!", "", None):
        body = submitted(encode(Assess(TARGET, "prompt-engineering")), chosen)
        shown = (await desk.interact(body)).json()
        assert "*2 of 25*" in str(shown["view"])
    assert await history(desk) == ()


async def test_the_same_answer_twice_is_one_mark(desk: Desk) -> None:
    body = submitted(encode(Assess(TARGET, "prompt-engineering")), "met")
    for _ in range(2):
        shown = (await desk.interact(body)).json()
        assert "*2 of 25*" in str(shown["view"])
    assert len(await history(desk)) == 1


async def test_a_whole_level_by_keyboard(desk: Desk) -> None:
    """Choose and submit, nothing else, from the first step to the end."""
    modal = await walk(desk)
    for _ in lead_cells(desk):
        modal = await answer(modal, "Met")
    assert "23 of 23 required met · 2 of 2 optional" in modal.plain
    assert "Nothing is open." in modal.plain
    card = as_message(await desk.engineer.command(LEAD))
    assert "23 of 23 required met" in card.plain
    assert len(await history(desk)) == 25
