"""The fields that a column of a table may hold, and the headers by which people name them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.formats.mapping.words import normal


class Field(StrEnum):
    """What a column holds. A name or text may be followed by a language: ``text.zh``."""

    TITLE = "title"
    """Role and level in one, such as ``Senior Backend Engineer``."""
    ROLE = "role"
    ROLE_KEY = "role_key"
    ROLE_ORDER = "role_order"
    ROLE_SUMMARY = "role_summary"
    ROLE_ALIASES = "role_aliases"
    FAMILY = "role_family"
    FAMILY_KEY = "role_family_key"
    LADDER = "ladder"
    LADDER_KEY = "ladder_key"
    LEVEL = "level"
    LEVEL_KEY = "level_key"
    LEVEL_RANK = "level_rank"
    LEVEL_TRACK = "level_track"
    LEVEL_ALIASES = "level_aliases"
    LEVEL_SUMMARY = "level_summary"
    LEVEL_SCOPE = "level_scope"
    SKILL = "skill"
    SKILL_KEY = "skill_key"
    SKILL_ORDER = "skill_order"
    SKILL_SUMMARY = "skill_summary"
    SKILL_ALIASES = "skill_aliases"
    SKILL_PROMPTS = "skill_prompts"
    SKILL_PROMPTS_EARLY = "skill_prompts_early"
    SKILL_PROMPTS_LATER = "skill_prompts_later"
    SKILL_EVIDENCE_EARLY = "skill_evidence_early"
    SKILL_EVIDENCE_LATER = "skill_evidence_later"
    SKILL_RESOURCES = "skill_resources"
    SKILL_UPDATED = "skill_updated"
    GROUP = "group"
    GROUP_KEY = "group_key"
    GROUP_SUMMARY = "group_summary"
    GROUP_ALIASES = "group_aliases"
    DOMAIN = "domain"
    DOMAIN_KEY = "domain_key"
    REQUIREMENT = "requirement"
    PROFICIENCY = "proficiency"
    PROFICIENCY_KEY = "proficiency_key"
    PROFICIENCY_RANK = "proficiency_rank"
    PROFICIENCY_SUMMARY = "proficiency_summary"
    TEXT = "text"
    PROMPTS = "prompts"
    RESOURCES = "resources"


NAMES = frozenset(
    {
        Field.ROLE,
        Field.FAMILY,
        Field.LADDER,
        Field.LEVEL,
        Field.SKILL,
        Field.GROUP,
        Field.DOMAIN,
        Field.PROFICIENCY,
    }
)
"""Fields that hold a name: one line of up to 100 characters."""

TEXTS = frozenset(
    {
        Field.ROLE_SUMMARY,
        Field.LEVEL_SUMMARY,
        Field.SKILL_SUMMARY,
        Field.GROUP_SUMMARY,
        Field.PROFICIENCY_SUMMARY,
        Field.TEXT,
    }
)
"""Fields that hold a text of up to 2,000 characters, which may have several lines."""

LISTS = frozenset(
    {
        Field.ROLE_ALIASES,
        Field.LEVEL_ALIASES,
        Field.SKILL_ALIASES,
        Field.GROUP_ALIASES,
    }
)
"""Fields that hold several aliases in one cell."""

GUIDES = frozenset(
    {
        Field.SKILL_PROMPTS_EARLY,
        Field.SKILL_PROMPTS_LATER,
        Field.SKILL_EVIDENCE_EARLY,
        Field.SKILL_EVIDENCE_LATER,
    }
)
"""Fields that hold what a band of levels gets to go by: short texts, one on each line."""

PROMPTS = frozenset({Field.SKILL_PROMPTS, Field.PROMPTS}) | GUIDES
"""Fields that hold short texts such as growth prompts, one on each line."""

RESOURCES = frozenset({Field.SKILL_RESOURCES, Field.RESOURCES})
"""Fields that hold resources, one on each line: title | address | language | kind."""

TRANSLATED = NAMES | TEXTS | PROMPTS
"""Fields that may stand in several languages, a column each."""


ROLE_FIELDS = frozenset(
    {
        Field.ROLE,
        Field.ROLE_KEY,
        Field.ROLE_ORDER,
        Field.ROLE_SUMMARY,
        Field.ROLE_ALIASES,
        Field.FAMILY,
        Field.FAMILY_KEY,
        Field.LADDER,
        Field.LADDER_KEY,
    }
)
LEVEL_FIELDS = frozenset(
    {
        Field.LEVEL,
        Field.LEVEL_KEY,
        Field.LEVEL_RANK,
        Field.LEVEL_TRACK,
        Field.LEVEL_ALIASES,
        Field.LEVEL_SUMMARY,
        Field.LEVEL_SCOPE,
    }
)
SKILL_FIELDS = frozenset(
    {
        Field.SKILL,
        Field.SKILL_KEY,
        Field.SKILL_ORDER,
        Field.SKILL_SUMMARY,
        Field.SKILL_ALIASES,
        Field.SKILL_PROMPTS,
        Field.SKILL_UPDATED,
        Field.GROUP,
        Field.GROUP_KEY,
        Field.GROUP_SUMMARY,
        Field.GROUP_ALIASES,
        Field.DOMAIN,
        Field.DOMAIN_KEY,
        Field.SKILL_RESOURCES,
        *GUIDES,
    }
)
DEPTH_FIELDS = frozenset(
    {
        Field.PROFICIENCY,
        Field.PROFICIENCY_KEY,
        Field.PROFICIENCY_RANK,
        Field.PROFICIENCY_SUMMARY,
    }
)


@dataclass(frozen=True, slots=True, order=True)
class FieldSlot:
    """One field in one language; `locale` is "" for the catalogue's base language."""

    field: Field
    locale: str = ""

    def __str__(self) -> str:
        return f"{self.field}.{self.locale}" if self.locale else str(self.field)


