"""The member's own part of the Details modal: status, note and evidence."""

from typing import Any

from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.lookup.requests import ShowDetails, ShowGap
from bot.sandbox.handles import ViewHandle
from bot.slack.reply.return_path import with_return
from tests.scenario.desk import Desk, Json, as_modal, interaction_fields
from tests.scenario.growing import history, lead_cells, mark, member

LEAD = "/promote-gap llm-engineer lead"
SKILL = "prompt-engineering"
CELL = CellKey("llm-engineer", "lead", SKILL)
HOSTILE = "<!channel> *bold* & <https://example.com|x> \u202eright to left 🚀 " * 20


async def details(desk: Desk) -> ViewHandle:
    card = await desk.engineer.command(LEAD)
    return as_modal(await card.choose(menu_of(desk), "Details…"))


def menu_of(desk: Desk) -> str:
    """The menu of the skill on the first page of the gap."""
    return f"mark_menu.{lead_cells(desk).index(CELL)}"


def submitted(view: Json) -> Json:
    fields: Json = {"id": "V1", "type": "modal", "callback_id": Callback.DETAILS, "blocks": []}
    return interaction_fields("view_submission", view=fields | view)


def typed(note: Any) -> Json:
    field = {"type": "plain_text_input", "value": note}
    return {"values": {"note.1.0": {Action.MARK_NOTED: field}}}


async def test_a_press_keeps_the_status_with_the_note(any_desk: Desk) -> None:
    modal = await details(any_desk)
    await modal.fill({"Note": "Led the model upgrade"})

    again = as_modal(await modal.press("Working on It"))

    assert "*Your status*\nWorking on it · " in again.plain
    assert "> Led the model upgrade" in again.plain
    assert "Working on It" not in again.buttons
    (kept,) = await history(any_desk)
    assert (kept.status, kept.note) == (Status.WORKING, "Led the model upgrade")


async def test_the_note_is_empty_again_after_it_was_kept(desk: Desk) -> None:
    modal = await details(desk)
    await modal.fill({"Note": "First"})
    again = as_modal(await modal.press("Met"))

    await again.press("Not Yet")

    assert [each.note for each in await history(desk)] == ["First", ""]


async def test_saving_a_note_keeps_the_status_as_it_is(any_desk: Desk) -> None:
    await mark(any_desk, CELL, Status.MET)
    # A met item is folded away on the gap card; its skill's own card still leads to it.
    modal = as_modal(
        await (await any_desk.engineer.command(f"/skill {SKILL} lead")).press("Details")
    )
    assert "Met · " in modal.plain
    await modal.fill({"Note": "Showed it in the review"})

    await modal.submit()

    assert modal.is_open
    assert "> Showed it in the review" in modal.plain
    assert [each.status for each in await history(any_desk)] == [Status.MET, Status.MET]


async def test_submitting_nothing_closes_and_keeps_nothing(desk: Desk) -> None:
    modal = await details(desk)
    await modal.fill({"Note": "   \n "})
    await modal.submit()

    assert not modal.is_open
    assert await history(desk) == ()


async def test_a_hostile_note_is_shown_as_it_is_written(desk: Desk) -> None:
    modal = await details(desk)
    await modal.fill({"Note": HOSTILE})

    again = as_modal(await modal.press("Met"))

    assert "<!channel>" not in str(again.blocks)
    assert "&lt;!channel&gt;" in again.plain
    assert (await history(desk))[0].note == HOSTILE.strip()
    assert [each for each in desk.logs if "right to left" in str(each)] == []


async def test_a_note_that_is_too_long_is_told_at_its_field(desk: Desk) -> None:
    metadata = encode(ShowDetails(SKILL, "llm-engineer", "lead"))
    body = submitted({"private_metadata": metadata, "state": typed("x" * 3001)})

    answer = (await desk.interact(body)).json()

    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) == {"note.1.0"}
    assert await history(desk) == ()


