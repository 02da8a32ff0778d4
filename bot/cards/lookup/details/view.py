"""The Details modal: one cell of the catalogue in full, beside the level below it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, divider, fields, header, section
from bot.cards.card import NAME, standing_line
from bot.cards.elements import Option, button, option, plain, select
from bot.cards.excerpt import behaviour, in_parts, missing, unwritten
from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.cards.lookup.details.actions import details_actions
from bot.cards.lookup.details.guides import could_show_section, resources_context
from bot.cards.lookup.details.own import evidence_blocks, own_blocks
from bot.cards.lookup.figures import updated
from bot.cards.lookup.helpers_line import helpers_button
from bot.cards.lookup.steps import changes
from bot.cards.mrkdwn import named, safe, unmarked
from bot.domain.framework import Expectation, Level, Role
from bot.domain.growth.standing import OwnCell
from bot.domain.lookup.profiles import Cell, Details
from bot.domain.lookup.requests import ANYONE, ShowCard, ShowDetails, Viewer
from bot.domain.teams.requests import ShowHelpers
from bot.text.translator import Translator

PROMPTS = 5
# A field takes 2,000 characters, of which some are its title and what depth it asks for.
FIELD = 1700
NEXT = 600


def details_view(
    details: Details,
    tr: Translator,
    own: OwnCell | None = None,
    *,
    viewer: Viewer = ANYONE,
    back: ShowCard | None = None,
    lead: Sequence[Block] = (),
    colleagues: Sequence[Block] = (),
    today: date | None = None,
    helped: bool = False,
) -> View:
    """Build the modal for `views.open` and `views.update`.

    Args:
        details: the cell.
        tr: the member's language.
        own: what the member holds about it; None where the cell cannot be assessed.
        viewer: whose role and level are named as theirs.
        back: the card to redraw after a change.
        lead: what to say first.
        colleagues: what colleagues said of it, and the way to ask one.
        today: the member's local day, which tells what has passed.
        helped: whether the reader may offer help and find it.
    """
    skill, rung = details.skill, details.rung
    request = ShowDetails(skill.key, rung.role.key, rung.level.key, back)
    crumbs = [
        f"{named(tr.of(skill.group.domain.name), NAME)} › {named(tr.of(skill.group.name), NAME)}",
        named(tr.of(rung.role.name), NAME),
        *updated(skill.updated_on, tr),
    ]
    blocks: list[Block] = [
        *lead,
        header(tr.of(skill.name)),
        context(" · ".join(crumbs)),
        *_choosers(details, viewer, tr),
        *_compared(details, viewer, tr),
        *_helps(details, tr),
        *_quiet(details, request, tr, helped=helped),
        *(_own(details, own, back, today, tr) if own else []),
        *([divider(), *colleagues] if colleagues else []),
    ]
    view: View = {
        "type": "modal",
        "callback_id": Callback.DETAILS,
        "title": plain(tr("Details"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode(request),
        "blocks": blocks,
    }
    if own:
        view["submit"] = plain(tr("Save Note"), limits.VIEW_TITLE)
    return view


def _own(
    details: Details, own: OwnCell, back: ShowCard | None, today: date | None, tr: Translator
) -> list[Block]:
    roles = (details.rung.role, *details.roles)
    return [
        divider(),
        *own_blocks(own, roles, details.cell.expectation, tr),
        *evidence_blocks(own, back, tr),
        *details_actions(own.actions, own.standing.cell, back, today, tr),
    ]


def _choosers(details: Details, viewer: Viewer, tr: Translator) -> list[Block]:
    """Build the menus of level and role; the block's id says what is shown, so that they do too."""
    rung = details.rung
    levels = rung.role.ladder.levels
    elements = []
    if len(levels) > 1:
        options = [option(_comparison(rung.role, each, tr), each.key) for each in levels]
        placeholder = tr("Choose a level")
        elements.append(select(Action.DETAILS_LEVEL, placeholder, options, rung.level.key))
    shown = {role.key: role for role in (rung.role, *details.roles)}.values()
    if len(shown) > 1:
        roles = [_role_option(role, viewer, tr) for role in shown]
        elements.append(select(Action.DETAILS_ROLE, tr("Choose a role"), roles, rung.role.key))
    request = ShowDetails(details.skill.key, rung.role.key, rung.level.key)
    return [actions(elements, encode(request))] if elements else []


def _role_option(role: Role, viewer: Viewer, tr: Translator) -> Option:
    label = tr("Role: {role}", role=unmarked(tr.of(role.name)))
    return option(label, role.key, tr("your role") if role.key == viewer.role else None)


