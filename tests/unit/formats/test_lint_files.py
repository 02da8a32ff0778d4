"""`lint.yaml` of a folder, and the word lists of lint: read whole, or refused by line."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity
from bot.domain.catalogue.lint.settings import DEFAULT_SETTINGS, LintSettings, Spelling
from bot.domain.catalogue.lint.words import needles
from bot.domain.guidance import Scope
from bot.formats.bundled import data_folder
from bot.formats.lint_settings import SEVERITIES, read_settings
from bot.formats.lint_terms import load_terms
from bot.formats.native import read_folder
from bot.formats.native_writer import write_folder
from bot.formats.problems import CatalogueFileErrors
from tests.unit.samples import TERMS, workshop


def settings(folder: Path, text: str) -> LintSettings:
    (folder / "lint.yaml").write_text(text, encoding="utf-8")
    return read_settings(folder)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(CatalogueFileErrors) as refused:
        settings(folder, text)
    return [str(each) for each in refused.value.problems]


def test_without_a_file_everything_is_as_by_default(tmp_path: Path) -> None:
    assert read_settings(tmp_path) is DEFAULT_SETTINGS


def test_a_file_says_how_grave_rules_are(tmp_path: Path) -> None:
    text = "severities:\n  wordy: off\n  term: note\n  no-text: error\nspelling: british\n"
    assert settings(tmp_path, text) == LintSettings(
        {
            LintRule.WORDY: None,
            LintRule.TERM: LintSeverity.INFO,
            LintRule.NO_TEXT: LintSeverity.ERROR,
        },
        Spelling.BRITISH,
    )
    assert settings(tmp_path, "severities:\n").severities == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("severity: {}\n", "lint.yaml:1 severity: there is no such setting"),
        ("severities:\n  wordi: off\n", "lint.yaml:2 severities.wordi: lint has no such rule"),
        ("severities:\n  wordy: loud\n", "severities.wordy: write one of error, warning, note"),
        ("severities:\n  wordy: [off]\n", "severities.wordy: write one of"),
        ("severities: [wordy]\n", "severities: write rules with their severity"),
        ("spelling: welsh\n", "spelling: write british or american"),
        ("spelling: [british]\n", "spelling: write british or american"),
        ("- wordy\n", "lint.yaml:1: write keys here"),
        ("", "the file is empty"),
        ("a: [\n", "not valid YAML"),
    ],
)
def test_what_cannot_be_read_is_told_by_line(tmp_path: Path, text: str, expected: str) -> None:
    (problem,) = problems(tmp_path, text)
    assert expected in problem


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = "severities:\n  wordi: off\n  wordy: loud\nspelling: welsh\nmore: 1\n"
    assert len(problems(tmp_path, text)) == 4


def test_the_file_is_no_part_of_the_catalogue(tmp_path: Path) -> None:
    write_folder(workshop().content, tmp_path)
    before = read_folder(tmp_path)
    settings(tmp_path, "spelling: british\n")
    assert read_folder(tmp_path) == before


FINDINGS = st.lists(
    st.builds(
        LintFinding,
        st.sampled_from(LintRule),
        st.sampled_from(LintSeverity),
        st.just(LintPlace()),
        st.just("What. Do."),
    )
)
CHOSEN = st.dictionaries(st.sampled_from(LintRule), st.sampled_from(list(SEVERITIES.values())))


@given(FINDINGS, CHOSEN)
def test_a_rule_is_as_grave_as_its_owner_says(
    findings: list[LintFinding], chosen: dict[LintRule, LintSeverity | None]
) -> None:
    judged = list(LintSettings(chosen).judged(findings))
    kept = [each for each in findings if chosen.get(each.rule, each.severity) is not None]
    assert [each.rule for each in judged] == [each.rule for each in kept]
    for before, after in zip(kept, judged, strict=True):
        assert after.severity is chosen.get(after.rule, before.severity)


def words(folder: Path, text: str) -> list[str]:
    (folder / "xx.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueFileErrors) as refused:
        load_terms(folder)
    return [str(each) for each in refused.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unasessable: [a]\n", "xx.yaml:1 unasessable: lint has no such list"),
        ("first_words: {knowin: [a]}\n", "first_words.knowin: lint has no such list"),
        ("scopes:\n  world: [a]\n", "xx.yaml:2 scopes.world: lint has no such list"),
        ("scopes: [a]\n", "scopes: write keys with their words"),
        ("common: a the\n", "common: write a list of words"),
        ("common: [[a]]\n", "common: write a list of words"),
        ("longest: many\n", "longest: write a number of characters"),
        ("longest: -1\n", "longest: write a number of characters"),
        ("spellings: {colour*: color}\n", "spellings.colour*: write the American spelling"),
        ("spellings: {colour: [color]}\n", "spellings.colour: write the American spelling"),
        ("terms: {a: b}\n", "terms: write a list of terms"),
        ("terms:\n  - wanted: [a]\n", "xx.yaml:2 terms[0]: say with `english`"),
        ("terms:\n  - english: [a]\n    newer: [b]\n", "terms[0].newer: lint has no such list"),
        ("a: [\n", "not valid YAML"),
    ],
)
def test_a_list_that_cannot_be_read_is_told_by_line(
    tmp_path: Path, text: str, expected: str
) -> None:
    (problem,) = words(tmp_path, text)
    assert expected in problem


def test_a_language_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "fr.yaml").write_text("unassessable: [en pointe]\nlongest: 300\n", "utf-8")
    terms = load_terms(tmp_path)
    assert terms.of("fr-CA").unassessable == ("en pointe",)
    assert (terms.of("fr").longest, terms.of("en").longest) == (300, 240)


def test_the_lists_that_come_with_nextrung_can_be_used() -> None:
    """No phrase is empty, no scope is missing, and no word is spelt both ways."""
    for tag, language in TERMS.languages.items():
        assert set(language.scopes) == set(Scope), tag
        phrases = [*language.unassessable, *(p for some in language.scopes.values() for p in some)]
        assert len(needles(tuple(phrases))) == len(phrases) == len(set(phrases)), tag
        assert not language.knowing & language.either, tag
    pairs = TERMS.of("en").spellings
    assert not set(pairs) & set(pairs.values())
    assert all(one != other for one, other in pairs.items())


def test_the_readme_names_every_list() -> None:
    readme = (data_folder() / "terms" / "README.md").read_text("utf-8")
    for path in (data_folder() / "terms").glob("*.yaml"):
        for key in yaml.safe_load(path.read_text("utf-8")):
            assert f"| `{key}` |" in readme, (path.name, key)
