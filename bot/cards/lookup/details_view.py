"""The Details modal: one cell of the catalogue in full, beside the levels around it."""

from collections.abc import Sequence

from bot.cards import limits
from bot.cards.blocks import (
    Block,
    StaticSelect,
    View,
    actions,
    context,
    divider,
    header,
    option,
    plain,
    section,
    select,
)
from bot.cards.card import NAME, STANDING, level_options, standing
from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.cards.lookup.details_own import evidence_blocks, own_blocks
from bot.cards.lookup.figures import updated
from bot.cards.mrkdwn import bold, safe
from bot.domain.framework import Expectation
from bot.domain.growth.standing import OwnCell
from bot.domain.lookup.profiles import Cell, Details
from bot.domain.lookup.requests import ShowCard, ShowDetails
from bot.text.translator import Translator

FULL_TEXT = 2700
MIN_LINE = 40
PROMPTS = 5


def details_view(
    details: Details,
    tr: Translator,
    own: OwnCell | None = None,
    *,
    back: ShowCard | None = None,
    lead: Sequence[Block] = (),
) -> View:
    """Build the modal for `views.open` and `views.update`.

    Args:
        details: the cell.
        tr: the member's language.
        own: what the member holds about it; None where the cell cannot be assessed.
        back: the card to redraw after a change.
        lead: what to say first.
    """
    skill, rung = details.skill, details.rung
    request = ShowDetails(skill.key, rung.role.key, rung.level.key, back)
    crumbs = [
        f"{safe(tr.of(skill.group.domain.name), NAME)} › {safe(tr.of(skill.group.name), NAME)}",
        *updated(skill.updated_on, tr),
    ]
    blocks: list[Block] = [
        *lead,
        header(tr.of(skill.name)),
        context(" · ".join(crumbs)),
        actions(_choosers(details, tr)),
        *_cell(details.cell, tr),
        *_prompts(details, tr),
        *(_own(details, own, back, tr) if own else []),
        divider(),
        *_neighbours(details, tr),
    ]
    view: View = {
        "type": "modal",
        "callback_id": Callback.DETAILS,
        "title": plain(tr("Expectation"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode(request),
        "blocks": blocks,
    }
    if own:
        view["submit"] = plain(tr("Save Note"), limits.VIEW_TITLE)
    return view


def _own(details: Details, own: OwnCell, back: ShowCard | None, tr: Translator) -> list[Block]:
    roles = (details.rung.role, *details.roles)
    return [
        divider(),
        *own_blocks(own, roles, details.cell.expectation, tr),
        *evidence_blocks(own, back, tr),
    ]


def _choosers(details: Details, tr: Translator) -> list[StaticSelect]:
    rung = details.rung
    levels = select(
        Action.DETAILS_LEVEL,
        tr("Choose a level"),
        level_options(rung.role.ladder.levels, tr),
        rung.level.key,
    )
    shown = {role.key: role for role in (rung.role, *details.roles)}.values()
    roles = [option(tr.of(role.name), role.key) for role in shown]
    return [levels, select(Action.DETAILS_ROLE, tr("Choose a role"), roles, rung.role.key)]


def _title(cell: Cell, tr: Translator) -> str:
    level = tr.of(cell.level.name) if cell.level else ""
    return bold(tr("{role}, {level}", role=tr.of(cell.role.name), level=level), NAME * 2)


def _cell(cell: Cell, tr: Translator) -> list[Block]:
    stands = safe(standing(cell.expectation, tr), STANDING)
    blocks: list[Block] = [
        section(f"{_title(cell, tr)}\n{stands}"),
        section(full_text(cell.expectation, tr)),
    ]
    return blocks


def full_text(expectation: Expectation | None, tr: Translator) -> str:
    """Return the behaviour in full as safe mrkdwn, its lines kept; else say what is missing."""
    if expectation is None:
        return tr("_The catalogue does not define this cell._")
    if expectation.wording is None:
        return tr("_No description written yet._")
    return _in_full(tr.of(expectation.wording)) or tr("_No description written yet._")


def _in_full(text: str) -> str:
    """Return safe mrkdwn with the text's own lines, as many as a section holds."""
    kept: list[str] = []
    room = FULL_TEXT
    for line in text.splitlines():
        shown = safe(line, room)
        kept.append(shown)
        room -= len(shown) + 1
        if room < MIN_LINE:
            break
    return "\n".join(kept).strip()


def _prompts(details: Details, tr: Translator) -> list[Block]:
    if details.cell.expectation is None or not details.cell.expectation.growth_prompts:
        return []
    prompts = details.cell.expectation.growth_prompts[:PROMPTS]
    lines = [tr("*To grow*"), *(f"• {safe(tr.of(each), 400)}" for each in prompts)]
    return [section("\n".join(lines))]


def _neighbours(details: Details, tr: Translator) -> list[Block]:
    """Show the level below and above in the same words, so that a reader can compare."""
    blocks: list[Block] = []
    if details.below:
        title = tr("*Below: {level}*", level=_level_name(details.below, tr))
        blocks.append(_neighbour(title, details.below, tr))
    for cell in details.above:
        title = tr("*Above: {level}*", level=_level_name(cell, tr))
        blocks.append(_neighbour(title, cell, tr))
    return blocks


def _level_name(cell: Cell, tr: Translator) -> str:
    return safe(tr.of(cell.level.name), NAME) if cell.level else ""


def _neighbour(title: str, cell: Cell, tr: Translator) -> Block:
    stands = safe(standing(cell.expectation, tr), STANDING)
    return section(f"{title} · {stands}\n{full_text(cell.expectation, tr)}")
