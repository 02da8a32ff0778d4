"""Evidence: kept from cards, Details, Home and the list; edited, deleted, and nobody else's."""

import asyncio
from typing import Any

import pytest

from bot.cards.links import encode
from bot.domain.errors import OutdatedCard
from bot.domain.growth.evidence import MAX_PIECES, EvidenceKind
from bot.domain.growth.holdings import Growth
from bot.domain.growth.requests import EditEvidence
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.handles import MemberHandle, ViewHandle
from bot.sandbox.samples import ENGINEER, MANAGER, WORKSPACE
from bot.store.errors import StoreUnavailable
from tests.scenario.desk import Desk, Json, as_modal, interaction_fields
from tests.scenario.growing import lead_cells, skill_of
from tests.scenario.presses import MODAL, button, pressed

HERE = Tenant(WORKSPACE)
GAP = "/promote-gap llm-engineer lead"
PROMPTS = "Prompt & Context Engineering · LLM Engineer, Lead"
NOTE = "Wrote the *release* checklist <!channel> & ran it"


async def held(desk: Desk, slack_id: str = ENGINEER) -> Growth:
    """What the store holds for a member."""
    services = desk.nextrung.services
    services.growth.clear()
    return (await services.growth.of(await services.members.find(HERE, slack_id))).growth


async def form_from_home(desk: Desk, member: MemberHandle) -> ViewHandle:
    """The empty form, opened from a member's Home."""
    return as_modal(await (await desk.home(member)).press("Add Evidence"))


async def keep(desk: Desk, **values: Any) -> ViewHandle:
    """Keep a piece from Home, and return Home."""
    form = await form_from_home(desk, desk.engineer)
    await form.fill(values)
    await form.submit()
    assert not form.is_open, form.errors
    return await desk.refreshed(desk.engineer)


async def settled(desk: Desk) -> None:
    await desk.drained()


def submitted(desk: Desk, form: ViewHandle, **changes: Any) -> Json:
    """The submission of a form as Slack would send it now, to be sent once more or altered."""
    sent: Json = next(
        each.request for each in reversed(desk.answers) if each.kind == "view_submission"
    )
    assert sent["view"]["id"] == form.view.id
    return sent | {"view": sent["view"] | changes}


async def test_evidence_added_on_a_gap_card_shows_on_it(stored_desk: Desk) -> None:
    desk = stored_desk
    card = await desk.engineer.command(GAP)
    form = as_modal(await card.choose("mark_menu.0", "Add evidence…"))
    cell = lead_cells(desk)[0]
    (chosen,) = form.value("What it shows")["selected_options"]
    assert chosen["text"]["text"] == f"{skill_of(desk, cell).name.base} · LLM Engineer, Lead"

    await form.fill({"Note": NOTE, "Link": "example.com/plan?a=1&b=2"})
    await form.submit()
    await settled(desk)

    assert not form.is_open
    assert "evidence: 1" in card.plain
    (piece,) = (await held(desk)).evidence
    assert (piece.note, piece.url) == (NOTE, "https://example.com/plan?a=1&b=2")
    assert piece.kind is EvidenceKind.LINK
    assert [each.skill for each in piece.supports] == [cell.skill]
    assert "example.com/plan" in (await desk.refreshed(desk.engineer)).plain


async def test_a_form_on_details_redraws_the_modal_below_and_the_card_behind(desk: Desk) -> None:
    card = await desk.engineer.command(GAP)
    details = as_modal(await card.choose("mark_menu.0", "Details…"))
    await details.fill({"Note": "half typed"})
    form = as_modal(await details.press("Add Evidence"))
    assert form.view.previous_view_id == details.view.id
    await form.fill({"Note": "Ran the regression suite"})

    below = await form.submit()
    await settled(desk)

    assert below.place is details.view
    assert "Ran the regression suite" in details.plain
    assert details.value("Note")["value"] == "half typed"
    assert "evidence: 1" in card.plain


