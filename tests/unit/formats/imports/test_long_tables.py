"""Tables with a row for each role, level and skill."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.framework import Requirement
from tests.unit.formats.imports.importing import (
    LONG,
    cell,
    codes,
    content_of,
    imported,
    told,
)

ROWS = (
    LONG,
    ("Backend Engineer", "Senior", "Code Review", "required", "Expert", "Reviews designs."),
    ("Backend Engineer", "Junior", "Code Review", "optional", "Working", "Answers comments."),
    ("Data Engineer", "Junior", "SQL", "yes", "Working", ""),
)


def test_reads_roles_levels_skills_and_cells(tmp_path: Path) -> None:
    content = content_of(imported(tmp_path, *ROWS))
    assert [role.name.base for role in content.roles] == ["Backend Engineer", "Data Engineer"]
    assert [skill.key for skill in content.skills] == ["code-review", "sql"]
    assert [level.name.base for level in content.roles[0].ladder.levels] == ["Junior", "Senior"]
    assert [each.name.base for each in content.proficiencies] == ["Working", "Expert"]
    found = cell(content, "backend-engineer", "senior", "code-review")
    assert found.requirement is Requirement.REQUIRED
    assert found.text is not None
    assert found.text.base == "Reviews designs."
    assert cell(content, "data-engineer", "junior", "sql").text is None


@pytest.mark.parametrize(
    ("words", "optional"), [(("Pflicht", "optional"), True), (("yes", "no"), False)]
)
def test_a_column_is_the_requirement_by_words_of_its_own(
    tmp_path: Path, words: tuple[str, str], optional: bool
) -> None:
    """Yes and no under a header that nobody knows may be about anything."""
    header = ("Role", "Level", "Skill", "Anforderung", "Text")
    rows = [("Dev", "Junior", skill, word, "a") for skill, word in zip("PQ", words, strict=True)]
    content = content_of(imported(tmp_path, header, *rows))
    found = cell(content, "dev", "junior", "q")
    assert (found.requirement is Requirement.OPTIONAL) is optional


def test_ranks_are_shared_by_roles(tmp_path: Path) -> None:
    """A role that starts at Senior keeps the height that Senior has elsewhere."""
    rows = (*ROWS, ("Architect", "Senior", "SQL", "required", "Expert", "Knows plans."))
    content = content_of(imported(tmp_path, *rows))
    ranks = {role.name.base: [level.rank for level in role.ladder.levels] for role in content.roles}
    assert ranks == {"Backend Engineer": [1, 2], "Data Engineer": [1], "Architect": [2]}


def test_cells_stand_by_role_then_level_then_skill(tmp_path: Path) -> None:
    content = content_of(imported(tmp_path, *ROWS))
    assert [(each.role.key, each.level.key) for each in content.expectations] == [
        ("backend-engineer", "junior"),
        ("backend-engineer", "senior"),
        ("data-engineer", "junior"),
    ]


def test_everything_a_row_may_say(tmp_path: Path) -> None:
    header = (
        *LONG,
        *("Role Family", "Role Description", "Level Description", "Skill Description"),
        *("Aliases", "Skill Group", "Domain", "Last Updated", "Growth Prompts", "text.zh"),
    )
    row = (
        *("Backend Engineer", "Junior", "Kubernetes", "must have", "Working", "Runs pods."),
        *("Engineering", "Builds services.", "Learns the service.", "Runs containers."),
        *(
            "k8s, kube",
            "Platform",
            "Operations",
            "2026-02-22",
            "- Draw it.\n- Break it.",
            "会运行。",
        ),
    )
    content = content_of(imported(tmp_path, header, row))
    role, skill = content.roles[0], content.skills[0]
    assert role.family.name.base == "Engineering"
    assert role.summary is not None
    assert role.focus["junior"].base == "Learns the service."
    assert skill.aliases == ("k8s", "kube")
    assert (skill.group.name.base, skill.group.domain.name.base) == ("Platform", "Operations")
    assert skill.updated_on == date(2026, 2, 22)
    found = content.expectations[0]
    assert [prompt.base for prompt in found.prompts] == ["Draw it.", "Break it."]
    assert found.text is not None
    assert found.text.in_locale("zh") == "会运行。"


@pytest.mark.parametrize("word", ["", "-", "n/a", "TBD"])
def test_a_row_that_says_nothing_defines_nothing(tmp_path: Path, word: str) -> None:
    rows = (*ROWS, ("Data Engineer", "Senior", "SQL", word, word, word))
    result = imported(tmp_path, *rows)
    assert len(content_of(result).expectations) == 3
    assert dict(result.accounting.ignored) == {
        "no requirement, proficiency or text: not defined": 1
    }


def test_a_row_may_name_a_skill_or_a_level_alone(tmp_path: Path) -> None:
    rows = (
        (*LONG, "Domain"),
        *((*row, "Software") for row in ROWS[1:]),
        ("", "", "Debugging", "", "", "", "Software"),
        ("Data Engineer", "Senior", "", "", "", "", ""),
    )
    content = content_of(imported(tmp_path, *rows))
    assert "debugging" in {skill.key for skill in content.skills}
    assert [level.key for level in content.roles[1].ladder.levels] == ["junior", "senior"]
    assert len(content.expectations) == 3


def test_rows_that_complete_each_other_are_one(tmp_path: Path) -> None:
    rows = (
        LONG,
        ("Backend Engineer", "Junior", "Code Review", "required", "", ""),
        ("Backend Engineer", "Junior", "Code Review", "", "Working", "Answers comments."),
        ("Backend Engineer", "Junior", "Code Review", "required", "Working", "Answers comments."),
    )
    result = imported(tmp_path, *rows)
    (found,) = content_of(result).expectations
    assert found.proficiency is not None
    assert dict(result.accounting.merged) == {
        "completes an earlier row": 1,
        "says the same as an earlier row": 1,
    }
    assert any("as line 2" in line for line in told(result))


def test_the_last_row_may_win(tmp_path: Path) -> None:
    mapping = """\
