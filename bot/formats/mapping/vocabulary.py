"""Words that career frameworks share: names of levels and depths in their order, yes and no."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.domain.framework import Requirement
from bot.formats.mapping.words import normal

Rank = tuple[int, int]

_PLAIN = 40
_TOP = 60

_SENIORITY: Mapping[str, int] = {
    word: rank
    for rank, words in {
        2: "intern internship student 实习 实习生",
        5: "apprentice 学徒",
        8: "trainee 见习",
        10: "graduate entry beginner starter 初学",
        18: "associate assistant 助理",
        20: "junior jr jnr 初级",
        _PLAIN: "mid middle midlevel intermediate regular 中级",
        50: "experienced advanced",
        _TOP: "senior sr snr 高级",
        66: "资深",
        70: "lead leader 负责人 组长",
        75: "staff 专家",
        80: "principal 首席",
        85: "distinguished",
        88: "fellow",
        90: "head 主管",
        92: "director 总监",
        95: "vp president",
        98: "chief",
    }.items()
    for word in words.split()
}
_MANAGER = 72
_STEP = 5

_DEPTHS: Mapping[str, int] = {
    word: rank
    for rank, words in {
        5: "none unaware 不了解",
        10: "awareness;aware;novice;beginner;basic;basics;foundation;foundational;fundamental;"
        "learning;learner;entry;low;know;了解;入门;初级",
        20: "advanced beginner;developing;elementary",
        40: "working;competent;intermediate;practising;practicing;capable;medium;apply;"
        "掌握;中级;应用",
        50: "practitioner;proficient;skilled;independent;熟练",
        60: "advanced;strong;high;高级",
        80: "expert;specialist;authority;专家;精通",
        90: "master;mastery;thought leader;大师",
    }.items()
    for word in words.split(";")
}

REQUIRED_WORDS: tuple[str, ...] = (
    *("required", "mandatory", "must", "must have", "yes", "true", "core", "essential"),
    *("x", "y", "r", "m", "req", "✓", "✔", "✅", "☑", "✔️", "☑️", "必需", "必须", "必备", "是"),
)
OPTIONAL_WORDS: tuple[str, ...] = (
    *("optional", "opt", "o", "no", "n", "false", "desirable", "recommended", "preferred"),
    *("bonus", "nice to have", "not required", "not mandatory", "可选", "否", "加分"),
)
NOTHING_WORDS = ("-", "–", "—", "n/a", "na", "tbd", "tbc", "无")
"""Cells that say that there is nothing to say."""

_NUMBER = re.compile(r"(?:^|[^\d.])(\d{1,3})(?![\d.])")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
}
_CODE = re.compile(r"(?:l|ic|p|m|e|t|g|grade|band|level|stufe|step|tier)?\s*\d{1,2}[ab]?")


def requirement_words(
    required: Iterable[str] = (), optional: Iterable[str] = ()
) -> dict[str, Requirement]:
    """Return what each word says about a requirement, by its normal form; given words win."""
    words = {normal(word): Requirement.REQUIRED for word in REQUIRED_WORDS}
    words |= {normal(word): Requirement.OPTIONAL for word in OPTIONAL_WORDS}
    words |= {"1": Requirement.REQUIRED, "0": Requirement.OPTIONAL}
    words |= {normal(word): Requirement.REQUIRED for word in required}
    return words | {normal(word): Requirement.OPTIONAL for word in optional}


def is_level_name(text: str) -> bool:
    """Whether a header reads like a level: ``Senior``, ``L4``, ``Level 2``, ``高级``."""
    words = normal(text).split()
    if not words or len(words) > 5:
        return False
    if _CODE.fullmatch(" ".join(words)):
        return True
    return any(word in _SENIORITY or word == "manager" for word in words)


def is_depth_name(text: str) -> bool:
    """Whether a header or value reads like a proficiency: ``Working``, ``Expert``."""
    return normal(text) in _DEPTHS


def level_order(names: Sequence[str], role: str = "") -> list[int] | None:
    """Return the positions of level names from junior to senior, or None where words do not say.

    Words of `role` count as no seniority: ``Data scientist`` is the plain level of its role.
    """
    ranks = [_seniority(name, set(normal(role).split())) for name in names]
    return _sorted_positions(ranks)


def depth_order(names: Sequence[str]) -> list[int] | None:
    """Return the positions of proficiency names from shallow to deep, or None."""
    return _sorted_positions([_depth(name) for name in names])


def _sorted_positions(ranks: Sequence[Rank | None]) -> list[int] | None:
    known = [rank for rank in ranks if rank is not None]
    if len(known) != len(ranks) or len(set(known)) != len(known):
        return None
    return sorted(range(len(known)), key=known.__getitem__)


def _seniority(name: str, role_words: set[str]) -> Rank | None:
    words = normal(name).split()
    own = [word for word in words if word not in role_words]
    number = _number(own)
    ranks = [_SENIORITY[word] for word in own if word in _SENIORITY]
    if "manager" in own:
        return _MANAGER + (_STEP if any(rank == _TOP for rank in ranks) else 0), number
    if ranks:
        return (max(ranks) if max(ranks) >= _TOP else min(ranks)), number
    if number or not own:
        return _PLAIN, number
    return None


def _depth(name: str) -> Rank | None:
    word = normal(name)
    if word in _DEPTHS:
        return _DEPTHS[word], 0
    number = _NUMBER.search(name)
    return (0, int(number[1])) if number else None


def _number(words: Sequence[str]) -> int:
    for word in reversed(words):
        if word in _ROMAN:
            return _ROMAN[word]
        found = re.search(r"\d{1,3}", word)
        if found:
            return int(found[0])
    return 0
