"""Rules about growth prompts and guides, and how like prompts are found."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.lint.finding import LintFinding, LintSeverity
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.terms import NO_TERMS
from bot.domain.catalogue.lint.texts.prompts import SIMILAR, few_prompts, no_guides, similar_prompts
from bot.domain.framework import CatalogueContent, Skill
from bot.domain.guidance import Band, Guide
from bot.domain.text import LocalText
from tests.unit.samples import JOINER, SANDING, SAWING, TERMS, TURNER, cell, workshop

CONTENT = workshop().content
SHARPEN = "Sharpen the dullest blade you can find and time the next cut."
COUNT = "Count the boards that were cut twice and tell why."
ASK = "Which joint did an apprentice have to glue again?"


def texts(*prompts: str) -> tuple[LocalText, ...]:
    return tuple(map(LocalText, prompts))


def asking(*prompts: tuple[str, ...], skill: Skill = SAWING) -> CatalogueContent:
    """Return a content of one role with these prompts at its levels, all of them required."""
    cells = tuple(
        replace(cell(JOINER, level, skill, required=True), prompts=texts(*each))
        for level, each in zip(("novice", "adept", "staff"), prompts, strict=False)
    )
    return replace(CONTENT, skills=(skill,), roles=(JOINER,), expectations=cells)


def test_three_prompts_of_its_own_are_enough() -> None:
    assert list(few_prompts(Survey(asking((SHARPEN, COUNT, ASK))))) == []


def test_fewer_are_a_note_for_each_role() -> None:
    content = asking((SHARPEN, COUNT, ASK), (SHARPEN,), ())
    (finding,) = few_prompts(Survey(content))
    assert finding.severity is LintSeverity.INFO
    assert finding.message.startswith("Joiner: 2 of 3 required expectations have fewer than three")
    assert "first Sawing at Adept" in finding.message


def test_what_is_optional_needs_none_of_its_own() -> None:
    cells = (cell(TURNER, "novice", SAWING),)
    assert list(few_prompts(Survey(replace(CONTENT, expectations=cells)))) == []


def guided(**guides: Guide) -> list[LintFinding]:
    """Lint a skill that an early and a later level ask for, beside one that has guides."""
    full = {band: Guide(texts(ASK), texts(COUNT)) for band in Band}
    skill = replace(SAWING, guides={Band(band): guide for band, guide in guides.items()})
    other = replace(SANDING, guides=full)
    cells = tuple(
        cell(JOINER, level, each) for each in (skill, other) for level in ("novice", "fellow")
    )
    return list(no_guides(Survey(replace(CONTENT, skills=(skill, other), expectations=cells))))


def test_a_skill_without_prompts_or_evidence_for_a_band() -> None:
    both = Guide(texts(ASK), texts(COUNT))
    assert guided(early=both, later=both) == []
    (finding,) = guided(early=both)
    assert (finding.severity, finding.place.skill) == (LintSeverity.INFO, "sawing")
    assert finding.message.startswith(
        "Sawing has no growth prompts for the later levels and example evidence for the later"
    )
    (finding,) = guided(early=both, later=replace(both, evidence=()))
    assert finding.message.startswith("Sawing has no example evidence for the later levels.")


def test_a_band_that_nobody_asks_for_needs_no_guide() -> None:
    skill = replace(SAWING, guides={Band.LATER: Guide(texts(ASK), texts(COUNT))})
    cells = (cell(JOINER, "fellow", skill),)
    assert list(no_guides(Survey(replace(CONTENT, skills=(skill,), expectations=cells)))) == []


def test_a_framework_without_guides_is_told_once() -> None:
    (finding,) = no_guides(Survey(CONTENT))
    assert finding.message.startswith("No skill has prompts or example evidence")
    assert list(no_guides(Survey(replace(CONTENT, skills=())))) == []


def alike(content: CatalogueContent) -> list[str]:
    return [each.message for each in similar_prompts(Survey(content), TERMS)]


def test_prompts_that_differ_are_left_alone() -> None:
    assert alike(asking((SHARPEN, COUNT), (ASK,))) == []
    assert alike(asking(("What?", "Which?", "…"))) == []


def test_nearly_the_same_prompt_within_a_role() -> None:
    again = "Sharpen the dullest blade that you can find, and time the cut next week."
    (message,) = alike(asking((SHARPEN, COUNT), (again,)))
    assert message.startswith("For Joiner the growth prompt “Sharpen the dullest blade that you")
    assert "is nearly “Sharpen the dullest blade" in message
    (message,) = alike(asking((SHARPEN,), (SHARPEN,)))
    assert "stands twice" in message


def test_two_roles_may_ask_the_same() -> None:
    cells = tuple(
        replace(cell(role, "novice", SAWING), prompts=texts(ASK)) for role in (JOINER, TURNER)
    )
    assert alike(replace(CONTENT, expectations=cells)) == []


def test_prompts_of_a_skill_are_compared_with_each_other() -> None:
    guides = {Band.EARLY: Guide(texts(ASK)), Band.LATER: Guide(texts(ASK))}
    (message,) = alike(replace(CONTENT, skills=(replace(SAWING, guides=guides),), expectations=()))
    assert message.startswith("Of Sawing the growth prompt")


PROMPTS = st.lists(
    st.lists(
        st.sampled_from(["oak", "ash", "elm", "fir", "yew", "box", "bay", "fig"]),
        min_size=1,
        max_size=8,
    ),
    max_size=12,
)


@given(PROMPTS)
def test_each_prompt_that_is_like_an_earlier_one_is_found(drawn: list[list[str]]) -> None:
    """The short way by rare words finds what comparing all with all finds."""
    words = [frozenset(each) for each in drawn]
    expected = sum(
        any(len(one & other) >= SIMILAR * len(one | other) for other in words[:at])
        for at, one in enumerate(words)
    )
    prompts = texts(*(" ".join(each) for each in drawn))
    skill = replace(SAWING, prompts=prompts)
    content = replace(CONTENT, skills=(skill,), expectations=())
    assert len(list(similar_prompts(Survey(content), NO_TERMS))) == expected
