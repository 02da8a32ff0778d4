"""`/promote-gap` in each of its forms."""

import re

import pytest

from tests.scenario.desk import Desk, as_message, as_modal

TOTAL = re.compile(r"^\*(\d+)\* expectations? (?:is|are) new.*\*(\d+) required\*, (\d+) optional")


def totals(plain: str) -> tuple[int, int, int]:
    """Return (all, required, optional) as the card counts them."""
    (found,) = [match for line in plain.splitlines() if (match := TOTAL.match(line))]
    whole, required, optional = (int(number) for number in found.groups())
    return whole, required, optional


async def test_gap_starts_at_the_recorded_level_and_says_so(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/promote-gap llm-engineer lead")

    assert card.plain.splitlines()[0] == "LLM Engineer: Senior → Lead"
    assert "from Senior, your recorded level" in card.plain
    whole, required, optional = totals(card.plain)
    assert whole == required + optional
    assert required > 0
    assert card.is_ephemeral


async def test_gap_of_another_role_starts_below_the_target_and_says_so(desk: Desk) -> None:
    card = await desk.manager.command("/promote-gap llm engineer principal")

    assert card.plain.splitlines()[0] == "LLM Engineer: Lead → Principal"
    assert "from Lead, the level below the target" in card.plain


async def test_gap_without_words_leads_to_the_next_level(desk: Desk) -> None:
    bare = await desk.engineer.command("/promote-gap")
    asked = await desk.engineer.command("/promote-gap llm-engineer lead")

    assert bare.plain == asked.plain


async def test_gap_pages_show_each_change_once_required_first(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    whole, required, _ = totals(card.plain)

    changes: list[str] = []
    while True:
        changes += re.findall(r"^\*([^*]+)\* · (Required|Optional|New)", card.plain, re.M)
        if "Next Page" not in card.buttons:
            break
        turned = await card.press("Next Page")
        assert as_message(turned).ts == card.ts
        card = as_message(turned)
    names = [name for name, _ in changes if name not in ("Required", "Optional")]
    assert len(names) == len(set(names)) == whole
    kinds = [kind for _, kind in changes]
    assert "Required" not in kinds[required:]


async def test_paging_back_restores_the_first_page(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    first = card.plain

    second = await card.press("Next Page")
    assert second.plain != first
    again = await second.press("Previous Page")
    assert again.plain == first


async def test_undefined_cells_are_named_as_such(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer lead")

    assert re.search(r"^\*\d+ not defined at Lead\*: .*Containers", card.plain, re.M)


async def test_target_selector_redraws_in_place(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/promote-gap llm-engineer lead")
    assert card.options("Choose a level") == ["Lead", "Principal"]  # only what is above

    redrawn = as_message(await card.choose("Choose a level", "Principal"))
    assert redrawn.ts == card.ts
    assert redrawn.plain.splitlines()[0] == "LLM Engineer: Senior → Principal"


async def test_transfer_gap_tells_what_carries_over(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(
        "/promote-gap llm-engineer lead from data-scientist senior"
    )

    assert card.plain.splitlines()[0] == "Data Scientist, Senior → LLM Engineer, Lead"
    assert "Transfer gap · from Senior, as you asked" in card.plain
    assert re.search(r"^\*\d+ carr(y|ies) over\*: ML Experiment Tracking", card.plain, re.M)
    assert "*Model Serving* · New at this level: Required" in card.plain


async def test_transfer_from_own_recorded_level(desk: Desk) -> None:
    card = await desk.chinese.command("/promote-gap llm-engineer senior from data-scientist")

    assert card.blocks[0]["text"]["text"].count("→") == 1
    assert len(card.buttons) > 3


async def test_gap_item_opens_details(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer lead")

    modal = as_modal(await card.press("Details"))
    assert "LLM Engineer, Lead" in modal.plain
    assert "Prompt & Context Engineering" in modal.plain.splitlines()[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("llm-engineer junior", "is not above Senior, your recorded level"),
        ("llm-engineer senior", "is not above Senior, your recorded level"),
        ("data-scientist junior", "is where the ladder of *Data Scientist* starts"),
        ("llm-engineer lead from llm-engineer principal", "is not above Principal"),
        ("llm-engineer staff", "has no level “staff”"),
        ("nobody lead", "Nothing in the catalogue is called “*nobody*”"),
        ("engineer lead", "“*engineer*” could mean several things"),
        ("llm-engineer lead from nobody senior", "Nothing in the catalogue is called"),
    ],
)
async def test_targets_without_a_gap_get_a_clear_answer(
    desk: Desk, text: str, sentence: str
) -> None:
    card = await desk.engineer.command(f"/promote-gap {text}")

    assert sentence in card.plain
    assert card.buttons  # and a way on
    assert "`/" in card.plain.splitlines()[-1]


async def test_top_of_the_ladder_is_told(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer from llm-engineer principal")

    assert "Principal" in card.plain
    assert "above" in card.plain


async def test_choice_of_an_ambiguous_role_keeps_the_rest(desk: Desk) -> None:
    card = await desk.admin.command("/promote-gap engineer lead from data-scientist senior")

    chosen = await card.press("MLOps Engineer")
    assert chosen.plain.splitlines()[0] == "Data Scientist, Senior → MLOps Engineer, Lead"


async def test_member_without_role_chooses_one(any_desk: Desk) -> None:
    card = await any_desk.admin.command("/promote-gap")

    assert card.buttons == ["Data Scientist", "LLM Engineer", "ML Engineer", "MLOps Engineer"]
    role = await card.press("LLM Engineer")
    assert role.buttons == ["Junior", "Middle", "Senior", "Lead", "Principal"]
    gap = await role.press("Lead")
    assert gap.plain.splitlines()[0] == "LLM Engineer: Senior → Lead"
    assert "the level below the target" in gap.plain


async def test_role_is_found_by_typing(desk: Desk) -> None:
    card = await desk.admin.command("/promote-gap")

    chosen = await card.choose("find_target", "MLOps Engineer")
    assert "*MLOps Engineer*" in chosen.plain


async def test_help_forms_all_work(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap help")

    forms = [line[1:-1] for line in card.plain.splitlines() if line.startswith("`/promote-gap")]
    assert len(forms) >= 3
    for form in forms:
        answer = await desk.engineer.command(form)
        assert "→" in answer.plain.splitlines()[0]


async def test_same_card_from_any_spelling(desk: Desk) -> None:
    exact = await desk.engineer.command("/promote-gap llm-engineer lead")
    for text in ("LLM Engineer LEAD", "llm_engineer, lead!", "大模型工程师 主管", "“llm engineer” lead"):
        typed = await desk.engineer.command(f"/promote-gap {text}")
        assert typed.plain == exact.plain
