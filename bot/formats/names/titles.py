"""Titles such as ``Senior Backend Engineer``, parted into a level and a role."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum

from bot.formats.mapping.words import normal, one_line, words_of
from bot.formats.names.known_ladders import share_a_ladder
from bot.formats.names.seniority import TIME, is_level_name
from bot.values import dataclass

_RANK = (
    r"(?:(?:senior|sr\.?|lead|associate|junior|jr\.?|mid|entry)[\s-]+)?"
    r"(?:intern|trainee|apprentice|graduate|entry[\s-]?level|entry|associate|assistant|junior|jnr\.?"
    r"|jr\.?|mid[\s-]?level|middle|mid|intermediate|regular|experienced|senior|snr\.?|sr\.?|lead"
    r"|staff|principal|distinguished|fellow)"
)
_HAN = "实习生|实习|见习|助理|初级|中级|高级|资深|首席"
_CODE = r"(?:(?:l|ic|p|level|grade|band)\s?)?\d{1,2}|[ivx]{1,4}"
_FIRST = re.compile(rf"(?P<level>{_RANK})[\s,:/|>–-]+(?P<role>\S.*)", re.IGNORECASE)
_FIRST_HAN = re.compile(rf"(?P<level>{_HAN})\s*(?P<role>\S.*)")
_LAST = re.compile(
    rf"(?P<role>.*?\w)[\s,:/|>–-]+[(\[]?(?P<level>{_RANK}|{_CODE})[)\]]?", re.IGNORECASE
)
_LAST_HAN = re.compile(rf"(?P<role>.*?\w)[\s,:/|>–-]*[(（\[]?(?P<level>{_HAN})[)）\]]?")
# Words that tell no role from another on one ladder.
_GENERIC = words_of(
    "engineer engineers engineering developer development software programmer programming tech"
    " technical technology team manager management people of the and in ii iii iv level grade band"
    " 工程师 开发 经理"
)


class Titles(Enum):
    """What the titles of a table are."""

    NONE = "none"
    """None of them holds a level."""
    ONE_LADDER = "one-ladder"
    """All are about one role."""
    PARTED = "parted"
    """Every one holds a level and a role, and there are several roles."""
    UNCLEAR = "unclear"
    """They may be one ladder, or several roles with levels."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title with what its words say: a role, and "" where they say no level."""

    text: str
    role: str
    level: str


def title_of(text: str) -> Title:
    """Return what the words of a title say."""
    text = one_line(text)
    for pattern in (_FIRST, _FIRST_HAN, _LAST, _LAST_HAN):
        found = pattern.fullmatch(text)
        if found and normal(found["role"]) and not _is_bare(found["role"]):
            return Title(text, found["role"].strip(" ,:/|>–-"), found["level"].strip())
    return Title(text, text, "")


def _is_bare(role: str) -> bool:
    """Whether what is left is only more of a level: ``Lead``, ``(0-2 years)``."""
    plain = role.strip(" ()[]（）")
    signs = not any(map(str.isalpha, plain))
    return signs or bool(TIME.fullmatch(plain) or re.fullmatch(_RANK, plain, re.IGNORECASE))


def kind_of_titles(texts: Iterable[str]) -> Titles:
    """Return what these titles are together."""
    distinct = list(dict.fromkeys(texts))
    titles = [title_of(text) for text in distinct]
    if share_a_ladder(distinct):
        return Titles.ONE_LADDER
    if not any(title.level for title in titles):
        return Titles.NONE
    apart = {_apart(title.role) for title in titles}
    if len(apart) == 1 or (len(apart) < len(titles) and "" in apart and len(apart) == 2):
        return Titles.ONE_LADDER
    named = {each for each in apart if each}
    if len(named) < 2:
        return Titles.ONE_LADDER
    if not all(title.level for title in titles):
        return Titles.UNCLEAR
    roles_of: dict[str, set[str]] = {}
    for title in titles:
        roles_of.setdefault(normal(title.level), set()).add(normal(title.role))
    repeated = any(len(roles) > 1 for roles in roles_of.values())
    return Titles.PARTED if repeated else Titles.UNCLEAR


def _apart(role: str) -> str:
    """Return the words of a role that tell it from others."""
    words = [
        word for word in normal(role).split() if word not in _GENERIC and not is_level_name(word)
    ]
    left = " ".join(words)
    for generic in ("工程师", "开发"):
        left = left.replace(generic, "")
    return left.strip()


def looks_like_role(text: str) -> bool:
    """Whether a name reads like that of a role: ``QA Engineer``, ``产品经理``."""
    return has_role_word(text) or any(normal(text).endswith(each) for each in _HAN_ROLES)


def has_role_word(text: str) -> bool:
    """Whether one word of a name is that of who does something: ``nurse``, ``Techniker``."""
    return not _ROLE_WORDS.isdisjoint(normal(text).split())


def all_levels(names: Sequence[str]) -> bool:
    """Whether names are those of levels, at least two of them."""
    return len(set(map(normal, names))) > 1 and all(map(is_level_name, names))


_ROLE_WORDS = words_of(
    "engineer engineers developer developers analyst scientist designer architect manager"
    " programmer consultant specialist administrator officer qa sre devops tester researcher"
    " backend frontend fullstack writer recruiter accountant ingenieur entwickler entwicklerin"
    " ingénieur développeur ingeniero desarrollador"
    " nurse midwife physician dentist therapist pharmacist caregiver teacher tutor lecturer trainer"
    " librarian archivist translator interpreter editor journalist copywriter photographer"
    " illustrator animator lawyer paralegal auditor actuary economist statistician underwriter"
    " broker banker trader buyer planner cashier clerk receptionist secretary cook chef waiter"
    " waitress bartender barista baker electrician mechanic welder carpenter plumber machinist"
    " technician florist gardener dispatcher biologist chemist physicist marketer strategist"
    " generalist coach techniker mechaniker kaufmann kauffrau verkäufer berater buchhalter pfleger"
    " pflegefachkraft infirmier infirmière comptable acheteur technicien soudeur enfermero"
    " enfermera contador vendedor analista cocinero enfermeiro desenvolvedor engenheiro"
)
_HAN_ROLES = words_of(
    "工程师 开发 设计师 分析师 经理 架构师 测试 专员 顾问 科学家 护士 会计 教师 讲师 律师 医生"
    " 技师 厨师 翻译 编辑 审计师 药剂师 店长"
)
