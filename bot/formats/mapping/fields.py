"""The fields that a column of a table may hold."""

from enum import StrEnum
from typing import NamedTuple

from bot.values import dataclass


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
