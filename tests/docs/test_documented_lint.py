"""The how-to names every rule of lint, with figures that are the code's own."""

from bot.domain.catalogue.lint.finding import LintRule
from bot.domain.catalogue.lint.texts.wording import OPENING_SKILLS, OPENING_WORDS, SENTENCE_SKILLS
from tests.docs.pages import Page, unquoted

RULES = Page("docs/how-to/own-a-catalogue.md").rows("The rules of lint")
NUMBERS = {3: "three", 4: "four", 5: "five"}


def test_every_rule_is_documented_in_the_order_of_a_report() -> None:
    assert [unquoted(rule) for rule, _, _ in RULES] == [rule.value for rule in LintRule]


def test_the_figures_of_boilerplate_are_the_codes_own() -> None:
    found = {unquoted(rule): text for rule, text, _ in RULES}
    assert f"in {NUMBERS[SENTENCE_SKILLS]} skills or more" in found["repeated-sentence"]
    assert f"first {NUMBERS[OPENING_WORDS]} words" in found["repeated-opening"]
    assert f"of {NUMBERS[OPENING_SKILLS]} skills or more" in found["repeated-opening"]