async def test_a_form_of_another_making_is_answered_kindly(desk: Desk) -> None:
    for metadata, reason in (
        ("", "is from another version of Nextrung"),
        ("details?", "is from another version of Nextrung"),
        ("mark?k=a", "is from another version of Nextrung"),
        ("details?k=gone&r=llm-engineer&l=lead", "it no longer has the skill “gone”"),
    ):
        body = submitted({"private_metadata": metadata, "state": typed("A note")})
        answer = (await desk.interact(body)).json()
        assert answer["response_action"] in {"update", "errors"}
        assert reason in str(answer)
    assert await history(desk) == ()


async def test_turning_keeps_what_belongs_to_each_level(desk: Desk) -> None:
    modal = await details(desk)
    await modal.press("Working on It")

    turned = as_modal(await modal.choose("Choose a level", "junior"))
    assert "Not assessed yet" in turned.plain

    back = as_modal(await turned.choose("Choose a level", "lead"))
    assert "Working on it · " in back.plain


async def test_a_level_below_is_met_through_the_one_above(desk: Desk) -> None:
    await mark(desk, CELL, Status.MET)

    card = await desk.engineer.command(f"/skill {SKILL} senior")
    assert "Your status: Met through Lead · " in card.plain
    modal = as_modal(await card.press("Details"))
    assert "Met through Lead · " in modal.plain


async def test_evidence_added_in_details_is_listed_there(any_desk: Desk) -> None:
    modal = await details(any_desk)
    assert "Nothing shows this yet." in modal.plain
    services = any_desk.nextrung.services
    await services.evidence.add(
        await member(any_desk), note="Upgrade notes", link="", supports=[CELL], token="t"
    )

    again = as_modal(await modal.press("Working on It"))

    assert "Upgrade notes" in again.plain
    assert "Nothing shows this yet." not in again.plain


async def test_two_devices_end_in_the_same_state(desk: Desk) -> None:
    phone, laptop = await details(desk), await details(desk)

    await phone.press("Met")
    await laptop.press("Working on It")

    assert [each.status for each in await history(desk)] == [Status.MET, Status.WORKING]
    card = await desk.engineer.command(LEAD)
    (menu,) = [each["accessory"] for each in card.blocks if menu_of(desk) in str(each)]
    assert menu["initial_option"]["value"] == "working"


async def test_a_response_url_of_another_house_is_never_called(desk: Desk) -> None:
    """Metadata comes back from a client: only Slack's own addresses are posted to."""
    request = ShowDetails(SKILL, "llm-engineer", "lead", ShowGap("llm-engineer", ("lead",)))
    for url in ("http://127.0.0.1:9/secret", "https://hooks.slack.com.example.com/x", "file:///x"):
        metadata = with_return(encode(request), url)
        body = submitted({"private_metadata": metadata, "state": typed(f"By way of {url}")})
        answer = (await desk.interact(body)).json()
        assert answer["response_action"] == "update"
        assert url.partition("//")[2] not in answer["view"]["private_metadata"]
    await desk.drained()
    assert desk.logged("card_not_redrawn") == []


async def test_a_member_may_only_mark_for_themselves(desk: Desk) -> None:
    """Whatever a payload says, the mark is the presser's."""
    modal = await details(desk)
    await modal.press("Met")

    assert len(await history(desk)) == 1
    assert await history(desk, desk.manager.id) == ()
    other = as_modal(await (await desk.manager.command(f"/skill {SKILL} lead")).press("Details"))
    assert "Met · " not in other.plain


async def test_the_details_of_every_item_fit(desk: Desk) -> None:
    """The largest note and evidence of an expectation are within what a modal holds."""
    services, who = desk.nextrung.services, await member(desk)
    await mark(desk, CELL, Status.MET, note="n" * 3000)
    for number in range(7):
        await services.evidence.add(
            who, note="&" * 3000, link="", supports=lead_cells(desk), token=str(number)
        )

    modal = as_modal(await (await desk.engineer.command(f"/skill {SKILL} lead")).press("Details"))

    assert "2 more pieces" in modal.plain
