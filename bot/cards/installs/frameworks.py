"""The frameworks that an organisation has met: which one is used, and picking another one."""

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, section
from bot.cards.card import NAME, Card, listed
from bot.cards.elements import Button, button, plain
from bot.cards.forms import confirmed
from bot.cards.ids import Action
from bot.cards.mrkdwn import bold, safe
from bot.domain.installs.organisation import Choice, Frameworks, FrameworksSeen, Part
from bot.text.translator import Translator

SHOWN = 20
"""So many frameworks stand on a page."""
OWN = "-"
"""What a button carries for what the organisation published itself."""
_OWNERS = 5
_NAMED = 5


def home_frameworks(seen: FrameworksSeen, tr: Translator) -> list[Block]:
    """Build what Home tells of it: everybody where none was picked, else who may pick another."""
    found = seen.frameworks
    if found.choice is Choice.OPEN:
        return [section(_open_text(found, tr)), *_choose(seen, tr)]
    if not (seen.may_pick and found.others):
        return []
    names = listed([_of_whom(each, tr) for each in found.others[:_NAMED]], tr)
    more = len(found.others) - _NAMED
    kept = tr("Also kept, and not in use: {names}", names=names)
    if more > 0:
        rest = tr.plural("and {count} more.", "and {count} more.", more)
        kept = f"{kept} {rest}"
    return [context(kept), *_choose(seen, tr)]


def frameworks_view(seen: FrameworksSeen, start: int, tr: Translator) -> View:
    """Build the modal that shows them from a number on, each with a button to use it."""
    parts = seen.frameworks.parts
    shown = parts[start : start + SHOWN]
    blocks: list[Block] = [
        section(
            tr(
                "Everybody in your organisation sees one framework, with its owners and working "
                "hours. The others are kept, and you can pick another one at any time. What "
                "members recorded stays, and counts where the same is asked for."
            )
        )
    ]
    for number, each in enumerate(shown):
        used = each == seen.frameworks.used
        pick = _pick(each, number, tr) if seen.may_pick and not used else None
        blocks.append(_part(each, pick, tr, used=used))
    if len(parts) > SHOWN:
        following = start + SHOWN if start + SHOWN < len(parts) else 0
        label = tr("More") if following else tr("Back to the First")
        blocks.append(actions([button(Action.ORGANISATION_PAGE, label, str(following))]))
    return {
        "type": "modal",
        "callback_id": "",
        "title": plain(tr("Frameworks"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": "",
        "blocks": blocks,
    }


def picked_card(part: Part, tr: Translator) -> Card:
    """Build what is said when a framework was picked."""
    text = tr(
        "Everybody in your organisation now sees {name}. The others are kept.",
        name=_of_whom(part, tr),
    )
    return Card(text=text.replace("*", ""), blocks=[section(text)])


def _open_text(found: Frameworks, tr: Translator) -> str:
    title = tr.plural(
        "*Your organisation brought {count} framework of its own*",
        "*Your organisation brought {count} frameworks of its own*",
        len(found.parts),
    )
    if found.used:
        told = tr(
            "An owner of your organisation picks which one everybody sees. Until then, you all "
            "see {name}.",
            name=_of_whom(found.used, tr),
        )
    else:
        told = tr(
            "An owner of your organisation picks which one everybody sees. Until then, you all "
            "see the one that comes with Nextrung."
        )
    return f"{title}\n{told} {tr('What you recorded is kept.')}"


def _choose(seen: FrameworksSeen, tr: Translator) -> list[Block]:
    if not seen.may_pick:
        return []
    return [actions([button(Action.ORGANISATION_FRAMEWORKS, tr("Choose a Framework…"), "0")])]


def _of_whom(part: Part, tr: Translator) -> str:
    """Return a framework with whose it is, as mrkdwn."""
    name = _name(part, tr)
    if part.team_id is None:
        return name
    return tr("{name} from {workspace}", name=name, workspace=safe(part.team, NAME))


def _name(part: Part, tr: Translator) -> str:
    return bold(part.name, NAME) if part.catalogue else tr("the one that comes with Nextrung")


def _part(part: Part, pick: Button | None, tr: Translator, *, used: bool) -> Block:
    """Build what tells of one: its name, whose it is, its size, who owns it."""
    whose = (
        tr("Published in your organisation")
        if part.team_id is None
        else tr("From the workspace {workspace}", workspace=safe(part.team, NAME))
    )
    facts = [whose]
    if part.catalogue:
        facts.append(tr.plural("{count} role", "{count} roles", part.roles))
        facts.append(tr.plural("{count} skill", "{count} skills", part.skills))
    title = bold(part.name, NAME) if part.catalogue else tr("*The one that comes with Nextrung*")
    lines = [title, " · ".join(facts)]
    if part.owners:
        names = listed([f"<@{each}>" for each in part.owners[:_OWNERS]], tr)
        lines.append(tr("Owners: {names}", names=names))
    if used:
        lines.append(tr("In use now."))
    text = "\n".join(lines)
    return section(text, pick) if pick else section(text)


def _pick(part: Part, number: int, tr: Translator) -> Button:
    return confirmed(
        button(f"{Action.ORGANISATION_PICK}.{number}", tr("Use This One"), part.team_id or OWN),
        title=tr("Use this framework?"),
        text=tr(
            "Everybody in your organisation sees it from now on. Goals and marks stay, and count "
            "where it asks for the same."
        ),
        confirm=tr("Use This One"),
        deny=tr("Cancel"),
    )