tables:
  - shape: long
    columns: {role: Role, level: Level, skill: Skill, text: Text}
duplicates: last
"""
    rows = (*ROWS, ("Data Engineer", "Junior", "SQL", "", "", "Reads plans."))
    contradicting = (*rows, ("Data Engineer", "Junior", "SQL", "", "", "Reads no plans."))
    content = content_of(imported(tmp_path, *contradicting, mapping=mapping))
    text = cell(content, "data-engineer", "junior", "sql").text
    assert text is not None
    assert text.base == "Reads no plans."


def test_joined_rows_give_a_prompt_once(tmp_path: Path) -> None:
    mapping = """\
tables:
  - shape: long
    columns: {role: Role, level: Level, skill: Skill, text: Text, prompts: Ask, resources: See}
duplicates: join
"""
    about, link = ("Dev", "Junior", "SQL"), "Guide | https://example.org/guide"
    rows = [
        ("Role", "Level", "Skill", "Text", "Ask", "See"),
        (*about, "Reads plans.", "Ask a peer.", link),
        (*about, "Writes queries.", "Draw it.\nAsk a peer.", link),
        (*about, "Reads plans.", "Ask a peer.", link),
    ]
    result = imported(tmp_path, *rows, mapping=mapping)
    (found,) = content_of(result).expectations
    assert [each.base for each in found.prompts] == ["Ask a peer.", "Draw it."]
    assert [each.title for each in found.resources] == ["Guide"]
    assert found.text is not None
    assert found.text.base == "Reads plans.\nWrites queries."
    assert dict(result.accounting.merged) == {
        "completes an earlier row": 1,
        "says the same as an earlier row": 1,
    }


@pytest.mark.parametrize("lenient", [False, True])
def test_rows_are_joined_to_no_more_than_a_catalogue_holds(tmp_path: Path, lenient: bool) -> None:
    mapping = f"""\
