"""Words that career frameworks share: names of depths in their order, yes and no."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.domain.framework import Requirement
from bot.formats.mapping.words import normal, words_of

_DEPTHS: Mapping[str, int] = {
    word: rank
    for rank, words in {
        5: "none unaware 不了解",
        10: "awareness;aware;novice;beginner;basic;basics;foundation;foundational;fundamental;"
        "learning;learner;entry;low;know;了解;入门;初级;瞭解;入門"
        ";低;基础;基礎;grundkenntnisse;grundlagen;basiswissen;notions;débutant;básico;base;basis"
        ";podstawowy;podstawowe;기초;하;초급",
        20: "advanced beginner;developing;elementary",
        30: "熟悉",
        40: "working;competent;intermediate;practising;practicing;capable;medium;apply;"
        "掌握;中级;应用;中;中等;intermédiaire;intermedio;intermediário;średni;średniozaawansowany"
        ";anwender;anwendung;응용;중;중급;応用;中程度",
        50: "practitioner;proficient;skilled;independent;熟练;熟練",
        60: "advanced;strong;high;高级;高;fortgeschritten;avancé;avanzado;avançado;avanzato"
        ";gevorderd;zaawansowany;zaawansowane;고급;상;상급",
        80: "expert;specialist;authority;专家;精通;experte;expertin;experto;esperto;ekspert;전문가",
        90: "master;mastery;thought leader;大师",
    }.items()
    for word in words.split(";")
}

REQUIRED_WORDS: tuple[str, ...] = (
    *("required", "mandatory", "must", "must have", "yes", "true", "core", "essential"),
    *(
        "x",
        "y",
        "r",
        "m",
        "req",
        "✓",
        "√",
        "✔",
        "✅",
        "☑",
        "✔️",
        "☑️",
        "ü",
        "必需",
        "必须",
        "必备",
        "是",
    ),
    *("ja", "pflicht", "muss", "oui", "obligatoire", "sí", "obligatorio", "sim", "obrigatório"),
    *("да", "обязательно", "必須", "はい", "필수", "예"),
    *("zorunlu", "evet", "bắt buộc", "có", "tak", "wymagane", "sì", "ano", "verplicht"),
    *("需要", "要", "有", "需具备", "必須", "要求", "有り"),
)
OPTIONAL_WORDS: tuple[str, ...] = (
    *("optional", "opt", "o", "no", "n", "false", "desirable", "recommended", "preferred"),
    *("bonus", "nice to have", "not required", "not mandatory", "可选", "否", "加分"),
    *("should", "should have", "could", "could have", "nein", "kann", "soll", "wünschenswert"),
    *("facultatif", "opcional", "желательно", "任意", "歓迎", "선택", "우대", "нет", "non", "não"),
    *("いいえ", "아니요", "hayır", "isteğe bağlı", "không", "tùy chọn"),
    *("nie", "opcjonalne", "nee", "nej", "ne", "facoltativo", "不需要", "不要", "不要求"),
)
DENIALS = words_of(
    "no n false nein non нет 否 いいえ 아니요 hayır không nie nee nej ne não"
    " 不需要 不要 ✗ ✘ ✕ ✖ × ❌ ☐ ⬜ won't û"
) | {"won't have", "[ ]", "[]"}
"""In a table of marks alone these say that nothing is asked there."""
NOTHING_WORDS = (
    *(
        "-",
        "–",
        "—",
        "/",
        "n/a",
        "na",
        "tbd",
        "tbc",
        "none",
        "nil",
        "not applicable",
        "无",
        "不适用",
    ),
    *("不適用", "k. A.", "keine Angabe", "entfällt", "sans objet", "no aplica", "não se aplica"),
    *("н/д", "なし", "該当なし", "없음", "해당 없음"),
)
"""Cells that say that there is nothing to say."""

_NUMBER = re.compile(r"(?:^|[^\d.,])(\d{1,3}(?:[.,]\d{1,2})?)(?![\d.,])")


def requirement_words(
    required: Iterable[str] = (), optional: Iterable[str] = ()
) -> dict[str, Requirement]:
    """Return what each word says about a requirement, by its normal form; given words win."""
    words = {normal(word): Requirement.REQUIRED for word in REQUIRED_WORDS}
    words |= {normal(word): Requirement.OPTIONAL for word in OPTIONAL_WORDS}
    words |= {"1": Requirement.REQUIRED, "0": Requirement.OPTIONAL}
    words |= {normal(word): Requirement.REQUIRED for word in required}
    return words | {normal(word): Requirement.OPTIONAL for word in optional}


_HELD = {
    "requirement": "requirement;required;mandatory;importance;必需;要求",
    "proficiency": "proficiency;depth;skill level;level;rating;score;mastery;target;熟练度"
    ";熟练程度;等级;评分",
    "prompts": "prompts;growth prompts",
    "text": "text;description;expectation;expectations;behaviour;behavior;behaviours;behaviors"
    ";what is expected;what we expect;what it looks like;expected behaviour;expected behavior"
    ";indicators;details;example;examples;evidence;what good looks like;期望;说明;描述;行为"
    ";行为描述",
}
_HOLDS = {normal(word): held for held, words in _HELD.items() for word in words.split(";")}


def is_held_name(text: str) -> bool:
    """Whether a header says what the cells below it hold: ``Depth``, ``Expectation``."""
    return normal(text) in _HOLDS


def held_by_name(text: str) -> str | None:
    """Return what a header says that its cells hold, as `Holds` names it."""
    return _HOLDS.get(normal(text))


def is_depth_name(text: str) -> bool:
    """Whether a header or value reads like a proficiency: ``Working``, ``Expert``."""
    return normal(text) in _DEPTHS


def depth_order(names: Sequence[str]) -> list[int] | None:
    """Return the positions of proficiency names from shallow to deep, or None."""
    ranks = [_depth(name) for name in names]
    known = [rank for rank in ranks if rank is not None]
    if len(known) != len(ranks) or len(set(known)) != len(known):
        return None
    return sorted(range(len(known)), key=known.__getitem__)


def _depth(name: str) -> tuple[int, float] | None:
    word = normal(name)
    if word in _DEPTHS:
        return _DEPTHS[word], 0
    if name and not name.strip("★☆●○◐ "):
        return 0, name.count("★") + name.count("●") + name.count("◐") / 2
    number = _NUMBER.search(name)
    return (0, float(number[1].replace(",", "."))) if number else None
