"""Evidence: kept from cards, Details, Home and the list; edited, and deleted after asking."""

import pytest

from bot.domain.growth.evidence import MAX_PIECES, EvidenceKind
from bot.sandbox.samples import ENGINEER
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_cells, skill_of
from tests.scenario.growth.evidence.keeping import (
    GAP,
    HERE,
    NOTE,
    PROMPTS,
    form_from_home,
    held,
    keep,
    submitted,
)


async def test_evidence_added_on_a_gap_card_shows_on_it(stored_desk: Desk) -> None:
    desk = stored_desk
    card = await desk.engineer.command(GAP)
    form = as_modal(await card.choose("mark_menu.0", "Add evidence…"))
    cell = lead_cells(desk)[0]
    (chosen,) = form.value("What it shows")["selected_options"]
    assert chosen["text"]["text"] == f"{skill_of(desk, cell).name.base} · LLM Engineer, Lead"

    await form.fill({"Note": NOTE, "Link": "example.com/plan?a=1&b=2"})
    await form.submit()
    await desk.drained()

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
    await desk.drained()

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
    await desk.drained()

    assert (await held(desk)).evidence == ()
    assert "is deleted" in told.plain
    assert "Nothing kept yet" in listed.plain
    assert "Nothing kept yet" in (await desk.refreshed(desk.engineer)).plain


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
    await desk.drained()
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


async def test_evidence_speaks_chinese(desk: Desk) -> None:
    card = await desk.chinese.command("/promote-gap")
    form = as_modal(await card.choose("mark_menu.0", "添加证据…"))

    assert form.title == "添加证据"
    assert form.errors == {}
    assert (await form.submit()).errors == {"笔记": "请写一条笔记或粘贴一个链接，有其中一项即可。"}
    await form.fill({"笔记": "记录"})
    await form.submit()
    await desk.drained()
    assert "证据：1" in card.plain
