"""Evidence where something is amiss: sent twice, gone, odd, another member's, no store, a fault."""

import asyncio

import pytest

from bot.cards.links import encode
from bot.domain.errors import OutdatedCard
from bot.domain.growth.requests import EditEvidence
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.samples import ENGINEER, MANAGER
from bot.store.errors import StoreUnavailable
from tests.scenario.desk import Desk, Json, as_modal, interaction_fields
from tests.scenario.growth.evidence.keeping import (
    HERE,
    PROMPTS,
    form_from_home,
    held,
    keep,
    submitted,
)
from tests.scenario.presses import MODAL, button, pressed


async def test_a_form_submitted_twice_keeps_one_piece(stored_desk: Desk) -> None:
    desk = stored_desk
    await keep(desk, Note="Once")
    form = await form_from_home(desk, desk.engineer)
    await form.fill({"Note": "Twice"})
    await form.submit()
    again = submitted(desk, form)

    await asyncio.gather(*(desk.interact(again) for _ in range(4)))

    assert [each.note for each in (await held(desk)).evidence] == ["Twice", "Once"]


async def test_a_piece_deleted_on_another_device_is_told_and_nothing_typed_is_lost(
    desk: Desk,
) -> None:
    home = await keep(desk, Note="Soon gone")
    form = as_modal(await home.press("Place It"))
    member = await desk.nextrung.services.members.find(HERE, ENGINEER)
    (piece,) = (await held(desk)).evidence
    await desk.nextrung.services.evidence.delete(member, piece.id)

    await form.fill({"Note": "A long text"})
    assert "deleted meanwhile" in (await form.submit()).errors["Note"]
    assert form.value("Note")["value"] == "A long text"
    await form.close()

    told = as_modal(await home.press("Place It"))
    assert "no longer there" in told.plain
    assert "Soon gone" not in (await desk.refreshed(desk.engineer)).plain


async def test_an_expectation_that_vanished_is_kept_and_named_as_such(desk: Desk) -> None:
    form = await form_from_home(desk, desk.engineer)
    await form.fill({"Note": "Kept", "What it shows": [PROMPTS]})
    await form.submit()
    option = {"value": "evidence?k=gone-skill&r=llm-engineer&l=lead"}
    values = {
        "evidence.note": {"evidence_note": {"value": "Stale"}},
        "evidence.cells": {"evidence_cells": {"selected_options": [option]}},
    }
    await desk.interact(submitted(desk, form, id="V0STALE", state={"values": values}))

    home = await desk.home(desk.engineer)
    listed = as_modal(await home.press("All Evidence (2)"))
    assert "gone-skill · no longer in the catalogue" in listed.plain
    edit = as_modal(await listed.press("Edit"))
    await edit.fill({"Note": "Stale, edited"})
    await edit.submit()
    newest = (await held(desk)).evidence[0]
    assert (newest.note, [each.skill for each in newest.supports]) == (
        "Stale, edited",
        ["gone-skill"],
    )


@pytest.mark.parametrize(
    "options",
    [
        [{"value": "nonsense"}],
        [{"value": "skill?k=mlops"}],
        [{"value": "cell~00"}],
        [{"value": "evidence?k=%00&r=a&l=b"}],
        [{"value": "evidence?k=a&r=b&l=" + "c" * 200}],
        [{"value": "evidence?"}],
        [{"value": f"evidence?k=a&r=b&l={number}"} for number in range(30)],
        [{}],
    ],
)
async def test_a_choice_that_stands_for_nothing_is_told_at_its_field(
    desk: Desk, options: list[Json]
) -> None:
    form = await form_from_home(desk, desk.engineer)
    await form.fill({"Note": "x"})
    await form.submit()
    values = {
        "evidence.note": {"evidence_note": {"value": "Hostile"}},
        "evidence.cells": {"evidence_cells": {"selected_options": options}},
    }

    answer = await desk.interact(submitted(desk, form, id="V0BAD", state={"values": values}))

    assert answer.json()["errors"].keys() == {"evidence.cells"}
    assert [each.note for each in (await held(desk)).evidence] == ["x"]


