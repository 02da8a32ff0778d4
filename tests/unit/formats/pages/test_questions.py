"""What headings mean is asked where it cannot be told, with the line that would tell it."""

from pathlib import Path

import pytest

from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.imports.drafting import draft_mapping
from tests.unit.formats.imports.importing import told
from tests.unit.formats.pages.shapes import Understood, read, text_at, understood, write

UNCLEAR = (
    "# Engineer\n\n## Growth\n\n### Basics\n\n- reads\n\n### Depth\n\n- writes\n\n"
    "## Impact\n\n### Basics\n\n- small tasks\n\n### Depth\n\n- whole goals\n"
)
CLEAR = """\
tables:
  - shape: long
    pages: yes
    columns: {role: heading 1, skill: heading 2, level: heading 3, text: text}
levels: [Basics, Depth]
"""


def test_each_choice_is_a_line_of_a_mapping(tmp_path: Path) -> None:
    path = write(tmp_path, {"page.md": UNCLEAR})
    result = read(path)
    assert result.content is None
    (finding,) = result.problems
    assert "heading 2: 'Growth', 'Impact'" in finding.message
    assert "--answer level=heading-3, or in a mapping level: heading 3" in finding.message
    (question,) = result.questions
    assert [choice.answer for choice in question.choices] == ["heading-1", "heading-2", "heading-3"]
    assert draft_mapping(path).text is None
    answered = import_catalogue(path, answers={"level": "heading-3", "order-Basics": "listed"})
    assert understood(answered).levels == ("Basics", "Depth")


def test_the_line_answers_the_question(tmp_path: Path) -> None:
    result = read(write(tmp_path, {"page.md": UNCLEAR}), CLEAR)
    assert understood(result) == Understood(
        ("Engineer",), ("Basics", "Depth"), ("Growth", "Impact"), 4
    )
    assert text_at(result, "Engineer", "Depth", "Impact") == "whole goals"


def test_items_that_may_be_skills_are_asked_about(tmp_path: Path) -> None:
    page = "# Backend Engineer\n\n## Junior\n\n- Testing\n- Reviews\n\n## Senior\n\n- Planning\n"
    path = write(tmp_path, {"page.md": page})
    assert "skill=item, or in a mapping skill: item" in read(path).problems[0].message
    answered = import_catalogue(path, answers={"skill": "item"})
    assert understood(answered).skills == ("Testing", "Reviews", "Planning")
    mapping = """\
tables:
  - {shape: long, pages: yes, columns: {role: heading 1, level: heading 2, skill: item}}
"""
    assert understood(read(path, mapping)) == Understood(
        ("Backend Engineer",), ("Junior", "Senior"), ("Testing", "Reviews", "Planning"), 3
    )


DEPTHS = {
    "a.md": "# Testing\n\n## Working\n\n- runs\n\n## Expert\n\n- builds\n",
    "b.md": "# Design\n\n## Working\n\n- reads\n\n## Expert\n\n- draws\n",
}


def test_proficiencies_are_not_taken_for_levels(tmp_path: Path) -> None:
    result = read(write(tmp_path, DEPTHS))
    assert result.content is None
    assert "level=heading-2" in result.problems[0].message


@pytest.mark.parametrize(
    ("document", "choice"),
    [
        ("{a: {x: {one: words here, two: more words}}}", "level=star-"),
        (
            "things:\n- {name: A, text: says}\n- {name: B, text: tells}\n",
            "level: things.name (with records: things[])",
        ),
    ],
)
def test_documents_are_asked_about_too(tmp_path: Path, document: str, choice: str) -> None:
    result = read(write(tmp_path, {"a.yaml": document}))
    assert result.content is None
    assert choice in result.problems[0].message


def test_references_are_never_taken_for_names(tmp_path: Path) -> None:
    document = (
        "roles:\n- name: QA\n  levels:\n  - name: Junior\n    skills: [core/tests/1, core/talk/2]\n"
    )
    result = read(write(tmp_path, {"a.yaml": document}))
    assert result.content is None
    assert "'core/tests/1'" in result.problems[0].message
    assert "'split'" in result.problems[0].message


