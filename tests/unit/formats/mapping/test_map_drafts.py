"""Mappings drafted for tables that nobody has described work at once, and say what they guess."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.formats.exports.registry import EXPORTS, export
from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.imports.drafting import MappingDraft, draft_mapping
from bot.formats.mapping.reader import parse_mapping
from tests.unit.formats.imports.importing import content_of, csv_text, part_of_built_in

LONG = (
    (
        "Job Family",
        "Job",
        "Grade",
        "Competency",
        "Importance",
        "Skill Level",
        "Description",
        "Notes",
    ),
    ("Software", "Engineer", "L1", "Review", "must have", "2", "Answers comments.", "x"),
    ("Software", "Engineer", "L2", "Review", "nice to have", "3", "Leads reviews.", ""),
)
WIDE = (
    ("Our matrix 2026", "", "", ""),
    ("Competency", "Theme", "Junior", "Senior"),
    ("Review", "Practice", "Answers.", "Leads."),
    ("Tests", "Practice", "", "Sets rules."),
)


def drafted(folder: Path, rows: Sequence[Sequence[str]]) -> tuple[Path, MappingDraft]:
    path = folder / "framework.csv"
    path.write_text(csv_text(rows), encoding="utf-8")
    return path, draft_mapping(path)


@pytest.mark.parametrize("rows", [LONG, WIDE], ids=["long", "wide"])
def test_a_draft_leads_to_what_an_import_finds_by_itself(
    tmp_path: Path, rows: Sequence[Sequence[str]]
) -> None:
    path, draft = drafted(tmp_path, rows)
    assert draft.text is not None
    mapping = parse_mapping("draft.yaml", draft.text.encode())
    with_draft = content_of(import_catalogue(path, mapping=mapping))
    assert with_draft == content_of(import_catalogue(path))
    assert draft.trial is not None
    assert draft.trial.content is not None


def test_a_draft_explains_itself(tmp_path: Path) -> None:
    _, draft = drafted(tmp_path, LONG)
    assert draft.text is not None
    assert "# What each column of framework.csv means." in draft.text
    assert "# These columns are not read: Notes." in draft.text
    assert "levels:\n  - L1\n  - L2\n" in draft.text
    assert draft.remarks == ()


def test_words_that_stand_for_nothing_are_proposed(tmp_path: Path) -> None:
    rows = (
        ("Role", "Level", "Skill", "Proficiency", "Text"),
        ("Engineer", "Junior", "Review", "Working", "Answers."),
        ("Chief", "NOT IN USE", "Review", "NOT IN USE", "NOT IN USE"),
        ("Chief", "NOT IN USE", "Strategy", "NOT IN USE", "MISSING"),
        ("Head", "NOT IN USE", "Strategy", "NOT IN USE", "MISSING"),
    )
    _, draft = drafted(tmp_path, rows)
    assert draft.text is not None
    assert "ignore:\n  - NOT IN USE\n  - MISSING\n" in draft.text
    assert draft.trial is not None
    content = content_of(draft.trial)
    assert [level.name.base for level in content.roles[1].ladder.levels] == ["Chief"]


def test_a_fork_is_drafted_side_by_side(tmp_path: Path) -> None:
    rows = (
        ("Role", "Level", "Rank", "Track", "Skill", "Text"),
        ("Engineer", "Expert", "2", "technical", "Review", "Knows."),
        ("Engineer", "Manager", "2", "management", "Review", "Leads."),
        ("Engineer", "Engineer", "1", "", "Review", "Does."),
    )
    _, draft = drafted(tmp_path, rows)
    assert draft.text is not None
    assert "levels:" not in draft.text, "the file itself tells rank and track"
    assert "level_rank: Rank" in draft.text


@pytest.mark.parametrize("format_name", ["long-csv", "wide-csv", "xlsx", "markdown"])
def test_an_export_of_ours_is_drafted_and_read_exactly(tmp_path: Path, format_name: str) -> None:
    content = part_of_built_in()
    path = tmp_path / f"exported{EXPORTS[format_name].suffix}"
    export(content, format_name, path)
    draft = draft_mapping(path)
    assert draft.text is not None
    mapping = parse_mapping("draft.yaml", draft.text.encode())
    found = content_of(import_catalogue(path, mapping=mapping))
    alone = content_of(import_catalogue(path))
    assert found == alone
    if format_name != "wide-csv":
        assert replace(found, name=content.name) == content


def test_what_cannot_be_understood_has_no_draft(tmp_path: Path) -> None:
    _, draft = drafted(tmp_path, (("Fruit", "Price"), ("Apple", "1")))
    assert draft.text is None
    assert "'Fruit', 'Price'" in draft.remarks[-1]


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    _, draft = drafted(tmp_path, ())
    assert draft.text is None
    assert draft.trial is not None
    assert "empty" in str(draft.trial.problems[0])


def test_guesses_are_remarks(tmp_path: Path) -> None:
    rows = (("Skill", "Amber", "Beryl"), ("Review", "Answers.", "Leads."))
    _, draft = drafted(tmp_path, rows)
    assert draft.remarks == (
        "framework.csv: these columns are taken for levels: Amber, Beryl",
        "framework.csv: no column names the role, so it is the name of the file",
    )
