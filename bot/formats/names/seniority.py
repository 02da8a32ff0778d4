"""Names of levels: which texts are one, and the order in which they stand."""

import re
from collections.abc import Mapping, Sequence

from bot.formats.mapping.words import normal, words_of

Rank = tuple[int, int, int]
"""Height of a word, what other words add to it, and a number behind it."""

PLAIN = 40
_TOP = 60
MANAGER = 72
HEAD = 90
BOARD = 92

SENIORITY: Mapping[str, int] = {
    word: rank
    for rank, words in {
        2: "intern internship student 实习 实习生 實習 praktikant stagiaire stagista becario"
        " estagiário estagiaria practicante стажёр стажер インターン 인턴"
        " stajyer thực_tập_sinh thực_tập stagiair tirocinante stażysta stażystka",
        5: "apprentice 学徒 azubi werkstudent alternant",
        8: "trainee 见习 見習い çaylak acemi học_việc tập_sự",
        9: "新人 若手",
        10: "graduate entry beginner starter newcomer foundation foundational 初学 einsteiger"
        " berufseinsteiger principiante iniciante начинающий 신입 مبتدئ başlangıç",
        18: "associate assistant 助理 yardımcısı trợ_lý",
        20: "junior jr jnr júnior débutant младший джуниор джун 初级 初阶 初級 初階 ジュニア"
        " 주니어 초급 kıdemsiz sơ_cấp młodszy młodsza זוטר",
        30: "nhân_viên",
        PLAIN: "mid middle midlevel medior intermediate regular professional confirmé intermedio"
        " intermédiaire pleno intermediário средний мидл миддл"
        " 中级 中阶 中級 中階 中堅 一人前 ミドル 미들 중급 متوسط"
        " orta trung_cấp chuyên_viên samodzielny samodzielna mellan",
        50: "experienced advanced fortgeschritten fortgeschrittener erfahren erfahrener expérimenté"
        " avancé avanzado avançado опытный متقدم",
        _TOP: "senior sr snr sénior sênior старший сеньор сениор синьор 高级 高阶 高級 高階 上級"
        " シニア 시니어 고급 kıdemli cao_cấp starszy starsza בכיר",
        66: "资深 資深 ベテラン",
        70: "lead leader leitender leitende líder ведущий тимлид 负责人 組長 组长 リード リーダー"
        " 리드 lider trưởng_nhóm leiter leiterin",
        71: "supervisor şef",
        MANAGER: "müdür müdürü yönetici yöneticisi trưởng_phòng quản_lý",
        75: "staff experte expertin experto especialista эксперт 专家 專家 エキスパート 전문가"
        " خبير uzman chuyên_gia",
        80: "principal главный główny główna 首席 プリンシパル",
        85: "distinguished",
        88: "fellow 院士",
        HEAD: "head 主管",
        BOARD: "director 总监 direktör direktörü giám_đốc",
        95: "vp svp evp avp 副总裁",
        97: "president 总裁",
        98: "chief ceo cto cio coo cfo",
    }.items()
    for word in words.split()
}
MANAGERS = frozenset({"manager", "经理", "マネージャー", "マネジャー"})
_ADDED = {
    "svp": 1,
    "evp": 2,
    "avp": -1,
    "deputy": -1,
    "semi": -1,
    "vice": -1,
    "副": -1,
    "phó": -1,
    "executive": 2,
    "group": 1,
}
_HAN = tuple(
    sorted(
        (word for word in (*SENIORITY, *MANAGERS) if not word.isascii() and word > "\u3400"),
        key=len,
        reverse=True,
    )
)
MAKERS = words_of(
    "engineer developer programmer analyst scientist designer architect consultant specialist"
    " researcher writer tester technologist 工程师 开发 设计师 分析师"
)
"""Who makes something: a manager among them keeps their height (Senior Engineer, managing)."""
ROMAN = {
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
_PHRASES = re.compile(
    r"\b(?:"
    + "|".join(
        word.replace("_", " ") for word in sorted(SENIORITY, key=len, reverse=True) if "_" in word
    )
    + r")\b"
)
"""Levels of several words, which count as one: Vietnamese parts every syllable."""
_CODE = re.compile(r"(?:l|ic|p|m|e|t|g|grade|band|level|stufe|step|tier)?\s*\d{1,2}[ab]?")
TIME = re.compile(
    r"[\W\d]*\d[\W\d]*(?:years?|yrs?|yoe|y|months?|jahre|ans|años|anos|лет|年|年以上|년)\b.*",
    re.IGNORECASE,
)
"""A span of time, such as ``0-2 years``."""
_FOOTNOTE = re.compile(r"(?<=\w)\s?[*†‡§¹²³⁰-⁹]{1,3}$")
_ASIDE = re.compile(r"\s*[(（\[]([^()（）\[\]]+)[)）\]]$")
_MOST_WORDS = 5
_LONGEST_HAN = 12


def is_level_name(text: str) -> bool:
    """Whether a text reads like a level: ``Senior``, ``L4``, ``Level 2``, ``高级工程师``."""
    words = _words(text)
    if not words or len(words) > _MOST_WORDS:
        return False
    if _CODE.fullmatch(" ".join(words)) or (len(words) > 1 and words[-1] in ROMAN):
        return True
    return any(word in SENIORITY or word in MANAGERS or _han_level(word) for word in words)


def _words(name: str) -> list[str]:
    text = normal(bare_name(name))
    if not text.isascii():
        text = _PHRASES.sub(lambda found: found[0].replace(" ", "_"), text)
    return text.split()


def bare_name(name: str) -> str:
    """Return a name without the sign of a footnote, and without the time that it takes."""
    aside = _ASIDE.search(name)
    if aside and TIME.fullmatch(aside[1]):
        name = name[: aside.start()]
    return _FOOTNOTE.sub("", name)


def _han_level(word: str) -> bool:
    if word.isascii() or len(word) > _LONGEST_HAN:
        return False
    return any(word.startswith(each) or word.endswith(each) for each in _HAN)


def level_order(names: Sequence[str], role: str = "") -> list[int] | None:
    """Return the positions of level names from junior to senior, or None where words do not say.

    Words of `role` count as no seniority: ``Data scientist`` is the plain level of its role.
    """
    role_words = set(normal(role).split())
    ranks = [seniority(name, role_words) for name in names]
    known = [rank for rank in ranks if rank is not None]
    if len(known) != len(ranks) or len(set(known)) != len(known):
        return None
    return sorted(range(len(known)), key=known.__getitem__)


def manages(words: Sequence[str]) -> bool:
    """Whether the words of a name are those of a manager, and not of one who makes something."""
    return bool(MANAGERS & set(words) and not MAKERS & set(words))


def seniority(name: str, role_words: set[str] | None = None) -> Rank | None:
    """Return how high a level stands by the words of its name; None where none tells it."""
    words = parts_of(name)
    own = [word for word in words if word not in (role_words or ())]
    number = _number(own)
    ranks = [SENIORITY[word] for word in own if word in SENIORITY]
    added = sum(_ADDED.get(word, 0) for word in own)
    if MANAGERS & set(own) and not (MAKERS & set(words) and ranks):
        return MANAGER + _managing(ranks), added, number
    if "president" in own and "vice" in own:
        ranks, added = [95 if rank == SENIORITY["president"] else rank for rank in ranks], 0
    if ranks:
        base = max(ranks) if max(ranks) >= _TOP else min(ranks)
        added += sum(_added(rank) for rank in ranks if rank != base and base > _TOP)
        return base, added + bool(MANAGERS & set(own)), number
    if number or not set(own) - MAKERS - {"software"}:
        return PLAIN, 0, number
    return None


def _managing(ranks: Sequence[int]) -> int:
    """Return what ``Senior`` adds to ``Manager``, and ``Associate`` takes from it."""
    if not ranks:
        return 0
    top = max(ranks)
    if top > MANAGER and top >= BOARD:
        return top - MANAGER
    return 5 if top == _TOP else (7 if top > _TOP else -5)


def _added(rank: int) -> int:
    return 1 if rank >= _TOP else -1


def parts_of(name: str) -> list[str]:
    """Return the words of a name; of Chinese, which has no gaps, the words that are known."""
    found: list[str] = []
    for word in _words(name):
        if word.isascii() or word in SENIORITY:
            found.append(word)
            continue
        rest = word
        for known in (*_HAN, "副", "工程师", "开发", "设计师", "分析师"):
            if known in rest:
                found.append(known)
                rest = rest.replace(known, " ")
        found += rest.split()
    return found


def _number(words: Sequence[str]) -> int:
    for word in reversed(words):
        if word in ROMAN:
            return ROMAN[word]
        found = re.search(r"\d{1,3}", word)
        if found:
            return int(found[0])
    return 0
