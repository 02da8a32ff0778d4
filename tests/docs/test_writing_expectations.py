"""The pages about writing: the rules they name exist, and their examples are found, or are not."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.catalogue.lint.core import FEWEST, MOST
from bot.domain.catalogue.lint.finding import LintFinding, LintRule
from bot.domain.catalogue.lint.linter import lint
from bot.domain.catalogue.lint.settings import LintSettings, Spelling
from bot.domain.catalogue.lint.texts.prompts import SIMILAR
from bot.domain.framework import CatalogueContent, Expectation, Ladder, Level, Proficiency, Role
from bot.domain.guidance import Scope
from bot.domain.text import LocalText
from bot.formats.lint_settings import SEVERITIES, read_settings
from tests.docs.pages import Page, unquoted
from tests.unit.samples import ALL_WORDS, FAMILY, SAWING, TERMS, cell, workshop

PAGE = Page("docs/reference/writing-expectations.md")
HOW_TO = Page("docs/how-to/own-a-catalogue.md")
EXAMPLES = PAGE.rows("Before and after")
DEPTHS = tuple(
    Proficiency(name.lower(), LocalText(name), rank, LocalText(summary))
    for rank, (name, summary) in enumerate(
        (
            ("Awareness", "Knows what it is for."),
            ("Working", "Does the usual tasks alone."),
            ("Advanced", "Solves the unfamiliar."),
            ("Expert", "Decides how it is done."),
        )
    )
)
LADDER = Ladder(
    "default",
    LocalText("Default"),
    tuple(
        Level(name.lower(), LocalText(name), rank, scope=scope)
        for rank, (name, scope) in enumerate(
            (
                ("Junior", Scope.SELF),
                ("Middle", Scope.SELF),
                ("Senior", Scope.TEAM),
                ("Lead", Scope.TEAMS),
            )
        )
    ),
)
ROLE = Role("engineer", LocalText("Engineer"), FAMILY, LADDER)


def linted(text: str, at: str) -> set[LintRule]:
    """Lint one text where the page says it stands, above the text below it."""
    level, depth = (each.strip().lower() for each in at.split(",")[:2])
    below = at.split("“")[1].split("”", maxsplit=1)[0] if "“" in at else "Writes boards to a file."
    by_key = {each.key: each for each in DEPTHS}
    lower = LADDER.levels[max(0, [each.key for each in LADDER.levels].index(level) - 1)]
    cells = [replace(cell(ROLE, level, SAWING, by_key[depth], required=True), text=LocalText(text))]
    if lower.key != level:
        cells.insert(0, cell(ROLE, lower.key, SAWING, by_key[depth], required=True, text=below))
    return {each.rule for each in findings(tuple(cells))}


def findings(cells: tuple[Expectation, ...]) -> tuple[LintFinding, ...]:
    content: CatalogueContent = replace(
        workshop().content,
        proficiencies=DEPTHS,
        ladders=(LADDER,),
        skills=(SAWING,),
        roles=(ROLE,),
        expectations=cells,
    )
    return lint(content, ALL_WORDS, TERMS, LintSettings(spelling=Spelling.AMERICAN))


WORDING = {
    LintRule.DEPTH_ANCHOR,
    LintRule.SAME_DEPTH,
    LintRule.UNASSESSABLE,
    LintRule.WORDY,
    LintRule.MIXED_SPELLING,
    LintRule.SAME_AS_BELOW,
    LintRule.LIKE_BELOW,
}


def test_there_are_six_pairs() -> None:
    assert len(EXAMPLES) == len({rule for rule, *_ in EXAMPLES}) == 6


@pytest.mark.parametrize(("rule", "at", "before", "after"), EXAMPLES)
def test_the_rule_finds_what_stands_before_and_not_after(
    rule: str, at: str, before: str, after: str
) -> None:
    assert LintRule(unquoted(rule)) in linted(before, at)
    assert linted(after, at) & WORDING == set()


def test_the_examples_of_prompts_and_of_translations() -> None:
    text = " ".join(PAGE.section("Before and after").split("|")[-1].split())
    quoted = [part.split("”")[0] for part in text.split("“")[1:]]
    one, other, third, english = quoted
    base = cell(ROLE, "junior", SAWING, DEPTHS[1], required=True)

    def prompted(*prompts: str) -> set[LintRule]:
        cells = (replace(base, prompts=tuple(map(LocalText, prompts))),)
        return {each.rule for each in findings(cells)}

    assert LintRule.SIMILAR_PROMPTS in prompted(one, other)
    assert LintRule.SIMILAR_PROMPTS not in prompted(one, third)
    wrong, right = "统计每次请求的令牌数", "统计每次请求的 token 数"
    assert {wrong in text, right in text} == {True}

    def translated(chinese: str) -> set[LintRule]:
        words = LocalText(english, {"zh": chinese})
        return {each.rule for each in findings((replace(base, text=words),))}

    assert LintRule.TERM in translated(wrong)
    assert LintRule.TERM not in translated(right)


def test_every_rule_that_the_page_names_is_one() -> None:
    rules = {rule.value for rule in LintRule}
    scopes = {scope.value for scope in Scope}
    named = {each for each in PAGE.code if not each.startswith("nextrung")}
    assert named - rules - scopes == {"summary", "scope", "lint.yaml"}
    words = {
        "same-depth depth-anchor no-scope core-size unassessable wordy mixed-spelling",
        "few-prompts no-guide similar-prompts term",
    }
    assert {rule for line in words for rule in line.split()} <= named


def test_the_figures_are_the_codes_own() -> None:
    assert f"{FEWEST} to {MOST} skills" in PAGE.section("How many")
    words = {unquoted(rule): text for rule, text, _ in HOW_TO.rows("The rules of lint")}
    assert f"fewer than {FEWEST} skills or more than {MOST}" in words["core-size"]
    assert f"{SIMILAR:.0%}".replace("%", " %") in words["similar-prompts"]
    lengths = f"{TERMS.of('en').longest} characters ({TERMS.of('zh').longest} in Chinese)"
    assert lengths in words["wordy"]


def test_the_example_of_settings_can_be_read(tmp_path: Path) -> None:
    (example,) = HOW_TO.fences("yaml")
    (tmp_path / "lint.yaml").write_text(example, encoding="utf-8")
    settings = read_settings(tmp_path)
    assert settings.spelling is Spelling.BRITISH
    assert settings.severities[LintRule.WORDY] is None
    section = HOW_TO.section("How grave a rule is")
    assert all(f"`{word}`" in section for word in SEVERITIES)