def test_texts_keep_lines_lists_and_what_stands_deeper(tmp_path: Path) -> None:
    page = """\
# Backend Engineer

About the role.

## Junior

What juniors do.

### Testing

Writes tests that
hold, see [the guide](https://example.org/g) and [this](#below):

* **unit** tests
  * fast ones
* `mocks`

#### Examples

- a test for each bug

## Senior

### Testing

Plans *all* of it.

### ~~Old~~ Talking to _users_

Listens.
"""
    result = read(write(tmp_path, {"page.md": page}))
    assert text_at(result, "Backend Engineer", "Junior", "Testing") == (
        "Writes tests that hold, see the guide (https://example.org/g) and this:\n- unit tests\n"
        "  - fast ones\n- mocks\nExamples:\n- a test for each bug"
    )
    assert text_at(result, "Backend Engineer", "Senior", "Testing") == "Plans all of it."
    assert text_at(result, "Backend Engineer", "Senior", "Talking to users") == "Listens."
    assert result.content is not None
    (role,) = result.content.roles
    assert role.summary is not None
    assert role.summary.base == "About the role."
    assert role.focus["junior"].base == "What juniors do."
    assert told(result) == []


def test_what_is_not_read_is_named(tmp_path: Path) -> None:
    files = {
        "ladder/junior.md": "# Junior\n\n## Testing\n\n- runs\n",
        "ladder/senior.md": "# Senior\n\n## Testing\n\n- plans\n\n## Appendix\n",
        "ladder/README.md": "# About\n\nRead me.\n",
        "ladder/logo.png": "x",
        "ladder/terms.tex": "x",
    }
    result = read(write(tmp_path, files))
    notes = {note.code: [place.file for place in note.places] for note in result.notes}
    assert notes == {
        "unread-page": ["ladder/README.md"],
        "unread-file": ["ladder/logo.png", "ladder/terms.tex"],
    }


def test_equal_problems_of_many_pages_are_one(tmp_path: Path) -> None:
    files = {
        f"{level}/page-{number}.md": f"# Skill {number}\n\nWords above.\n\n## Other\n\ntext\n"
        for level in ("a", "b")
        for number in range(60)
    }
    result = read(write(tmp_path, files))
    assert result.content is None
    assert len(result.problems) == 1
    assert len("\n".join(told(result))) < 2_000


def page_of(*skills: str) -> str:
    parts = [f"## {skill}\n\n**Junior**\n\n- a\n\n**Senior**\n\n- b" for skill in skills]
    return "\n\n".join(parts) + "\n"


def test_pages_that_may_be_roles_or_groups_are_asked_about(tmp_path: Path) -> None:
    pages = {"w/Moss.md": page_of("Growing", "Cutting"), "w/Fern.md": page_of("Watering")}
    write(tmp_path, pages)
    path = tmp_path / "w"
    (question,) = read(path).questions
    roles, groups = question.choices
    assert (question.key, groups.answer) == ("role", "groups")
    assert "'Moss', 'Fern'" in question.text or "'Fern', 'Moss'" in question.text
    answered = understood(import_catalogue(path, answers={"role": roles.answer}))
    assert set(answered.roles) == {"Moss", "Fern"}
    answered = understood(import_catalogue(path, answers={"role": groups.answer}))
    assert (answered.roles, set(answered.groups)) == (("W",), {"Moss", "Fern"})


def test_pages_named_as_groups_or_roles_are_not_asked_about(tmp_path: Path) -> None:
    groups = {"w/Craft.md": page_of("Growing", "Cutting"), "w/Soft skills.md": page_of("Care")}
    write(tmp_path / "a", groups)
    found = understood(read(tmp_path / "a" / "w"))
    assert (found.roles, found.groups) == (("W",), ("Craft", "Soft skills"))
    roles = {"w/Backend.md": page_of("Growing", "Cutting"), "w/Nurse.md": page_of("Care")}
    write(tmp_path / "b", roles)
    assert understood(read(tmp_path / "b" / "w")).roles == ("Backend", "Nurse")


def test_what_stands_within_a_level_is_a_group(tmp_path: Path) -> None:
    def level(name: str) -> str:
        groups = (("Plants", ("Roses", "Ferns")), ("Soil", ("Peat",)))
        parts = (
            f"### {group}\n\n" + "".join(f"#### {each}\n\n{name} {each}\n\n" for each in skills)
            for group, skills in groups
        )
        return f"## {name}\n\n" + "".join(parts)

    page = "# Career ladder\n\n" + level("Junior") + level("Senior")
    found = understood(read(write(tmp_path, {"ladder.md": page})))
    assert (found.skills, found.groups) == (("Roses", "Ferns", "Peat"), ("Plants", "Soil"))