def slot_of(name: str) -> FieldSlot | None:
    """Return the slot that a mapping names, such as ``skill`` or ``text.zh``; None if unknown."""
    field, _, locale = name.partition(".")
    if field not in Field.__members__.values() or (locale and Field(field) not in TRANSLATED):
        return None
    return FieldSlot(Field(field), locale)


class DepthName(NamedTuple):
    """What the name of a column about one proficiency says: its key, the language, the field."""

    key: str
    locale: str
    field: Field


def depth_key_of(name: str) -> DepthName | None:
    """Return what a name such as ``depth_working.zh`` says, else None.

    ``depth_…`` is the skill's own text, ``proficiency_summary_…`` what the proficiency means.
    """
    for field, start in DEPTH_STARTS.items():
        if name.startswith(start):
            key, _, locale = name.removeprefix(start).partition(".")
            return DepthName(key, locale, field) if key else None
    return None


DEPTH_STARTS = {Field.TEXT: "depth_", Field.PROFICIENCY_SUMMARY: "proficiency_summary_"}
_HEADERS: dict[Field, str] = {
    Field.TITLE: "title",
    Field.ROLE: "role; job role; job; job title; position; profession; discipline; role name;"
    " role title; 角色; 岗位; 职位",
    Field.ROLE_KEY: "role id; role code; role slug; job code",
    Field.ROLE_ORDER: "role number",
    Field.ROLE_SUMMARY: "role description; about the role; job description; role purpose; 角色说明",
    Field.ROLE_ALIASES: "role also known as; other role names",
    Field.FAMILY: "role family; job family; family; department; track family; function; team;"
    " 角色族; 部门",
    Field.FAMILY_KEY: "family key; family id",
    Field.LADDER: "ladder; career ladder; ladder name; 阶梯",
    Field.LADDER_KEY: "ladder id",
    Field.LEVEL: "level; role level; job level; grade; band; seniority; rung; level name;"
    " career level; 级别; 职级; 等级",
    Field.LEVEL_KEY: "level id; level code; grade code",
    Field.LEVEL_RANK: "rank; level number; level order; level no",
    Field.LEVEL_TRACK: "track; fork; career track; 方向",
    Field.LEVEL_ALIASES: "level also known as; other level names",
    Field.LEVEL_SUMMARY: "role level description; level description; level focus; focus;"
    " about the level; 级别说明",
    Field.LEVEL_SCOPE: "scope; level reach; scope of work; 级别范围",
    Field.SKILL: "skill; skill name; competency; competence; capability; criterion; attribute;"
    " skills; competencies; topic; 技能; 能力; 能力项;"
    " スキル; kompetenz; compétence; competencia; 역량",
    Field.SKILL_KEY: "skill id; skill code; skill slug; competency id",
    Field.SKILL_ORDER: "skill number",
    Field.SKILL_SUMMARY: "skill description; competency description; about the skill; definition;"
    " skill definition; summary; 技能说明; 技能描述",
    Field.SKILL_ALIASES: "aliases; skill also known as; synonyms; also known as; other names; 别名",
    Field.SKILL_PROMPTS: "skill growth prompts; skill questions",
    Field.SKILL_PROMPTS_EARLY: "early prompts",
    Field.SKILL_PROMPTS_LATER: "later prompts",
    Field.SKILL_EVIDENCE_EARLY: "early example evidence",
    Field.SKILL_EVIDENCE_LATER: "later example evidence",
    Field.SKILL_RESOURCES: "skill links; skill reading",
    Field.SKILL_UPDATED: "updated; last updated; skill last updated; updated on; 更新日期",
    Field.GROUP: "group; skill group; category; skill category; sub area; subcategory; cluster;"
    " competency group; 技能组; 分组; 类别",
    Field.GROUP_KEY: "group id; category id",
    Field.GROUP_SUMMARY: "group description; category description",
    Field.GROUP_ALIASES: "group also known as",
    Field.DOMAIN: "domain; area; skill domain; pillar; dimension; theme; skill area; 领域",
    Field.DOMAIN_KEY: "domain id",
    Field.REQUIREMENT: "requirement; required; mandatory; required optional; importance; must have;"
    " necessity; is required; core; 要求; 是否必需; 必需",
    Field.PROFICIENCY: "proficiency; skill level; proficiency level; depth; expected level;"
    " mastery; skill depth; expected proficiency; 熟练度; 熟练程度",
    Field.PROFICIENCY_KEY: "proficiency id; skill level id",
    Field.PROFICIENCY_RANK: "proficiency number; proficiency order",
    Field.PROFICIENCY_SUMMARY: "proficiency description; about the proficiency;"
    " proficiency definition; 熟练程度说明; 熟练度说明",
    Field.TEXT: "text; expectation; expectations; description; behaviour; behavior; behaviours;"
    " behaviors; skill level description; what good looks like; observable behaviour; indicators;"
    " expected behaviour; details; evidence of skill; 期望; 行为描述; 描述; 说明",
    Field.PROMPTS: "growth prompts; questions; actions; growth actions; 成长提示; 提示",
    Field.RESOURCES: "links; reading; learning resources; 学习资源",
}

