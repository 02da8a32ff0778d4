"""What names read like: those of levels, of roles, of nothing in particular."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.formats.mapping.vocabulary import is_depth_name
from bot.formats.mapping.words import normal
from bot.formats.names.seniority import is_level_name
from bot.formats.names.themes import looks_like_theme
from bot.formats.names.titles import has_role_word

MOSTLY = 0.6
"""The share of names from which on all of a part are levels, or roles."""
_CODE = re.compile(
    r"(?:level|lvl|l|ic|p|m|e|t|g|grade|band|stage|step|tier|rung|stufe|niveau|等级|级别|职级|第)\s?"
    r"\d{1,2}[ab]?(?:级|档|层)?(?:\b.*|$)"
)
_CHINESE_LEVEL = re.compile(
    r"(?:实习|见习|助理|初级|中级|高级|资深|首席|专家级|主任|[一二三四五六七八九十]级)"
)
_NUMBER = re.compile(r"(?<![\d.])\d{1,2}(?![\d.])|\b(?:i{1,3}|iv|vi{0,3}|ix|x)\b")
_GLUED = re.compile(r"^([a-z]{2,6})(\d{1,2})$")
_SENIORITY = frozenset(
    {
        *("intern", "junior", "jr", "associate", "entry", "graduate", "trainee", "apprentice"),
        *("mid", "middle", "midlevel", "intermediate", "regular", "experienced", "senior", "sr"),
        *("snr", "staff", "principal", "lead", "distinguished", "fellow", "head", "chief"),
    }
)
_MORE_SENIORITY = re.compile(r"实习|见习|助理|初级|中级|高级|资深|首席|负责人|主管|总监|专家")
_ROLES = re.compile(
    r"\b(?:engineers?|developers?|designers?|analysts?|scientists?|architects?|testers?|managers?"
    r"|writers?|recruiters?|administrators?|consultants?|directors?|officers?|specialists?"
    r"|researchers?|marketers?|accountants?|operators?|programmers?|sre|devops|coach|owners?"
    r"|editors?|producers?|technicians?|coordinators?|representatives?|planners?|partners?"
    r"|strategists?|generalists?|scrum master|executives?|assistants?|advisors?|advisers?)\b"
    r"|(?:工程师|设计师|分析师|架构师|科学家|经理|专员|顾问|开发|运维|研究员|测试员|程序员|编辑|运营)$"
)
_GENERIC = re.compile(
    r"\b(?:frameworks?|ladders?|matrix|matrices|competenc(?:y|ies)|handbook|guide|wiki|growth|levels?"
    r"|progression|career|careers|overview|skills?|expectations?|export|docs?|pages?|rubric)\b"
    r"|框架|阶梯|矩阵|手册|指南|体系|总览|模型"
)
_MOSTLY = 0.6


def levels_among(names: Sequence[str]) -> list[str]:
    """Return the names that read like levels, alone or because of each other.

    ``Developer I`` reads so beside ``Developer II``, and ``Engineer`` beside ``Senior Engineer``.
    """
    stems = Counter(stem for name in names if (stem := level_stem(name)) is not None)
    common, count = stems.most_common(1)[0] if stems else ("", 0)
    is_series = count > 1 and any(_is_marked(name) for name in names)
    return [name for name in names if _is_level(name) or (is_series and level_stem(name) == common)]


def level_share(names: Sequence[str]) -> float:
    """Return which share of the names reads like levels."""
    return len(levels_among(names)) / len(names) if names else 0.0


def reads_like_level(name: str) -> bool:
    """Whether a name by itself reads like that of a level."""
    return _is_level(name)


def level_stem(name: str) -> str | None:
    """Return what is left of a level's name without its rank: ``engineer`` of ``Engineer II``."""
    words = normal(name)
    glued = _GLUED.match(words)
    if glued:
        return glued[1]
    kept = [
        word
        for word in _NUMBER.sub(" ", _MORE_SENIORITY.sub(" ", words)).split()
        if word not in _SENIORITY
    ]
    return " ".join(kept)


def common_role(levels: Sequence[str]) -> str:
    """Return the role that all names of levels share, "" where they share none.

    It is written as the names have it: ``Data Engineer`` of ``Senior Data Engineer``.
    """
    stems = {level_stem(name) for name in levels}
    if len(stems) != 1:
        return ""
    (stem,) = stems
    if not stem or not is_role_name(stem):
        return ""
    words = set(stem.split())
    written = [word for word in levels[0].split() if normal(word) in words]
    return " ".join(written) if len(written) == len(stem.split()) else stem.capitalize()


def _is_marked(name: str) -> bool:
    stem = level_stem(name)
    return stem is not None and stem != normal(name)


def _is_level(name: str) -> bool:
    words = normal(name)
    return (
        is_level_name(name)
        or bool(_CODE.fullmatch(words))
        or bool(_CHINESE_LEVEL.match(words) and len(words) <= 12)
    )


def is_role_name(name: str) -> bool:
    """Whether a name reads like a role's."""
    return bool(_ROLES.search(normal(name))) or has_role_word(name)


def role_share(names: Sequence[str]) -> float:
    """Return which share of the names reads like roles."""
    return sum(map(is_role_name, names)) / len(names) if names else 0.0


def theme_share(names: Sequence[str]) -> float:
    """Return which share of the names reads like groups of skills."""
    return sum(map(looks_like_theme, names)) / len(names) if names else 0.0


def depth_share(names: Sequence[str]) -> float:
    """Return which share of the names reads like proficiencies."""
    return sum(map(is_depth_name, names)) / len(names) if names else 0.0


def is_generic(name: str) -> bool:
    """Whether a name is that of a framework or of a part of one, not of a thing in it."""
    return bool(_GENERIC.search(normal(name)))
