"""What each rule of lint looks for, in the reader's language. Plain text."""

from collections.abc import Callable, Mapping

from bot.domain.catalogue.lint.finding import LintRule
from bot.text.translator import Translator


def rule_meaning(rule: LintRule, tr: Translator) -> str:
    """Return what a rule looks for, in one line."""
    return _MEANINGS[rule](tr)


_MEANINGS: Mapping[LintRule, Callable[[Translator], str]] = {
    LintRule.UNKNOWN_REFERENCE: lambda tr: tr(
        "Something refers to a thing that the catalogue does not list"
    ),
    LintRule.REPEATED_KEY: lambda tr: tr(
        "Two things of one kind share a key, or two expectations a cell"
    ),
    LintRule.EMPTY: lambda tr: tr(
        "A thing that nothing belongs to, or a level that asks for nothing"
    ),
    LintRule.MISSING_CELL: lambda tr: tr(
        "A skill is asked for at a level, and not defined at a higher one"
    ),
    LintRule.REQUIREMENT_FALLS: lambda tr: tr(
        "Required at a level, and only optional at the next one"
    ),
    LintRule.PROFICIENCY_FALLS: lambda tr: tr("A level asks for less depth than the one below"),
    LintRule.SAME_DEPTH: lambda tr: tr(
        "The depth of the level below again, and no word for a wider scope"
    ),
    LintRule.DEPTH_ANCHOR: lambda tr: tr("A text whose first word belongs to another depth"),
    LintRule.NO_SCOPE: lambda tr: tr(
        "A level without a scope, where others of its ladder have one"
    ),
    LintRule.CORE_SIZE: lambda tr: tr("A role that requires too few skills, or too many"),
    LintRule.NO_TEXT: lambda tr: tr("An expectation that says nothing about behaviour"),
    LintRule.SAME_AS_BELOW: lambda tr: tr("The same text as the level below"),
    LintRule.LIKE_BELOW: lambda tr: tr(
        "Nearly the same text as the level below, or all of it repeated"
    ),
    LintRule.NOTHING_NEW: lambda tr: tr(
        "The skill's own text, depth and requirement are those of the level below"
    ),
    LintRule.REPEATED_SENTENCE: lambda tr: tr(
        "The same sentence or growth prompt in several skills"
    ),
    LintRule.REPEATED_OPENING: lambda tr: tr("The same long opening in the texts of many skills"),
    LintRule.UNASSESSABLE: lambda tr: tr("Words that nobody can assess"),
    LintRule.WORDY: lambda tr: tr(
        "An expectation of more than two sentences, or too many characters"
    ),
    LintRule.MIXED_SPELLING: lambda tr: tr("British and American spelling in one framework"),
    LintRule.SIMILAR_SKILLS: lambda tr: tr("Two skills that are probably one"),
    LintRule.NAME_CLASH: lambda tr: tr("One spelling that stands for several things"),
    LintRule.NO_PROMPTS: lambda tr: tr("An expectation for which there is no growth prompt"),
    LintRule.FEW_PROMPTS: lambda tr: tr(
        "A required expectation with fewer than three growth prompts of its own"
    ),
    LintRule.NO_GUIDE: lambda tr: tr(
        "A skill without prompts or example evidence for a band of levels"
    ),
    LintRule.SIMILAR_PROMPTS: lambda tr: tr(
        "Growth prompts of a role or a skill that are nearly the same"
    ),
    LintRule.TOO_LONG: lambda tr: tr("A text that a card or the Details view has to cut"),
    LintRule.UNTRANSLATED: lambda tr: tr("Without a translation, where its neighbours have one"),
    LintRule.TERM: lambda tr: tr(
        "A translation without the wanted word, or with one that is not to be used"
    ),
}
