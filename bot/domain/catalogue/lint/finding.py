"""What lint reports: a rule, how grave it is, where, and what to do."""

from enum import StrEnum

from bot.domain.said import Said
from bot.values import dataclass


class LintSeverity(StrEnum):
    """How much a finding matters, gravest first."""

    ERROR = "error"  # something cannot be used or read as it stands
    WARNING = "warning"  # a member gets a worse answer than the owner could give
    INFO = "info"  # worth knowing; nothing need be done


class LintRule(StrEnum):
    """The rules, in the order of a report."""

    UNKNOWN_REFERENCE = "unknown-reference"
    REPEATED_KEY = "repeated-key"
    EMPTY = "empty"
    MISSING_CELL = "missing-cell"
    REQUIREMENT_FALLS = "requirement-falls"
    PROFICIENCY_FALLS = "proficiency-falls"
    SAME_DEPTH = "same-depth"
    DEPTH_ANCHOR = "depth-anchor"
    NO_SCOPE = "no-scope"
    CORE_SIZE = "core-size"
    NO_TEXT = "no-text"
    SAME_AS_BELOW = "same-as-below"
    LIKE_BELOW = "like-below"
    NOTHING_NEW = "nothing-new"
    REPEATED_SENTENCE = "repeated-sentence"
    REPEATED_OPENING = "repeated-opening"
    UNASSESSABLE = "unassessable"
    WORDY = "wordy"
    MIXED_SPELLING = "mixed-spelling"
    SIMILAR_SKILLS = "similar-skills"
    NAME_CLASH = "name-clash"
    NO_PROMPTS = "no-prompts"
    FEW_PROMPTS = "few-prompts"
    NO_GUIDE = "no-guide"
    SIMILAR_PROMPTS = "similar-prompts"
    TOO_LONG = "too-long"
    UNTRANSLATED = "untranslated"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class LintPlace:
    """Where a finding is, in stable keys; None where it does not matter. `locale` names one text's
    language, None the base language or all of them."""

    domain: str | None = None
    group: str | None = None
    ladder: str | None = None
    role: str | None = None
    level: str | None = None
    skill: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing to look at. `message` says what is the matter, then what to do."""

    rule: LintRule
    severity: LintSeverity
    place: LintPlace
    message: Said


def quoted(text: str, longest: int = 70) -> str:
    """Return a text in quotation marks, on one line and cut where it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= longest else line[: longest - 1].rstrip() + '…'}”"
