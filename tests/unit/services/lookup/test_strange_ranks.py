"""Levels that other companies have, beside a name that is known: said, not left out in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import Ambiguous, Answer, NeedsLevel, NeedsRole, Unknown
from bot.domain.lookup.requests import ANYONE, Viewer
from bot.services.lookup.lookups import skill_command
from bot.services.lookup.promotions import gap_command
from bot.services.lookup.role_choice import role_command
from tests.unit.samples import built_in

SHELF = built_in()
CODES = [
    *(
        f"{letters}{number}"
        for letters in ("L", "l", "IC", "E", "e", "P", "T")
        for number in (3, 9)
    ),
    "ic-4",
    "T10",
    "level 5",
    "lvl 3",
    "Grade 7",
    "intern",
    "expert",
]


def ladder_offered(answer: Answer, typed: str) -> str:
    body = answer.body
    assert isinstance(body, NeedsLevel)
    assert body.typed == typed
    assert [each.name for each in body.offers] == [each.name for each in body.role.ladder.levels]
    assert not answer.ignored
    return body.role.key


@pytest.mark.parametrize("code", CODES)
def test_a_level_of_no_ladder_is_said_and_the_ladders_levels_are_offered(code: str) -> None:
    for text in (f"mlops engineer {code}", f"{code} MLOps Engineer", f"mlops engineer, {code}"):
        assert ladder_offered(skill_command(SHELF, text, ANYONE), code) == "mlops-engineer"
        assert ladder_offered(gap_command(SHELF, text, ANYONE), code) == "mlops-engineer"
        assert ladder_offered(role_command(SHELF, text, ANYONE), code) == "mlops-engineer"
    assert ladder_offered(skill_command(SHELF, f"mlops {code}", ANYONE), code)


@pytest.mark.parametrize("text", ["机器学习工程师P7", "机器学习工程师 P7", "P7机器学习工程师"])
def test_chinese_needs_no_blank_beside_a_level(text: str) -> None:
    assert ladder_offered(skill_command(SHELF, text, ANYONE), "P7") == "ml-engineer"


@pytest.mark.parametrize("step", ["2", "3", "II", "iii"])
def test_a_number_behind_a_role_is_its_level_and_behind_a_skill_a_version(step: str) -> None:
    answer = skill_command(SHELF, f"software engineer {step}", ANYONE)
    assert ladder_offered(answer, step) == "software-engineer"
    for text in (f"python {step}", step, f"level {step}"):
        assert not isinstance(skill_command(SHELF, text, ANYONE).body, NeedsLevel | Ambiguous)


def test_a_part_of_one_roles_name_is_said_beside_its_ladder() -> None:
    answer = gap_command(SHELF, "mlops “l5”", ANYONE)
    assert ladder_offered(answer, "l5") == "mlops-engineer"
    assert [typed for typed, _ in answer.corrections] == ["mlops"]


def test_a_level_beside_what_several_are_called_is_left_out_aloud() -> None:
    for command in (skill_command, gap_command):
        answer = command(SHELF, "engineer l5", ANYONE)
        assert isinstance(answer.body, Ambiguous)
        assert answer.ignored == ("l5",)


def test_where_to_come_from_is_a_level_of_the_ladder_too() -> None:
    answer = gap_command(SHELF, "mlops engineer senior from l3", ANYONE)
    assert ladder_offered(answer, "l3") == "mlops-engineer"


def test_a_level_alone_is_one_of_the_own_ladder_or_waits_for_a_role() -> None:
    own = Viewer("mlops-engineer", "senior")
    assert ladder_offered(gap_command(SHELF, "l5", own), "l5") == "mlops-engineer"
    assert isinstance(gap_command(SHELF, "l5", ANYONE).body, NeedsRole)
    assert isinstance(skill_command(SHELF, "l5", ANYONE).body, Unknown)


@pytest.mark.parametrize(
    "text", ["s3", "c4", "k8s", "ec2", "p1", "incident p1", "osi l7", "web3", "h3"]
)
def test_what_only_looks_like_a_level_is_none(text: str) -> None:
    assert not isinstance(skill_command(SHELF, text, ANYONE).body, NeedsLevel)


@given(
    st.one_of(
        st.text(max_size=20),
        st.lists(st.sampled_from(["from", "to", "l4", "senior", "mlops", "-", "5", "ii"])).map(
            " ".join
        ),
    ),
    st.sampled_from([*CODES, "ii", "2", "P7"]),
)
def test_any_text_beside_a_level_is_answered(text: str, code: str) -> None:
    for typed in (f"{text} {code}", f"{code} {text}"):
        for command in (skill_command, gap_command, role_command):
            answer = command(SHELF, typed, ANYONE)
            assert answer == command(SHELF, typed, ANYONE)


@pytest.mark.parametrize("text", ["from l4 to l5", "l4 to l5", "from l4"])
def test_levels_of_other_companies_alone_wait_for_a_role(text: str) -> None:
    assert isinstance(gap_command(SHELF, text, ANYONE).body, NeedsRole)
