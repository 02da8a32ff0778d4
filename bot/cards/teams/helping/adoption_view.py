"""Adoption for admins: how many people did what, month by month, never fewer than five."""

from collections.abc import Mapping, Sequence

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, divider, section
from bot.cards.card import NAME
from bot.cards.elements import button, plain
from bot.cards.ids import Action
from bot.cards.mrkdwn import named
from bot.domain.revision import Catalogue
from bot.domain.teams.helping.adoption import NO_ROLE, AdoptionFigure, MonthFigures
from bot.text.translator import Translator

MOST_ROLES = 15
# Of a section's: a line is never cut.
_ROOM = 2800


def adoption_view(months: Sequence[MonthFigures], catalogue: Catalogue, tr: Translator) -> View:
    """Build the modal. `months` are the newest first; `catalogue` knows the names of roles."""
    blocks: list[Block] = [context(what_it_means(tr))]
    blocks += [section(f"*{tr.month(each.month)}*\n{_figures(each.totals, tr)}") for each in months]
    if not months:
        told = tr("No month has been counted yet. The first comes once this month is over.")
        blocks.append(section(told))
    else:
        blocks += [divider(), *_roles(months[0], catalogue, tr)]
        blocks.append(actions([button(Action.ADOPTION_FILE, tr("Send as CSV"), "file")]))
    return {
        "type": "modal",
        "callback_id": "",
        "title": plain(tr("Adoption"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": "",
        "blocks": blocks,
    }


def what_it_means(tr: Translator) -> str:
    """Say what the figures are, and what they are not."""
    return tr(
        "How many people did something in a month, in steps of five: 25+ means 25 or more. Fewer "
        "than five are left out, and each role is rounded by itself. Nobody is named, and what was "
        "counted at a month's end stays."
    )


def figure_name(figure: AdoptionFigure, tr: Translator) -> str:
    """Return what a figure counts: people who did this."""
    match figure:
        case AdoptionFigure.GOALS:
            return tr("set a goal")
        case AdoptionFigure.NUDGES:
            return tr("answered a nudge")
        case AdoptionFigure.ASSESSMENTS:
            return tr("marked where they stand")
        case AdoptionFigure.EVIDENCE:
            return tr("kept evidence")


def role_name(key: str, catalogue: Catalogue, tr: Translator) -> str:
    """Return a role's name as plain text; its key where the catalogue has it no longer."""
    if key == NO_ROLE:
        return tr("No role told")
    role = catalogue.role(key)
    return tr.of(role.name) if role else key


def adoption_file_text(tr: Translator) -> str:
    """Return what the message with the file says, as mrkdwn."""
    return tr("How many people use Nextrung for what, by month and role, in steps of five.")


def _figures(counts: Mapping[AdoptionFigure, int], tr: Translator) -> str:
    """Return what can be told, the most first; a dash where that is nothing."""
    told = sorted((each for each in counts.items() if each[1]), key=lambda each: -each[1])
    lines = (
        tr("{people} {did}", people=f"{tr.number(count)}+", did=figure_name(figure, tr))
        for figure, count in told
    )
    return " · ".join(lines) or "–"


def _roles(month: MonthFigures, catalogue: Catalogue, tr: Translator) -> list[Block]:
    title = tr("*{month}, by role*", month=tr.month(month.month))
    if not month.roles:
        return [section(f"{title}\n{tr('No role has five people yet.')}")]
    lines, room = list[str](), _ROOM
    for key, counts in list(month.roles.items())[:MOST_ROLES]:
        line = f"• {named(role_name(key, catalogue, tr), NAME)}: {_figures(counts, tr)}"
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    rest = len(month.roles) - len(lines)
    if rest > 0:
        more = tr.plural("{count} more role in the file", "{count} more roles in the file", rest)
        lines.append(f"• {more}")
    return [section("\n".join([title, *lines]))]
