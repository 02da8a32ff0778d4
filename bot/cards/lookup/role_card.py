"""The role card: the ladder with its focus per level, and the skill matrix."""

from bot.cards.blocks import BLANK, Block, actions, context, divider, header, section, table
from bot.cards.card import (
    Card,
    Room,
    explanation,
    fit,
    gap_request,
    level_select,
    listed,
    page_buttons,
    page_of,
    share_button,
    show_button,
    try_next,
)
from bot.cards.links import encode
from bot.cards.lookup.figures import role_figures
from bot.cards.mrkdwn import bold, clip, safe
from bot.domain.answers import Answer
from bot.domain.framework import Level, Skill
from bot.domain.lookup.profiles import Cell, RoleOverview
from bot.domain.lookup.requests import ShowRole
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator

# Cells on a page: each costs 40 characters or more of the card's budget.
CELLS = 96
LADDER_TEXT = 2800

Row = tuple[Skill, tuple[Cell, ...]]


def role_card(answer: Answer, overview: RoleOverview, tr: Translator, *, shared: bool) -> Card:
    """Build a role: what each level is about, and a page of skills with proficiency per level."""
    asked = answer.request.page if isinstance(answer.request, ShowRole) else 0
    cut = _cut(overview)
    page, pages = page_of(len(cut), asked, 1)
    rows = cut[page]

    def build(room: Room) -> Card:
        blocks: list[Block] = [*explanation(answer, tr), *_head(overview, tr, room)]
        if not shared:
            chooser = level_select(overview.role.ladder.levels, overview.level, tr)
            blocks.append(actions([chooser], encode(ShowRole(overview.role.key))))
        blocks.append(section(_ladder(overview, tr, room)))
        if rows:
            blocks += [divider(), *_matrix(overview, rows, tr, room)]
        if pages > 1:
            blocks.append(context(tr("Page {page} of {pages}", page=page + 1, pages=pages)))
        if not shared:
            blocks += _foot(answer, overview, page, pages, tr)
        return Card(text=_fallback(overview, tr), blocks=blocks)

    return fit(build)


def _cut(overview: RoleOverview) -> list[list[Row]]:
    """Cut the skills into pages: as many lines, domain headings included, as a card can hold."""
    most = max(3, CELLS // (len(overview.role.ladder.levels) + 2))
    cut: list[list[Row]] = [[]]
    lines, domain = 0, None
    for row in overview.rows:
        key = row[0].group.domain.key
        cost = 1 if key == domain else 2
        if lines + cost > most:
            cut.append([])
            lines, cost = 0, 2
        cut[-1].append(row)
        lines, domain = lines + cost, key
    return cut


def _head(overview: RoleOverview, tr: Translator, room: Room) -> list[Block]:
    role = overview.role
    crumbs = [tr("Role"), safe(tr.of(role.family.name), room.name)]
    if overview.own:
        crumbs.append(tr("your role"))
    blocks: list[Block] = [header(tr.of(role.name)), context(" · ".join(crumbs))]
    if role.summary:
        blocks.append(section(safe(tr.of(role.summary), room.text)))
    blocks.append(context(role_figures(overview.figures, tr)))
    return blocks


def _ladder(overview: RoleOverview, tr: Translator, room: Room) -> str:
    levels = overview.role.ladder.levels
    lines = (_ladder_line(overview, level, tr, room) for level in levels)
    return "\n".join((tr("*Ladder*"), *lines))


def _ladder_line(overview: RoleOverview, level: Level, tr: Translator, room: Room) -> str:
    name = bold(tr.of(level.name), room.name)
    focus = overview.role.focus.get(level.key)
    line = f"{level.rank}. {name}"
    if overview.level and overview.level.key == level.key:
        line += " · " + tr("shown here")
    if focus:
        # A section holds the whole ladder: the more levels, the less about each.
        share = LADDER_TEXT // len(overview.role.ladder.levels) - room.name - 30
        line += f" – {safe(tr.of(focus), min(room.text // 2, share))}"
    return line


def _matrix(
    overview: RoleOverview,
    rows: list[Row],
    tr: Translator,
    room: Room,
) -> list[Block]:
    levels = overview.role.ladder.levels
    head = [tr("Skill"), tr("Required"), *(clip(tr.of(each.name), room.name) for each in levels)]
    lines = [head]
    domain = None
    for skill, cells in rows:
        if skill.group.domain.key != domain:
            domain = skill.group.domain.key
            name = clip(tr.of(skill.group.domain.name), room.name).upper()
            lines.append([name, *(BLANK for _ in head[1:])])
        lines.append(_row(skill, cells, tr, room))
    return [table(lines)]


def _row(skill: Skill, cells: tuple[Cell, ...], tr: Translator, room: Room) -> list[str]:
    return [
        clip(tr.of(skill.name), room.name),
        _required_at(cells, tr, room),
        *(_depth(cell, tr, room) for cell in cells),
    ]


def _depth(cell: Cell, tr: Translator, room: Room) -> str:
    if cell.expectation is None:
        return tr("Not defined")
    if cell.expectation.proficiency is None:
        return tr("Defined")
    return clip(tr.of(cell.expectation.proficiency.name), room.name)


def _required_at(cells: tuple[Cell, ...], tr: Translator, room: Room) -> str:
    """Say at which levels the skill is required: all, from one on, a range, a list, none."""
    required = [place for place, cell in enumerate(cells) if _is_required(cell)]
    if not required:
        return tr("No")
    if len(required) == len(cells):
        return tr("All levels")
    levels = [level for level in (cells[place].level for place in required) if level]
    names = [clip(tr.of(level.name), min(30, room.name)) for level in levels]
    if required == list(range(required[0], len(cells))):
        return tr("From {level}", level=names[0])
    if len(required) > 2 and required == list(range(required[0], required[-1] + 1)):
        return tr("{first} to {last}", first=names[0], last=names[-1])
    return listed(names, tr)


def _is_required(cell: Cell) -> bool:
    return cell.expectation is not None and cell.expectation.required


def _foot(
    answer: Answer, overview: RoleOverview, page: int, pages: int, tr: Translator
) -> list[Block]:
    role = overview.role
    levels = (overview.level.key,) if overview.level else ()

    def at(number: int) -> ShowRole:
        return ShowRole(role.key, levels, number)

    buttons = []
    top = role.ladder.levels[-1]
    if overview.level:
        above = role.ladder.above(overview.level)
        if above:
            top = above[0]
            request = gap_request(answer.viewer, Rung(role, overview.level), top)
            label = tr("Gap to {level}", level=tr.of(top.name))
            buttons.append(show_button(label, request, 0, primary=True))
    buttons += [*page_buttons(page, pages, at, tr), share_button(at(page), tr)]
    commands = [f"/promote-gap {role.key} {top.key}"]
    if overview.rows:
        commands.append(f"/skill {overview.rows[0][0].key}")
    return [actions(buttons), try_next(commands, tr)]


def _fallback(overview: RoleOverview, tr: Translator) -> str:
    levels = " → ".join(tr.of(level.name) for level in overview.role.ladder.levels)
    return safe(tr("{role}: {levels}", role=tr.of(overview.role.name), levels=levels), 600)
