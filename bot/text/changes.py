"""Names for the parts of a catalogue, and for what can happen to them, as plain text."""

from collections.abc import Callable, Mapping

from bot.domain.catalogue.change_list import ChangeFilter
from bot.domain.catalogue.differences import Aspect, Edit, Part
from bot.text.translator import Translator

_Word = Callable[[Translator], str]


def part_name(part: Part, tr: Translator) -> str:
    """Return what kind of thing it is: "Role"."""
    return _PARTS[part](tr)


def edit_name(edit: Edit, tr: Translator) -> str:
    """Return what happened: "raised"."""
    return _EDITS[edit](tr)


def aspect_name(aspect: Aspect, tr: Translator) -> str:
    """Return which side of a thing it is: "requirement"."""
    return _ASPECTS[aspect](tr)


def filter_name(chosen: ChangeFilter, tr: Translator) -> str:
    """Return what a filter lets by: "Removed"."""
    return _FILTERS[chosen](tr)


_PARTS: Mapping[Part, _Word] = {
    Part.CATALOGUE: lambda tr: tr("Catalogue"),
    Part.PROFICIENCY: lambda tr: tr("Proficiency"),
    Part.LADDER: lambda tr: tr("Ladder"),
    Part.LEVEL: lambda tr: tr("Level"),
    Part.DOMAIN: lambda tr: tr("Domain"),
    Part.GROUP: lambda tr: tr("Skill group"),
    Part.FAMILY: lambda tr: tr("Role family"),
    Part.ROLE: lambda tr: tr("Role"),
    Part.SKILL: lambda tr: tr("Skill"),
    Part.EXPECTATION: lambda tr: tr("Expectation"),
}
_EDITS: Mapping[Edit, _Word] = {
    Edit.ADDED: lambda tr: tr("added"),
    Edit.REMOVED: lambda tr: tr("goes"),
    Edit.RENAMED: lambda tr: tr("renamed"),
    Edit.RAISED: lambda tr: tr("raised"),
    Edit.LOWERED: lambda tr: tr("lowered"),
    Edit.REWORDED: lambda tr: tr("reworded"),
    Edit.MOVED: lambda tr: tr("moved"),
    Edit.TRANSLATED: lambda tr: tr("translated anew"),
    Edit.AMENDED: lambda tr: tr("changed"),
}
_ASPECTS: Mapping[Aspect, _Word] = {
    Aspect.NAME: lambda tr: tr("name"),
    Aspect.SUMMARY: lambda tr: tr("summary"),
    Aspect.TEXT: lambda tr: tr("text"),
    Aspect.DEPTH: lambda tr: tr("text of a proficiency"),
    Aspect.FOCUS: lambda tr: tr("focus of a level"),
    Aspect.PROMPTS: lambda tr: tr("growth prompts"),
    Aspect.EVIDENCE: lambda tr: tr("example evidence"),
    Aspect.RESOURCES: lambda tr: tr("resources"),
    Aspect.SCOPE: lambda tr: tr("scope"),
    Aspect.ALIASES: lambda tr: tr("aliases"),
    Aspect.UPDATED: lambda tr: tr("date of last update"),
    Aspect.REQUIREMENT: lambda tr: tr("requirement"),
    Aspect.PROFICIENCY: lambda tr: tr("proficiency"),
    Aspect.GROUP: lambda tr: tr("skill group"),
    Aspect.DOMAIN: lambda tr: tr("domain"),
    Aspect.FAMILY: lambda tr: tr("role family"),
    Aspect.LADDER: lambda tr: tr("ladder"),
    Aspect.TRACK: lambda tr: tr("track"),
    Aspect.RANK: lambda tr: tr("rank on the ladder"),
    Aspect.ORDER: lambda tr: tr("place in the order"),
    Aspect.BASE_LOCALE: lambda tr: tr("base language"),
}
_FILTERS: Mapping[ChangeFilter, _Word] = {
    ChangeFilter.ALL: lambda tr: tr("All changes"),
    ChangeFilter.REMOVED: lambda tr: tr("What goes"),
    ChangeFilter.ADDED: lambda tr: tr("Added"),
    ChangeFilter.REWORDED: lambda tr: tr("Reworded or renamed"),
    ChangeFilter.RAISED: lambda tr: tr("Raised"),
    ChangeFilter.LOWERED: lambda tr: tr("Lowered"),
    ChangeFilter.MOVED: lambda tr: tr("Moved"),
    ChangeFilter.OTHER: lambda tr: tr("Translations and the like"),
}
