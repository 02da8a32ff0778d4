"""Ladders of every trade: in the right order however a file lists them, or asked about."""

from itertools import permutations
from random import Random

import pytest

from bot.formats.names.orders import order_of

LADDERS = {
    "engineering": "Intern; Junior; Middle; Senior; Staff; Principal",
    "titles": "Junior Engineer; Engineer; Senior Engineer; Staff Engineer; Principal Engineer",
    "finance": "Analyst; Associate; VP; Director; MD",
    "bank": "Analyst; Associate; Vice President; Executive Director; Managing Director",
    "fund": "Analyst; Associate; Senior Associate; Vice President; Principal; Partner",
    "audit": "Staff; Senior; Manager; Senior Manager; Director; Partner",
    "corporate": "Manager; Senior Manager; Director; Senior Director; VP; SVP",
    "strategy": "Business Analyst; Associate; Engagement Manager; Associate Partner; Partner",
    "consulting": "Analyst; Consultant; Senior Consultant; Manager; Senior Manager; Partner",
    "law": "Paralegal; Junior Associate; Associate; Senior Associate; Counsel; Partner",
    "hospital": "Intern; Resident; Chief Resident; Fellow; Attending",
    "doctors": "Foundation Doctor; Senior House Officer; Registrar; Consultant",
    "nurses": "Healthcare Assistant; Staff Nurse; Senior Nurse; Ward Manager; Matron",
    "academia": "PhD Student; Postdoc; Assistant Professor; Associate Professor; Full Professor",
    "university": "Lecturer; Senior Lecturer; Reader; Professor",
    "research": "Research Associate; Research Fellow; Senior Research Fellow",
    "civil service": "AA; AO; EO; HEO; SEO; Grade 7; Grade 6",
    "sales": "SDR; Account Executive; Senior Account Executive; Sales Manager; Sales Director",
    "design": "Junior Designer; Designer; Senior Designer; Lead Designer; Head of Design",
    "agency": "Designer; Senior Designer; Art Director; Creative Director",
    "P": "P5; P6; P7; P8; P9",
    "L": "L3; L4; L5; L6; L7; L8",
    "IC": "IC1; IC2; IC3; IC10",
    "grades of pay": "GS-5; GS-7; GS-9; GS-11",
    "Chinese": "初级; 中级; 高级; 资深; 专家",
    "Chinese titles": "初级工程师; 中级工程师; 高级工程师; 资深工程师; 专家",
    "Chinese firm": "专员; 主管; 经理; 高级经理; 总监",
    "Chinese university": "助教; 讲师; 副教授; 教授",
    "Chinese hospital": "住院医师; 主治医师; 副主任医师; 主任医师",
    "traditional": "初級; 中級; 高級; 資深; 專家",
    "Japanese": "一般社員; 主任; 係長; 課長; 次長; 部長",
    "Japanese depths": "初級; 中級; 上級",
    "Korean": "사원; 대리; 과장; 차장; 부장",
    "trade": "Apprentice; Journeyman; Master",
    "depths": "Novice; Advanced Beginner; Competent; Proficient; Expert",
    "steps": "Engineer I; Engineer II; Senior Engineer I; Senior Engineer II",
}
ASKED = {
    "letters": "Grade A; Grade B; Grade C; Grade D; Grade E; Grade F",
    "bare letters": "A; B; C",
    "colours": "Bronze; Silver; Gold",
    "two tracks": "IC3; IC4; M1; M2",
    "classes": "一级; 二级; 三级",
    "factory or bank": "Director; VP",
    "associates": "Associate; Mid",
}


def _told(names: list[str]) -> tuple[list[str], bool]:
    order = order_of(names)
    return [names[at] for at in order.positions], order.sure


@pytest.mark.parametrize("trade", LADDERS)
def test_a_ladder_is_known_in_either_direction(trade: str) -> None:
    rising = LADDERS[trade].split("; ")
    assert _told(rising) == (rising, True)
    assert _told(rising[::-1]) == (rising, True)


@pytest.mark.parametrize("trade", LADDERS)
def test_a_ladder_in_any_order_is_right_or_asked_about(trade: str) -> None:
    rising = LADDERS[trade].split("; ")
    chance = Random(trade)  # noqa: S311 - a seed, so that a failure comes again
    for _ in range(20):
        names = chance.sample(rising, len(rising))
        told, sure = _told(names)
        assert told == rising or not sure


@pytest.mark.parametrize("trade", ASKED)
def test_what_companies_rank_differently_is_asked(trade: str) -> None:
    names = ASKED[trade].split("; ")
    for listed in (names, names[::-1]):
        assert not order_of(listed).sure


@pytest.mark.parametrize(
    ("listed", "sure"),
    [
        ("Engineer; Manager; Senior; Principal", True),
        ("Senior; Staff; Lead; Fellow", True),
        ("Senior; Lead; Staff; Fellow", True),
        ("Bronze; Junior; Silver; Senior", True),
        ("Associate; Engineer; Senior Engineer", False),
        ("Manager; Junior; Director; VP", False),
        ("Associate; Lead; Zen", False),
        ("Grade 7; Grade 6", False),
        ("Band 5; Band 6; Band 8a; Band 8b", True),
        ("Zen; Partner; Associate", False),
    ],
)
def test_a_list_is_believed_where_something_sure_rises(listed: str, sure: bool) -> None:
    names = listed.split("; ")
    told, known = _told(names)
    assert known is sure
    assert not sure or told == names


def test_a_falling_list_is_turned() -> None:
    names = ["Senior (People Manager)", "Junior (People Manager)", "Trainee"]
    assert _told(names) == (names[::-1], True)


def test_one_level_needs_no_order() -> None:
    assert order_of(["Anything"]).sure
    assert order_of([]).sure


def test_every_order_of_plain_words_is_told() -> None:
    rising = ["Junior", "Middle", "Senior", "Principal"]
    assert all(_told(list(names)) == (rising, True) for names in permutations(rising))
