"""Lint as a whole: complete, in order, quick, and silent about the built-in catalogue."""

import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

from hypothesis import given

from bot.domain.catalogue.lint.finding import LintRule, LintSeverity, quoted
from bot.domain.catalogue.lint.linter import lint, severity_counts
from bot.domain.catalogue.lint.settings import LintSettings, Spelling
from bot.domain.revision import Catalogue
from bot.domain.said import listed
from bot.text.lint_rules import rule_meaning
from bot.text.translator import load_translators
from tests.factories import big_catalogue
from tests.properties import examples
from tests.strategies import catalogues
from tests.unit.samples import ALL_WORDS, TERMS, built_in, workshop

CHINESE = load_translators().for_locale("zh")


def test_every_rule_has_a_meaning() -> None:
    assert len({rule_meaning(rule, CHINESE) for rule in LintRule}) == len(LintRule)


def test_the_built_in_catalogue_has_no_findings() -> None:
    american = LintSettings(spelling=Spelling.AMERICAN)
    findings = lint(built_in().catalogue.content, ALL_WORDS, TERMS, american)
    assert [each.message for each in findings if each.severity is not LintSeverity.INFO] == []


def test_gravest_first_then_by_rule() -> None:
    content = workshop().content
    twice = replace(content, expectations=(*content.expectations, content.expectations[0]))
    findings = lint(twice, ALL_WORDS, TERMS)
    severities = [list(LintSeverity).index(each.severity) for each in findings]
    assert severities == sorted(severities)
    assert findings[0].rule is LintRule.REPEATED_KEY
    assert severity_counts(findings)[LintSeverity.ERROR] == 1
    assert severity_counts(())[LintSeverity.WARNING] == 0


def test_linting_again_says_the_same() -> None:
    content = big_catalogue(skills=60, roles=6, expectations=900)
    assert lint(content, ALL_WORDS, TERMS) == lint(replace(content), ALL_WORDS, TERMS)


@examples(40)
@given(catalogues())
def test_any_catalogue_can_be_linted(catalogue: Catalogue) -> None:
    for each in lint(catalogue.content, ALL_WORDS, TERMS):
        assert each.message.endswith(".")
        assert "\n" not in each.message


def test_work_grows_no_faster_than_the_catalogue() -> None:
    """Eight times the cells and skills, far less than eight times eight the work."""

    def work(scale: int) -> int:
        content = big_catalogue(skills=50 * scale, roles=5 * scale, expectations=700 * scale)
        return calls(lambda: lint(content, ALL_WORDS, TERMS))

    work(1)  # what is remembered ever after
    assert work(8) < 16 * work(1)


def calls(work: Callable[[], object]) -> int:
    """Count the calls that some work makes, of Python's own functions too."""
    count = 0

    def called(_frame: FrameType, event: str, _function: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_long_lists_and_texts_are_shortened() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c", "d", "e"]) == "a, b, c, d and e"
    assert listed(list("abcdefg")) == "a, b, c, d and 3 more"
    assert quoted("x" * 100) == f"“{'x' * 69}…”"
    assert quoted("two\nlines") == "“two lines”"
