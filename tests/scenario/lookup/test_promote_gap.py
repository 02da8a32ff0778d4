"""`/promote-gap` in each of its forms."""

from typing import cast

from bot.cards.ids import Action
from bot.cards.links import decode
from bot.domain.framework import CellKey
from bot.domain.growth.requests import MarkOtherwise
from bot.domain.lookup.gap import PromotionGap, promotion_gap
from bot.domain.lookup.rung import Rung
from bot.sandbox.blocks import elements
from bot.sandbox.handles.surface import Surface
from tests.scenario.desk import Desk, as_message, as_modal


def shown(card: Surface) -> list[CellKey]:
    """Return the cells that the items of a card are about, in order."""
    found = [
        decode(block["block_id"])
        for block, each in elements(card.blocks)
        if each["action_id"].startswith(Action.MARK_MENU)
    ]
    assert all(isinstance(each, MarkOtherwise) for each in found)
    return [each.cell for each in cast("list[MarkOtherwise]", found)]


def expected(desk: Desk, *rungs: tuple[str, str]) -> PromotionGap:
    """Work the gap out from the catalogue itself: from the first (role, level) to the second."""
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    found = []
    for role_key, level_key in rungs:
        role = catalogue.role(role_key)
        level = role.ladder.level(level_key) if role else None
        assert role is not None
        assert level is not None
        found.append(Rung(role, level))
    return promotion_gap(catalogue, origin=found[0], target=found[1])


