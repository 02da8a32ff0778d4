"""What changes between two contents of a catalogue, in words a member of any team reads."""

from collections.abc import Mapping

from bot.cards.card import listed
from bot.cards.mrkdwn import safe
from bot.domain.catalogue.differences import CatalogueDiff, Difference, Edit, Part, likely_rekeyed
from bot.domain.text import LocalText
from bot.text.translator import Translator

_NAMED = 3
_NAME = 40
# Of these, the first few are named.
_TELLING = (Part.DOMAIN, Part.GROUP, Part.ROLE, Part.SKILL)


def changes_lines(changes: CatalogueDiff, tr: Translator) -> list[str]:
    """Return a line for each part that changed, as mrkdwn, and a warning about changed keys."""
    lines = [_line(changes, part, tr) for part in Part]
    return [*(each for each in lines if each), *_rekeyed(changes, tr)]


def _line(changes: CatalogueDiff, part: Part, tr: Translator) -> str:
    edits = [edit for edit in Edit if changes.count(edit, part)]
    if not edits:
        return ""
    said = [_edited(changes, part, edit, tr) for edit in edits]
    return f"• *{_parts(tr)[part]}*: {', '.join(said)}"


def _edited(changes: CatalogueDiff, part: Part, edit: Edit, tr: Translator) -> str:
    count = changes.count(edit, part)
    said = _counted(edit, count, tr)
    if part not in _TELLING or edit not in (Edit.ADDED, Edit.REMOVED, Edit.RENAMED):
        return said
    found = [each for each in changes.differences if (each.part, each.edit) == (part, edit)]
    names = [_name(each, tr) for each in found[:_NAMED]]
    more = ["…"] if len(found) > _NAMED else []
    return f"{said} ({listed([*names, *more], tr)})"


def _name(each: Difference, tr: Translator) -> str:
    name = safe(tr.of(each.names[-1]), _NAME)
    if each.edit is Edit.RENAMED and isinstance(each.before, LocalText):
        return f"{safe(tr.of(each.before), _NAME)} → {name}"
    return name


def _rekeyed(changes: CatalogueDiff, tr: Translator) -> list[str]:
    # A level whose ladder alone has another key is the same to those who refer to it.
    pairs = [
        (removed, added)
        for removed, added in likely_rekeyed(changes)
        if removed.path[-1] != added.path[-1]
    ]
    if not pairs:
        return []
    names = [safe(tr.of(added.names[-1]), _NAME) for _, added in pairs[:_NAMED]]
    more = ["…"] if len(pairs) > _NAMED else []
    text = tr(
        "The key of {names} changed. Goals and assessments refer to keys and lose what has another "
        "one; keep the old key unless it is another thing.",
        names=listed([*names, *more], tr),
    )
    return [f":warning: {text}"]


def _parts(tr: Translator) -> Mapping[Part, str]:
    return {
        Part.CATALOGUE: tr("Catalogue"),
        Part.PROFICIENCY: tr("Proficiencies"),
        Part.LADDER: tr("Ladders"),
        Part.LEVEL: tr("Levels"),
        Part.DOMAIN: tr("Domains"),
        Part.GROUP: tr("Skill groups"),
        Part.FAMILY: tr("Role families"),
        Part.ROLE: tr("Roles"),
        Part.SKILL: tr("Skills"),
        Part.EXPECTATION: tr("Expectations"),
    }


def _counted(edit: Edit, count: int, tr: Translator) -> str:
    match edit:
        case Edit.ADDED:
            return tr.plural("{count} added", "{count} added", count)
        case Edit.REMOVED:
            return tr.plural("{count} removed", "{count} removed", count)
        case Edit.RENAMED:
            return tr.plural("{count} renamed", "{count} renamed", count)
        case Edit.RAISED:
            return tr.plural("{count} raised", "{count} raised", count)
        case Edit.LOWERED:
            return tr.plural("{count} lowered", "{count} lowered", count)
        case Edit.REWORDED:
            return tr.plural("{count} reworded", "{count} reworded", count)
        case Edit.MOVED:
            return tr.plural("{count} moved", "{count} moved", count)
        case Edit.TRANSLATED:
            return tr.plural("{count} translated", "{count} translated", count)
        case Edit.AMENDED:
            return tr.plural(
                "{count} with other details, such as aliases, dates or resources",
                "{count} with other details, such as aliases, dates or resources",
                count,
            )
