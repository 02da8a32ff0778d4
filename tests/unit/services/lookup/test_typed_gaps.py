"""The ways in which people type a promotion gap, in the built-in framework."""

import pytest

from bot.domain.answers import Ambiguous, AtTop, GapReport, NeedsLevel, NotAbove, Unknown
from bot.domain.lookup.requests import ANYONE, Viewer
from bot.services.lookup.promotions import gap_command
from tests.unit.samples import built_in

SHELF = built_in()
MIDDLE = Viewer("backend-engineer", "middle")
BACKEND_TO_LEAD = [
    "backend lead",
    "lead backend",
    "BACKEND, LEAD!!",
    "“backend” “lead”",
    "backend senior to lead",
    "backend senior → lead",
    "backend senior > lead",
    "backend senior => lead",
    "backend senior - lead",
    "backend senior—lead",
    "backend senior..lead",
    "backend from senior to lead",
    "from senior backend to lead",
    "senior backend to lead backend",
    "senior vs lead backend",
    "difference between senior and lead backend",
    "backend von senior zu lead",
    "后端从高级到负责人",
    "后端 高级升负责人",
    "从高级到负责人 后端",
]
MIDDLE_TO_SENIOR = [
    "",
    "next",
    "next level",
    "promote me",
    "promotion",
    "senior",
    "sr",
    "to senior",
    "mid → senior",
    "mid-senior",
    "mid / senior",
    "how do i get to senior",
    "what's missing for senior?",
    "下一级",
    "下一个级别",
    "高级",
    "升高级",
    "晋升高级",
    "中级升高级",
    "我想升高级",
    "怎么升高级",
    "晋升",
    "我要晋升",
    "am i ready for senior?",
]


def way(text: str, viewer: Viewer) -> tuple[str, str, str, str]:
    body = gap_command(SHELF, text, viewer).body
    assert isinstance(body, GapReport), (text, body)
    origin, target = body.gap.origin, body.gap.target
    assert origin is not None
    return origin.role.key, origin.level.key, target.role.key, target.level.key


@pytest.mark.parametrize("text", BACKEND_TO_LEAD)
def test_from_one_level_to_another_of_a_role(text: str) -> None:
    assert way(text, ANYONE) == ("backend-engineer", "senior", "backend-engineer", "lead")


@pytest.mark.parametrize("text", MIDDLE_TO_SENIOR)
def test_the_own_next_level_in_any_words(text: str) -> None:
    answer = gap_command(SHELF, text, MIDDLE)
    assert way(text, MIDDLE) == ("backend-engineer", "middle", "backend-engineer", "senior")
    assert not answer.corrections


@pytest.mark.parametrize(
    ("text", "role", "level"),
    [
        ("sr swe", "software-engineer", "senior"),
        ("swe staff", "software-engineer", "lead"),
        ("fullstack senior dev", "software-engineer", "senior"),
        ("backend sr engineer", "backend-engineer", "senior"),
        ("be sr", "backend-engineer", "senior"),
        ("fe lead", "frontend-engineer", "lead"),
        ("ba senior", "data-analyst", "senior"),
        ("em manager", "engineering-manager", "manager"),
        ("staff em", "engineering-manager", "staff"),
        ("首席架构师", "architect", "principal"),
    ],
)
def test_short_names_of_roles_in_any_order(text: str, role: str, level: str) -> None:
    assert way(text, ANYONE)[2:] == (role, level)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "backend lead to engineering manager",
            ("backend-engineer", "lead", "engineering-manager", "lead"),
        ),
        (
            "senior data scientist → senior ml engineer",
            ("data-scientist", "senior", "ml-engineer", "senior"),
        ),
        (
            "从数据科学家高级到机器学习工程师高级",
            ("data-scientist", "senior", "ml-engineer", "senior"),
        ),
    ],
)
def test_from_one_role_to_another(text: str, expected: tuple[str, ...]) -> None:
    assert way(text, ANYONE) == expected


@pytest.mark.parametrize("text", ["data scientist to llm engineer", "swe to em"])
def test_a_role_without_a_level_to_come_from_is_asked_for_it(text: str) -> None:
    body = gap_command(SHELF, text, ANYONE).body
    assert isinstance(body, NeedsLevel)
    assert body.of_origin


@pytest.mark.parametrize("text", ["sde3", "swe2", "backend1", "qa 2"])
def test_a_number_at_the_end_of_a_role_is_a_level_of_others(text: str) -> None:
    body = gap_command(SHELF, text, ANYONE).body
    assert isinstance(body, NeedsLevel)
    assert body.typed == text[-1]


@pytest.mark.parametrize("text", ["kubernetes senior", "cto", "senior staff swe", "s3", "web3"])
def test_what_is_no_role_or_no_level_here_is_asked(text: str) -> None:
    assert isinstance(gap_command(SHELF, text, ANYONE).body, Unknown | Ambiguous)


def test_a_level_below_is_never_turned_into_one_above() -> None:
    assert isinstance(gap_command(SHELF, "backend lead to senior", ANYONE).body, NotAbove)
    top = Viewer("backend-engineer", "principal")
    assert isinstance(gap_command(SHELF, "next level", top).body, AtTop)
