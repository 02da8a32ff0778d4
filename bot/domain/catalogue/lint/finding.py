"""What lint reports: a rule, how grave it is, where, and what to do."""

from dataclasses import dataclass
from enum import StrEnum


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


MEANINGS = {
    LintRule.UNKNOWN_REFERENCE: "Something refers to a thing that the catalogue does not list",
    LintRule.REPEATED_KEY: "Two things of one kind share a key, or two expectations a cell",
    LintRule.EMPTY: "A thing that nothing belongs to, or a level that asks for nothing",
    LintRule.MISSING_CELL: "A skill is asked for at a level, and not defined at a higher one",
    LintRule.REQUIREMENT_FALLS: "Required at a level, and only optional at the next one",
    LintRule.PROFICIENCY_FALLS: "A level asks for less depth than the one below",
    LintRule.SAME_DEPTH: "The depth of the level below again, and no word for a wider scope",
    LintRule.DEPTH_ANCHOR: "A text whose first word belongs to another depth",
    LintRule.NO_SCOPE: "A level without a scope, where others of its ladder have one",
    LintRule.CORE_SIZE: "A role that requires too few skills, or too many",
    LintRule.NO_TEXT: "An expectation that says nothing about behaviour",
    LintRule.SAME_AS_BELOW: "The same text as the level below",
    LintRule.LIKE_BELOW: "Nearly the same text as the level below, or all of it repeated",
    LintRule.NOTHING_NEW: (
        "The skill's own text, depth and requirement are those of the level below"
    ),
    LintRule.REPEATED_SENTENCE: "The same sentence or growth prompt in several skills",
    LintRule.REPEATED_OPENING: "The same long opening in the texts of many skills",
    LintRule.UNASSESSABLE: "Words that nobody can assess",
    LintRule.WORDY: "An expectation of more than two sentences, or too many characters",
    LintRule.MIXED_SPELLING: "British and American spelling in one framework",
    LintRule.SIMILAR_SKILLS: "Two skills that are probably one",
    LintRule.NAME_CLASH: "One spelling that stands for several things",
    LintRule.NO_PROMPTS: "An expectation for which there is no growth prompt",
    LintRule.FEW_PROMPTS: "A required expectation with fewer than three growth prompts of its own",
    LintRule.NO_GUIDE: "A skill without prompts or example evidence for a band of levels",
    LintRule.SIMILAR_PROMPTS: "Growth prompts of a role or a skill that are nearly the same",
    LintRule.TOO_LONG: "A text that a card or the Details view has to cut",
    LintRule.UNTRANSLATED: "Without a translation, where its neighbours have one",
    LintRule.TERM: "A translation without the wanted word, or with one that is not to be used",
}
"""What each rule looks for, in one line of English."""


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
    """One thing to look at. `message` is English: what is the matter, then what to do."""

    rule: LintRule
    severity: LintSeverity
    place: LintPlace
    message: str


def listed(items: list[str], most: int = 4) -> str:
    """Return "a, b and c"; of a long list the first ones and how many more there are."""
    shown = items[:most] if len(items) > most + 1 else items
    if len(shown) < len(items):
        return f"{', '.join(shown)} and {len(items) - len(shown)} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def quoted(text: str, longest: int = 70) -> str:
    """Return a text in quotation marks, on one line and cut where it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= longest else line[: longest - 1].rstrip() + '…'}”"
