"""The order of levels: from a mapping, a column, the words of their names, or the file."""

from pathlib import Path

import pytest

from bot.domain.framework import CatalogueContent
from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.proposing.questions import answered
from tests.unit.formats.imports.importing import codes, content_of, imported
from tests.unit.formats.mapping.test_orders import ASKED, LADDERS

HEADER = ("Role", "Level", "Skill", "Text")
LONG = """\
tables:
  - shape: long
    columns: {role: Role, level: Level, skill: Skill, text: Text}
"""


def rows(role: str, *levels: str) -> list[tuple[str, str, str, str]]:
    return [(role, level, "Review", f"Reviews as {level}.") for level in levels]


def ladder(content: CatalogueContent, role: int = 0) -> list[tuple[str, int, str | None]]:
    levels = content.roles[role].ladder.levels
    return [(level.name.base, level.rank, level.track) for level in levels]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            ("Principal", "Lead", "Junior", "Senior", "Middle"),
            "Junior Middle Senior Lead Principal",
        ),
        (
            ("Staff", "Senior", "Apprentice", "Distinguished"),
            "Apprentice Senior Staff Distinguished",
        ),
        (("L3", "L1", "L10", "L2"), "L1 L2 L3 L10"),
        (("III", "I", "II"), "I II III"),
        (("高级", "首席", "初级", "中级"), "初级 中级 高级 首席"),
    ],
)
def test_words_tell_the_order(tmp_path: Path, found: tuple[str, ...], expected: str) -> None:
    content = content_of(imported(tmp_path, HEADER, *rows("Engineer", *found)))
    assert [name for name, _, _ in ladder(content)] == expected.split()


def test_the_name_of_the_role_is_its_plain_level(tmp_path: Path) -> None:
    found = ("Senior data analyst", "Data analyst", "Head of data analysis", "Trainee data analyst")
    content = content_of(imported(tmp_path, HEADER, *rows("Data analyst", *found)))
    assert [name for name, _, _ in ladder(content)] == [found[3], found[1], found[0], found[2]]


def test_unknown_names_stand_as_in_the_file_where_a_mapping_lists_none(tmp_path: Path) -> None:
    result = imported(tmp_path, HEADER, *rows("Engineer", "Zebra", "Aardvark"), mapping=LONG)
    assert [name for name, _, _ in ladder(content_of(result))] == ["Zebra", "Aardvark"]
    assert codes(result) == ["level-order"]


def test_an_unknown_order_is_asked_once_for_all_roles(tmp_path: Path) -> None:
    given = (*rows("Engineer", "A", "B", "C"), *rows("Analyst", "B", "C"), *rows("Maker", "A"))
    imported(tmp_path, HEADER, *given)
    path = tmp_path / "framework.csv"
    (question,) = import_catalogue(path).questions
    assert question.key == "order-A"
    assert [choice.answer for choice in question.choices] == ["listed", "reversed"]
    content = content_of(import_catalogue(path, answers={"order-A": "reversed"}))
    assert [name for name, _, _ in ladder(content)] == ["C", "B", "A"]
    assert [name for name, _, _ in ladder(content, 1)] == ["C", "B"]


def test_what_one_role_says_for_sure_holds_for_the_others(tmp_path: Path) -> None:
    given = (*rows("Dev", "Junior", "Zen", "Senior"), *rows("Ops", "Zen", "Junior"))
    content = content_of(imported(tmp_path, HEADER, *given))
    assert [name for name, _, _ in ladder(content, 1)] == ["Junior", "Zen"]


def test_the_revision_before_answers(tmp_path: Path) -> None:
    given = rows("Engineer", "Zebra", "Aardvark")
    before = content_of(imported(tmp_path, HEADER, *given, mapping=LONG))
    after = content_of(imported(tmp_path, HEADER, *given[::-1], previous=before))
    assert ladder(after) == ladder(before)


def test_the_order_of_columns_is_asked_where_nothing_rises(tmp_path: Path) -> None:
    rows_ = (("Skill", "Grade A", "Grade B", "Grade C"), ("Testing", "a", "b", "c"))
    path = tmp_path / "framework.csv"
    imported(tmp_path, *rows_)
    (question,) = import_catalogue(path).questions
    for answer, order in (("listed", "ABC"), ("reversed", "CBA")):
        content = content_of(import_catalogue(path, answers={question.key: answer}))
        assert [name for name, _, _ in ladder(content)] == [f"Grade {each}" for each in order]


def test_the_words_are_a_choice_where_they_say_another_order(tmp_path: Path) -> None:
    path = tmp_path / "framework.csv"
    imported(tmp_path, HEADER, *rows("Engineer", "VP", "Junior", "Director"))
    (question,) = import_catalogue(path).questions
    assert [choice.answer for choice in question.choices] == ["listed", "reversed", "words"]
    content = content_of(import_catalogue(path, answers={question.key: "words"}))
    assert [name for name, _, _ in ladder(content)] == ["Junior", "Director", "VP"]