async def test_one_piece_supports_several_expectations(desk: Desk) -> None:
    form = await form_from_home(desk, desk.engineer)
    offered = await form.suggest("What it shows", "mlops senior")
    assert offered[0] == "ML Experiment Tracking · LLM Engineer, Senior"
    assert all(each.endswith("Senior") for each in offered)
    names = [PROMPTS, "LLM Evaluation · LLM Engineer, Senior"]
    await form.fill({"Note": "Both", "What it shows": names[:1]})
    await form.fill({"What it shows": [*form.value("What it shows")["selected_options"], names[1]]})
    await form.submit()

    (piece,) = (await held(desk)).evidence
    assert {(each.skill, each.level) for each in piece.supports} == {
        ("prompt-engineering", "lead"),
        ("llm-evaluation", "senior"),
    }
    shown = as_modal(await (await desk.refreshed(desk.engineer)).press("All Evidence (1)"))
    assert all(name.replace("&", "&amp;") in shown.plain for name in names)


async def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(any_desk: Desk) -> None:
    form = await form_from_home(any_desk, any_desk.engineer)
    assert (await form.submit()).errors.keys() == {"Note"}
    for link in ("nonsense", "ftp://example.com", "https://exa mple.com", "javascript:alert(1)"):
        await form.fill({"Note": NOTE, "Link": link})
        assert (await form.submit()).errors.keys() == {"Link"}, link
        assert form.value("Note")["value"] == NOTE

    await form.fill({"Link": "https://example.com"})
    await form.submit()
    assert not form.is_open


@pytest.mark.parametrize(
    "note",
    [
        "<!channel> <@U0ADMIN> <https://evil.example|click>",
        "\u202eright to left\u202c שלום",
        "\U0001f469\u200d\U0001f467\u200d\U0001f466" * 250,
        "'; DROP TABLE evidence; --",
        '=HYPERLINK("http://evil")',
        "\x00\ud800 zero and half a pair",
        "字" * 3000,
    ],
    ids=["mentions", "direction", "emoji", "sql", "formula", "unstorable", "long"],
)
async def test_any_note_is_kept_and_shown_as_text(stored_desk: Desk, note: str) -> None:
    desk = stored_desk
    form = await form_from_home(desk, desk.engineer)
    await form.fill({"Note": "x"})
    await form.submit()
    values = {"evidence.note": {"evidence_note": {"type": "plain_text_input", "value": note}}}
    payload = submitted(desk, form, id="V0OTHER", state={"values": values})

    answer = await desk.interact(payload)

    assert answer.status_code == 200
    newest = (await held(desk)).evidence[0]
    # Half a pair is replaced where requests come in: no answer could carry it.
    assert newest.note == note.replace("\x00", "").replace("\ud800", "\ufffd").strip()
    home = await desk.home(desk.engineer)
    listed = as_modal(await home.press("All Evidence (2)"))
    for shown in (home.plain, listed.plain):
        assert "<!channel>" not in shown
        assert "<@U0ADMIN>" not in shown


async def test_a_note_of_ten_thousand_characters_is_told_at_its_field(desk: Desk) -> None:
    form = await form_from_home(desk, desk.engineer)
    await form.fill({"Note": "x"})
    await form.submit()
    values = {"evidence.note": {"evidence_note": {"value": "x" * 10_000}}}

    answer = await desk.interact(submitted(desk, form, id="V0LONG", state={"values": values}))

    told = answer.json()
    assert told["response_action"] == "errors"
    assert "3000" in told["errors"]["evidence.note"]
    values["evidence.link"] = {"evidence_link": {"value": "https://example.com/" + "x" * 3000}}
    values["evidence.note"]["evidence_note"]["value"] = "short"
    answer = await desk.interact(submitted(desk, form, id="V0LINK", state={"values": values}))
    assert "2000" in answer.json()["errors"]["evidence.link"]


async def test_a_form_submitted_twice_keeps_one_piece(stored_desk: Desk) -> None:
    desk = stored_desk
    await keep(desk, Note="Once")
    form = await form_from_home(desk, desk.engineer)
    await form.fill({"Note": "Twice"})
    await form.submit()
    again = submitted(desk, form)

    await asyncio.gather(*(desk.interact(again) for _ in range(4)))

    assert [each.note for each in (await held(desk)).evidence] == ["Twice", "Once"]


