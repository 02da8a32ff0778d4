"""Names of levels in their order, titles in their parts, and names without marks."""

import pytest

from bot.formats.mapping.words import plain_name
from bot.formats.names.languages import parted_language
from bot.formats.names.seniority import is_level_name, level_order
from bot.formats.names.titles import Titles, kind_of_titles, title_of


@pytest.mark.parametrize(
    "rising",
    [
        "Intern; Junior Engineer; Engineer; Senior Engineer; Engineering Manager; Director; VP",
        "Senior Engineer (People Manager); Principal Engineer (People Manager); Director",
        "Associate Manager; Manager; Group Manager; Senior Manager; Director; Senior Director; VP",
        "Senior; Staff; Senior Staff; Principal; Distinguished; Fellow",
        "Vice President; Senior Vice President; President; CTO".replace(
            "; Senior Vice President", ""
        ),
        "初级工程师; 中级工程师; 高级工程师; 资深工程师; 首席工程师; 总监",
        "L1; L2; L10",
    ],
)
def test_words_tell_an_order(rising: str) -> None:
    names = rising.split("; ")
    found = level_order(names[::-1])
    assert found is not None
    assert [names[::-1][at] for at in found] == names
    assert all(map(is_level_name, [name for name in names if name != "Engineer"]))


@pytest.mark.parametrize(
    ("title", "level", "role"),
    [
        ("Senior Backend Engineer", "Senior", "Backend Engineer"),
        ("QA Lead", "Lead", "QA"),
        ("Backend Engineer II", "II", "Backend Engineer"),
        ("Data Engineer (Principal)", "Principal", "Data Engineer"),
        ("Senior Staff Engineer", "Senior Staff", "Engineer"),
        ("Mid-level QA Engineer", "Mid-level", "QA Engineer"),
        ("高级后端工程师", "高级", "后端工程师"),
        ("测试工程师(初级)", "初级", "测试工程师"),
        ("Data Scientist", "", "Data Scientist"),
        ("Senior Lead", "", "Senior Lead"),
    ],
)
def test_titles_have_a_role_and_a_level(title: str, level: str, role: str) -> None:
    found = title_of(title)
    assert (found.level, found.role) == (level, role)


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        ("Junior Backend; Senior Backend; Junior QA; Senior QA", Titles.PARTED),
        ("Engineer; Senior Engineer; Engineering Manager; Director", Titles.ONE_LADDER),
        ("Senior Backend Engineer; QA Lead", Titles.UNCLEAR),
        ("Junior Backend; Senior Backend; QA Engineer", Titles.UNCLEAR),
        ("Backend Engineer; QA Engineer", Titles.NONE),
        ("Junior; Middle; Senior", Titles.NONE),
    ],
)
def test_titles_are_judged_together(titles: str, kind: Titles) -> None:
    assert kind_of_titles(titles.split("; ")) is kind


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("*Mastery*", "Mastery"),
        ("[Scope](#scope)", "Scope"),
        ("Scope (https://example.org/a)", "Scope"),
        ("~~Typing~~ _Speed_", "Speed"),
        ("***Craft***", "Craft"),
        ("`make` and **go**", "make and go"),
        ("snake_case", "snake_case"),
        ("C*", "C*"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("~~gone~~", "gone"),
        ("Testing (unit)", "Testing (unit)"),
    ],
)
def test_names_lose_their_marks(marked: str, name: str) -> None:
    assert plain_name(marked) == name


@pytest.mark.parametrize(
    ("header", "parted"),
    [
        ("Text (Chinese)", ("Text", "zh")),
        ("Junior [zh]", ("Junior", "zh")),
        ("描述（英文）", ("描述", "en")),
        ("Beschreibung Deutsch", ("Beschreibung", "de")),
        ("Go it", ("Go it", "")),
        ("Text (draft)", ("Text (draft)", "")),
    ],
)
def test_headers_name_languages(header: str, parted: tuple[str, str]) -> None:
    assert parted_language(header) == parted