async def test_nobody_opens_changes_or_deletes_another_members_evidence(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    await keep(desk, Note="Mine alone")
    (piece,) = (await held(desk)).evidence
    value = encode(EditEvidence(piece.id))
    form = await form_from_home(desk, desk.manager)
    await form.fill({"Note": "The manager's"})
    await form.submit()
    home = await desk.refreshed(desk.manager)
    stolen = as_modal(await home.press("Place It"))
    delete = next(each for each in stolen.blocks if each["type"] == "actions")["elements"][0]
    stolen.view.payload["private_metadata"] = delete["value"] = value

    await stolen.fill({"Note": "Stolen"})
    assert "deleted meanwhile" in (await stolen.submit()).errors["Note"]
    told = await stolen.press("Delete")
    assert "is deleted" in told.plain
    home = await desk.refreshed(desk.manager)
    place = next(each for each in home.blocks if "Place It" in str(each))["accessory"]
    place["value"] = value
    opened = as_modal(await home.press("Place It"))

    assert "no longer there" in opened.plain
    assert "Mine alone" not in opened.plain
    assert (await held(desk)).evidence == (piece,)
    assert [each.note for each in (await held(desk, MANAGER)).evidence] == ["The manager's"]


async def test_the_same_id_in_another_workspace_is_somebody_elses(stored_desk: Desk) -> None:
    desk = stored_desk
    await keep(desk, Note="Mine alone")
    (piece,) = (await held(desk)).evidence
    keeping, stranger = desk.nextrung.services.evidence, Member(Tenant("T0OTHER"), ENGINEER)

    with pytest.raises(OutdatedCard):
        await keeping.find(stranger, piece.id)
    with pytest.raises(OutdatedCard):
        await keeping.edit(stranger, piece.id, note="Stolen", link="", supports=())
    await keeping.delete(stranger, piece.id)

    assert (await held(desk)).evidence == (piece,)


async def test_odd_values_in_buttons_and_metadata_are_answered(desk: Desk) -> None:
    values = ["", "nonsense", "piece?i=0", "piece?i=99999999999999999999", "skill?k=mlops", None]
    for action_id in ("add_evidence.0", "edit_evidence.0", "list_evidence.0", "delete_evidence"):
        for value in values:
            answer = await desk.interact(pressed(desk, button(action_id, value)))
            assert answer.status_code == 200
    for metadata in values:
        view = MODAL | {"callback_id": "evidence", "private_metadata": metadata or ""}
        view |= {"blocks": [{"type": "input", "block_id": "evidence.note"}]}
        answer = await desk.interact(interaction_fields("view_submission", view=view))
        assert answer.json()["response_action"] == "errors"
    assert (await held(desk)).evidence == ()


async def test_a_store_that_is_away_loses_nothing_that_was_typed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = await form_from_home(desk, desk.engineer)
    await form.fill({"Note": "Keep me"})

    def away(*_: object) -> None:
        raise StoreUnavailable(reason="database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(desk.nextrung.services.evidence._changes, "change", away)
        assert "database" in (await form.submit()).errors["Note"]
    assert form.value("Note")["value"] == "Keep me"
    await form.submit()
    assert [each.note for each in (await held(desk)).evidence] == ["Keep me"]


async def test_a_fault_leaves_the_form_as_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.faults_expected = True
    form = await form_from_home(desk, desk.engineer)
    await form.fill({"Note": "Keep me"})

    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(desk.nextrung.services.evidence._changes, "change", broken)
    told = (await form.submit()).errors["Note"]

    assert "our fault" in told
    assert "secret" not in told
    assert form.value("Note")["value"] == "Keep me"


async def test_no_note_or_link_reaches_the_log(desk: Desk) -> None:
    await keep(desk, Note="A secret of mine", Link="https://secret.example/doc")
    home = await desk.refreshed(desk.engineer)
    form = as_modal(await home.press("Place It"))
    await form.fill({"Link": "nonsense of mine"})
    await form.submit()

    assert "secret" not in str(desk.logs).casefold()
    assert "nonsense" not in str(desk.logs)
