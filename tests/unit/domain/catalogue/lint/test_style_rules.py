"""Rules about how texts are written: words nobody can assess, length, spelling, terms."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.lint.finding import LintFinding
from bot.domain.catalogue.lint.settings import Spelling
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.terms import LanguageTerms, Terms, WantedTerm
from bot.domain.catalogue.lint.texts.spelling import mixed_spelling
from bot.domain.catalogue.lint.texts.style import sentence_count, unassessable, wordy
from bot.domain.catalogue.lint.texts.translations import translated_terms
from bot.domain.catalogue.lint.words import found, needles, padded
from bot.domain.framework import CatalogueContent
from bot.domain.guidance import Band, Guide
from bot.domain.text import LocalText
from tests.unit.samples import CRAFT, JOINER, SAWING, TERMS, cell, workshop

CONTENT = replace(workshop().content, groups=())


def saying(*texts: str | LocalText) -> CatalogueContent:
    """Return a content whose only texts are these, of one skill's cells."""
    cells = tuple(
        replace(
            cell(JOINER, level, SAWING), text=LocalText(text) if isinstance(text, str) else text
        )
        for level, text in zip(("novice", "adept", "staff", "fellow"), texts, strict=False)
    )
    return replace(CONTENT, skills=(SAWING,), roles=(JOINER,), expectations=cells)


def messages(findings: list[LintFinding]) -> list[str]:
    return [each.message for each in findings]


def test_phrases_are_whole_words_in_any_language() -> None:
    phrases = needles(("best practice*", "token", "流水线", "LLM 团队", "…"))
    assert found(phrases, padded("Follows Best\nPractices, and tokenizes.")) == ["best practice"]
    assert found(phrases, padded("在流水线中使用token。")) == ["token", "流水线"]
    assert found(phrases, padded("为 LLM 团队。")) == ["LLM 团队"]
    assert found(phrases, padded("Best practice. Token!")) == ["best practice", "token"]


@given(st.text(max_size=80), st.text(max_size=80), st.text(min_size=1, max_size=20))
def test_a_phrase_between_spaces_is_always_found(before: str, after: str, phrase: str) -> None:
    pair = needles((phrase,))
    assert not pair or found(pair, padded(f"{before} {phrase} {after}"))


@pytest.mark.parametrize(
    "text",
    [
        "Leveraging caches, serves pages.",
        "Ensures quality of the builds.",
        "Writes a paper that is cited years later.",
        "Builds world-class pipelines.",
        "Follows best practices.",
    ],
)
def test_words_that_nobody_can_assess(text: str) -> None:
    (message,) = messages(list(unassessable(Survey(saying(text)), TERMS)))
    assert "which nobody can assess. Say what one would see." in message


def test_names_may_say_anything_and_other_texts_may_not() -> None:
    best = LocalText("Best practices for years")
    guide = Guide((best,), (best,))
    skill = replace(SAWING, name=best, summary=best, guides={Band.EARLY: guide})
    role = replace(JOINER, name=best, summary=best, focus={"novice": best})
    content = replace(CONTENT, skills=(skill,), roles=(role,), expectations=())
    told = list(unassessable(Survey(content), TERMS))
    # Summary and focus of the role; summary, evidence and prompt of the skill.
    assert [each.place.skill for each in told] == [None, None, "sawing", "sawing", "sawing"]
    assert "“best practice” and “for years”" in told[0].message


def test_short_texts_are_not_wordy() -> None:
    text = LocalText("Cuts boards, e.g. oak. Sands them.", {"zh": "锯木板；打磨。然后上漆。"})
    assert list(wordy(Survey(saying("x" * 240, text)), TERMS)) == []


def test_more_than_two_sentences_or_too_many_characters() -> None:
    three = LocalText("Cuts.", {"zh": "锯木板。打磨。上漆。"})
    long = LocalText("x" * 241, {"zh": "长" * 111, "zh-Hant": "長" * 111, "de": "x" * 240})
    told = list(wordy(Survey(saying(three, long)), TERMS))
    assert [each.place.locale for each in told] == ["zh", None, "zh", "zh-Hant"]
    assert "has 3 sentences, where two are enough" in told[0].message
    assert "has 241 characters, where 240 are enough" in told[1].message


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One", 1),
        ("One. Two! Three?", 3),
        ("Version 1.10 of a.b is one.", 1),
        ("He said “no.” Then left", 2),
        ("first line\nsecond line.\n\n", 2),
        ("一句。两句！", 2),
        ("Wait… what?!", 1),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    assert sentence_count(text) == count


def spelt(*texts: str | LocalText, spelling: Spelling | None = None) -> list[str]:
    return messages(list(mixed_spelling(Survey(saying(*texts)), TERMS, spelling)))


def test_one_spelling_is_no_mix() -> None:
    assert spelt("Models behaviour.", "Organises colours.", "Labelled neighbours") == []
    assert spelt("Models behavior.", "Organizes colors.", "Promises wise analyses") == []


