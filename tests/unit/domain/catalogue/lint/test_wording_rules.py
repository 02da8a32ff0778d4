"""Rules about texts that repeat: levels, sentences across skills, and how texts are compared."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.lint.finding import LintFinding, LintRule
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.texts.wording import Phrases, boilerplate, repeated_levels
from bot.domain.catalogue.lint.words import alike, normal, opening, sentences, size, word_set
from bot.domain.framework import CatalogueContent, Expectation, Skill
from bot.domain.text import LocalText
from tests.unit.samples import BASIC, DEEP, JOINER, SANDING, SAWING, TERMS, TOOLS, cell, workshop

SCHEMA = "Changes the schema in two releases, so that old and new code run side by side."
BACKFILL = "Plans a backfill that can be stopped and resumed without locking the table."
EMPTY = replace(workshop().content, expectations=())


def rising(lower: str | LocalText, upper: str | LocalText) -> list[LintFinding]:
    """Lint one skill with these texts at two levels."""
    texts = [LocalText(each) if isinstance(each, str) else each for each in (lower, upper)]
    cells = tuple(
        replace(cell(JOINER, level, SAWING), text=text)
        for level, text in zip(("novice", "adept"), texts, strict=True)
    )
    return list(repeated_levels(Survey(replace(EMPTY, expectations=cells))))


def rules(findings: list[LintFinding]) -> list[LintRule]:
    return [each.rule for each in findings]


def test_two_different_texts_repeat_nothing() -> None:
    assert rising(SCHEMA, BACKFILL) == []


@pytest.mark.parametrize(
    "upper", [SCHEMA, SCHEMA.upper(), SCHEMA.replace(",", " -"), f"  {SCHEMA}\n"]
)
def test_the_same_text_in_other_letters_is_the_same(upper: str) -> None:
    assert rules(rising(SCHEMA, upper)) == [LintRule.SAME_AS_BELOW]


@pytest.mark.parametrize(
    "upper",
    [
        SCHEMA.replace("two releases", "three releases"),
        f"{SCHEMA} {BACKFILL}",  # all of the level below, and more
        "So that old and new code run side by side, changes the schema in two releases.",
    ],
)
def test_nearly_the_same_text(upper: str) -> None:
    assert rules(rising(SCHEMA, upper)) == [LintRule.LIKE_BELOW]


def test_each_language_is_compared_by_itself() -> None:
    lower = LocalText(SCHEMA, {"zh": "分两次发布修改表结构，新旧代码可以并存。"})
    upper = LocalText(BACKFILL, {"zh": "分两次发布修改表结构，新旧代码可以并存"})
    (finding,) = rising(lower, upper)
    assert (finding.rule, finding.place.locale) == (LintRule.SAME_AS_BELOW, "zh")
    other = LocalText(BACKFILL, {"zh": "规划可以中断并续跑的数据回填，不锁表。"})
    assert rising(lower, other) == []


def test_a_depth_that_serves_two_levels_is_worth_a_note_only() -> None:
    lower = cell(JOINER, "adept", SANDING, DEEP, text=None)
    upper = cell(JOINER, "staff", SANDING, DEEP, text=None)

    def found(*cells: Expectation) -> list[LintRule]:
        return rules(list(repeated_levels(Survey(replace(EMPTY, expectations=cells)))))

    assert found(lower, upper) == [LintRule.NOTHING_NEW]
    assert found(lower, cell(JOINER, "staff", SANDING, DEEP, text=None, required=True)) == []
    assert found(cell(JOINER, "adept", SANDING, BASIC, text=None), upper) == []


def skills(*texts: tuple[str, ...], prompts: bool = False) -> CatalogueContent:
    """A catalogue with a skill for each tuple: its texts by depth, or its growth prompts."""
    made = []
    for number, own in enumerate(texts):
        name = f"Skill {'ABCDEFGH'[number]}"
        filled = [LocalText(text.format(name=name)) for text in own]
        skill = Skill(f"skill-{number}", LocalText(name), TOOLS)
        if prompts:
            made.append(replace(skill, prompts=tuple(filled)))
        else:
            made.append(replace(skill, depths=dict(zip("abcdefgh", filled, strict=False))))
    return replace(EMPTY, skills=tuple(made))


def repeated(content: CatalogueContent) -> list[LintFinding]:
    return list(boilerplate(Phrases(Survey(content), TERMS)))


def test_a_sentence_in_three_skills_is_boilerplate() -> None:
    own = [(f"{SCHEMA} Sees to {word} first.",) for word in ("glue", "saws", "sand")]
    (finding,) = repeated(skills(*own))
    assert finding.rule is LintRule.REPEATED_SENTENCE
    assert "3 skills: Skill A, Skill B and Skill C" in finding.message
    assert repeated(skills(*own[:2])) == []


def test_a_sentence_with_the_skills_own_name_in_it_is_the_same() -> None:
    (finding,) = repeated(skills(*[("Sets the standards of {name} for the whole team.",)] * 3))
    assert finding.rule is LintRule.REPEATED_SENTENCE


def test_a_short_sentence_may_come_again() -> None:
    assert repeated(skills(*[("Works without help.",)] * 6)) == []


def test_a_sentence_again_within_one_skill_is_no_boilerplate() -> None:
    assert repeated(skills((SCHEMA, SCHEMA, SCHEMA, SCHEMA))) == []


def test_a_growth_prompt_in_three_skills_is_boilerplate() -> None:
    asked = "What would you do otherwise next time? Ask a colleague too."
    (finding,) = repeated(skills(*[(asked,)] * 3, prompts=True))
    assert asked in finding.message


def test_a_long_opening_of_many_skills_is_boilerplate() -> None:
    ends = ["glue that holds", "saws that cut", "sandpaper of all grades", "wood by its grain"]
    own = [(f"Has a thorough understanding of {end}.",) for end in ends]
    (finding,) = repeated(skills(*own))
    assert finding.rule is LintRule.REPEATED_OPENING
    assert "has a thorough understanding of" in finding.message
    assert repeated(skills(*own[:3])) == []


def test_an_opening_in_chinese() -> None:
    ends = ["胶水的用法", "锯子的用法", "砂纸的粗细", "木材的纹理"]
    (finding,) = repeated(skills(*[(f"能够深入理解并熟练掌握{end}。",) for end in ends]))
    assert finding.rule is LintRule.REPEATED_OPENING


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One thing. Another one! And why? So.", ["One thing.", "Another one!", "And why?", "So."]),
        ("第一件。第二件！", ["第一件", "第二件"]),
        ("first line\nsecond line\r\n\r\nthird", ["first line", "second line", "third"]),
        ("Version 1.2 of a tool.", ["Version 1.2 of a tool."]),
        ("", []),
        (" \n。", []),
    ],
)
def test_sentences(text: str, told: list[str]) -> None:
    assert list(sentences(text)) == told


def test_words_are_compared_in_one_case_and_width() -> None:
    assert normal("Ｗ&B, “Runs”; CI/CD!") == "w b runs ci cd"
    assert word_set("实验跟踪 MLflow") == {"实验", "验跟", "跟踪", "mlflow"}
    assert size(normal("实验跟踪 MLflow")) == 3


def test_the_opening_of_a_text() -> None:
    assert opening("one two three four", 3) == "one two three"
    assert opening("one two three", 3) is None
    assert opening("能够深入理解并熟练", 2) == "能够深入"


def test_of_short_texts_only_equal_ones_are_alike() -> None:
    assert not alike(word_set("Uses saws well"), word_set("Uses glue well"))
    assert alike(word_set("Uses saws"), word_set("saws: uses"))
    assert not alike(word_set(""), word_set(""))


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert alike(word_set(one), word_set(one)) == bool(word_set(one))
    assert isinstance(alike(word_set(one), word_set(other)), bool)
    begun = opening(normal(one), 3)
    assert begun is None or normal(one).startswith(begun)
