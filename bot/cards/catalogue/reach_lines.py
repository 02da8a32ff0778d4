"""What goes with a revision, and how many people that touches, as mrkdwn."""

from bot.cards.card import listed
from bot.cards.mrkdwn import safe
from bot.domain.catalogue.goings import Going, GoingPart, Goings
from bot.domain.catalogue.reach import Reach
from bot.text.translator import Translator

_NAME = 60
# Roles are all named, as far as a message goes: nothing that members aim for goes unseen.
_MOST = {GoingPart.ROLE: 30, GoingPart.LEVEL: 12, GoingPart.SKILL: 8}


def going_lines(goings: Goings, tr: Translator) -> list[str]:
    """Return a line for each kind of thing that goes: how many of how many, and which."""
    return [_line(part, goings, tr) for part in GoingPart if goings.of(part)]


def _line(part: GoingPart, goings: Goings, tr: Translator) -> str:
    gone = goings.of(part)
    names = [safe(tr.of(each.name), _NAME) for each in gone[: _MOST[part]]]
    rest = len(gone) - len(names)
    if rest:
        names.append(tr.plural("and {count} more", "and {count} more", rest))
    told = going_count(part, len(gone), goings.before.get(part, 0), tr)
    return f"*{told}*\n{listed(names, tr)}"


def going_count(part: GoingPart, count: int, total: int, tr: Translator) -> str:
    """Return how many of how many go: "12 of 13 roles go"."""
    number = {"of": tr.number(total)}
    match part:
        case GoingPart.ROLE:
            return tr.plural(
                "{count} of {of} roles goes", "{count} of {of} roles go", count, **number
            )
        case GoingPart.LEVEL:
            return tr.plural(
                "{count} of {of} levels goes", "{count} of {of} levels go", count, **number
            )
        case GoingPart.SKILL:
            return tr.plural(
                "{count} of {of} skills goes", "{count} of {of} skills go", count, **number
            )


def going_label(going: Going, tr: Translator) -> str:
    """Return what goes with its kind, as plain text: "Role: Baker"."""
    name = tr.of(going.name)
    match going.at.part:
        case GoingPart.ROLE:
            return tr("Role: {name}", name=name)
        case GoingPart.LEVEL:
            return tr("Level: {name}", name=name)
        case GoingPart.SKILL:
            return tr("Skill: {name}", name=name)


def reach_text(reach: Reach, tr: Translator) -> str:
    """Say how many people have something where it changes; never of fewer than five in a role."""
    if not reach.roles:
        return tr("No role asks for anything else than before.")
    number = {"people": tr.number(reach.goals)}
    if reach.goals:
        goals = tr.plural(
            "At least {people} people have a goal in the role that changes",
            "At least {people} people have a goal in the {count} roles that change",
            reach.roles,
            **number,
        )
    else:
        goals = tr.plural(
            "Fewer than five people have a goal in the role that changes",
            "Fewer than five people have a goal in each of the {count} roles that change",
            reach.roles,
        )
    number = {"people": tr.number(reach.marks)}
    if reach.marks:
        marks = tr("at least {people} have most of their marks there", **number)
    else:
        marks = tr.plural(
            "fewer than five have most of their marks there",
            "fewer than five have most of their marks in each of them",
            reach.roles,
        )
    return tr("*Reach:* {goals}, and {marks}.", goals=goals, marks=marks)