@pytest.mark.parametrize(
    "header", ["Analyst,Associate,VP,Director,MD", "MD,Director,VP,Associate,Analyst"]
)
def test_a_bank_has_its_columns_in_order(tmp_path: Path, header: str) -> None:
    names = header.split(",")
    content = content_of(imported(tmp_path, ("Skill", *names), ("Testing", *"abcde")))
    assert " ".join(name for name, _, _ in ladder(content)) == "Analyst Associate VP Director MD"


def test_a_mapping_may_trust_the_file(tmp_path: Path) -> None:
    given = rows("Engineer", "Senior", "Junior")
    result = imported(tmp_path, HEADER, *given, mapping=LONG + "level_order: file\n")
    assert ladder(content_of(result)) == [("Senior", 1, None), ("Junior", 2, None)]


def test_a_column_of_ranks_and_tracks_wins(tmp_path: Path) -> None:
    header = (*HEADER, "Rank", "Track")
    given = (
        ("Engineer", "Manager", "Review", "Leads.", "2", "Management"),
        ("Engineer", "Expert", "Review", "Knows.", "2", "technical"),
        ("Engineer", "Engineer", "Review", "Does.", "1", ""),
    )
    content = content_of(imported(tmp_path, header, *given))
    assert ladder(content) == [
        ("Engineer", 1, None),
        ("Manager", 2, "management"),
        ("Expert", 2, "technical"),
    ]


def test_a_mapping_lists_levels_and_forks(tmp_path: Path) -> None:
    mapping = (
        LONG
        + """\
roles:
  Engineer:
    key: software-engineer
    aliases: [swe]
    family: Software
    levels:
      - name: Engineer
        words: [Dev]
        names: {zh: 工程师}
      - - {name: Expert, track: technical}
        - {name: Manager, track: management, key: em}
      - Director
"""
    )
    result = imported(
        tmp_path, HEADER, *rows("Engineer", "manager", "DEV", "Expert"), mapping=mapping
    )
    content = content_of(result)
    assert ladder(content) == [
        ("Engineer", 1, None),
        ("Expert", 2, "technical"),
        ("Manager", 2, "management"),
        ("Director", 3, None),
    ]
    (role,) = content.roles
    assert (role.key, role.aliases, role.family.key) == ("software-engineer", ("swe",), "software")
    assert [level.key for level in role.ladder.levels] == ["engineer", "expert", "em", "director"]
    assert role.ladder.levels[0].name.in_locale("zh") == "工程师"


def test_levels_of_the_whole_catalogue_are_those_that_a_role_uses(tmp_path: Path) -> None:
    given = (*rows("Engineer", "A", "C"), *rows("Analyst", "B", "C"))
    result = imported(tmp_path, HEADER, *given, mapping=LONG + "levels: [A, B, C]\n")
    content = content_of(result)
    assert ladder(content) == [("A", 1, None), ("C", 3, None)]
    assert ladder(content, 1) == [("B", 2, None), ("C", 3, None)]


def test_roles_with_the_same_levels_share_a_ladder(tmp_path: Path) -> None:
    given = [row for role in ("A", "B", "C") for row in rows(role, "Junior", "Senior")]
    content = content_of(imported(tmp_path, HEADER, *given))
    assert [(each.key, each.name.base) for each in content.ladders] == [
        ("junior-to-senior", "Junior to Senior")
    ]


def test_a_role_without_a_level_may_be_a_rung_by_itself(tmp_path: Path) -> None:
    mapping = LONG + "ignore: [NOT IN USE]\ndefaults: {level: '{role}'}\n"
    result = imported(tmp_path, HEADER, *rows("Chief", "NOT IN USE"), mapping=mapping)
    assert ladder(content_of(result)) == [("Chief", 1, None)]


def test_thirteen_levels_are_refused(tmp_path: Path) -> None:
    given = rows("Engineer", *(f"L{at}" for at in range(1, 14)))
    assert codes(imported(tmp_path, HEADER, *given)) == ["too-many-levels"]


@pytest.mark.parametrize("trade", LADDERS)
def test_a_ladder_of_any_trade_is_right_as_columns_and_as_rows(tmp_path: Path, trade: str) -> None:
    rising = LADDERS[trade].split("; ")
    for names in (rising, rising[::-1]):
        cells = [f"Does {name}." for name in names]
        wide = content_of(imported(tmp_path, ("Skill", *names), ("Testing", *cells)))
        long = content_of(imported(tmp_path, HEADER, *rows("Worker", *names)))
        for content in (wide, long):
            assert [name for name, _, _ in ladder(content)] == rising
            assert len(content.expectations) == len(rising)


@pytest.mark.parametrize("trade", LADDERS)
def test_rows_sorted_by_the_alphabet_are_right_or_asked_about(tmp_path: Path, trade: str) -> None:
    rising = LADDERS[trade].split("; ")
    result = imported(tmp_path, HEADER, *rows("Worker", *sorted(rising)))
    assert result.questions or [name for name, _, _ in ladder(content_of(result))] == rising


@pytest.mark.parametrize("trade", ASKED)
def test_a_ladder_that_nobody_knows_is_asked_about(tmp_path: Path, trade: str) -> None:
    names = ASKED[trade].split("; ")
    asked = imported(tmp_path, HEADER, *rows("Worker", *names))
    assert [question.key for question in asked.questions] == [f"order-{answered(names[0])}"]