tables:
  - shape: long
    columns: {{role: Role, level: Level, skill: Skill, text: Text}}
duplicates: join
bad_rows: {"skip" if lenient else "stop"}
"""
    rows = [("Dev", "Junior", "SQL", f"{at} {'x' * 900}") for at in range(4)]
    result = imported(tmp_path, ("Role", "Level", "Skill", "Text"), *rows, mapping=mapping)
    (found,) = result.warnings if lenient else result.problems
    assert (found.code, found.count) == ("too-long", 2)
    assert "more than 2,000 characters" in found.message
    assert (result.content is None) is not lenient
    assert dict(result.accounting.rejected) == {"says too much with earlier rows": 2}
    if lenient:
        (kept,) = content_of(result).expectations
        assert kept.text is not None
        assert kept.text.base == f"{rows[0][3]}\n{rows[1][3]}"


def test_title_rows_above_the_header_are_passed_over(tmp_path: Path) -> None:
    content = content_of(imported(tmp_path, ("Our framework 2026",), (), *ROWS))
    assert len(content.expectations) == 3


def test_headings_between_rows_are_counted_as_such(tmp_path: Path) -> None:
    result = imported(tmp_path, ROWS[0], ("Engineering",), *ROWS[1:])
    assert len(content_of(result).expectations) == 3
    assert sum(result.accounting.ignored.values()) == 1


def test_injected_text_stays_text(tmp_path: Path) -> None:
    text = "<!channel> *bold* '; DROP TABLE skill; --"
    rows = (LONG, ("Backend Engineer", "Junior", "=1+1", "required", "", text))
    content = content_of(imported(tmp_path, *rows))
    assert content.skills[0].name.base == "=1+1"
    assert content.expectations[0].text is not None
    assert content.expectations[0].text.base == text


def test_groups_of_one_name_in_two_domains_are_two(tmp_path: Path) -> None:
    header = ("Role", "Level", "Skill", "Group", "Domain", "Text")
    rows = (
        header,
        ("Backend Engineer", "Junior", "Code Review", "General", "Software", "Answers."),
        ("Backend Engineer", "Junior", "Mentoring", "General", "People", "Helps."),
    )
    content = content_of(imported(tmp_path, *rows))
    assert [(each.key, each.domain.key) for each in content.groups] == [
        ("general", "software"),
        ("general-2", "people"),
    ]


def test_a_group_is_the_same_where_a_row_leaves_its_domain_out(tmp_path: Path) -> None:
    header = ("Role", "Level", "Skill", "Group", "Domain", "Text")
    rows = (
        header,
        ("Backend Engineer", "Junior", "Code Review", "General", "", "Answers."),
        ("Backend Engineer", "Junior", "Mentoring", "General", "People", "Helps."),
    )
    content = content_of(imported(tmp_path, *rows))
    assert [(each.key, each.domain.key) for each in content.groups] == [("general", "people")]


def test_faults_of_many_rows_are_one_group_with_its_first_places(tmp_path: Path) -> None:
    bad = [("Backend Engineer", "Junior", f"Skill {at}", "maybe", "", "") for at in range(300)]
    result = imported(tmp_path, LONG, *bad)
    (problem,) = result.problems
    assert (problem.code, problem.count, len(problem.places)) == ("unknown-requirement", 300, 50)
    assert problem.places[0].line == 2
    assert problem.places[0].column == "Requirement"
    assert problem.places[0].value == "maybe"
    assert result.content is None


def test_warnings_stand_apart_from_errors(tmp_path: Path) -> None:
    rows = (*ROWS, ("BACKEND ENGINEER", "Lead", "SQL", "perhaps", "", ""))
    result = imported(tmp_path, *rows)
    assert [finding.code for finding in result.problems] == ["unknown-requirement"]
    assert "spelling" in codes(result)