async def test_a_piece_is_edited_in_place(desk: Desk) -> None:
    await keep(desk, Note="First", Link="example.com", **{"What it shows": [PROMPTS]})
    before = (await held(desk)).evidence[0]
    home = await desk.refreshed(desk.engineer)
    listed = as_modal(await home.press("All Evidence (1)"))
    form = as_modal(await listed.press("Edit"))
    assert form.title == "Edit evidence"
    assert form.value("Note")["value"] == "First"
    assert form.value("Link")["value"] == "https://example.com"

    await form.fill({"Note": "Second", "Link": "", "What it shows": []})
    await form.submit()

    assert not form.is_open
    (after,) = (await held(desk)).evidence
    assert (after.id, after.added_at) == (before.id, before.added_at)
    assert (after.note, after.url, after.supports) == ("Second", None, frozenset())
    assert "Second" in (await desk.refreshed(desk.engineer)).plain


async def test_a_piece_is_deleted_after_asking_once(desk: Desk) -> None:
    home = await keep(desk, Note="To go")
    listed = as_modal(await home.press("All Evidence (1)"))
    form = as_modal(await listed.press("Edit"))
    await form.press("Delete", confirm=False)
    assert (await held(desk)).evidence

    told = await form.press("Delete")
    await settled(desk)

    assert (await held(desk)).evidence == ()
    assert "is deleted" in told.plain
    assert "Nothing kept yet" in listed.plain
    assert "Nothing kept yet" in (await desk.refreshed(desk.engineer)).plain


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


async def test_the_list_is_paged_newest_first(desk: Desk) -> None:
    member = await desk.nextrung.services.members.find(HERE, ENGINEER)
    for number in range(23):
        desk.slack.clock.advance(60)
        await desk.nextrung.services.evidence.add(
            member, note=f"Piece {number}.", link="", supports=(), token=f"t{number}"
        )
    home = await desk.home(desk.engineer)
    listed = as_modal(await home.press("All Evidence (23)"))

    assert "*23 pieces of evidence*" in listed.plain
    assert listed.plain.index("Piece 22.") < listed.plain.index("Piece 13.")
    assert listed.buttons.count("Edit") == 10
    await listed.press("Next Page")
    await listed.press("Next Page")
    assert "Page 3 of 3" in listed.plain
    assert listed.buttons.count("Edit") == 3
    form = as_modal(await listed.press("Edit", nth=2))
    await form.press("Delete")
    await settled(desk)
    assert "Piece 0." not in listed.plain
    assert "Page 3 of 3" in listed.plain
    await listed.press("Previous Page")
    assert "Piece 12." in listed.plain


async def test_the_most_there_can_be_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_PIECES == 1000
    monkeypatch.setattr("bot.services.growth.evidence.MAX_PIECES", 2)
    await keep(desk, Note="One")
    await keep(desk, Note="Two")
    form = await form_from_home(desk, desk.engineer)
    await form.fill({"Note": "Three"})

    assert "2 pieces" in (await form.submit()).errors["Note"]
    assert form.value("Note")["value"] == "Three"


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


async def test_evidence_speaks_chinese(desk: Desk) -> None:
    card = await desk.chinese.command("/promote-gap")
    form = as_modal(await card.choose("mark_menu.0", "添加证据…"))

    assert form.title == "添加证据"
    assert form.errors == {}
    assert (await form.submit()).errors == {"笔记": "请写一条笔记或粘贴一个链接，有其中一项即可。"}
    await form.fill({"笔记": "记录"})
    await form.submit()
    await settled(desk)
    assert "证据：1" in card.plain


async def test_no_note_or_link_reaches_the_log(desk: Desk) -> None:
    await keep(desk, Note="A secret of mine", Link="https://secret.example/doc")
    home = await desk.refreshed(desk.engineer)
    form = as_modal(await home.press("Place It"))
    await form.fill({"Link": "nonsense of mine"})
    await form.submit()

    assert "secret" not in str(desk.logs).casefold()
    assert "nonsense" not in str(desk.logs)
