"""`/skill` with words that are no name: slips, several meanings, a level alone, what is no word."""

import pytest

from tests.scenario.desk import Desk
from tests.scenario.lookup.skill_cards import PROFILE, head


async def test_typos_are_named_not_guessed_silently(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill mlosp senoir")

    assert card.plain.splitlines()[0] == "Showing *MLOps* for “mlosp” and *Senior* for “senoir”."
    assert "*LLM Engineer at Senior asks for " in card.plain


async def test_forgiving_spellings_give_the_same_card(desk: Desk) -> None:
    for text in (
        "MLOps SENIOR",
        "  mlops   sr. ",
        "“mlops” snr",
        "mlops 高级",
        "'ml-ops' Senior!",
    ):
        exact = await desk.engineer.command("/skill mlops senior")
        typed = await desk.engineer.command(f"/skill {text}")

        assert typed.plain == exact.plain


async def test_ambiguous_word_offers_choices_that_work(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill model lead")

    assert "“model” is part of many names" in card.plain.replace("*", "")
    assert card.buttons == [
        "Large Language Models (group)",
        "Model Serving (skill)",
        "Model Monitoring (skill)",
    ]
    assert PROFILE in await card.suggest("find", "experiment")
    chosen = await card.press("Model Serving (skill)")
    assert chosen.plain.splitlines()[0] == "Model Serving"
    assert "*LLM Engineer · Lead* · your role" in chosen.plain  # the level was kept


async def test_unknown_word_offers_a_search_that_works(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill qwertyuiop")

    assert "“qwertyuiop” is not in this framework." in card.plain.replace("*", "")
    found = await card.choose("find", PROFILE)
    assert found.plain.splitlines()[0] == PROFILE


async def test_misspelt_skill_is_shown_with_its_correction(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml experimnt trackng")

    assert card.plain.splitlines()[0] == f"Showing *{PROFILE}* for “ml experimnt trackng”."


async def test_words_without_a_meaning_are_named(desk: Desk) -> None:
    card = await desk.engineer.command("/skill mlops senior xylophone")

    assert "“xylophone”" in card.plain.splitlines()[0]
    assert "MLOps" in card.plain


async def test_level_alone_opens_the_own_role(desk: Desk) -> None:
    card = await desk.engineer.command("/skill lead")

    assert card.plain.splitlines()[0] == "LLM Engineer"
    assert head(card) == ("Skill", "Senior (you)", "Lead", "Principal")


async def test_level_alone_without_a_role_asks_of_which_role(desk: Desk) -> None:
    for text, level, name in (("lead", "lead", "Lead"), ("“Senoir”", "Senoir", "Senior")):
        card = await desk.admin.command(f"/skill {text}")
        assert f"“{level}” is a level. Of which role?" in card.plain
        shown = await card.press("LLM Engineer")
        assert shown.plain.splitlines()[0] == "LLM Engineer"
        assert head(shown)[2] == name


async def test_a_slip_in_a_long_name_is_corrected_as_a_whole(desk: Desk) -> None:
    card = await desk.engineer.command("/skill site relaibility engineer")

    assert (
        card.plain.splitlines()[0]
        == "Showing *Site Reliability Engineer* for “site relaibility engineer”."
    )


async def test_a_level_of_another_ladder_is_never_exchanged(any_desk: Desk) -> None:
    for level in ("Manager", "Director"):
        card = await any_desk.engineer.command(f"/skill mlops {level.lower()}")

        said = card.plain.replace("*", "")
        assert f"The ladder of LLM Engineer has no level “{level}”." in said
        assert card.buttons == ["Junior", "Middle", "Senior", "Lead", "Principal"]
        group = await card.press("Lead")
        assert "*LLM Engineer at Lead asks for " in group.plain


async def test_a_word_that_means_something_else_is_not_here(any_desk: Desk) -> None:
    for text, near in (
        ("llm wizard", "Large Language Models (group)"),
        ("kotlinx", "Android Development (skill)"),
        ("mobile engineer", "iOS Engineer"),
        ("mobile engineer", "Android Engineer"),
    ):
        card = await any_desk.engineer.command(f"/skill {text}")

        assert near in card.buttons
        assert "Frontend Engineer" not in card.plain
    known = await any_desk.engineer.command("/skill ai engineer")
    assert known.plain.splitlines()[0] == "AI Product Engineer"
    nothing = await any_desk.engineer.command("/skill blockchain senior")
    assert "“blockchain” is not in this framework" in nothing.plain.replace("*", "")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("skill vllm", "“vllm” is part of *LLM Inference Optimization* in this framework."),
        ("skill vLLM senior", "“vLLM” is part of *LLM Inference Optimization* in this framework."),
        ("skill rust", "“rust” is part of *Programming* in this framework."),
        ("skill teamwork", "“teamwork” is part of *Collaboration* in this framework."),
        ("skill 蒸馏", "“蒸馏” is part of *LLM Fine-Tuning* in this framework."),
        ("skill programmer", "This framework calls “programmer” *Software Engineer*."),
        ("promote-gap sde lead", "This framework calls “sde” *Software Engineer*."),
    ],
)
async def test_what_belongs_to_another_name_is_said(desk: Desk, command: str, said: str) -> None:
    card = await desk.engineer.command(f"/{command}")

    assert card.plain.splitlines()[0] == said


@pytest.mark.parametrize(
    "text", ["rag", "sre", "ci/cd", "llm inference", "mlops", "k8s", "实验跟踪"]
)
async def test_a_name_that_shows_what_it_belongs_to_needs_no_words(desk: Desk, text: str) -> None:
    card = await desk.engineer.command(f"/skill {text}")

    assert "in this framework" not in card.plain
    assert "This framework calls" not in card.plain


async def test_words_beside_a_name_change_what_it_means(desk: Desk) -> None:
    card = await desk.engineer.command("/skill mlops wizard senior")

    assert "“mlops wizard” is not in this framework" in card.plain.replace("*", "")
    assert "MLOps (group)" in card.buttons