FIELD_BY_HEADER: dict[str, Field] = {
    normal(header): field
    for field, headers in _HEADERS.items()
    for header in (field.value, *headers.split(";"))
}
"""The field that a header names, by the header's normal form."""


_WANTED_DEPTH = re.compile(
    r"(?:required|req|expected|target|targeted|min|minimum|desired|needed|wanted|necessary|ideal)"
    r" (?:skill |competency |role )?(?:level|proficiency|depth|rating|score|mastery|grade|value)"
    r"|(?:level|proficiency|rating|score) (?:required|expected|needed|target)"
    r"|(?:soll|ziel)(?:niveau|stufe|level|wert)?|niveau (?:requis|attendu|cible)"
    r"|nivel (?:requerido|esperado|objetivo)|rating|score|target|expected"
    r"|(?:要求|目标|期望|预期|最低|所需|应达)(?:等级|级别|水平|程度|熟练度|熟练程度|分数|分值|评分)|评分"
)
"""Headers of a column that says how deep a skill is wanted."""

_BRACKETS = re.compile(r"\s*[(\[（].*[)\]）]\s*$")


def field_of_header(header: str) -> Field | None:
    """Return the field that a header names in words, None where it names none.

    What stands in brackets behind a header explains it: ``Required level (1-5)``.
    """
    for words in (header, _BRACKETS.sub("", header)):
        plain = normal(words)
        field = FIELD_BY_HEADER.get(plain)
        if field is None and _WANTED_DEPTH.fullmatch(plain):
            field = Field.PROFICIENCY
        if field is not None:
            return field
    return None


def is_heading(cell: str) -> bool:
    """Tell whether a cell is a name that a column is known by."""
    return normal(cell) in FIELD_BY_HEADER