def _comparison(role: Role, level: Level, tr: Translator) -> str:
    """Name a level together with the one below, beside which it is shown."""
    name = unmarked(tr.of(level.name))
    below = role.ladder.below(level)
    if below is None:
        return tr("Level: {level}", level=name)
    return tr("Compare: {below} → {level}", below=unmarked(tr.of(below.name)), level=name)


def _compared(details: Details, viewer: Viewer, tr: Translator) -> list[Block]:
    """Show what is new, then the level below and the asked one side by side, then the next.

    At the foot of the ladder the level above stands beside the asked one.
    """
    cell, above = details.cell, details.above
    left, right = (details.below, cell) if details.below else (cell, None)
    if right is None and above:
        right, above = above[0], above[1:]
    blocks: list[Block] = _news(left, right, tr)
    blocks += _columns([each for each in (left, right) if each], viewer, tr)
    blocks += _depth(cell.expectation, tr)
    blocks += [context(_after(each, tr)) for each in above]
    return blocks


def _news(left: Cell, right: Cell | None, tr: Translator) -> list[Block]:
    if right is None or right.expectation is None:
        return []
    told = changes(left.expectation, right.expectation, tr)
    if not told:
        return []
    return [section(tr("*New at {level}*\n{news}", level=_level_name(right, tr), news=told))]


def _columns(cells: Sequence[Cell], viewer: Viewer, tr: Translator) -> list[Block]:
    """Build the columns, and below them in full what one of them has no room for."""
    texts: list[str] = []
    rest: list[Block] = []
    for cell in cells:
        title = _column_title(cell, viewer, tr)
        stands = standing_line(cell.expectation, tr)
        first, *more = _parts(cell.expectation, tr)
        if more:
            first = f"{first}\n{tr('_Continues below._')}"
            rest.append(section(tr("*{level}, continued*", level=_level_name(cell, tr))))
            rest += [section(each) for each in more]
        texts.append(f"{title}\n{stands}\n{first}")
    return [fields(texts), *rest]


def _parts(expectation: Expectation | None, tr: Translator) -> list[str]:
    if expectation is None:
        return [missing(tr)]
    if expectation.wording is None:
        return [unwritten(tr)]
    return in_parts(tr.of(expectation.wording), FIELD, limits.SECTION - 100) or [unwritten(tr)]


def _column_title(cell: Cell, viewer: Viewer, tr: Translator) -> str:
    name = _level_name(cell, tr)
    if cell.role.key == viewer.role and cell.level and cell.level.key == viewer.level:
        return tr("*{level} · you today*", level=name)
    return f"*{name}*"


def _depth(expectation: Expectation | None, tr: Translator) -> list[Block]:
    """Quote what the framework says about the asked depth in general."""
    proficiency = expectation.proficiency if expectation else None
    if proficiency is None or proficiency.summary is None:
        return []
    name = named(tr.of(proficiency.name), NAME)
    summary = safe(tr.of(proficiency.summary), NEXT)
    return [context(tr("{depth} in this framework: {summary}", depth=name, summary=summary))]


def _quiet(details: Details, request: ShowDetails, tr: Translator, *, helped: bool) -> list[Block]:
    """Let a member say that the words are not clear, where there are any; and help each other."""
    expectation = details.cell.expectation
    built = []
    if expectation is not None and expectation.wording is not None:
        told = encode(replace(request, back=None))
        built.append(button(Action.UNCLEAR, tr("This Text Is Unclear"), told))
    if helped:
        built.append(helpers_button(ShowHelpers(details.skill.key), tr))
    return [actions(built)] if built else []


def _after(cell: Cell, tr: Translator) -> str:
    title = tr("*After that, {level}*", level=_level_name(cell, tr))
    stands = standing_line(cell.expectation, tr)
    return f"{title} · {stands}\n{behaviour(cell.expectation, NEXT, tr)}"


def _level_name(cell: Cell, tr: Translator) -> str:
    return named(tr.of(cell.level.name), NAME) if cell.level else ""


def _helps(details: Details, tr: Translator) -> list[Block]:
    """Show what to do, what could show it, and what to learn from."""
    expectation = details.cell.expectation
    if expectation is None:
        return []
    blocks: list[Block] = []
    if prompts := expectation.growth_prompts[:PROMPTS]:
        title = tr("*To grow toward {level}*", level=_level_name(details.cell, tr))
        lines = [title, *(f"• {safe(tr.of(each), 400)}" for each in prompts)]
        blocks.append(section("\n".join(lines)))
    blocks += could_show_section(expectation, tr)
    blocks += resources_context(expectation, tr)
    return [divider(), *blocks] if blocks else []
