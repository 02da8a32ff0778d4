"""One change of a catalogue in words, before and after, as mrkdwn."""

from collections.abc import Iterable
from datetime import date

from bot.cards.card import listed
from bot.cards.mrkdwn import safe
from bot.domain.catalogue.change_list import Change
from bot.domain.catalogue.differences import Aspect, Difference, Edit, Value
from bot.domain.framework import Expectation, Requirement
from bot.domain.guidance import Resource, Scope
from bot.domain.text import LocalText
from bot.text.changes import aspect_name, edit_name, part_name
from bot.text.translator import Translator
from bot.text.words import requirement_name, scope_name

NAME = 80
TEXT = 600
_WHOLE = (Edit.ADDED, Edit.REMOVED)


def change_text(change: Change, tr: Translator) -> str:
    """Return a change: what it is about and what happened, then how it read and how it reads."""
    each = change.difference
    lines = [_title(each, tr)]
    if change.cells:
        lines.append(
            tr.plural("with {count} expectation", "with {count} expectations", change.cells)
        )
    if each.edit in _WHOLE:
        value = each.after if each.edit is Edit.ADDED else each.before
        lines += [f"> {said}" for said in (_whole(value, tr),) if said]
    elif each.aspect is not Aspect.ORDER:
        before, after = _value(each.before, tr), _value(each.after, tr)
        if before != after:
            lines.append("> " + tr("Before: {text}", text=before))
            lines.append("> " + tr("Now: {text}", text=after))
    return "\n".join(lines)


def _title(each: Difference, tr: Translator) -> str:
    names = [safe(tr.of(name), NAME) for name in reversed(each.names)] or [tr("Catalogue")]
    said = edit_name(each.edit, tr)
    if each.aspect is not None and each.edit is not Edit.RENAMED:
        said = tr("{change} ({what})", change=said, what=aspect_name(each.aspect, tr))
    return f"*{' · '.join(names)}*\n{part_name(each.part, tr)}: {said}"


def _whole(value: Value | None, tr: Translator) -> str:
    """Say what an expectation that came or went asks for; other things have their name alone."""
    if not isinstance(value, Expectation):
        return ""
    words = [requirement_name(value.requirement, tr)]
    if value.proficiency:
        words.append(safe(tr.of(value.proficiency.name), NAME))
    if value.wording:
        words.append(safe(tr.of(value.wording), TEXT))
    return " · ".join(words)


def _value(value: Value | None, tr: Translator) -> str:
    match value:
        case None:
            return tr("nothing")
        case LocalText():
            return safe(tr.of(value), TEXT)
        case Requirement():
            return requirement_name(value, tr)
        case date():
            return tr.date(value)
        case Scope():
            return scope_name(value, tr)
        case tuple():
            return _several(value, tr)
        case Expectation():
            return _whole(value, tr)
        case Resource():
            return safe(value.title, NAME)
        case str() | int():
            return safe(str(value), NAME)
        case _:
            return safe(tr.of(value.name), NAME)


def _several(values: Iterable[Value], tr: Translator) -> str:
    said = [_value(each, tr) for each in values]
    return listed(said, tr)[:TEXT] or tr("nothing")