async def test_gap_starts_at_the_recorded_level_and_says_so(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/promote-gap llm-engineer lead")

    assert card.plain.splitlines()[0] == "LLM Engineer: Senior → Lead"
    assert "from Senior, your recorded level" in card.plain
    gap = expected(any_desk, ("llm-engineer", "senior"), ("llm-engineer", "lead"))
    required = len(gap.required())
    assert f"*0 met · {required} open*, of {required} required" in card.plain
    assert f"Optional: 0 of {len(gap.gaps) - required} met" in card.plain
    assert f"*Open, 1 to 5 of {len(gap.gaps)}*" in card.plain
    assert card.is_ephemeral


async def test_gap_of_another_role_starts_below_the_target_and_says_so(desk: Desk) -> None:
    card = await desk.manager.command("/promote-gap llm engineer principal")

    assert card.plain.splitlines()[0] == "LLM Engineer: Lead → Principal"
    assert "from Lead, the level below the target" in card.plain


async def test_gap_without_words_leads_to_the_next_level(desk: Desk) -> None:
    bare = await desk.engineer.command("/promote-gap")
    asked = await desk.engineer.command("/promote-gap llm-engineer lead")

    assert bare.plain == asked.plain


async def test_gap_pages_show_each_change_once_in_order(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer lead")

    items = shown(card)
    while "show.91" in card.action_ids:
        turned = as_message(await card.press(action_id="show.91"))
        assert turned.ts == card.ts
        card = turned
        items += shown(card)

    gap = expected(desk, ("llm-engineer", "senior"), ("llm-engineer", "lead"))
    assert [item.skill for item in items] == [each.target.skill.key for each in gap.gaps]
    kinds = [each.target.required for each in gap.gaps]
    assert kinds == sorted(kinds, reverse=True)  # required before optional


async def test_paging_back_restores_the_first_page(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    first = card.plain

    second = await card.press("Next 5")
    assert second.plain != first
    again = await second.press("Previous 5")
    assert again.plain == first


async def test_undefined_cells_are_named_as_such(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap ml-engineer middle")

    (line,) = [each for each in card.plain.splitlines() if "not defined at Middle" in each]
    gap = expected(desk, ("ml-engineer", "junior"), ("ml-engineer", "middle"))
    assert str(len(gap.undefined)) in line
    assert gap.undefined
    for skill in gap.undefined:
        assert skill.name.base in line


async def test_target_selector_redraws_in_place(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/promote-gap llm-engineer lead")
    # Only what is above.
    assert card.options("Choose a level") == ["Target: Lead", "Target: Principal"]

    redrawn = as_message(await card.choose("Choose a level", "Target: Principal"))
    assert redrawn.ts == card.ts
    assert redrawn.plain.splitlines()[0] == "LLM Engineer: Senior → Principal"


async def test_transfer_gap_tells_what_carries_over(any_desk: Desk) -> None:
    card = await any_desk.engineer.command(
        "/promote-gap llm-engineer lead from data-scientist senior"
    )

    assert card.plain.splitlines()[0] == "Data Scientist, Senior → LLM Engineer, Lead"
    assert "Transfer gap · from Senior, as you asked" in card.plain
    (line,) = [each for each in card.plain.splitlines() if "carry over" in each]
    gap = expected(any_desk, ("data-scientist", "senior"), ("llm-engineer", "lead"))
    assert str(len(gap.carried)) in line
    for each in gap.carried[:4]:
        assert each.skill.name.base in line
    assert shown(card)[0].skill == gap.gaps[0].target.skill.key == "prompt-engineering"
    assert "*Prompt &amp; Context Engineering*\nLarge Language Models · New · Expert" in card.plain


async def test_transfer_from_own_recorded_level(desk: Desk) -> None:
    card = await desk.chinese.command("/promote-gap llm-engineer senior from data-scientist")

    assert card.blocks[0]["text"]["text"].count("→") == 1
    assert len(shown(card)) == 5


async def test_gap_item_opens_details(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer lead")

    modal = as_modal(await card.choose("mark_menu.0", "Details…"))
    assert "LLM Engineer · updated" in modal.plain
    assert "Compare: Senior → Lead" in modal.plain
    gap = expected(desk, ("llm-engineer", "senior"), ("llm-engineer", "lead"))
    assert modal.plain.splitlines()[0] == gap.gaps[0].target.skill.name.base


async def test_targets_without_a_gap_get_a_clear_answer(desk: Desk) -> None:
    for text, sentence in (
        ("llm-engineer junior", "is not above Senior, your recorded level"),
        ("llm-engineer senior", "is where you start from"),
        ("data-scientist junior", "is where the ladder of Data Scientist starts"),
        ("llm-engineer lead from llm-engineer principal", "is not above Principal"),
        ("llm-engineer director", "has no level “Director”"),
        ("nobody lead", "The role “nobody” is not in this framework"),
        ("engineer lead", "“engineer” is part of many names"),
        ("llm-engineer lead from nobody senior", "The role “nobody” is not in this framework"),
    ):
        card = await desk.engineer.command(f"/promote-gap {text}")

        assert sentence in card.plain.replace("*", "")
        assert card.buttons  # and a way on
        assert "`/" in card.plain.splitlines()[-1]


async def test_top_of_the_ladder_is_told(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer from llm-engineer principal")

    assert "Principal" in card.plain
    assert "above" in card.plain


async def test_choice_of_an_ambiguous_role_keeps_the_rest(desk: Desk) -> None:
    card = await desk.admin.command("/promote-gap engineer lead from data-scientist senior")

    assert "Backend Engineer" not in card.buttons  # only the nearest of many are
    found = as_message(await card.choose("Find a role", "Backend Engineer"))
    assert found.plain.splitlines()[0] == "Data Scientist, Senior → Backend Engineer, Lead"
    card = await desk.admin.command("/promote-gap engineer lead from data-scientist senior")
    chosen = await card.press("LLM Engineer")
    assert chosen.plain.splitlines()[0] == "Data Scientist, Senior → LLM Engineer, Lead"


async def test_another_name_of_a_level_leads_to_it(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer staff")

    assert card.plain.splitlines()[0] == "LLM Engineer: Senior → Lead"


async def test_member_without_role_chooses_one(any_desk: Desk) -> None:
    card = await any_desk.admin.command("/promote-gap")

    catalogue = any_desk.nextrung.services.catalogues.shelf().catalogue
    roles = [role.name.base for role in catalogue.content.roles]
    assert card.buttons == roles[:15]  # the others are found by typing
    for name in roles:
        assert name in await card.suggest("find_target", name)
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
    for text in (
        "LLM Engineer LEAD",
        "llm_engineer, lead!",
        "大模型工程师 主管",
        "“llm engineer” lead",
    ):
        typed = await desk.engineer.command(f"/promote-gap {text}")
        assert typed.plain == exact.plain


async def test_a_role_found_by_typing_completes_what_was_typed(desk: Desk) -> None:
    unknown_origin = await desk.engineer.command(
        "/promote-gap llm-engineer lead from nobody senior"
    )
    found = as_message(await unknown_origin.choose("Find a role", "Data Scientist"))
    assert found.plain.splitlines()[0] == "Data Scientist, Senior → LLM Engineer, Lead"

    unknown_target = await desk.engineer.command("/promote-gap nobody lead")
    found = as_message(await unknown_target.choose("Find a role", "Data Scientist"))
    assert found.plain.splitlines()[0] == "Data Scientist: Senior → Lead"

    no_role = await desk.admin.command("/promote-gap lead")
    found = as_message(await no_role.choose("Find a role", "ML Engineer"))
    assert found.plain.splitlines()[0] == "ML Engineer: Senior → Lead"


async def test_another_way_to_the_goal_is_not_called_the_goal(desk: Desk) -> None:
    await desk.engineer.command("/growth goal llm-engineer lead")
    own = (await desk.engineer.command("/promote-gap llm-engineer lead")).plain
    assert own.splitlines()[1] == "Your goal · from Senior, your recorded level"

    typed = "/promote-gap llm-engineer lead from data-scientist principal"
    other = (await desk.engineer.command(typed)).plain
    assert other.splitlines()[1] == (
        "Transfer gap · from Principal, as you asked · to your goal, which starts elsewhere"
    )


async def test_a_goal_without_a_start_is_the_way_from_where_the_member_stands(desk: Desk) -> None:
    elsewhere = "Promotion gap · from Middle, as you asked · to your goal, which starts elsewhere"
    middle = "/promote-gap llm-engineer lead from middle"
    await desk.engineer.command("/growth goal llm-engineer lead")
    assert (await desk.engineer.command(middle)).plain.splitlines()[1] == elsewhere
    # Typed or not, it is the same way.
    same = (await desk.engineer.command("/promote-gap llm-engineer lead from senior")).plain
    assert same.splitlines()[1] == "Your goal · from Senior, as you asked"
    await desk.engineer.command("/growth language 中文")
    assert "通往你的目标，但目标的起点不同" in (await desk.engineer.command(middle)).plain
    await desk.engineer.command("/growth language en")

    # The goal's way moves with the member, and so does what is called by its name.
    await desk.engineer.command("/growth role llm-engineer middle")
    moved = (await desk.engineer.command(middle)).plain
    assert moved.splitlines()[1] == "Your goal · from Middle, as you asked"

    # Of another role than the recorded one it goes from the level below.
    await desk.engineer.command("/growth goal data-scientist lead")
    for start, head in (("senior", "Your goal ·"), ("middle", "Promotion gap ·")):
        card = await desk.engineer.command(f"/promote-gap data-scientist lead from {start}")
        assert card.plain.splitlines()[1].startswith(head), start


async def test_a_goal_with_a_start_is_the_way_from_there_only(desk: Desk) -> None:
    await desk.engineer.command("/growth goal llm-engineer lead from middle")
    for start, head in (("middle", "Your goal ·"), ("senior", "Promotion gap ·")):
        card = await desk.engineer.command(f"/promote-gap llm-engineer lead from {start}")
        assert card.plain.splitlines()[1].startswith(head), start


async def test_from_one_level_to_another_in_the_words_of_a_member(desk: Desk) -> None:
    for text in (
        "llm-engineer lead from middle",
        "llm-engineer middle to lead",
        "llm engineer from middle to lead",
        "middle to lead",
        "middle → lead",
        "大模型工程师 从中级到负责人",
        "大模型工程师 负责人 来自 中级",
    ):
        card = await desk.engineer.command(f"/promote-gap {text}")
        assert card.plain.splitlines()[0] == "LLM Engineer: Middle → Lead", text
        assert "from Middle, as you asked" in card.plain, text
