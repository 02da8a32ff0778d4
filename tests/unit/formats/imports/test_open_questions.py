"""What a file does not tell is asked: each question names its choices, and an answer settles it."""

from pathlib import Path

import pytest

from bot.formats.imports.catalogue_import import import_catalogue
from bot.text.translator import load_translators
from tests.unit.formats.imports.importing import content_of
from tests.unit.formats.imports.shapes import roles_of

CHINESE = load_translators().for_locale("zh")
TABLES = {
    "columns": "Skill,Senior Backend Engineer,QA Lead\nTesting,a,b\n",
    "titles": "Job title,Skill,Rating\nBackend Engineer,Testing,2\nSenior QA Engineer,SQL,3\n",
    "axis": "Skill,Backend Engineer,QA Engineer\nTesting,a,b\n",
    "order-Amber": "Skill,Amber,Beryl\nTesting,a,b\n",
    "numbers": "Skill,Junior,Senior\nTesting,0,1\nSQL,1,1\n",
    "others": "Skill,Level,Rollo,Pritt\nTesting,Junior,x y,a\nTesting,Senior,x y,b\n",
    "marks": "Skill,Junior,Middle,Senior\nTesting,B,I,A\nSQL,B,B,I\nGo,,B,I\n",
    "role-lists": "Role,Level,Skill,Text\nQA / SRE,L1,Plan,a\nQA,L2,Plan,b\nSRE,L2,Plan,c\n",
    "level-lists": "Role,Level,Skill,Text\nQA,L1 to L2,Plan,a\nQA,L1,Do,b\nQA,L2,Do,c\n",
    "skill-lists": 'Role,Level,Skills\nQA,L1,"Plan, Do"\nQA,L2,"Plan, Do, Check"\n',
    "levels": "Skill,Junior,Senior,Guru\nTesting,a,b,c\nSQL,d,e,f\n",
    "title-column": "Level,Title,Testing,SQL\nL1,Associate,a,c\nL2,Engineer,b,d\n",
    "beside-levels": "Level,Scope,Description\nSenior,owns,designs\nJunior,helps,codes\n",
    "tables": "Moss,,\nSkill,L1,L2\nPlan,a,b\n\nFern,,\nSkill,L1,L2\nDo,c,d\n",
    "roles": 'Skill,Roles,Junior,Senior\nTesting,"QA, SRE",a,b\nSQL,QA,c,d\n',
}
COMES_TO = {
    ("columns", "ladder"): "Engineer: Senior Backend Engineer < QA Lead",
    ("columns", "roles"): "Backend Engineer: Senior\nQA: Lead",
    ("titles", "levels"): "Backend Engineer: Backend Engineer\nQA Engineer: Senior",
    (
        "titles",
        "roles",
    ): "Backend Engineer: Backend Engineer\nSenior QA Engineer: Senior QA Engineer",
    ("axis", "roles"): "Backend Engineer: Backend Engineer\nQA Engineer: QA Engineer",
    ("axis", "levels"): "Engineer: Backend Engineer < QA Engineer",
    ("order-Amber", "listed"): "Engineer: Amber < Beryl",
    ("order-Amber", "reversed"): "Engineer: Beryl < Amber",
    ("numbers", "required"): "Engineer: Junior < Senior",
    ("numbers", "depth"): "Engineer: Junior < Senior",
    ("others", "roles"): "Rollo: Junior < Senior\nPritt: Junior < Senior",
    ("others", "Rollo"): "Engineer: Junior < Senior",
    ("others", "Pritt"): "Engineer: Junior < Senior",
    ("marks", "depth"): "Engineer: Junior < Middle < Senior",
    ("marks", "text"): "Engineer: Junior < Middle < Senior",
    ("role-lists", "one"): "QA / SRE: L1\nQA: L2\nSRE: L2",
    ("level-lists", "one"): "QA: L1 to L2 < L1 < L2",
    ("skill-lists", "one"): "QA: L1 < L2",
    ("levels", "yes"): "Engineer: Junior < Senior < Guru",
    ("levels", "no"): "Engineer: Junior < Senior",
    ("title-column", "levels"): "Engineer: L1 < L2",
    ("title-column", "roles"): "Associate: L1\nEngineer: L2",
    ("beside-levels", "skills"): "Engineer: Junior < Senior",
    ("tables", "roles"): "Moss: L1 < L2\nFern: L1 < L2",
    ("tables", "groups"): "Engineer: L1 < L2",
    ("roles", "one"): "QA, SRE: Junior < Senior\nQA: Junior < Senior",
    ("roles", "unread"): "Engineer: Junior < Senior",
}

FURTHER = {"order-Senior-Backend-Engineer": "listed", "order-L1-to-L2": "listed"}
"""What is asked next, after an answer."""


def written(folder: Path, key: str) -> Path:
    path = folder / "Engineer.csv"
    path.write_text(TABLES[key], encoding="utf-8")
    return path


@pytest.mark.parametrize("key", TABLES)
def test_a_question_stops_the_import_and_names_its_choices(tmp_path: Path, key: str) -> None:
    result = import_catalogue(written(tmp_path, key))
    assert result.content is None
    (question,) = result.questions
    assert question.key == key
    (problem,) = result.problems
    for choice in question.choices:
        assert f"--answer {key}={choice.answer}" in problem.message
        assert choice.line in problem.message
        assert CHINESE.said(choice.text) in CHINESE.said(problem.message)
    assert CHINESE.said(question.text) != question.text


@pytest.mark.parametrize("key", TABLES)
def test_every_choice_settles_it(tmp_path: Path, key: str) -> None:
    path = written(tmp_path, key)
    (question,) = import_catalogue(path).questions
    given = {(key, choice.answer) for choice in question.choices}
    assert given == {each for each in COMES_TO if each[0] == key}
    for choice in question.choices:
        content = content_of(import_catalogue(path, answers={**FURTHER, key: choice.answer}))
        assert roles_of(content) == COMES_TO[key, choice.answer]


def test_an_answer_that_is_no_choice_settles_nothing(tmp_path: Path) -> None:
    result = import_catalogue(written(tmp_path, "axis"), answers={"axis": "perhaps"})
    assert [question.key for question in result.questions] == ["axis"]


def test_how_a_table_is_read_is_told(tmp_path: Path) -> None:
    result = import_catalogue(written(tmp_path, "numbers"), answers={"numbers": "required"})
    assert result.readings == (
        "Engineer.csv: a row is a skill, the columns Junior, Senior are levels",
    )


def test_titles_that_are_parted_are_told_and_can_be_kept(tmp_path: Path) -> None:
    path = tmp_path / "Engineer.csv"
    rows = ("Junior Backend Engineer,Testing,1", "Senior Backend Engineer,Testing,3")
    path.write_text("\n".join(("Job title,Skill,Required level", *rows)), encoding="utf-8")
    result = import_catalogue(path)
    assert roles_of(content_of(result)) == "Backend Engineer: Junior < Senior"
    told = next(each.message for each in result.warnings if "titles" in each.message)
    assert "2 titles are read as a role at a level" in told
    assert "Junior Backend Engineer = Backend Engineer, Junior" in told
    assert "--answer titles=roles" in told
    kept = content_of(import_catalogue(path, answers={"titles": "roles"}))
    assert roles_of(kept) == (
        "Junior Backend Engineer: Junior Backend Engineer\n"
        "Senior Backend Engineer: Senior Backend Engineer"
    )