def test_the_word_of_the_minority_is_named_with_its_other_spelling() -> None:
    (message,) = spelt("Behaviour and colour", "Sets the colour", "Prioritizes work")
    assert message.startswith("“prioritizes” is American and stands in one text;")
    assert message.endswith("Write “prioritises”.")
    (message,) = spelt("Behavior", "Behavior and Behaviours", "Behaviours. Organizes")
    assert "“behaviours” is British and stands in 2 texts" in message


def test_a_tie_is_american_and_a_setting_decides() -> None:
    mixed = ("Centre", "Center")
    assert [each.split()[0] for each in spelt(*mixed)] == ["“centre”"]
    british = spelt(*mixed, spelling=Spelling.BRITISH)
    assert [each.split()[0] for each in british] == ["“center”"]
    assert spelt("Modelled", spelling=Spelling.AMERICAN)[0].endswith("Write “modeled”.")


def test_translations_into_english_are_read_too() -> None:
    content = replace(
        saying(LocalText("锯", {"en": "Organise colour"}), LocalText("木", {"en": "Organizing"})),
        base_locale="zh",
    )
    (finding,) = mixed_spelling(Survey(content), TERMS, None)
    assert (finding.place.locale, finding.place.level) == ("en", "adept")


WORDS = Terms(
    {
        "zh": LanguageTerms(
            terms=(
                WantedTerm(("token", "tokens"), ("token", "词元"), ("令牌",), outside=("secur",)),
                WantedTerm(("owner",), confused=("负责人",), unless=("lead",)),
                WantedTerm(("run book",), ("手册",)),
            )
        )
    }
)


def translated(
    english: str, chinese: str, *, skill: str = "sawing", words: Terms = WORDS
) -> list[str]:
    cells = saying(LocalText(english, {"zh": chinese})).expectations
    renamed = replace(SAWING, key=skill)
    content = replace(
        CONTENT,
        domains=(CRAFT,),
        skills=(),
        roles=(),
        expectations=tuple(replace(each, skill=renamed) for each in cells),
    )
    return messages(list(translated_terms(Survey(content), words)))


def test_the_wanted_word_stands_in_the_translation() -> None:
    assert translated("Counts tokens.", "统计 token 用量。") == []
    assert translated("Counts TOKENS.", "统计词元。") == []
    (message,) = translated("Counts tokens.", "统计用量。")
    assert "no word stands for “tokens”. Write “token” or “词元”." in message
    (message,) = translated("Follows the run-book.", "照章办事。")
    assert "“run book”" in message


def test_a_forbidden_word_is_told_whatever_the_english_says() -> None:
    (message,) = translated("Counts them.", "统计令牌。")
    assert "“令牌” is not used. Write “token” or “词元”." in message
    assert len(translated("Counts tokens.", "统计令牌。")) == 1


def test_a_term_does_not_hold_outside_its_place() -> None:
    assert translated("Rotates tokens.", "轮换令牌。", skill="secure-development") == []


def test_a_word_that_means_another_thing_is_told_beside_its_english_only() -> None:
    (message,) = translated("Asks the owner.", "询问负责人。")
    assert "“负责人” is not used for “owner”. Choose another word." in message
    assert translated("Asks the lead.", "询问负责人。") == []
    assert translated("Asks the lead, who is the owner.", "询问负责人。") == []


def test_without_english_or_a_list_only_what_is_left_is_looked_at() -> None:
    chinese = replace(saying(LocalText("统计令牌")), base_locale="zh")
    assert len(list(translated_terms(Survey(chinese), WORDS))) == 1
    assert translated("Counts tokens.", "统计用量。", words=Terms({})) == []


@pytest.mark.parametrize(
    ("english", "right", "wrong"),
    [
        ("Spends fewer tokens.", "少用 token。", "少用令牌。"),
        ("Mends the pipeline.", "修复流水线。", "修复管道。"),
        ("Watches the canary.", "观察灰度。", "观察金丝雀。"),
        ("Finds the owner.", "找到责任人。", "找到负责人。"),
        ("Starts mentoring.", "开始指导。", "开始辅导。"),
        ("Asks a staff engineer.", "请教专家工程师。", "请教员工。"),
        ("Meets a stakeholder.", "会见相关方。", "会见利益相关者。"),
    ],
)
def test_the_list_that_comes_with_nextrung(english: str, right: str, wrong: str) -> None:
    assert translated(english, right, words=TERMS) == []
    assert len(translated(english, wrong, words=TERMS)) == 1


def test_every_language_of_the_list_can_be_asked() -> None:
    languages: Mapping[str, LanguageTerms] = TERMS.languages
    assert set(languages) == {"en", "zh"}
    assert TERMS.of("zh-Hant") is TERMS.of("zh")
    assert not TERMS.of("fr").terms
